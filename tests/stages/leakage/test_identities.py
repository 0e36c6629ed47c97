import dataclasses

import numpy as np
import pytest
from synthetic_albums.stages.leakage.identities import ExpectedPerson, Identities
from synthetic_albums.stages.leakage.thresholds import NotCheckedError
from synthetic_albums.stages.vocabulary import OPENPOSE_18

from .fake_encoders import PaintedPeople, person, with_people

NAMES = {200: "ana", 100: "leo", 50: "mia"}
SKELETON = tuple((0.5, 0.5, 1.0) for _ in OPENPOSE_18)


def photo(red):
    return np.full((64, 64, 3), (red, 7, 9), np.uint8)


def check_of(gallery, encoder, names=("leo", "someone", "another"), **targets):
    targets = {"character_target": 0.0025, "photo_target": 0.001} | targets
    return Identities(with_people(gallery, encoder, names), **targets)


@pytest.fixture
def encoder():
    return PaintedPeople(NAMES)


def test_a_private_person_is_recognised_in_one_photo_when_beyond_doubt(gallery, encoder):
    finding = check_of(gallery, encoder).look(photo(100), [ExpectedPerson("hero", SKELETON)])[0]
    assert finding.status == "leak"
    assert finding.subject == "hero"
    assert finding.nearest == gallery.label(0)
    assert finding.box == pytest.approx((0.4, 0.4, 0.6, 0.6))


def test_the_report_says_where_nobody_was_looked_for(gallery, encoder):
    assert "not elsewhere in the photo" in check_of(gallery, encoder).facts("clean").reason


def test_strangers_are_clean(gallery, encoder):
    check = check_of(gallery, encoder)
    assert check.look(photo(200), [ExpectedPerson("hero", SKELETON)])[0].status == "clean"
    assert check.characters(["hero"])[0].status == "clean"


def test_a_blurred_person_is_recognised_over_several_photos_and_not_in_one(gallery):
    check = check_of(gallery, PaintedPeople(NAMES, blur=0.55), photo_target=1e-6)
    findings = [check.look(photo(100), [ExpectedPerson("hero", SKELETON)])[0] for _ in range(6)]
    assert {finding.status for finding in findings} == {"clean"}
    decision = check.characters(["hero"])[0]
    assert decision.status == "leak"
    assert decision.score > max(finding.score for finding in findings)
    assert "hero, seen 6 times" in decision.reason


@pytest.mark.parametrize(
    ("expected", "why"),
    [
        (ExpectedPerson("hero", SKELETON, facing_away=True), "turned away"),
        (ExpectedPerson("hero", SKELETON, hidden=True), "hidden"),
        (ExpectedPerson("hero"), "does not say"),
    ],
)
def test_who_cannot_be_seen_is_unchecked_with_the_reason(gallery, encoder, expected, why):
    check = check_of(gallery, encoder)
    finding = check.look(photo(100), [expected])[0]
    assert finding.status == "unchecked"
    assert why in finding.reason
    assert check.characters(["hero"])[0].status == "unchecked"


def test_a_head_that_the_encoder_cannot_see_is_unchecked(gallery, encoder):
    finding = check_of(gallery, encoder).look(photo(0), [ExpectedPerson("hero", SKELETON)])[0]
    assert finding.status == "unchecked"
    assert "too small" in finding.reason


def test_a_portrait_counts_for_its_character(gallery, encoder):
    check = check_of(gallery, encoder)
    assert check.look_at_portrait("hero", photo(100), SKELETON)
    assert not check.look_at_portrait("hero", photo(0), SKELETON)
    assert check.characters(["hero"])[0].status == "leak"


def test_a_portrait_without_skeleton_needs_a_detector(gallery, encoder):
    assert not check_of(gallery, encoder).look_at_portrait("hero", photo(100), None)
    assert check_of(gallery, PaintedPeople(NAMES, detector=True)).look_at_portrait("hero", photo(100), None)


def test_without_a_layout_a_detector_finds_people_or_nobody_is_cleared(gallery, encoder):
    assert check_of(gallery, encoder).look(photo(100), None)[0].status == "unchecked"
    assert check_of(gallery, PaintedPeople(NAMES, detector=True)).look(photo(100), None)[0].status == "leak"


def test_several_pictures_of_one_person_count_as_one(gallery, encoder):
    heads = np.stack([person("leo", 0.2, seed) for seed in range(5)] + [person("someone")])
    known = dataclasses.replace(with_people(gallery, encoder, ["x"]), people=heads, people_of=np.arange(6))
    check = Identities(known, character_target=0.0025, photo_target=0.001)
    assert check.people == 2
    assert check.threshold.comparisons == 2
    assert "6 heads of the gallery are taken for 2 people" in check.facts("clean").reason


@pytest.mark.parametrize("bad", [0.0, np.nan, np.inf])
def test_unfit_vectors_of_people_are_a_reason(gallery, encoder, bad):
    known = with_people(gallery, encoder, ["leo", "someone"])
    people = known.people.copy()
    people[1] = bad
    with pytest.raises(NotCheckedError, match="1 of 2 rows"):
        Identities(dataclasses.replace(known, people=people), character_target=0.01, photo_target=0.01)


def test_a_photo_whose_heads_are_no_numbers_is_unchecked(gallery, encoder, monkeypatch):
    check = check_of(gallery, encoder)
    original = encoder.encode_known

    def broken(picture, skeletons):
        return [dataclasses.replace(found, vector=found.vector * np.nan) for found in original(picture, skeletons)]

    monkeypatch.setattr(encoder, "encode_known", broken)
    finding = check.look(photo(100), [ExpectedPerson("hero", SKELETON)])[0]
    assert finding.status == "unchecked"
    assert check.characters(["hero"])[0].status == "unchecked"


def test_a_gallery_without_people_or_calibration_cannot_be_asked(gallery, encoder):
    with pytest.raises(NotCheckedError, match="nobody"):
        Identities(
            dataclasses.replace(with_people(gallery, encoder, ["x"]), people=None),
            character_target=0.01,
            photo_target=0.1,
        )
    with pytest.raises(NotCheckedError, match="no calibration"):
        check_of(gallery, PaintedPeople(NAMES, points=None))
