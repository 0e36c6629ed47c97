"""A cast is saved by one graph and plays in another."""

import numpy as np
import pytest
from synthetic_albums.nodes.identity import AlbumIdentity
from synthetic_albums.nodes.identity_library import AlbumCastLoad, AlbumCastSave
from synthetic_albums.nodes.render import AlbumStoryboardRenderer
from synthetic_albums.stages.errors import AlbumError
from synthetic_albums.stages.records import Hair


@pytest.fixture
def saved(host, plan):
    """Ana with pink hair, saved as casts/ana."""
    ana = plan.characters[0].model_copy(update={"hair": Hair(style="bob", color="pink")})
    pink = plan.model_copy(update={"characters": [ana, plan.characters[1]]})
    (renderer,) = AlbumStoryboardRenderer().make()
    cast, _, _, pink = AlbumIdentity().cast(pink, portrait_size=64, renderer=renderer)
    (summary,) = AlbumCastSave().save(cast, pink, "casts/ana", "CC0-1.0")
    assert "ana.safetensors" in summary
    return cast


def test_a_saved_cast_comes_back_with_its_portraits(saved):
    cast, plan, portraits, summary = AlbumCastLoad().load("casts/ana")
    assert plan is None
    assert portraits.shape == (2, 256, 256, 3)
    np.testing.assert_array_equal(cast.member("ana").vector, saved.member("ana").vector)
    assert "seeded-gaussian@1" in summary
    assert "CC0-1.0" in summary


def test_a_saved_person_plays_in_another_plan_and_its_photos_are_made(saved, make_plan, render):
    other = make_plan(people=("maria", "leo"))
    cast, plan, _, _ = AlbumCastLoad().load("casts/ana.safetensors", plan=other, mapping="ana=maria")
    assert plan.character("maria").hair.color == "pink"
    assert plan.character("maria").name == "Maria"
    folder, _, table = render(plan=plan, cast=cast)
    assert table.count("\tdone\t") == 3
    assert folder.read().cast[0].character == "maria"
    with pytest.raises(AlbumError, match="'Maria' looks otherwise in the plan than in the cast"):
        render(plan=other, cast=cast)
    with pytest.raises(AlbumError, match="looks otherwise"):
        AlbumCastSave().save(cast, other, "casts/maria", "")


def test_the_node_follows_the_file(saved, host):
    state = AlbumCastLoad.IS_CHANGED("casts/ana")
    assert state == AlbumCastLoad.IS_CHANGED("casts/ana")
    path = host.output_directory() / "casts/ana.safetensors"
    path.write_bytes(path.read_bytes() + b"x")
    assert AlbumCastLoad.IS_CHANGED("casts/ana") != state
    assert AlbumCastLoad.IS_CHANGED("casts/none") != AlbumCastLoad.IS_CHANGED("casts/none")
    assert AlbumCastLoad.IS_CHANGED("../none") != AlbumCastLoad.IS_CHANGED("../none")
    assert AlbumCastLoad.IS_CHANGED(None) != AlbumCastLoad.IS_CHANGED(None)


def test_the_input_folder_is_looked_in_too(saved, host):
    path = host.output_directory() / "casts/ana.safetensors"
    path.replace(host.input_directory() / "gift.safetensors")
    assert AlbumCastLoad().load("gift")[0].member("ana").portraits
    with pytest.raises(AlbumError, match="There is no cast file"):
        AlbumCastLoad().load("casts/ana")


def test_a_mapping_needs_a_plan(saved):
    with pytest.raises(AlbumError, match="connect the plan"):
        AlbumCastLoad().load("casts/ana", mapping="ana=maria")
