"""Make the pictures that the project shows of itself: the README's contact sheets and the workflows' thumbnails.

    python tools/make_pictures.py [NAME …]

Everything is drawn by the project; run it again when the drawing has changed. With names, only these sheets and the
thumbnails of these workflows are made.
"""

import json
import sys
import tempfile
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from drawn import as_drawn
from PIL import Image, ImageOps
from synthetic_albums.headless.cli import main as synthetic_albums
from synthetic_albums.headless.host import HeadlessHost
from synthetic_albums.headless.run_command import run_watched, set_inputs
from synthetic_albums.stages.album_folder import AlbumFolder

ROOT = Path(__file__).resolve().parent.parent
SHEETS = {
    "quickstart": ("a day at the park with a golden retriever", 0),
    "road-trip": (
        "a young couple's road trip across the Pacific Northwest, starting with a scenic mountain hike, then a visit "
        "to a coastal town, and finally a cozy campfire evening, emphasizing themes of adventure and togetherness",
        0,
    ),
    "birthday": (
        "Grandma Rosa, mum, dad and the dog Biscuit celebrate Leo's 7th birthday at home, then a picnic in the garden",
        4,
    ),
}
FROM_SHEETS = {"quickstart": "quickstart", "birthday": "private-gallery"}  # thumbnails of sheets' albums
SHEET_WIDTH, TILE, SIDE = 1200, 256, 512  # pixels


@dataclass(frozen=True)
class Thumbnail:
    """What of a workflow's run its thumbnail shows, row by row.

    settings: as `--set` of the command line takes them. tiles: either the title of a preview and the number of the
    picture in it, or the path of a file below the output folder. prepare: puts into the input folder what the graph
    needs there. top: whether tiles are cut from the top of their pictures, not from the middle.
    """

    settings: tuple[str, ...]
    tiles: tuple[tuple[tuple[str, int] | str, ...], ...]
    prepare: Callable[[Path], None] = lambda folder: None
    top: bool = False


