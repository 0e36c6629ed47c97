from dataclasses import replace

import numpy as np
import pytest
from synthetic_albums.stages.errors import AlbumError, InterruptedAlbumError
from synthetic_albums.stages.identity import add_plates, add_views, cast_characters
from synthetic_albums.stages.render.storyboard import StoryboardRenderer


class WholePainter:
    """Makes every anchor in one grey, and remembers what it was asked."""

    name = "whole"

    def __init__(self):
        self.asked = []

    def render_portrait(self, character, member, *, size, seed):
        self.asked.append((character.id, "front"))
        return np.full((size, size, 3), 1, np.uint8)

    def render_view(self, character, member, *, view, size, seed):
        self.asked.append((character.id, view))
        return np.full((size, size, 3), 2, np.uint8)

    def render_plate(self, environment, style, *, album_seed, width, height):
        self.asked.append((environment.id, width, height))
        return np.full((height, width, 3), 3, np.uint8)


def test_everybody_is_shown_from_three_sides_once(plan):
    renderer = WholePainter()
    cast = add_views(cast_characters(plan), plan, renderer, size=32)
    for member in cast.members:
        assert member.views == ("front", "three_quarter", "full_length")
        assert [portrait[0, 0, 0] for portrait in member.portraits] == [1, 2, 2]
    asked = list(renderer.asked)
    again = add_views(cast, plan, renderer, size=32)
    assert renderer.asked == asked
    assert [member.views for member in again.members] == [member.views for member in cast.members]


def test_a_portrait_that_is_there_counts_as_the_front(plan):
    mine = np.full((32, 32, 3), 9, np.uint8)
    cast = cast_characters(plan)
    cast = replace(cast, members=tuple(replace(member, portraits=(mine,)) for member in cast.members))
    done = add_views(cast, plan, WholePainter(), size=32)
    assert all(member.portraits[0] is mine and member.views[0] == "front" for member in done.members)


def test_a_renderer_without_views_makes_the_front_and_says_so(plan, painter, caplog):
    cast = add_views(cast_characters(plan), plan, painter, size=32)
    assert [(len(member.portraits), member.views) for member in cast.members] == [(1, ("front",))] * 2
    assert "front portraits only" in caplog.text
    assert add_plates(cast, plan, painter, size=32) is cast


def test_who_came_from_references_gets_no_other_views(plan):
    cast = cast_characters(plan)
    maya = replace(cast.members[0], source="reference", portraits=(np.zeros((32, 32, 3), np.uint8),), views=("front",))
    renderer = WholePainter()
    done = add_views(replace(cast, members=(maya, cast.members[1])), plan, renderer, size=32)
    assert done.members[0].views == ("front",)
    assert all(name != "maya" for name, *_ in renderer.asked)


@pytest.mark.parametrize(("size", "expected"), [(64, (192, 128)), (256, (384, 256)), (1024, (768, 512))])
def test_every_place_has_a_plate_of_a_size_that_renderers_can_make(plan, size, expected):
    cast = add_plates(cast_characters(plan), plan, WholePainter(), size=size)
    assert {place: plate.shape[1::-1] for place, plate in cast.plates.items()} == {"park": expected}
    renderer = WholePainter()
    assert add_plates(cast, plan, renderer, size=size).plates.keys() == {"park"}
    assert renderer.asked == []


@pytest.mark.parametrize("wrong", [None, np.zeros((4, 4, 3), np.uint8), np.zeros((32, 32, 3))])
def test_what_is_no_picture_is_refused(plan, wrong):
    renderer = WholePainter()
    renderer.render_view = lambda *_, **__: wrong
    with pytest.raises(AlbumError, match=r"'three_quarter' of 'Maya' \(maya\) must be"):
        add_views(cast_characters(plan), plan, renderer, size=32)
    renderer.render_plate = lambda *_, **__: wrong
    with pytest.raises(AlbumError, match=r"plate of 'park' \(park\) must be"):
        add_plates(cast_characters(plan), plan, renderer, size=32)


@pytest.mark.parametrize("error", [AlbumError("out of paint"), InterruptedAlbumError("out of paint")])
def test_an_error_names_the_anchor_and_keeps_its_kind(plan, error):
    def fail(*_, **__):
        raise error

    renderer = WholePainter()
    renderer.render_plate = fail
    with pytest.raises(type(error), match=r"plate of 'park'.*out of paint"):
        add_plates(cast_characters(plan), plan, renderer, size=32)


def test_the_storyboard_makes_all_of_them(plan):
    renderer = StoryboardRenderer()
    cast = add_plates(add_views(cast_characters(plan), plan, renderer, size=64), plan, renderer, size=64)
    for member in cast.members:
        assert len({portrait.tobytes() for portrait in member.portraits}) == 3
    assert cast.plates["park"].std() > 20
    with pytest.raises(AlbumError, match="no view 'back'"):
        renderer.render_view(plan.characters[0], cast.members[0], view="back", size=64, seed=0)
