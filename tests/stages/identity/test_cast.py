import itertools

import numpy as np
import pytest
from synthetic_albums.stages.errors import AlbumError, InterruptedAlbumError
from synthetic_albums.stages.identity import add_portraits, cast_characters, describe_appearance
from synthetic_albums.stages.identity import cast as casting
from synthetic_albums.stages.records import AlbumPlan, Cast, CastMember, Character, Outfit
from synthetic_albums.stages.seeds import derive_seed


def crowd(plan: AlbumPlan, count: int) -> AlbumPlan:
    people = [Character(id=f"p{i}", name=f"P{i}", outfits=[Outfit(id="o")]) for i in range(count)]
    return plan.model_copy(update={"characters": people})


def test_every_character_gets_a_unit_vector_and_a_locked_text(plan):
    cast = cast_characters(plan)
    assert [member.character for member in cast.members] == ["maya", "rusty"]
    for member, character in zip(cast.members, plan.characters, strict=True):
        assert member.vector.shape == (128,)
        assert member.vector.dtype == np.float32
        assert np.linalg.norm(member.vector) == pytest.approx(1, abs=1e-6)
        assert member.encoder == "seeded-gaussian@1"
        assert member.source == "sampled"
        assert member.appearance == describe_appearance(character)
        assert member.portraits == ()


def test_a_vector_is_the_stated_seeded_draw(plan):
    gaussian = np.random.default_rng(derive_seed(7, "identity", "maya")).standard_normal(128)
    expected = (gaussian / np.linalg.norm(gaussian)).astype(np.float32)
    np.testing.assert_array_equal(cast_characters(plan).member("maya").vector, expected)


def test_an_identity_does_not_depend_on_who_else_is_cast(plan):
    alone = plan.model_copy(update={"characters": plan.characters[1:]})
    np.testing.assert_array_equal(
        cast_characters(plan).member("rusty").vector, cast_characters(alone).member("rusty").vector
    )


def test_another_album_seed_gives_other_people(plan):
    other = cast_characters(plan.model_copy(update={"seed": 8}))
    assert float(cast_characters(plan).member("maya").vector @ other.member("maya").vector) < 0.5


def test_a_full_cast_keeps_its_distance(plan):
    cast = cast_characters(crowd(plan, 32))
    for one, other in itertools.combinations(cast.members, 2):
        assert float(one.vector @ other.vector) <= casting.LARGEST_COSINE
    assert cast.metadata["largest_cosine"] == "0.40"


def test_a_draw_that_comes_too_near_is_repeated_and_recorded(plan, monkeypatch):
    draw = casting.draw_vector
    twin = draw(7, "p0")
    monkeypatch.setattr(casting, "draw_vector", lambda *parts: draw(*parts) if len(parts) > 2 else twin)
    cast = cast_characters(crowd(plan, 2))
    assert cast.metadata["redraws.p1"] == "1"
    assert "redraws.p0" not in cast.metadata
    np.testing.assert_array_equal(cast.member("p1").vector, draw(7, "p1", 1))


def test_redraws_are_bounded(plan, monkeypatch):
    twin = casting.draw_vector(7, "p0")
    monkeypatch.setattr(casting, "draw_vector", lambda *parts: twin)
    with pytest.raises(AlbumError, match=r"'p1'.*32 redraws"):
        cast_characters(crowd(plan, 2))


def test_portraits_are_asked_for_with_seeds_of_their_own(plan, painter):
    cast = add_portraits(cast_characters(plan), plan, painter, size=8)
    assert painter.asked == [(name, 8, derive_seed(7, "portrait", name)) for name in ("maya", "rusty")]
    assert [member.portraits[0].shape for member in cast.members] == [(8, 8, 3), (8, 8, 3)]
    assert cast.members[0].vector is not None


class BrokenPainter:
    def __init__(self, answer: object) -> None:
        self.answer = answer

    def render_portrait(self, character, member, *, size, seed):
        if isinstance(self.answer, Exception):
            raise self.answer
        return self.answer


@pytest.mark.parametrize(
    "answer",
    [np.zeros((8, 9, 3), np.uint8), np.zeros((8, 8), np.uint8), np.zeros((8, 8, 3), np.float32), None, "picture"],
)
def test_a_portrait_of_the_wrong_kind_is_refused_by_name(plan, answer):
    with pytest.raises(AlbumError, match=r"'Maya' \(maya\) must be"):
        add_portraits(cast_characters(plan), plan, BrokenPainter(answer), size=8)


def test_a_failing_renderer_is_reported_with_the_character(plan):
    with pytest.raises(AlbumError, match=r"'Maya' \(maya\).*no paint left"):
        add_portraits(cast_characters(plan), plan, BrokenPainter(AlbumError("no paint left")), size=8)


def test_an_interruption_stays_an_interruption(plan):
    with pytest.raises(InterruptedAlbumError, match="Maya"):
        add_portraits(cast_characters(plan), plan, BrokenPainter(InterruptedAlbumError("stopped")), size=8)


def test_a_portrait_needs_at_least_one_pixel(plan, painter):
    with pytest.raises(AlbumError, match="at least 1 pixel"):
        add_portraits(cast_characters(plan), plan, painter, size=0)


def test_a_member_of_another_plan_is_named(plan, painter):
    stranger = CastMember("zoe", np.ones(128, np.float32), "x@1", "sampled", "Zoe")
    with pytest.raises(AlbumError, match="no character 'zoe'"):
        add_portraits(Cast((stranger,)), plan, painter, size=8)
