from types import SimpleNamespace

import numpy as np
import pytest
from synthetic_albums.stages.encoders.interface import EncoderFacts, FoundPerson
from synthetic_albums.stages.errors import AlbumError
from synthetic_albums.stages.identity import cast_characters, cast_from_references

CONSENT = "I am the person on these pictures and agree to this album."
PICTURE = np.arange(60 * 80 * 3, dtype=np.uint8).reshape(60, 80, 3)


class Finder:
    """Finds as many people as the first pixel says, with the vector that the second one names."""

    facts = EncoderFacts("faces@1", "ab" * 32, 4, "person")
    finds_people = True
    calibration = SimpleNamespace(point=lambda target: SimpleNamespace(threshold=0.5))

    def find(self, picture):
        vector = np.eye(4, dtype=np.float32)[picture[0, 1, 0]]
        return [FoundPerson((0.25, 0.25, 0.75, 0.75), vector)] * int(picture[0, 0, 0])


def showing(people=1, who=0):
    picture = PICTURE.copy()
    picture[0, 0], picture[0, 1] = people, who
    return picture


def refer(plan, pictures, character="maya", consent=CONSENT, encoder=None):
    return cast_from_references(
        cast_characters(plan),
        plan,
        pictures,
        character=character,
        consent=consent,
        encoder=encoder or Finder(),
        size=32,
    )


@pytest.mark.parametrize("character", ["maya", "Maya", " MAYA "])
def test_a_character_becomes_the_person_on_the_pictures(plan, character):
    cast = refer(plan, [showing(), showing()], character)
    member = cast.member("maya")
    np.testing.assert_array_equal(member.vector, np.eye(4, dtype=np.float32)[0])
    assert (member.vector.dtype, member.source, member.consent) == (np.float32, "reference", CONSENT)
    assert member.encoder == "faces@1 abababababab"
    assert member.views == ("front",)
    assert member.portraits[0].shape == (32, 32, 3)
    assert cast.member("rusty").source == "sampled"


@pytest.mark.parametrize("consent", ["", "   \n ", "yes", "I agree to this", "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"])
def test_no_consent_no_reference(plan, consent):
    with pytest.raises(AlbumError, match="why they may be used"):
        refer(plan, [showing()], consent=consent)


def test_a_consent_that_no_record_holds_is_refused(plan):
    with pytest.raises(AlbumError, match="at most 600"):
        refer(plan, [showing()], consent="I agree to this. " * 60)


@pytest.mark.parametrize(
    ("pictures", "message"),
    [
        ([], "0 reference pictures"),
        ([showing()] * 17, "17 reference pictures"),
        ([showing(), showing(people=0)], "reference picture 2 the encoder 'faces@1' finds nobody"),
        ([showing(people=3)], "picture 1 the encoder finds 3 people"),
        ([showing(), showing(who=1)], "pictures 1 and 2 of 'Maya' do not show the same person"),
    ],
)
def test_pictures_that_do_not_show_one_person_are_named(plan, pictures, message):
    with pytest.raises(AlbumError, match=message):
        refer(plan, pictures)


def test_an_encoder_without_a_detector_cannot_be_used(plan):
    encoder = Finder()
    encoder.finds_people = False
    with pytest.raises(AlbumError, match="'faces@1' has no detector"):
        refer(plan, [showing()], encoder=encoder)


@pytest.mark.parametrize(
    ("character", "message"),
    [("nobody", "'nobody' is not one of the plan's characters"), ("", "is not one of"), ("Rusty", "is an animal")],
)
def test_whom_the_pictures_show_must_be_a_person_of_the_plan(plan, character, message):
    with pytest.raises(AlbumError, match=message):
        refer(plan, [showing()], character)


def test_a_name_that_two_have_is_no_answer(plan):
    twice = [plan.characters[0].model_copy(update={"id": name}) for name in ("one", "other")]
    with pytest.raises(AlbumError, match="Several characters are called 'Maya'"):
        refer(plan.model_copy(update={"characters": twice}), [showing()], "Maya ")
