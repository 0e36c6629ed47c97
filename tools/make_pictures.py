"""Make the pictures that the project shows of itself: the README's contact sheets and the workflows' thumbnails.

    python tools/make_pictures.py

Everything is drawn by the project; run it again when the drawing has changed.
"""

import sys
import tempfile
from pathlib import Path

import numpy as np
from PIL import Image
from synthetic_albums.headless.cli import main as synthetic_albums
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
THUMBNAILS = {"quickstart": "quickstart", "private-gallery": "birthday"}  # of a workflow: from a sheet's album
SHEET_WIDTH, TILE = 1200, 256  # pixels


def main() -> int:
    (ROOT / "docs").mkdir(exist_ok=True)
    with tempfile.TemporaryDirectory() as scratch:
        for name, (prompt, seed) in SHEETS.items():
            album = Path(scratch, name)
            if code := synthetic_albums(["make", prompt, "--seed", str(seed), "--out", str(album)]):
                return code
            _save_sheet(album / "contact_sheet.png", ROOT / "docs" / f"{name}.jpg")
        for workflow, name in THUMBNAILS.items():
            _save_thumbnail(AlbumFolder(Path(scratch, name)), ROOT / "workflows" / f"{workflow}.jpg")
    return 0


def _save_sheet(source: Path, target: Path) -> None:
    with Image.open(source) as sheet:
        height = round(sheet.height * SHEET_WIDTH / sheet.width)
        sheet.convert("RGB").resize((SHEET_WIDTH, height), Image.Resampling.LANCZOS).save(target, quality=85)


def _save_thumbnail(folder: AlbumFolder, target: Path) -> None:
    """Four photos in a square; the editor shows templates as square cards."""
    album = folder.read()
    chosen = [album.photos[index] for index in np.linspace(0, len(album.photos) - 1, 4).round().astype(int)]
    tiles = [np.asarray(Image.fromarray(folder.load_photo(photo)).resize((TILE, TILE))) for photo in chosen]
    picture = np.vstack([np.hstack(tiles[:2]), np.hstack(tiles[2:])])
    Image.fromarray(picture).save(target, quality=85)


if __name__ == "__main__":
    sys.exit(main())
