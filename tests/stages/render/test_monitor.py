"""The consistency monitor on drawn photos, with the encoders that ship, and on photos that are spoiled on purpose."""

from dataclasses import replace
from datetime import datetime

import numpy as np
import pytest
from PIL import Image
from synthetic_albums.stages.encoders import (
    PORTRAIT_REACH,
    builtin_person_encoder,
    builtin_picture_encoder,
    head_crop,
    head_window,
    portrait_crop,
)
from synthetic_albums.stages.encoders.interface import EncoderFacts, FoundPerson
from synthetic_albums.stages.encoders.portraits import PORTRAIT_SKELETON, encode_portrait
from synthetic_albums.stages.errors import AlbumError
from synthetic_albums.stages.identity import add_plates, add_portraits, cast_characters
from synthetic_albums.stages.layout import lay_out_scenes
from synthetic_albums.stages.records import (
    AlbumPlan,
    Camera,
    CastEntry,
    Character,
    Environment,
    Face,
    Hair,
    Outfit,
    Scene,
)
from synthetic_albums.stages.render import Bars, ConsistencyMonitor, photo_job
from synthetic_albums.stages.render.pasting import pasted_score
from synthetic_albums.stages.render.storyboard import StoryboardRenderer

SIDE = 256


def person(name, skin, style, color, **fields):
    return Character(
        id=name, name=name.title(), skin_tone=skin, hair=Hair(style=style, color=color),
        outfits=[Outfit(id="day", top_color="teal")], age_group="adult", **fields,
    )  # fmt: skip


def build_plan():
    ana = person("ana", 2, "long", "blonde", gender="female", face=Face(shape="round", eyes="blue"))
    leo = person("leo", 8, "buzz", "black", gender="male", face=Face(shape="square", facial_hair="beard"))
    mia = person("mia", 5, "afro", "pink", gender="female", accessories=["glasses"])
    rex = Character(id="rex", name="Rex", kind="animal", species="dog")
    entries = [CastEntry(character=name, outfit="day") for name in ("ana", "leo")]
    return AlbumPlan(
        title="Two",
        seed=3,
        characters=[ana, leo, mia, rex],
        environments=[Environment(id="park", kind="beach"), Environment(id="home", kind="restaurant")],
        scenes=[
            Scene(
                id="s1", title="T", caption="C", environment="park", time=datetime(2026, 6, 1, 12),
                camera=Camera(shot="medium"), cast=[*entries, CastEntry(character="rex")],
            )
        ],
    )  # fmt: skip


