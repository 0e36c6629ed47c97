"""What old fingerprints must go on meaning, and what is new in them."""

from dataclasses import replace
from datetime import datetime

import numpy as np
import pytest
from synthetic_albums.stages.records import (
    AlbumPlan,
    CastEntry,
    CastMember,
    Character,
    Environment,
    Outfit,
    Scene,
    SceneLayout,
)
from synthetic_albums.stages.render import photo_fingerprint, photo_job


class Painter:
    name = "solid"

    def describe(self):
        return {"shade": 1}


def job(portraits=(), views=(), **changes):
    scene = Scene(
        id="s1", title="T1", caption="Caption 1", environment="park", time=datetime(2026, 6, 1, 10),
        cast=[CastEntry(character="ana", outfit="day")],
    )  # fmt: skip
    ana = Character(id="ana", name="Ana", outfits=[Outfit(id="day"), Outfit(id="party", top="dress")])
    park = Environment(id="park", kind="park")
    plan = AlbumPlan(title="Trip", environments=[park], characters=[ana], scenes=[scene], seed=5)
    layout = SceneLayout(scene="s1", width=96, height=64, horizon=0.4, ground=0.9, light=(1, 0))
    vector = np.eye(4, dtype=np.float32)[0]
    member = CastMember("ana", vector, "test@1", "sampled", "looks of Ana", portraits, views)
    return photo_job(plan, scene, layout, (member,), width=96, height=64, seed=1, attempt=0, **changes)


GREY = np.full((8, 8, 3), 33, np.uint8)


@pytest.mark.parametrize(
    ("made", "expected"),
    [
        (job(), "b66c92725130b04732fe6de6a2368040974a31ec8b0e4a669f283963cd8c1c0b"),
        (job((GREY,)), "adcc5c5b353ce3e4265a3bb02bc6ab49936de0bf49188aded5127c3bcc4c68ad"),
        (job((GREY,), ("front",)), "adcc5c5b353ce3e4265a3bb02bc6ab49936de0bf49188aded5127c3bcc4c68ad"),
    ],
)
def test_fingerprints_from_before_there_were_weights_views_and_plates_hold(made, expected):
    assert photo_fingerprint(made, Painter()) == expected


def test_weight_plate_and_views_are_in_the_fingerprint():
    plate = np.zeros((4, 6, 3), np.uint8)
    jobs = [
        job(),
        job(weight=0.75),
        job(weight=0.5),
        job(plate=plate),
        job(plate=plate + 1),
        job(plate=plate.reshape(6, 4, 3)),
        job((GREY, GREY), ("front", "three_quarter")),
        job((GREY, GREY), ("front", "full_length")),
    ]
    assert len({photo_fingerprint(made, Painter()) for made in jobs}) == len(jobs)


def test_consent_changes_no_pixel_and_no_fingerprint():
    made = job()
    stated = replace(made, members=(replace(made.members[0], consent="She agreed."),))
    assert photo_fingerprint(stated, Painter()) == photo_fingerprint(made, Painter())
