from dataclasses import replace

import numpy as np
import pytest
import torch
from synthetic_albums.nodes.identity import AlbumIdentity, with_portraits
from synthetic_albums.nodes.render import AlbumStoryboardRenderer
from synthetic_albums.stages.encoders import builtin_person_encoder, builtin_picture_encoder
from synthetic_albums.stages.errors import AlbumError


def test_without_a_renderer_there_is_a_cast_and_a_grey_picture(plan):
    cast, portraits, appearances, _ = AlbumIdentity().cast(plan, portrait_size=64)
    assert [member.character for member in cast.members] == ["ana", "leo"]
    assert portraits.shape == (1, 64, 64, 3)
    assert portraits.min() == portraits.max()
    assert appearances == [member.appearance for member in cast.members]


def test_with_a_renderer_everybody_has_a_portrait(plan, renderer):
    cast, portraits, _, same = AlbumIdentity().cast(plan, portrait_size=64, renderer=renderer)
    assert same is plan
    assert portraits.shape == (2, 64, 64, 3)
    back = (portraits[1].numpy() * 255).round().astype(np.uint8)
    assert np.array_equal(back, cast.members[1].portraits[0])


def test_a_plan_without_characters_gives_one_empty_text_and_not_an_empty_list(make_plan, renderer):
    cast, portraits, appearances, _ = AlbumIdentity().cast(make_plan(people=()), portrait_size=64, renderer=renderer)
    assert cast.members == ()
    assert portraits.shape == (1, 64, 64, 3)
    assert appearances == [""]


def test_portraits_that_are_there_stay(plan, cast, renderer, a_picture):
    mine = a_picture("mine")
    first = replace(cast.members[0], portraits=(mine,))
    done = with_portraits(replace(cast, members=(first, cast.members[1])), plan, renderer, size=64)
    assert done.members[0].portraits[0] is mine
    assert renderer.portraits == ["leo"]
    assert len(done.members[1].portraits) == 1


def test_a_renderer_gives_its_memory_back_also_after_an_error(plan, cast, renderer):
    def fail(*_, **__):
        raise AlbumError("out of paint")

    renderer.render_portrait = fail
    with pytest.raises(AlbumError, match=r"Ana.*out of paint"):
        with_portraits(cast, plan, renderer, size=64)
    assert renderer.closed == 1


def test_all_anchors_are_views_and_plates(host, plan):
    (storyboard,) = AlbumStoryboardRenderer().make()
    cast, *_ = AlbumIdentity().cast(plan, portrait_size=64, renderer=storyboard, anchors="all")
    assert [member.views for member in cast.members] == [("front", "three_quarter", "full_length")] * 2
    assert cast.plates["park"].shape == (128, 192, 3)
    with pytest.raises(AlbumError, match="All anchors are made by a renderer"):
        AlbumIdentity().cast(plan, portrait_size=64, anchors="all")


def test_old_graphs_get_what_they_got(plan, renderer):
    old, *_ = AlbumIdentity().cast(plan, portrait_size=64, renderer=renderer)
    front, *_ = AlbumIdentity().cast(plan, portrait_size=64, renderer=renderer, anchors="front")
    assert [m.encoder for m in old.members] == ["seeded-gaussian@1"] * 2
    assert all(a.views == b.views == () for a, b in zip(old.members, front.members, strict=True))
    assert old.metadata == front.metadata


def test_a_person_encoder_gives_people_the_vector_of_their_portrait(host, plan):
    (storyboard,) = AlbumStoryboardRenderer().make()
    encoder = builtin_person_encoder()
    cast, _, _, after = AlbumIdentity().cast(plan, portrait_size=64, renderer=storyboard, encoder=encoder)
    assert {member.encoder for member in cast.members} == {encoder.facts.label}
    # Both were planned alike, so one of them is recast.
    assert after.character("leo") != plan.character("leo")
    assert float(cast.members[0].vector @ cast.members[1].vector) < encoder.calibration.point(0.001).threshold


def test_the_gallery_s_people_are_kept_away_from(host, plan):
    (storyboard,) = AlbumStoryboardRenderer().make()
    encoder = builtin_person_encoder()
    cast, *_ = AlbumIdentity().cast(plan, portrait_size=64, renderer=storyboard, encoder=encoder)
    gallery = StandIn(cast.members[0].vector[None], encoder)
    kept, _, _, after = AlbumIdentity().cast(plan, portrait_size=64, renderer=storyboard, gallery=gallery)
    assert after.character("ana") != plan.character("ana")
    limit = encoder.calibration.point(0.001).threshold
    assert all(float(member.vector @ gallery.people[0]) < limit for member in kept.members)
    with pytest.raises(AlbumError, match="is seen on portraits"):
        AlbumIdentity().cast(plan, portrait_size=64, gallery=gallery)


class StandIn:
    """The part of a gallery that casting needs."""

    def __init__(self, people, encoder):
        self.people, self.encoder = people, encoder

    def resolve(self, *, person_encoder):
        return self

    def require_person_encoder(self):
        return self.encoder


@pytest.mark.parametrize(
    ("consent", "character", "message"),
    [
        ("", "ana", "why they may be used"),
        ("I am Ana and agree to this album.", "nobody", "'nobody' is not one of"),
        ("I am Ana and agree to this album.", "ana", "finds nobody|has no detector"),
    ],
)
def test_references_need_consent_a_character_and_a_person(plan, consent, character, message, caplog):
    empty = torch.zeros((1, 64, 64, 3))
    with pytest.raises(AlbumError, match=message):
        AlbumIdentity().cast(plan, portrait_size=64, reference=empty, reference_character=character, consent=consent)
    assert "drawn people only" in caplog.text


def test_an_encoder_of_pictures_knows_nobody(host, plan, renderer):
    with pytest.raises(AlbumError, match="looks at whole pictures"):
        AlbumIdentity().cast(plan, portrait_size=64, renderer=renderer, encoder=builtin_picture_encoder())
