"""`synthetic-albums gallery`: private pictures to one file of hashes and vectors, which can go where albums are."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from ..stages.errors import AlbumError

if TYPE_CHECKING:
    from ..stages.encoders import PersonEncoder, PictureEncoder
    from ..stages.leakage import Gallery

BUILTIN: Final = "builtin"
GALLERY_HELP: Final = "the pictures that must not come back: a folder, or a gallery or embedding file (.safetensors)"
ENCODERS_HELP: Final = (
    "what looks at the gallery's pictures beside the picture hash: builtin for both encoders of the pack, which know "
    "drawn people; or the folder of an encoder of your own; may be repeated, for one of pictures and one of people"
)


@dataclass(frozen=True)
class GalleryChoices:
    """What the command line asks for. encoders: names as in `chosen_encoders`. half: keep vectors as float16."""

    folder: Path
    out: Path
    encoders: tuple[str, ...] = ()
    half: bool = False


def add_gallery(commands: Any, run: Callable[[Any], int]) -> None:
    """Add the command to the parser."""
    gallery = commands.add_parser(
        "gallery",
        help="turn private pictures into a gallery file",
        description="Reads a folder of private pictures into one file that --gallery of check and make, and the node "
        "Album Gallery, take in its place. It holds signatures, vectors and salted hashes, never pictures or names. "
        "Where the file is there already, only new pictures are read, and those that are gone leave it.",
        epilog="Exit codes: 0 the file is up to date, 2 it could not be made.",
    )
    gallery.set_defaults(command=run)
    gallery.add_argument("folder", type=Path, metavar="FOLDER", help="private pictures, with all folders below")
    gallery.add_argument("--out", type=Path, required=True, metavar="FILE", help="the .safetensors file to write")
    gallery.add_argument("--encoders", action="append", default=[], metavar="NAME", help=ENCODERS_HELP)
    gallery.add_argument("--half", action="store_true", help="keep vectors in half the space, as float16")


def make_gallery(choices: GalleryChoices) -> "Gallery":
    """Make the gallery file or bring it up to date.

    Raises:
        AlbumError: a folder, file or encoder cannot be used.
    """
    from ..stages.leakage import open_gallery

    picture, person = chosen_encoders(choices.encoders)
    gallery = open_gallery(
        choices.folder, choices.out, picture_encoder=picture, person_encoder=person, half=choices.half
    )
    if gallery is None:
        raise AlbumError("A gallery needs a folder of pictures.")
    return gallery


def gallery_at(path: Path, encoders: Sequence[str] = ()) -> "Gallery":
    """The gallery of a folder, or in a file.

    Args:
        path: a folder of pictures, or a .safetensors file.
        encoders: names as in `chosen_encoders`.

    Raises:
        AlbumError: it cannot be read, or was made with other encoders.
    """
    from ..stages.leakage import open_gallery

    picture, person = chosen_encoders(encoders)
    folder, file = (None, path) if path.is_file() else (path, None)
    gallery = open_gallery(folder, file, picture_encoder=picture, person_encoder=person)
    if gallery is None:
        raise AlbumError("A check needs a gallery.")
    return gallery


def chosen_encoders(names: Sequence[str]) -> "tuple[PictureEncoder | None, PersonEncoder | None]":
    """Encoders of pictures and of people.

    Args:
        names: "builtin" for both that come with the pack, or folders of others.

    Raises:
        AlbumError: a folder holds no encoder, or two of one kind are named.
    """
    from ..stages.encoders import builtin_person_encoder, builtin_picture_encoder
    from .calibrate_command import chosen_encoder

    found: list[Any] = []
    for name in names:
        both = name == BUILTIN
        found += [builtin_picture_encoder(), builtin_person_encoder()] if both else [chosen_encoder(name, "pictures")]
    chosen: dict[str, Any] = {}
    for encoder in found:
        kind = encoder.facts.looks_at
        if kind in chosen:
            raise AlbumError(
                f"Both {chosen[kind].facts.name} and {encoder.facts.name} look at {kind}s: choose one of them."
            )
        chosen[kind] = encoder
    return chosen.get("picture"), chosen.get("person")