@pytest.fixture(scope="module")
def world():
    """(job, pixels, cast of the people) of one drawn photo of two people and a dog."""
    plan, renderer = build_plan(), StoryboardRenderer()
    layout = lay_out_scenes(plan, width=SIDE * 3 // 2, height=SIDE)
    cast = add_plates(add_portraits(cast_characters(plan), plan, renderer, size=256), plan, renderer, size=128)
    members = tuple(cast.member(entry.character) for entry in plan.scenes[0].cast)
    job = photo_job(
        plan, plan.scenes[0], layout.scenes[0], members, width=SIDE * 3 // 2, height=SIDE, seed=1, attempt=0,
        plate=cast.plates["park"],
    )  # fmt: skip
    people = replace(cast, members=tuple(member for member in cast.members if member.character != "rex"))
    return job, renderer.render_photo(job, on_step=lambda *_: None), people


@pytest.fixture(scope="module")
def monitor():
    return ConsistencyMonitor(builtin_person_encoder(condition="scene_to_portrait"), builtin_picture_encoder())


def redrawn(job, **changes):
    return StoryboardRenderer().render_photo(replace(job, **changes), on_step=lambda *_: None)


def heads(job, pixels):
    """Head windows by character."""
    people = {character.id for character in job.characters if character.kind == "person"}
    return {
        region.ref: head_window(region.keypoints, pixels.shape[1], pixels.shape[0])
        for region in job.layout.regions
        if region.ref in people
    }


class Detecting:
    """The shipped encoder with a detector that says what it is told."""

    def __init__(self, found):
        self.inner = builtin_person_encoder(condition="scene_to_portrait")
        self.facts, self.calibration = self.inner.facts, self.inner.calibration
        self.encode_known, self.close = self.inner.encode_known, self.inner.close
        self.finds_people, self.found = True, found

    def find(self, picture):
        height, width = picture.shape[:2]
        return [
            FoundPerson(
                ((x - u / 2) / width, (y - u / 2) / height, (x + u / 2) / width, (y + u / 2) / height),
                np.eye(self.facts.dim, dtype=np.float32)[0],
                confidence,
            )
            for x, y, u, confidence in self.found
        ]


def test_a_drawn_photo_is_consistent(world, monitor):
    found = monitor.assess(*world)
    assert found.passed, found.reasons
    assert (found.reasons, found.shortfall) == ((), 0.0)
    assert {"similar.ana", "similar.leo", "confused.ana", "pasted.leo", "place", "place_other"} <= set(found.scores)
    assert found.scores["similar.ana"] > found.scores["confused.ana"]
    assert found.unchecked == ()
    assert found.scores["people"] == found.scores["people_expected"]
    assert not any("rex" in name for name in found.scores)


def test_the_same_photo_gets_the_same_answer(world, monitor):
    first = monitor.assess(*world)
    monitor.close()
    assert monitor.assess(*world) == first


def test_somebody_else_in_ones_place_is_noticed(world, monitor):
    job, _, cast = world
    _, leo, rex = job.characters
    stranger = person("ana", 9, "afro", "red", gender="male", face=Face(shape="long", eyes="green"))
    found = monitor.assess(job, redrawn(job, characters=(stranger, leo, rex)), cast)
    assert not found.passed
    assert any("Ana does not look like the portrait" in reason for reason in found.reasons)
    assert found.shortfall > 0


def test_two_people_who_are_swapped_are_noticed(world, monitor):
    job, _, cast = world
    ana, leo, rex = job.characters
    swapped = (leo.model_copy(update={"id": "ana"}), ana.model_copy(update={"id": "leo"}), rex)
    found = monitor.assess(job, redrawn(job, characters=swapped), cast)
    assert any("Ana looks more like Leo" in reason for reason in found.reasons)
    assert any("Leo looks more like Ana" in reason for reason in found.reasons)


def test_two_people_who_are_blended_are_noticed(world, monitor):
    """Each head becomes the mean of both."""
    job, pixels, cast = world
    windows = heads(job, pixels)
    side = int(PORTRAIT_REACH * windows["ana"].unit)
    boxes = [(int(w.x - side / 2), int(w.y - side / 2)) for w in windows.values()]
    image = Image.fromarray(pixels)
    patches = [image.crop((x, y, x + side, y + side)) for x, y in boxes]
    mean = Image.blend(patches[0], patches[1], 0.5)
    for box in boxes:
        image.paste(mean, box)
    found = monitor.assess(job, np.asarray(image), cast)
    assert not found.passed
    assert found.shortfall > 0


def test_a_portrait_that_is_pasted_is_noticed(world, monitor):
    job, pixels, cast = world
    window = heads(job, pixels)["leo"]
    side = round(PORTRAIT_REACH * window.unit)
    image = Image.fromarray(pixels)
    portrait = Image.fromarray(cast.member("leo").portraits[0]).resize((side, side), Image.Resampling.LANCZOS)
    image.paste(portrait, (int(window.x - side / 2), int(window.y - side / 2)))
    found = monitor.assess(job, np.asarray(image), cast)
    assert any(reason.startswith("The portrait of Leo was copied") for reason in found.reasons)
    assert found.scores["pasted.leo"] > 0.97 > found.scores["pasted.ana"]


@pytest.mark.parametrize("flip", [False, True])
@pytest.mark.parametrize(("scale", "shift"), [(0.8, 0.0), (1.25, 0.2), (1.0, -0.25)])
def test_a_paste_is_found_at_other_sizes_and_places(world, flip, scale, shift):
    job, pixels, cast = world
    window = heads(job, pixels)["ana"]
    expected = PORTRAIT_REACH * window.unit
    side = round(expected * scale)
    portrait = cast.member("ana").portraits[0]
    pasted = Image.fromarray(portrait[:, ::-1] if flip else portrait).resize((side, side), Image.Resampling.LANCZOS)
    image = Image.fromarray(pixels)
    image.paste(pasted, (int(window.x - side / 2 + shift * expected), int(window.y - side / 2)))
    score = pasted_score(np.asarray(image), portrait, x=window.x, y=window.y, side=expected)
    assert score > 0.97
    assert score > pasted_score(pixels, portrait, x=window.x, y=window.y, side=expected)


def test_flat_pictures_are_no_paste():
    flat = np.full((64, 64, 3), 90, np.uint8)
    noise = np.random.default_rng(0).integers(0, 256, (64, 64, 3), dtype=np.uint8)
    assert pasted_score(noise, flat, x=32, y=32, side=40) == 0
    assert abs(pasted_score(flat, noise, x=32, y=32, side=40)) < 0.2


def test_people_who_are_forgotten_are_noticed(world, monitor):
    """Without a detector by their looks, with one by their absence."""
    job, _, cast = world
    regions = [region for region in job.layout.regions if region.ref != "ana"]
    pixels = redrawn(job, layout=job.layout.model_copy(update={"regions": regions}))
    found = monitor.assess(job, pixels, cast)
    assert any("Ana does not look like the portrait" in reason for reason in found.reasons)
    leo = heads(job, pixels)["leo"]
    seen = ConsistencyMonitor(Detecting([(leo.x, leo.y, leo.unit, 0.99)])).assess(job, pixels, cast)
    assert "Nobody is where Ana should be." in seen.reasons
    assert (seen.scores["people"], seen.scores["people_expected"]) == (1, 2)


def test_the_right_number_of_people_passes_and_strangers_do_not(world):
    job, pixels, cast = world
    expected = [(w.x, w.y, w.unit, 0.9) for w in heads(job, pixels).values()]
    assert ConsistencyMonitor(Detecting(expected)).assess(job, pixels, cast).passed
    doubtful = ConsistencyMonitor(Detecting([*expected, (10, 200, 20, 0.3)])).assess(job, pixels, cast)
    assert doubtful.passed
    crowded = ConsistencyMonitor(Detecting([*expected, (10, 200, 20, 0.9)])).assess(job, pixels, cast)
    assert crowded.reasons == ("1 more person than planned.",)


def test_another_place_is_noticed(world, monitor):
    job, _, cast = world
    elsewhere = Environment(id="park", kind="restaurant")
    found = monitor.assess(job, redrawn(job, environment=elsewhere), cast)
    assert any("place looks more like another" in reason for reason in found.reasons)
    assert found.scores["place_other"] > found.scores["place"]


def test_what_was_not_looked_at_is_said(world):
    job, pixels, cast = world
    encoder = builtin_person_encoder(condition="scene_to_portrait")
    found = ConsistencyMonitor(encoder).assess(job, pixels, cast)
    assert "the place: there is no encoder for it" in found.unchecked
    away = [r.model_copy(update={"facing": "away"}) if r.ref == "ana" else r for r in job.layout.regions]
    turned = replace(job, layout=job.layout.model_copy(update={"regions": away}), plate=None)
    found = ConsistencyMonitor(encoder, builtin_picture_encoder()).assess(turned, redrawn(turned), cast)
    assert {"the face of Ana cannot be seen", "the place: there is no plate"} <= set(found.unchecked)
    assert "similar.ana" not in found.scores
    bare = replace(cast, members=tuple(replace(member, portraits=()) for member in cast.members))
    assert "Ana has no portrait" in ConsistencyMonitor(encoder).assess(job, pixels, bare).unchecked


def test_people_whose_portraits_are_alike_are_not_told_apart(world, monitor):
    job, pixels, cast = world
    twin = replace(cast.member("mia"), portraits=cast.member("ana").portraits)
    members = (cast.member("ana"), twin)
    found = monitor.assess(job, pixels, replace(cast, members=(*members, cast.member("leo"))))
    assert found.passed, found.reasons


def test_thresholds_come_from_the_calibration_at_the_stated_rates():
    calibration = builtin_person_encoder(condition="scene_to_portrait").calibration
    bars = Bars.calibrated(calibration, "builtin")
    assert bars.similar == calibration.point(0.01).threshold
    assert bars.twins == calibration.point(0.001).threshold


def test_an_encoder_without_a_calibration_judges_nobody():
    class Raw:
        facts = EncoderFacts("raw@1", "0" * 64, 4, "person")
        calibration = None

    with pytest.raises(AlbumError, match=r"'raw@1' has no calibration"):
        ConsistencyMonitor(Raw())


def test_the_label_tells_encoders_and_bars_apart():
    encoder = builtin_person_encoder(condition="scene_to_portrait")
    labels = {
        ConsistencyMonitor(encoder).label,
        ConsistencyMonitor(encoder, builtin_picture_encoder()).label,
        ConsistencyMonitor(encoder, bars=Bars(0.1, 0.9)).label,
        ConsistencyMonitor(encoder, bars=Bars(0.1, 0.9, place=0.2)).label,
    }
    assert len(labels) == 4
    assert all("builtin-identity@1" in label and len(label) <= 200 for label in labels)


def test_the_skeleton_of_portraits_is_where_the_head_is(world):
    portrait = world[2].member("ana").portraits[0]
    by_skeleton = head_crop(portrait, PORTRAIT_SKELETON).astype(int)
    assert np.abs(by_skeleton - portrait_crop(portrait).astype(int)).mean() < 1


def test_a_portrait_of_nobody_is_named():
    class Blind:
        facts = EncoderFacts("blind@1", "0" * 64, 4, "person")
        finds_people = True

        def encode_known(self, picture, skeletons):
            return [None]

        def find(self, picture):
            return []

    with pytest.raises(AlbumError, match="'blind@1' sees nobody on the portrait of 'Ana'"):
        encode_portrait(Blind(), np.zeros((64, 64, 3), np.uint8), name="Ana")
