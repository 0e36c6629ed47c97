import sys

import pytest
from synthetic_albums.stages.errors import AlbumError
from synthetic_albums.stages.quality.features import find_albums
from synthetic_albums.stages.quality.probe import measure_utility
from synthetic_albums.stages.quality.probe_examples import describe_picture, gather_examples, person_boxes

pytest.importorskip("sklearn")


def quiet():
    """Nobody watches."""


def tasks_of(worlds, name, seed=0):
    report, notes = measure_utility(
        find_albums(worlds / name), find_albums(worlds / "real"), seed=seed, on_picture=quiet
    )
    return {task.task: task for task in report.tasks}, notes, report


def test_photos_that_show_their_labels_are_as_useful_as_real_ones(worlds):
    tasks, _, report = tasks_of(worlds, "honest")
    assert (report.synthetic_photos, report.real_photos, report.real_albums) == (48, 48, 8)
    for name in ("place", "light"):
        assert tasks[name].synthetic.value >= 0.8
        assert tasks[name].utility.value == pytest.approx(1.0, abs=0.15)
    assert tasks["person"].synthetic.value >= 0.75
    assert tasks["place"].train == 30  # 48 real photos less the 18 of the largest fold, in both probes
    assert tasks["place"].test == 48


def test_photos_that_do_not_show_their_labels_are_useless(worlds):
    tasks, _, _ = tasks_of(worlds, "noise")
    for name in ("place", "light"):
        assert tasks[name].synthetic.value <= tasks[name].baseline + 0.2
        assert tasks[name].utility.high < 0.95
        assert tasks[name].utility.low <= tasks[name].utility.value <= tasks[name].utility.high


def test_the_same_seed_gives_the_same_report(worlds):
    assert tasks_of(worlds, "honest", seed=4)[2] == tasks_of(worlds, "honest", seed=4)[2]


def test_a_task_that_real_photos_do_not_teach_has_no_ratio(worlds):
    report, notes = measure_utility(
        find_albums(worlds / "honest"), find_albums(worlds / "noise"), seed=0, on_picture=quiet
    )
    place = next(task for task in report.tasks if task.task == "place")
    assert place.utility is None
    assert any("'place' has no ratio" in note for note in notes)


def test_albums_without_layout_teach_no_windows_and_count_people_by_the_plan(make_album):
    folder = make_album("bare", 3, layout=False)
    examples, photos = gather_examples([folder], seed=0, on_picture=quiet)
    assert photos == 6
    assert set(examples) == {"place", "light", "people"}
    planned = [str(len(scene.cast)) for scene in folder.read().plan.scenes]
    assert examples["people"].labels.tolist() == planned


def test_windows_of_people_and_of_none_do_not_meet(worlds):
    folder = find_albums(worlds / "real")[0]
    album = folder.read()
    examples, _ = gather_examples([folder], seed=0, on_picture=quiet)
    people = sum(min(3, len(person_boxes(album.plan, layout))) for layout in album.layout.scenes)
    labels = examples["person"].labels.tolist()
    assert labels.count("person") == people
    assert 0 < labels.count("else") <= people


def test_a_picture_is_described_by_bounded_numbers(a_photo):
    numbers = describe_picture(a_photo)
    assert numbers.shape == (1008,)
    assert numbers.min() >= 0
    assert numbers.max() <= 1


def test_too_few_examples_are_said_and_not_measured(make_album, worlds):
    report, notes = measure_utility(
        [make_album("short", 9, scenes=4)], find_albums(worlds / "real"), seed=0, on_picture=quiet
    )
    assert report.tasks == []
    assert any("'place' was not measured: 4 synthetic" in note for note in notes)


def test_albums_on_both_sides_and_too_few_real_albums_are_refused(worlds):
    albums = find_albums(worlds / "real")
    with pytest.raises(AlbumError, match="on both sides"):
        measure_utility(albums[:1], albums, seed=0, on_picture=quiet)
    with pytest.raises(AlbumError, match=r"at least 6 real albums.*there are 3"):
        measure_utility(find_albums(worlds / "honest"), albums[:3], seed=0, on_picture=quiet)


def test_a_missing_package_is_named_with_its_extra(worlds, monkeypatch):
    monkeypatch.setitem(sys.modules, "sklearn.linear_model", None)
    with pytest.raises(AlbumError, match=r"synthetic-albums\[quality\]"):
        tasks_of(worlds, "honest")


@pytest.fixture
def a_photo(make_album):
    folder = make_album("photo", 1, scenes=2)
    return folder.load_photo(folder.read().photos[0])