def pictures_made_elsewhere(folder: Path) -> None:
    """Photos of two albums in "made", and a part of the only one of the second album in "private"."""
    made, private = folder / "made", folder / "private"
    for path in (made, private):
        path.mkdir(parents=True)
    for name in ("quickstart", "road-trip"):
        prompt, seed = SHEETS[name]
        album = folder.parent / name
        if code := synthetic_albums(["make", prompt, "--seed", str(seed), "--out", str(album)]):
            raise RuntimeError(f"The album {name} ended with {code}.")
        photos = AlbumFolder(album).read().photos
        pictures = [Image.fromarray(AlbumFolder(album).load_photo(photo)) for photo in photos]
        if name == "quickstart":
            for number, picture in zip((1, 2, 3, 5, 6, 7, 8), pictures, strict=False):
                picture.save(made / f"{number:03d}.png")
        else:
            picture = pictures[0]
            picture.save(made / "004.png")
            width, height = picture.size
            picture.crop((width // 10, 0, width, height - height // 10)).save(private / "holiday.jpg")


SQUARE = (f"AlbumLayout.width={TILE}", f"AlbumLayout.height={TILE}")
THUMBNAILS = {
    "storyboard-only": Thumbnail(
        SQUARE, ((("The storyboard", 4), ("OpenPose", 4)), (("Depth", 4), ("Segmentation", 4)))
    ),
    "own-checkpoint": Thumbnail(  # drawn: no checkpoint comes with the project
        (*SQUARE, "AlbumRender.subset=3,4"),
        (
            ("my checkpoint/anchors/maya.png", "my checkpoint/anchors/place~old-town.png"),
            (("The photos", 2), ("The photos", 3)),
        ),
    ),
    "own-model": Thumbnail(  # drawn, too
        (*SQUARE, "AlbumRender.subset=1-4"),
        (
            ("my model/anchors/nora.png", "my model/anchors/sam.png"),
            (("The photos", 1), ("The photos", 3)),
        ),
    ),
    "reference-model": Thumbnail(
        (*SQUARE, "AlbumRender.subset=1-4"),
        (
            ("by reference/anchors/ida.png", "by reference/anchors/kamau.png"),
            ("by reference/anchors/place~lake.png", ("The photos", 2)),
        ),
    ),
    "sample-it-yourself": Thumbnail(
        SQUARE, ((("The photos", 0), ("The photos", 1)), (("The photos", 2), ("The photos", 3)))
    ),
    "two-families": Thumbnail(
        (f"AlbumLayout.width={SIDE}", f"AlbumLayout.height={TILE}", "AlbumRender.subset=2,5"),
        ((("The photos", 1),), (("The photos", 4),)),
    ),
    "human-in-the-loop": Thumbnail(
        (*SQUARE, "AlbumRender.subset=3,7,8"),
        ((("The blueprints", 2), ("The photos", 2)), (("The photos", 6), ("The photos", 7))),
    ),
    "character-library": Thumbnail(
        (),
        (
            ("album one/photos/s02-*.png", "album one/photos/s03-*.png"),
            ("album two/photos/s02-*.png", "album two/photos/s03-*.png"),
        ),
    ),
    "audit-elsewhere": Thumbnail(
        ("AlbumPictureAudit.folder=made", "AlbumGallery.folder=private"),
        ((("The report", 0),),),
        pictures_made_elsewhere,
        top=True,
    ),
}


def main() -> int:
    wanted = sys.argv[1:] or [*SHEETS, *THUMBNAILS]
    (ROOT / "docs").mkdir(exist_ok=True)
    with tempfile.TemporaryDirectory() as scratch:
        for name in wanted:
            if name in THUMBNAILS:
                _save_thumbnail(name, _ran(name, Path(scratch, name)))
            elif code := _save_sheets(name, Path(scratch, name)):
                return code
    return 0


def _save_sheets(name: str, folder: Path) -> int:
    """The contact sheet of an album, and four of its photos where a workflow's thumbnail shows them."""
    prompt, seed = SHEETS[name]
    if code := synthetic_albums(["make", prompt, "--seed", str(seed), "--out", str(folder)]):
        return code
    with Image.open(folder / "contact_sheet.png") as sheet:
        height = round(sheet.height * SHEET_WIDTH / sheet.width)
        smaller = sheet.convert("RGB").resize((SHEET_WIDTH, height), Image.Resampling.LANCZOS)
    smaller.save(ROOT / "docs" / f"{name}.jpg", quality=85)
    if name in FROM_SHEETS:
        album = AlbumFolder(folder)
        photos = album.read().photos
        chosen = [photos[index] for index in np.linspace(0, len(photos) - 1, 4).round().astype(int)]
        tiles = [Image.fromarray(album.load_photo(photo)) for photo in chosen]
        _save_tiles([tiles[:2], tiles[2:]], FROM_SHEETS[name])
    return 0


def _ran(name: str, folder: Path) -> tuple[Path, dict[str, list[Path]]]:
    """Run a workflow; returns its output folder, and the pictures of its previews by their titles."""
    graph = json.loads((ROOT / "workflows" / "api" / f"{name}.json").read_text(encoding="utf-8"))
    host = HeadlessHost(folder / "out", folder / "in", previews=folder / "previews")
    THUMBNAILS[name].prepare(folder / "in")
    set_inputs(graph, THUMBNAILS[name].settings, host)
    graph = as_drawn(graph)
    result = run_watched(graph, host)
    if result.status != "done":
        raise RuntimeError(f"The workflow {name} ended with: {result.status}, {result.error or result.node_errors}")
    return folder / "out", {
        graph[key]["_meta"]["title"]: [folder / "previews" / one["filename"] for one in shown["images"]]
        for key, shown in result.outputs.items()
        if graph[key]["class_type"] == "PreviewImage"
    }


def _save_thumbnail(name: str, ran: tuple[Path, dict[str, list[Path]]]) -> None:
    output, shown = ran

    def found(tile: Any) -> Image.Image:
        path = min(output.glob(tile)) if isinstance(tile, str) else shown[tile[0]][tile[1]]
        return Image.open(path).convert("RGB")

    thumbnail = THUMBNAILS[name]
    _save_tiles([[found(tile) for tile in row] for row in thumbnail.tiles], name, top=thumbnail.top)


def _save_tiles(rows: list[list[Image.Image]], workflow: str, *, top: bool = False) -> None:
    """Pictures in a square; the editor shows templates as square cards."""
    high = SIDE // len(rows)
    bands = [
        [np.asarray(ImageOps.fit(tile, (SIDE // len(row), high), centering=(0.5, 0.0 if top else 0.5))) for tile in row]
        for row in rows
    ]
    picture = np.vstack([np.hstack(band) for band in bands])
    Image.fromarray(picture).save(ROOT / "workflows" / f"{workflow}.jpg", quality=85)


if __name__ == "__main__":
    sys.exit(main())
