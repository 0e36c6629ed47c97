import math
import shutil

import numpy as np
import pytest
from synthetic_albums.nodes.identity import AlbumIdentity, with_portraits
from synthetic_albums.nodes.render import PORTRAIT_SIZE, AlbumBuiltinRenderer, AlbumRender, AlbumStoryboardRenderer
from synthetic_albums.stages.errors import AlbumError, InterruptedAlbumError
from synthetic_albums.stages.layout import lay_out_scenes
from synthetic_albums.stages.render.builtin import BUILTIN_FOLDER, QUALITIES


def changed(**inputs):
    return AlbumRender.IS_CHANGED(**{"album_name": "walks", "plan": None, "subset": "", "attempt": 0} | inputs)


def test_photos_come_in_order_and_lie_in_the_album(render, renderer, host):
    folder, photos, table = render()
    assert folder.path == host.output_directory() / "walks"
    assert renderer.photos == ["s1", "s2", "s3"]
    stored = [folder.load_photo(record) for record in folder.read().photos]
    assert np.array_equal((photos.numpy() * 255).round().astype(np.uint8), stored)
    assert [line.split("\t")[:3] for line in table.splitlines()[1:]] == [
        ["1", "s1", "done"], ["2", "s2", "done"], ["3", "s3", "done"],
    ]  # fmt: skip


def test_portraits_that_the_cast_lacks_are_made_first(render, renderer):
    folder, _, _ = render()
    assert renderer.portraits == ["ana", "leo"]
    assert all(member.portraits for member in folder.read().cast)
    assert (folder.path / "anchors" / "cast.safetensors").is_file()
    assert PORTRAIT_SIZE == 256


def test_a_second_run_makes_nothing(render, renderer):
    render()
    render()
    assert renderer.photos == ["s1", "s2", "s3"]


def test_other_portraits_make_the_photos_of_those_people_anew(render, renderer, plan, cast):
    render(cast=with_portraits(cast, plan, renderer, size=64))
    render(cast=with_portraits(cast, plan, renderer, size=128))
    assert renderer.photos == ["s1", "s2", "s3", "s1", "s2"]  # nobody is in the third


@pytest.mark.parametrize("subset", ["4", "0", "2-1", "one", "1;2"])
def test_a_subset_that_names_no_photos_is_refused(render, renderer, subset):
    with pytest.raises(AlbumError, match="Photos to make"):
        render(subset=subset)
    assert renderer.photos == []


def test_only_the_subset_is_made_and_the_rest_is_grey(render, renderer):
    _, photos, _ = render(subset="2")
    assert renderer.photos == ["s2"]
    assert photos.shape == (3, 64, 64, 3)
    assert len(np.unique(photos[0, :8])) == 1
    assert len(np.unique(photos[1, :8])) > 1


def test_another_attempt_makes_another_photo(render):
    _, first, _ = render()
    _, second, table = render(subset="3", attempt=1)
    assert (second[:2] == first[:2]).all()
    assert (second[2] != first[2]).any()
    assert table.splitlines()[3].split("\t")[4] == "1"


def test_the_bar_moves_within_a_photo_and_shows_each(render, host, monkeypatch):
    seen = []
    monkeypatch.setattr(
        host, "progress", lambda total: lambda done, whole, preview: seen.append((done, whole, preview))
    )
    render()
    assert [done for done, _, _ in seen] == [0, 50, 100, 150, 200, 250, 300]
    assert {whole for _, whole, _ in seen} == {300}
    assert [preview is not None for _, _, preview in seen] == [False, False, True, False, True, False, True]


def test_an_interruption_keeps_what_is_finished(render, renderer, host, monkeypatch):
    def stop_after_one(job, *, on_step):
        host.interrupt()
        return np.zeros((job.height, job.width, 3), np.uint8)

    monkeypatch.setattr(renderer, "render_photo", stop_after_one)
    with pytest.raises(InterruptedAlbumError):
        render()
    assert len(list((host.output_directory() / "walks" / "photos").glob("*.png"))) == 1


OUTSIDE = ["../elsewhere", "trips/../../elsewhere", "/elsewhere", "C:elsewhere", "..\\elsewhere", "\u202e..", "", "nul"]


@pytest.mark.parametrize("name", OUTSIDE)
def test_a_name_that_leaves_the_output_folder_is_refused_before_anything_runs(host, name):
    assert "album" in AlbumRender.VALIDATE_INPUTS(name)


@pytest.mark.parametrize("name", ["trips/alps", None])
def test_a_good_name_and_a_linked_one_are_accepted(host, name):
    assert AlbumRender.VALIDATE_INPUTS(name) is True


@pytest.mark.parametrize("name", OUTSIDE)
def test_a_name_that_came_by_a_link_is_refused_too_and_writes_nothing(render, renderer, tmp_path, name):
    before = sorted(tmp_path.rglob("*"))
    with pytest.raises(AlbumError, match="album"):
        render(album_name=name)
    assert sorted(tmp_path.rglob("*")) == before
    assert renderer.photos == []


