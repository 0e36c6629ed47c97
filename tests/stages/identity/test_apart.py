from dataclasses import replace
from types import SimpleNamespace

import numpy as np
import pytest
from synthetic_albums.stages.encoders import builtin_person_encoder
from synthetic_albums.stages.encoders.interface import EncoderFacts, FoundPerson
from synthetic_albums.stages.errors import AlbumError
from synthetic_albums.stages.identity import add_portraits, cast_characters, describe_appearance, keep_apart
from synthetic_albums.stages.records import Character, Hair, Outfit
from synthetic_albums.stages.render.storyboard import StoryboardRenderer


class HairReader:
    """A portrait's vector is named by its first pixel."""

    facts = EncoderFacts("hair@1", "cd" * 32, 8, "person")
    finds_people = False
    calibration = SimpleNamespace(point=lambda target: SimpleNamespace(threshold=0.9))

    def encode_known(self, picture, skeletons):
        return [FoundPerson((0, 0, 1, 1), np.eye(8, dtype=np.float32)[picture[0, 0, 0]])]


def portrayed(pixels):
    """Portraits whose pixel is what `pixels` gives for the character and the recast."""

    def make(plan, cast, character_id):
        member = cast.member(character_id)
        pixel = pixels(character_id, int(cast.metadata.get(f"recast.{character_id}", 0)))
        made = replace(member, portraits=(np.full((8, 8, 3), pixel, np.uint8),))
        return replace(cast, members=tuple(made if m.character == character_id else m for m in cast.members))

    return make


def settle(plan, pixels, gallery=None, encoder=None):
    cast, make = cast_characters(plan), portrayed(pixels)
    for character in plan.characters:
        cast = make(plan, cast, character.id)
    return keep_apart(plan, cast, encoder or HairReader(), make_portrait=make, gallery=gallery)


def people(plan, count):
    made = [Character(id=f"p{n}", name=f"P{n}", outfits=[Outfit(id="o")], hair=Hair(style="bob")) for n in range(count)]
    return plan.model_copy(update={"characters": made})


def unit(index):
    return np.eye(8, dtype=np.float32)[[index]]


def test_vectors_become_the_encodings_of_the_portraits(plan):
    plan = people(plan, 3)
    after, cast = settle(plan, lambda name, _: int(name[1]))
    assert after is plan
    for number, member in enumerate(cast.members):
        np.testing.assert_array_equal(member.vector, unit(number)[0])
        assert (member.encoder, member.source) == ("hair@1 cdcdcdcdcdcd", "sampled")
    assert cast.metadata["nearest.p2"].split()[1] == "0.0000"


def test_who_looks_like_the_gallery_is_recast_and_that_is_recorded(plan):
    plan = people(plan, 2)
    after, cast = settle(plan, lambda name, recast: int(name[1]) if recast < 2 else 5 + int(name[1]), gallery=unit(1))
    assert after.character("p0") == plan.character("p0")
    assert after.character("p1") != plan.character("p1")
    assert (cast.metadata["recast.p1"], cast.metadata["nearest_in_gallery.p1"]) == ("2", "0.0000")
    assert cast.metadata["apart_gallery"] == "1"
    np.testing.assert_array_equal(cast.member("p1").vector, unit(6)[0])
    assert cast.member("p1").appearance == describe_appearance(after.character("p1"))


def test_a_gallery_that_nobody_escapes_stops(plan):
    with pytest.raises(AlbumError, match=r"'P0' looks too much like somebody in the gallery.*4 recasts"):
        settle(people(plan, 1), lambda *_: 3, gallery=unit(3))


def test_two_who_stay_alike_are_kept_and_said(plan, caplog):
    plan = people(plan, 2)
    _, cast = settle(plan, lambda *_: 3)
    assert cast.metadata["nearest.p1"] == "p0 1.0000"
    assert "P1 looks much like p0" in caplog.text


def test_who_came_from_references_stays(plan):
    plan = people(plan, 1)
    cast = cast_characters(plan)
    given = replace(cast.members[0], source="reference", vector=unit(3)[0], consent="She agreed to all of it.")
    make = portrayed(lambda *_: 3)
    after, kept = keep_apart(plan, replace(cast, members=(given,)), HairReader(), make_portrait=make, gallery=unit(3))
    assert (after, kept.members) == (plan, (given,))


def test_animals_are_not_looked_at(plan):
    _, cast = settle(plan, lambda *_: 2)
    assert cast.member("rusty").encoder == "seeded-gaussian@1"


def test_what_cannot_be_compared_is_refused(plan):
    plan = people(plan, 1)
    with pytest.raises(AlbumError, match="have 5 numbers each"):
        settle(plan, lambda *_: 1, gallery=np.eye(5, dtype=np.float32))
    raw = HairReader()
    raw.calibration = None
    with pytest.raises(AlbumError, match="no calibration"):
        settle(plan, lambda *_: 1, encoder=raw)
    cast = cast_characters(plan)
    with pytest.raises(AlbumError, match="'p0' has no portrait"):
        keep_apart(plan, cast, HairReader(), make_portrait=portrayed(lambda *_: 1), gallery=None)


def test_drawn_people_are_kept_apart_by_the_encoder_that_ships(plan):
    """Two drawn alike, and one who is in the gallery."""
    plan, renderer, encoder = people(plan, 2), StoryboardRenderer(), builtin_person_encoder()

    def make(plan, cast, _):
        return add_portraits(cast, plan, renderer, size=96)

    cast = make(plan, cast_characters(plan), "")
    _, first = keep_apart(plan, cast, encoder, make_portrait=make, gallery=None)
    gallery = first.member("p0").vector[None]
    after, kept = keep_apart(plan, cast, encoder, make_portrait=make, gallery=gallery)
    limit = encoder.calibration.point(0.001).threshold
    vectors = [member.vector for member in kept.members]
    assert all(float(vector @ gallery[0]) < limit for vector in vectors)
    assert float(vectors[0] @ vectors[1]) < limit
    assert after.character("p0") != plan.character("p0")
