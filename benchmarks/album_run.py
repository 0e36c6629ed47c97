"""One storyboard album from prompt to page, in a process that may be killed at any moment.

    python benchmarks/album_run.py FOLDER [--photos N] [--size PX]

Prints the id of each scene when its photo is begun, and "done" at the end. `pack.py` starts it.
"""

import argparse
import sys
from collections.abc import Callable
from pathlib import Path

import numpy as np
from synthetic_albums.stages.album_folder import AlbumFolder
from synthetic_albums.stages.export import export_album
from synthetic_albums.stages.identity import add_portraits, cast_characters, write_cast
from synthetic_albums.stages.layout import lay_out_scenes
from synthetic_albums.stages.records import Album, AlbumPlan
from synthetic_albums.stages.render import PhotoJob, render_album
from synthetic_albums.stages.render.storyboard import StoryboardRenderer
from synthetic_albums.stages.story import plan_story

PROMPT = (
    "a week at the sea with our two children and the dog Rusty: arriving at the harbor, sandcastles on the beach, "
    "a stormy afternoon in a cafe, a boat trip, and a campfire on the last evening"
)


class AnnouncingRenderer(StoryboardRenderer):
    """The storyboard renderer, which says which photo it begins."""

    def __init__(self, announce: Callable[[str], None]) -> None:
        super().__init__()
        self._announce = announce

    def render_photo(self, job: PhotoJob, *, on_step: Callable[[int, int], None]) -> np.ndarray:
        """Say it, then draw."""
        self._announce(job.scene.id)
        return super().render_photo(job, on_step=on_step)


def twelve_scenes(photos: int = 12) -> AlbumPlan:
    """The plan that all of these runs make."""
    return plan_story(PROMPT, photos=photos, seed=11, style="auto")


def make_album(plan: AlbumPlan, folder: AlbumFolder, *, size: int, announce: Callable[[str], None]) -> Album:
    """Lay out, cast, render and export."""
    renderer = AnnouncingRenderer(announce)
    cast = add_portraits(cast_characters(plan), plan, renderer, size=256)
    album = render_album(
        plan,
        lay_out_scenes(plan, width=size, height=size),
        cast,
        renderer,
        folder,
        width=size,
        height=size,
        subset="",
        attempt=0,
        on_progress=lambda *_: None,
        check_interrupt=lambda: None,
        cast_bytes=write_cast(cast),
    )
    export_album(folder, columns=4, graph=None)
    return album


def main() -> int:
    """Make the album that the command line asks for."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--photos", type=int, default=12)
    parser.add_argument("--size", type=int, default=256, help="pixels")
    options = parser.parse_args()
    make_album(
        twelve_scenes(options.photos),
        AlbumFolder(options.folder),
        size=options.size,
        announce=lambda scene: print(scene, flush=True),
    )
    print("done", flush=True)
    return 0


if __name__ == "__main__":
    sys.exit(main())
