"""Animals: species, breeds, coats, poses and moods show; nothing leaves the box."""

from typing import get_args

import numpy as np
import pytest
from synthetic_albums.stages import vocabulary as v
from synthetic_albums.stages.records import CastEntry, Character, Coat, Region
from synthetic_albums.stages.render.storyboard.canvas import Canvas
from synthetic_albums.stages.render.storyboard.figures import draw_animal, draw_portrait, palette
from synthetic_albums.stages.render.storyboard.figures.animals.breeds import BREEDS

GROUND = (254, 1, 254)
SPECIES = get_args(v.Species)
POSES = ("standing", "walking", "running", "sitting", "lying", "sleeping", "jumping", "playing", "swimming", "eating")


def animal(species: v.Species = "dog", **looks) -> Character:
    return Character(id="rex", name="Rex", kind="animal", species=species, **looks)


def picture(character: Character, *, pose="standing", facing="right", emotion="neutral", box=(0.1, 0.2, 0.9, 0.9)):
    canvas = Canvas(96, 72, ground=GROUND)
    region = Region(id="r", kind="character", ref="rex", box=box, depth=0.5, facing=facing, pose=pose)
    entry = CastEntry(character="rex", pose=pose, emotion=emotion, facing=facing)
    draw_animal(canvas, region, character, entry, tone=lambda color: color, light=(-0.6, -0.8))
    return np.asarray(canvas.finished())


def drawn(pixels: np.ndarray) -> np.ndarray:
    return np.argwhere((pixels != GROUND).any(axis=-1))


def all_differ(pictures: list[np.ndarray]) -> bool:
    return len({one.tobytes() for one in pictures}) == len(pictures)


@pytest.mark.parametrize("facing", get_args(v.Facing))
def test_every_species_looks_different(facing):
    assert all_differ([picture(animal(species), facing=facing) for species in SPECIES])


def test_every_breed_looks_different():
    assert all_differ([picture(animal(breed=names[0])) for names, _ in BREEDS])


def test_a_breed_may_be_named_by_the_role():
    assert (picture(animal(breed="golden retriever")) == picture(animal(role="the golden retriever"))).all()


def test_a_golden_retriever_is_golden():
    pixels = picture(animal(breed="golden retriever")).astype(int)
    golden = (np.abs(pixels - palette.COAT["golden"]) < 12).all(axis=-1)
    assert golden.sum() > len(drawn(pixels)) * 0.35


@pytest.mark.parametrize("species", ["dog", "cat"])
def test_every_pose_looks_different(species):
    assert all_differ([picture(animal(species), pose=pose) for pose in POSES])


def test_poses_that_animals_do_not_have_fall_back_to_one_they_have():
    for pose in v.POSES:
        assert len(drawn(picture(animal("horse"), pose=pose))) > 100


def test_left_is_the_mirror_of_right():
    right, left = ((picture(animal(), facing=side) != GROUND).any(axis=-1) for side in ("right", "left"))
    assert (right & left[:, ::-1]).sum() > 0.9 * (right | left[:, ::-1]).sum()
    assert (right & left).sum() < 0.8 * (right | left).sum()


@pytest.mark.parametrize("species", SPECIES)
@pytest.mark.parametrize("facing", ["right", "camera", "away"])
def test_animals_stay_in_their_box_and_stand_on_its_lower_edge(species, facing):
    for pose in ("standing", "sitting", "jumping", "lying"):
        pixels = drawn(picture(animal(species), pose=pose, facing=facing))
        (top, left), (bottom, right) = pixels.min(axis=0), pixels.max(axis=0)
        assert top >= 0.2 * 72 - 1.5
        assert left >= 0.1 * 96 - 1.5
        assert right <= 0.9 * 96 + 1.5
        assert 0.9 * 72 - 3 <= bottom <= 0.9 * 72 + 1


def test_every_coat_colour_and_pattern_shows():
    assert set(palette.COAT) == set(get_args(v.CoatColor))
    assert all_differ([picture(animal(coat=Coat(color=color))) for color in get_args(v.CoatColor)])
    coats = [Coat(color="cream", second_color="black", pattern=pattern) for pattern in get_args(v.CoatPattern)]
    for facing in ("right", "camera"):
        assert all_differ([picture(animal("cat", coat=coat), facing=facing) for coat in coats])


def test_long_hair_shows():
    short, long = (picture(animal("cat", coat=Coat(long_haired=one))) for one in (False, True))
    assert (short != long).any()


@pytest.mark.parametrize("facing", ["right", "camera"])
def test_moods_show_on_a_dog(facing):
    moods = ("neutral", "happy", "laughing", "surprised", "sad", "angry")
    assert all_differ([picture(animal(), emotion=mood, facing=facing) for mood in moods])


@pytest.mark.parametrize("facing", ["right", "camera"])
def test_a_happy_dog_shows_its_tongue(facing):
    def tongue(mood):
        return (np.abs(picture(animal(), emotion=mood, facing=facing).astype(int) - palette.TONGUE) < 14).all(-1).sum()

    assert tongue("happy") > 3
    assert tongue("sad") == 0


def test_an_animal_facing_away_shows_no_tongue_and_no_face():
    away = picture(animal(), emotion="happy", facing="away").astype(int)
    assert not (np.abs(away - palette.TONGUE) < 14).all(-1).any()
    assert not (np.abs(away - palette.WHITE) < 6).all(-1).any()


def test_the_same_animal_is_drawn_the_same_every_time():
    spotted = animal(breed="dalmatian")
    assert (picture(spotted) == picture(spotted)).all()


@pytest.mark.parametrize(
    "box", [(0.5, 0.5, 0.5, 0.5), (0.9, 0.9, 0.1, 0.1), (2.0, 2.0, 3.0, 3.0)], ids=["empty", "inverted", "outside"]
)
def test_a_box_without_room_draws_nothing(box):
    assert len(drawn(picture(animal(), box=box))) == 0


def test_an_animal_cut_by_the_frame_is_drawn():
    assert len(drawn(picture(animal(), box=(-0.9, 0.0, 0.6, 1.3)))) > 500


def test_animal_portraits_differ():
    portraits = [draw_portrait(animal(species), None, size=48).tobytes() for species in SPECIES]
    assert len(set(portraits)) == len(SPECIES)
