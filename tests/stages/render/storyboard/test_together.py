"""What the drawing adds between people, things and place: strings, waterlines, seasons."""

from datetime import datetime

import numpy as np
import pytest
from synthetic_albums.stages.layout import lay_out_scene
from synthetic_albums.stages.records import (
    AlbumPlan,
    Camera,
    CastEntry,
    Character,
    Environment,
    Interaction,
    Outfit,
    Scene,
    SceneObject,
)
from synthetic_albums.stages.render.renderer import photo_job
from synthetic_albums.stages.render.storyboard import StoryboardRenderer
from synthetic_albums.stages.render.storyboard.seasons import season_of

ANA = Character(id="ana", name="Ana", outfits=[Outfit(id="day", top="swimsuit", bottom="none")])
REX = Character(id="rex", name="Rex", kind="animal", species="dog")


def shown(
    cast: list[CastEntry],
    *,
    things: list[SceneObject] | None = None,
    links: list[Interaction] | None = None,
    place: str = "park",
    month: int = 6,
    shot: str = "medium",
):
    """A photo as float32 and its layout."""
    scene = Scene(
        id="s1", title="t", caption="c", environment="place", time=datetime(2026, month, 14, 12), cast=cast,
        objects=things or [], interactions=links or [], camera=Camera(shot=shot),
    )  # fmt: skip
    places = [Environment(id="place", kind=place)]
    plan = AlbumPlan(title="T", seed=5, characters=[ANA, REX], environments=places, scenes=[scene])
    layout = lay_out_scene(plan, scene, width=192, height=192)
    job = photo_job(plan, scene, layout, (), width=192, height=192, seed=1, attempt=0)
    return StoryboardRenderer().render_photo(job, on_step=lambda done, steps: None).astype(np.float32), layout


def changed(one: np.ndarray, other: np.ndarray) -> np.ndarray:
    """(height, width) bool: where two pictures differ visibly."""
    return np.abs(one - other).max(axis=2) > 30


def test_a_leash_is_a_line_from_the_hand_to_the_dog():
    cast = [CastEntry(character="ana", facing="right"), CastEntry(character="rex", facing="right", pose="walking")]
    leash = SceneObject(id="leash", kind="leash", color="red", held_by="ana")
    with_it, layout = shown(cast, things=[leash])
    box = next(region.box for region in layout.regions if region.ref == "leash")
    hands = [region.keypoints[joint] for region in layout.regions if region.ref == "ana" for joint in (4, 7)]
    dog = next(region.box for region in layout.regions if region.ref == "rex")
    red = (
        (with_it[..., 0] > 120) & (with_it[..., 1] < 0.6 * with_it[..., 0]) & (with_it[..., 2] < 0.6 * with_it[..., 0])
    )
    rows, columns = np.nonzero(red)
    inside = (columns / 192 > box[0] - 0.05) & (columns / 192 < box[2] + 0.05)
    rows, columns = rows[inside], columns[inside]
    assert any(np.hypot(columns / 192 - x, rows / 192 - y).min() < 0.05 for x, y, _ in hands)
    assert ((columns / 192 > dog[0]) & (columns / 192 < dog[2]) & (rows / 192 > dog[1]) & (rows / 192 < dog[3])).any()
    assert red.mean() < 0.03


def test_a_kite_has_a_string_down_to_the_hand():
    cast = [CastEntry(character="ana", facing="right", pose="running")]
    held, layout = shown(cast, things=[SceneObject(id="kite", kind="kite", held_by="ana")], shot="wide")
    kite = next(region.box for region in layout.regions if region.ref == "kite")
    joints = next(region.keypoints for region in layout.regions if region.ref == "ana")
    hand = min((joints[4], joints[7]), key=lambda point: point[1])
    loose = [SceneObject(id="kite", kind="kite")]
    free, _ = shown(cast, things=loose, shot="wide")
    between = (np.arange(192) / 192 > kite[3]) & (np.arange(192) / 192 < hand[1])
    rows = changed(held, free)[between].any(axis=1)
    assert between.sum() > 5
    assert rows.mean() > 0.8


def test_water_covers_swimmers_below_the_waterline():
    cast = [CastEntry(character="ana", pose="swimming", facing="right")]
    photo, layout = shown(cast, place="beach")
    alone, _ = shown([], place="beach")
    joints = layout.regions[0].keypoints
    back = sum(joints[joint][1] for joint in (1, 8, 11)) / 3
    legs = slice(int((back + 0.02) * 192), int(layout.regions[0].box[3] * 192))
    body = slice(int(layout.regions[0].box[1] * 192), int(back * 192))
    assert changed(photo, alone)[legs].sum() < 0.5 * changed(photo, alone)[body].sum()


@pytest.mark.parametrize(
    ("month", "season"), [(1, "winter"), (3, "spring"), (5, "spring"), (6, "summer"), (9, "autumn"), (12, "winter")]
)
def test_months_have_northern_seasons(month, season):
    assert season_of(month) == season


def test_trees_turn_with_the_seasons():
    photos = {month: shown([], month=month, shot="wide")[0] for month in (1, 4, 7, 10)}
    crowns = {month: photo[40:100].reshape(-1, 3) for month, photo in photos.items()}
    warm = {
        month: ((one[:, 0] > one[:, 1] * 1.15) & (one[:, 0] > one[:, 2] * 1.4)).mean() for month, one in crowns.items()
    }
    leafy = {month: ((one[:, 1] > one[:, 0]) & (one[:, 1] > one[:, 2])).mean() for month, one in crowns.items()}
    assert warm[10] > 3 * max(warm[7], 0.01)
    assert leafy[1] < 0.75 * leafy[7]


def test_a_bicycle_is_mirrored_with_its_rider():
    bike = [SceneObject(id="bike", kind="bicycle")]
    right, _ = shown([CastEntry(character="ana", pose="cycling", facing="right")], things=bike)
    left, layout = shown([CastEntry(character="ana", pose="cycling", facing="left")], things=bike)
    assert layout.regions[0].facing == "left"
    assert changed(left, right).any()


def test_petting_by_somebody_is_drawn_without_a_gap():
    cast = [CastEntry(character="ana", pose="kneeling"), CastEntry(character="rex", pose="sitting", facing="left")]
    links = [Interaction(kind="petting", subject="ana", target="rex")]
    _, layout = shown(cast, links=links, shot="close_up")
    boxes = {region.ref: region.box for region in layout.regions}
    assert boxes["ana"][2] > boxes["rex"][0]
    assert boxes["rex"][2] > boxes["ana"][0]