def test_a_link_in_the_output_folder_leads_nowhere(render, host, tmp_path):
    (tmp_path / "elsewhere").mkdir()
    host.output_directory().mkdir()
    (host.output_directory() / "walks").symlink_to(tmp_path / "elsewhere", target_is_directory=True)
    with pytest.raises(AlbumError, match="symbolic link"):
        render()
    assert list((tmp_path / "elsewhere").iterdir()) == []


def test_what_is_on_disk_decides_whether_the_node_runs(render, host):
    folder, _, _ = render()
    assert changed() == changed()
    before = changed()
    (folder.path / "photos" / "s2.png").unlink()
    assert changed() != before


def test_a_photo_that_was_deleted_is_made_again_alone(render, renderer):
    folder, before, _ = render()
    (folder.path / "photos" / "s2.png").unlink()
    _, after, _ = render()
    assert renderer.photos == ["s1", "s2", "s3", "s2"]
    assert (after == before).all()


def test_an_album_that_is_not_there_is_always_made(render, host):
    assert math.isnan(changed())
    folder, _, _ = render()
    shutil.rmtree(folder.path)
    assert math.isnan(changed())


@pytest.mark.parametrize("name", [None, "../elsewhere", ""])
def test_a_name_that_is_linked_or_wrong_is_left_to_the_run(host, name):
    assert math.isnan(changed(album_name=name))


def test_the_storyboard_renderer_is_one(host):
    (renderer,) = AlbumStoryboardRenderer().make()
    assert renderer.name == "storyboard"


@pytest.mark.parametrize("quality", QUALITIES)
def test_the_built_in_renderer_is_the_shipped_model_at_a_quality(host, quality):
    (renderer,) = AlbumBuiltinRenderer().make(quality)
    assert (renderer.name, renderer.quality, renderer.folder) == ("builtin", quality, BUILTIN_FOLDER)


def test_the_node_offers_the_qualities_of_the_renderer():
    assert AlbumBuiltinRenderer.INPUT_TYPES()["required"]["quality"][0] == list(QUALITIES)


def test_a_renderer_is_closed_after_photos_and_after_portraits(render, renderer, plan, cast):
    render()
    assert renderer.closed == 2  # once for the portraits, once for the photos
    with_portraits(cast, plan, renderer, size=64)
    assert renderer.closed == 3


def test_a_renderer_is_closed_when_its_first_photo_fails(render, renderer, monkeypatch):
    def refuse(job, *, on_step):
        raise AlbumError("out of paint")

    monkeypatch.setattr(renderer, "render_photo", refuse)
    with pytest.raises(AlbumError, match="out of paint"):
        render()
    assert renderer.closed == 2


def test_without_the_shipped_weights_the_message_names_the_file_and_the_way_out(render, tmp_path):
    from synthetic_albums.stages.render.builtin import BuiltinRenderer

    with pytest.raises(AlbumError, match=r"hashes\.json is missing; .*Album Storyboard Renderer"):
        render(renderer=BuiltinRenderer(folder=tmp_path / "nowhere"))


def test_with_the_monitor_on_photos_are_scored_and_what_fails_is_said(render, renderer, plan):
    """Noise shows nobody: whatever is tried, photos with visible people stay below the bar, and that is said."""
    large = lay_out_scenes(plan, width=192, height=192)
    folder, _, table = render(layout=large, monitor="on", max_tries=2)
    header, *lines = table.splitlines()
    assert header.split("\t")[-3:] == ["weight", "tries", "scores"]
    album = folder.read()
    by_scene = {photo.scene: photo for photo in album.photos}
    assert by_scene["s3"].scores == {"people": 0.0, "people_expected": 0.0, "shortfall": 0.0}  # nobody is in it
    tried = [photo for photo in album.photos if len(photo.attempts) > 1]
    assert tried
    for photo in tried:
        assert "BELOW THE BAR" in lines[photo.number - 1]
        assert [attempt.outcome for attempt in photo.attempts] == ["rejected", "rejected", "done"]
    made = list(renderer.photos)
    render(layout=large, monitor="on", max_tries=2)
    assert renderer.photos == made


def test_without_the_monitor_the_table_is_as_it_was(render):
    _, _, table = render()
    assert table.splitlines()[0] == "number\tscene\tstatus\tseed\tattempt\tverdict"


def test_plates_and_views_are_kept_in_anchors(host, render, plan):
    (storyboard,) = AlbumStoryboardRenderer().make()
    cast, *_ = AlbumIdentity().cast(plan, portrait_size=64, renderer=storyboard, anchors="all")
    folder, *_ = render(cast=cast)
    names = {path.name for path in (folder.path / "anchors").iterdir()}
    assert {"ana.png", "ana~2.png", "ana~3.png", "leo.png", "place~park.png", "cast.safetensors"} <= names
    assert folder.read().cast[0].views == ["front", "three_quarter", "full_length"]
