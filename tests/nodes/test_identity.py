from dataclasses import replace

import numpy as np
import pytest
from synthetic_albums.nodes.identity import AlbumIdentity, with_portraits
from synthetic_albums.stages.errors import AlbumError


def test_without_a_renderer_there_is_a_cast_and_a_grey_picture(plan):
    cast, portraits, appearances = AlbumIdentity().cast(plan, portrait_size=64)
    assert [member.character for member in cast.members] == ["ana", "leo"]
    assert portraits.shape == (1, 64, 64, 3)
    assert portraits.min() == portraits.max()
    assert appearances == [member.appearance for member in cast.members]


def test_with_a_renderer_everybody_has_a_portrait(plan, renderer):
    cast, portraits, _ = AlbumIdentity().cast(plan, portrait_size=64, renderer=renderer)
    assert portraits.shape == (2, 64, 64, 3)
    back = (portraits[1].numpy() * 255).round().astype(np.uint8)
    assert np.array_equal(back, cast.members[1].portraits[0])


def test_a_plan_without_characters_gives_one_empty_text_and_not_an_empty_list(make_plan, renderer):
    cast, portraits, appearances = AlbumIdentity().cast(make_plan(people=()), portrait_size=64, renderer=renderer)
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
