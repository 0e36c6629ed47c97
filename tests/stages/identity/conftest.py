from datetime import datetime

import numpy as np
import pytest
from synthetic_albums.stages.records import AlbumPlan, Character, Coat, Environment, Face, Hair, Outfit, Scene


def maya(**fields: object) -> Character:
    base: dict[str, object] = {
        "id": "maya",
        "name": "Maya",
        "gender": "female",
        "age_group": "young_adult",
        "height": "tall",
        "skin_tone": 3,
        "hair": Hair(style="long", color="auburn"),
        "face": Face(freckles=True),
        "accessories": ["glasses", "cap"],
        "outfits": [Outfit(id="day", top="raincoat", top_color="yellow")],
    }
    return Character(**(base | fields))


def rusty(**fields: object) -> Character:
    base: dict[str, object] = {
        "id": "rusty",
        "name": "Rusty",
        "kind": "animal",
        "species": "dog",
        "breed": "golden retriever",
        "size": "large",
        "coat": Coat(color="golden", long_haired=True),
    }
    return Character(**(base | fields))


def make_plan(*characters: Character, seed: int = 7) -> AlbumPlan:
    scene = Scene(id="s1", title="T", caption="C", environment="park", time=datetime(2026, 6, 14, 10))
    return AlbumPlan(
        title="Test",
        seed=seed,
        characters=list(characters),
        environments=[Environment(id="park", kind="park")],
        scenes=[scene],
    )


class FlatPainter:
    """Paints portraits in one colour that tells the seed, and remembers what it was asked."""

    def __init__(self) -> None:
        self.asked: list[tuple[str, int, int]] = []

    def render_portrait(self, character: Character, member: object, *, size: int, seed: int) -> np.ndarray:
        self.asked.append((character.id, size, seed))
        return np.full((size, size, 3), seed % 256, dtype=np.uint8)


@pytest.fixture
def plan() -> AlbumPlan:
    return make_plan(maya(), rusty())


@pytest.fixture
def painter() -> FlatPainter:
    return FlatPainter()
