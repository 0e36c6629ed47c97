"""What the utility probe learns from: album photos as numbers, with the labels that the albums carry.

The numbers are colours on a grid and histograms of gradients, the same for every picture: an encoder that has itself
learned from drawn worlds would bring knowledge of the real side with it.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np
from PIL import Image

from ..album_folder import AlbumFolder
from ..errors import AlbumError
from ..records import Album, AlbumPlan, Scene, SceneLayout
from ..seeds import derive_seed

MOST_PEOPLE: Final = 4  # that are told apart; the last count stands for this many or more
PICTURE_TASKS: Final = {
    "place": "which kind of place is it?",
    "light": "which light is it?",
    "people": f"how many people are there, up to {MOST_PEOPLE}?",
}
WINDOW_TASK: Final = "person"
WINDOW_QUESTION: Final = "does this window show a person, or something else?"

_COLOURS = 12  # cells a side of the grid of colours
_SIDE = 128  # pixels that a picture is brought to before gradients are taken
_CELLS = 8
_TURNS = 9  # directions of gradients that are told apart, over half a turn
_SMALLEST = 0.002  # share of the picture that a person must cover to be counted
_WINDOWS = 3  # people, and as many other windows, of one photo at most
_TRIES = 20

Box = tuple[float, float, float, float]


@dataclass(frozen=True, eq=False)
class Examples:
    """One row for each example. features: (rows, numbers) float32. labels: what each is. albums: which it is from."""

    features: np.ndarray
    labels: np.ndarray
    albums: np.ndarray

    def __len__(self) -> int:
        return len(self.labels)

    def rows(self, chosen: np.ndarray) -> "Examples":
        """Those at some positions, or where a mask is true."""
        return Examples(self.features[chosen], self.labels[chosen], self.albums[chosen])


def gather_examples(
    albums: Sequence[AlbumFolder], *, seed: int, on_picture: Callable[[], None]
) -> tuple[dict[str, Examples], int]:
    """Read the finished photos of albums as examples of every task.

    Photos whose file is missing or changed are left out. Windows need the album's layout; albums without one give none.

    Args:
        albums: with plan and, for windows, layout.
        seed: of the windows that show no person.
        on_picture: called before each photo; what it raises stops the run.

    Returns:
        For each task its examples (tasks without any are left out), and how many photos were read.

    Raises:
        AlbumError: an album cannot be read.
    """
    rows: dict[str, list[tuple[np.ndarray, str, int]]] = {task: [] for task in (*PICTURE_TASKS, WINDOW_TASK)}
    photos = 0
    for number, folder in enumerate(albums):
        album = folder.read()
        for record in album.photos:
            if record.status != "done":
                continue
            on_picture()
            try:
                picture = folder.load_photo(record)
            except AlbumError:
                continue
            photos += 1
            scene = album.plan.scene(record.scene)
            numbers = describe_picture(picture)
            for task, label in picture_labels(album, scene).items():
                rows[task].append((numbers, label, number))
            for box, label in _windows(album, scene, derive_seed(seed, "windows", number, scene.id)):
                rows[WINDOW_TASK].append((describe_picture(_cut(picture, box)), label, number))
    return {task: _stacked(found) for task, found in rows.items() if found}, photos


def describe_picture(picture: np.ndarray) -> np.ndarray:
    """Colours on a grid of 12 x 12, and in each of 8 x 8 cells a histogram of 9 gradient directions of length 1.

    Args:
        picture: (height, width, 3) uint8.

    Returns:
        (1008,) float32, each 0..1.

    Source: Dalal & Triggs, CVPR 2005, without their overlapping blocks.
    """
    image = Image.fromarray(picture)
    colours = np.asarray(image.resize((_COLOURS, _COLOURS), Image.Resampling.BOX), np.float32).ravel() / 255
    grey = np.asarray(image.convert("L").resize((_SIDE, _SIDE), Image.Resampling.BOX), np.float64)
    down, right = np.gradient(grey)
    turn = (np.arctan2(down, right) % np.pi / np.pi * _TURNS).astype(np.int64) % _TURNS
    cell = np.arange(_SIDE) * _CELLS // _SIDE
    place = (cell[:, None] * _CELLS + cell[None, :]) * _TURNS + turn
    histogram = np.bincount(place.ravel(), np.hypot(down, right).ravel(), minlength=_CELLS * _CELLS * _TURNS)
    histogram = histogram.reshape(-1, _TURNS)
    lengths = np.linalg.norm(histogram, axis=1, keepdims=True)
    # A cell without edges stays near zero, so that noise in a plain sky is not made into directions.
    return np.concatenate([colours, (histogram / (lengths + _SIDE)).ravel().astype(np.float32)])


def picture_labels(album: Album, scene: Scene) -> dict[str, str]:
    """What the album says of one photo, for each of `PICTURE_TASKS`."""
    people = len(person_boxes(album.plan, _layout_of(album, scene))) if album.layout else _cast_size(album.plan, scene)
    return {
        "place": album.plan.environment(scene.environment).kind,
        "light": scene.lighting,
        "people": str(min(MOST_PEOPLE, people)),
    }


def person_boxes(plan: AlbumPlan, layout: SceneLayout | None) -> list[Box]:
    """Boxes of the people that are in the picture, cut at its border; x0 y0 x1 y1 as fractions."""
    boxes = []
    for region in layout.regions if layout else ():
        if region.kind != "character" or plan.character(region.ref).kind != "person":
            continue
        x0, y0, x1, y1 = (min(1.0, max(0.0, value)) for value in region.box)
        if (x1 - x0) * (y1 - y0) >= _SMALLEST:
            boxes.append((x0, y0, x1, y1))
    return boxes


def _layout_of(album: Album, scene: Scene) -> SceneLayout | None:
    return next((found for found in album.layout.scenes if found.scene == scene.id), None) if album.layout else None


def _cast_size(plan: AlbumPlan, scene: Scene) -> int:
    return sum(plan.character(entry.character).kind == "person" for entry in scene.cast)


def _windows(album: Album, scene: Scene, seed: int) -> list[tuple[Box, str]]:
    """People, and as many windows of their sizes that hold no part of one."""
    boxes = person_boxes(album.plan, _layout_of(album, scene))
    rng = np.random.default_rng(seed)
    found: list[tuple[Box, str]] = []
    for box in boxes[-_WINDOWS:]:  # the nearest to the camera stand last
        found.append((box, "person"))
        width, height = box[2] - box[0], box[3] - box[1]
        for _ in range(_TRIES):
            # Up to half as large: beside a person who fills the picture there is no room for another window.
            scale = rng.uniform(0.5, 1.0)
            x, y = rng.uniform(0, 1 - scale * width), rng.uniform(0, 1 - scale * height)
            window = (x, y, x + scale * width, y + scale * height)
            if not any(_overlap(window, other) for other in boxes):
                found.append((window, "else"))
                break
    return found


def _overlap(a: Box, b: Box) -> bool:
    return a[0] < b[2] and b[0] < a[2] and a[1] < b[3] and b[1] < a[3]


def _cut(picture: np.ndarray, box: Box) -> np.ndarray:
    height, width = picture.shape[:2]
    x0, y0 = min(width - 2, int(box[0] * width)), min(height - 2, int(box[1] * height))
    return picture[y0 : max(y0 + 2, round(box[3] * height)), x0 : max(x0 + 2, round(box[2] * width))]


def _stacked(rows: list[tuple[np.ndarray, str, int]]) -> Examples:
    return Examples(
        features=np.stack([numbers for numbers, _, _ in rows]),
        labels=np.array([label for _, label, _ in rows]),
        albums=np.array([number for _, _, number in rows], np.int64),
    )
