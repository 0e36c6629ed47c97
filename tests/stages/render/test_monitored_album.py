"""The album loop with a monitor: what fails is made again, bounded, recorded, and never silently kept."""

from datetime import datetime, timedelta

import numpy as np
import pytest
from synthetic_albums.stages.album_folder import AlbumFolder
from synthetic_albums.stages.errors import AlbumError, InterruptedAlbumError
from synthetic_albums.stages.photo_file import read_statement
from synthetic_albums.stages.records import (
    AlbumLayout,
    AlbumPlan,
    Cast,
    CastEntry,
    CastMember,
    Character,
    Environment,
    LeakageSummary,
    Outfit,
    Scene,
    SceneLayout,
    Verdict,
)
from synthetic_albums.stages.render import Assessment, is_below_bar, render_album

SIDE = 64


class FlatRenderer:
    """One grey a photo: its attempt times ten."""

    name = "flat"

    def __init__(self):
        self.asked = []

    def describe(self):
        return {}

    def render_photo(self, job, *, on_step):
        on_step(1, 2)
        self.asked.append((job.scene.id, job.attempt, job.weight))
        return np.full((job.height, job.width, 3), 10 * job.attempt, np.uint8)

    def close(self):
        """Nothing is held."""


class Judge:
    """Passes the attempts that it is told to; the shortfall of the others is given too."""

    def __init__(self, passing=(), shortfalls=None, label="judge@1"):
        self.passing, self.shortfalls, self.label = set(passing), shortfalls or {}, label
        self.seen, self.closed = [], 0

    def assess(self, job, pixels, cast):
        self.seen.append((job.scene.id, job.attempt))
        assert pixels[0, 0, 0] == 10 * job.attempt
        assert [member.character for member in cast.members] == ["ana"]
        passed = job.attempt in self.passing
        shortfall = 0.0 if passed else self.shortfalls.get(job.attempt, 1.0)
        reasons = () if passed else (f"Ana is off by {shortfall:g}.",)
        return Assessment({"similar.ana": 1 - shortfall}, passed, reasons, shortfall, ("the place",))

    def close(self):
        self.closed += 1


def make_plan(count=2):
    start = datetime(2026, 6, 1, 9)
    ana = Character(id="ana", name="Ana", outfits=[Outfit(id="day")])
    rex = Character(id="rex", name="Rex", kind="animal", species="dog")
    return AlbumPlan(
        title="Trip",
        seed=5,
        environments=[Environment(id="park", kind="park")],
        characters=[ana, rex],
        scenes=[
            Scene(
                id=f"s{n}", title=f"T{n}", caption=f"C{n}", environment="park", time=start + timedelta(hours=n),
                cast=[CastEntry(character="ana", outfit="day")],
            )
            for n in range(1, count + 1)
        ],
    )  # fmt: skip


def render(folder, monitor, *, renderer=None, plan=None, **changes):
    plan = plan or make_plan()
    layout = AlbumLayout(
        scenes=[
            SceneLayout(scene=scene.id, width=SIDE, height=SIDE, horizon=0.4, ground=0.9, light=(1, 0))
            for scene in plan.scenes
        ]
    )
    members = [
        CastMember(c.id, np.eye(4, dtype=np.float32)[i], "test@1", "sampled", c.name)
        for i, c in enumerate(plan.characters)
    ]
    options = {"subset": "", "attempt": 0, "on_progress": lambda *_: None, "check_interrupt": lambda: None} | changes
    return render_album(
        plan, layout, Cast(tuple(members)), renderer or FlatRenderer(), folder, width=SIDE, height=SIDE,
        monitor=monitor, **options,
    )  # fmt: skip


def asked(folder, monitor, **changes):
    renderer = FlatRenderer()
    render(folder, monitor, renderer=renderer, **changes)
    return renderer.asked


@pytest.fixture
def folder(tmp_path):
    return AlbumFolder(tmp_path / "album")


def outcomes(photo):
    return [(a.attempt, a.weight, a.outcome) for a in photo.attempts]


def test_what_passes_is_made_once_and_its_scores_are_kept(folder):
    monitor = Judge({0})
    album = render(folder, monitor)
    for photo in album.photos:
        assert outcomes(photo) == [(0, 1.0, "done")]
        assert photo.scores == {"similar.ana": 1.0, "shortfall": 0.0}
        assert not is_below_bar(photo)
        assert "Not checked: the place" in photo.attempts[0].reason
    assert monitor.closed == 1


def test_what_fails_is_made_again_with_other_seeds_and_then_with_weaker_references(folder):
    renderer = FlatRenderer()
    album = render(folder, Judge({4}), renderer=renderer, plan=make_plan(1), max_tries=6)
    assert renderer.asked == [
        ("s1", 0, 1.0), ("s1", 1, 1.0), ("s1", 2, 1.0), ("s1", 3, 0.75), ("s1", 4, 0.5625),
    ]  # fmt: skip
    photo = album.photos[0]
    assert (photo.status, photo.attempt, photo.weight) == ("done", 4, 0.5625)
    assert [a.outcome for a in photo.attempts] == ["rejected"] * 4 + ["done"]
    assert len({a.seed for a in photo.attempts}) == 5
    assert photo.attempts[0].reason.startswith("Try 1: Ana is off by 1.")
    facts = read_statement(folder.photo_bytes(photo))
    assert (facts["Attempt"], facts["Weight"]) == ("4", "0.5625")
    assert folder.load_photo(photo)[0, 0, 0] == 40


def test_the_best_of_bounded_tries_is_kept_and_said_to_be_below_the_bar(folder, caplog):
    album = render(folder, Judge(shortfalls={0: 0.5, 1: 0.2, 2: 0.3}), plan=make_plan(1), max_tries=3)
    photo = album.photos[0]
    assert (photo.status, photo.attempt, photo.scores["similar.ana"]) == ("done", 1, 0.8)
    assert outcomes(photo) == [(0, 1, "rejected"), (1, 1, "rejected"), (2, 1, "rejected"), (1, 1, "done")]
    assert photo.attempts[-1].reason.startswith("Best of 3 tries, below the bar: Ana is off by 0.2.")
    assert is_below_bar(photo)
    assert "stays below the bar after 3 tries" in caplog.text
    assert folder.load_photo(photo)[0, 0, 0] == 10


@pytest.mark.parametrize("passing", [{0}, {2}, set()])
@pytest.mark.parametrize("subset", ["", "1-2"])
def test_a_second_run_asks_neither_renderer_nor_monitor(folder, passing, subset):
    render(folder, Judge(passing))
    token, before = folder.state_token(), folder.read()
    monitor = Judge(passing)
    assert asked(folder, monitor, subset=subset) == []
    assert monitor.seen == []
    assert (folder.state_token(), folder.read()) == (token, before)


def test_an_album_from_before_is_judged_without_rendering(folder):
    render(folder, None)
    files = {path.name: path.read_bytes() for path in (folder.path / "photos").iterdir()}
    monitor = Judge({0})
    assert asked(folder, monitor) == []
    assert monitor.seen == [("s1", 0), ("s2", 0)]
    assert folder.read().photos[0].scores["similar.ana"] == 1.0
    assert {path.name: path.read_bytes() for path in (folder.path / "photos").iterdir()} == files


def test_an_old_photo_that_fails_is_made_again_and_loses_its_verdict(folder):
    album = render(folder, None)
    verdict = Verdict(status="clean")
    photos = [photo.model_copy(update={"verdict": verdict}) for photo in album.photos]
    folder.update(album.model_copy(update={"photos": photos, "leakage": LeakageSummary(status="clean")}))
    assert asked(folder, Judge({1})) == [("s1", 1, 1.0), ("s2", 1, 1.0)]
    after = folder.read()
    assert [photo.verdict for photo in after.photos] == [None, None]
    assert after.leakage is None


def test_a_verdict_stays_with_a_photo_that_only_was_judged(folder):
    album = render(folder, None)
    photos = [photo.model_copy(update={"verdict": Verdict(status="clean")}) for photo in album.photos]
    folder.update(album.model_copy(update={"photos": photos, "leakage": LeakageSummary(status="clean")}))
    after = render(folder, Judge({0}))
    assert [photo.verdict.status for photo in after.photos] == ["clean", "clean"]
    assert after.leakage.status == "clean"


def test_another_monitor_judges_again(folder):
    render(folder, Judge({0}))
    monitor = Judge({0}, label="judge@2")
    assert asked(folder, monitor) == []
    assert len(monitor.seen) == 2


def test_without_a_monitor_nothing_that_one_chose_is_made_again(folder):
    render(folder, Judge({2}))
    assert asked(folder, None) == []
    assert asked(folder, None, subset="1") == [("s1", 0, 1.0)]  # named: exactly attempt 0


class StopAfter:
    def __init__(self, calls):
        self.calls = calls

    def __call__(self):
        self.calls -= 1
        if self.calls < 0:
            raise InterruptedAlbumError("stop")


@pytest.mark.parametrize("calls", range(2, 7))  # one while looking, one before the photo, one in each step
@pytest.mark.parametrize("subset", ["", "1"])
def test_a_stop_between_tries_costs_only_the_try_that_was_under_way(tmp_path, calls, subset):
    plan = make_plan(1)
    shortfalls = {0: 0.2, 1: 0.5, 2: 0.1}
    whole = AlbumFolder(tmp_path / "whole")
    expected = render(whole, Judge(shortfalls=shortfalls), plan=plan).photos[0]
    folder, first = AlbumFolder(tmp_path / "album"), FlatRenderer()
    try:
        render(
            folder, Judge(shortfalls=shortfalls), renderer=first, plan=plan, subset=subset,
            check_interrupt=StopAfter(calls),
        )  # fmt: skip
    except InterruptedAlbumError:
        assert folder.read().photos[0].status == "pending"
        assert not (folder.path / "photos/s1.png").exists()
    second = asked(folder, Judge(shortfalls=shortfalls), plan=plan, subset=subset)
    tried = [name[1] for name in first.asked] + [name[1] for name in second]
    again = tried[4:]  # the best of an earlier run is rendered once more, to have its pixels
    assert sorted(tried[:4]) == [0, 1, 2, 3]
    assert again in ([], [2])
    assert folder.read().photos[0] == expected
    assert (folder.path / "photos/s1.png").read_bytes() == (whole.path / "photos/s1.png").read_bytes()


def test_tries_at_another_scene_do_not_count(tmp_path):
    folder, plan = AlbumFolder(tmp_path / "album"), make_plan(1)
    with pytest.raises(InterruptedAlbumError):
        render(folder, Judge({2}), plan=plan, check_interrupt=StopAfter(4))
    changed = plan.model_copy(update={"scenes": [plan.scenes[0].model_copy(update={"mood": "calm"})]})
    assert [attempt for _, attempt, _ in asked(folder, Judge({2}), plan=changed)] == [0, 1, 2]


def test_more_tries_go_on_from_where_the_bound_was(folder):
    plan = make_plan(1)
    render(folder, Judge(shortfalls={1: 0.5}), plan=plan, max_tries=2)
    assert is_below_bar(folder.read().photos[0])
    assert asked(folder, Judge({3}), plan=plan, max_tries=4) == [("s1", 2, 1.0), ("s1", 3, 0.75)]
    photo = folder.read().photos[0]
    assert (photo.attempt, is_below_bar(photo)) == (3, False)


def test_a_file_that_is_gone_is_made_as_it_was(folder):
    plan = make_plan(1)
    before = render(folder, Judge({2}), plan=plan).photos[0]
    data = (folder.path / "photos/s1.png").read_bytes()
    (folder.path / "photos/s1.png").unlink()
    monitor = Judge({2})
    assert asked(folder, monitor, plan=plan, subset="1") == [("s1", 2, 1.0)]
    assert (folder.path / "photos/s1.png").read_bytes() == data
    assert folder.read().photos[0] == before


def test_a_lost_album_json_costs_a_new_judgement_and_no_rendering(folder):
    plan = make_plan(1)
    render(folder, Judge({4}), plan=plan, max_tries=6)
    (folder.path / "album.json").unlink()
    monitor = Judge({4})
    assert asked(folder, monitor, plan=plan) == []
    assert monitor.seen == [("s1", 4)]
    photo = folder.read().photos[0]
    assert (photo.attempt, photo.weight, photo.status) == (4, 0.5625, "done")


def test_a_try_that_was_withheld_as_a_leak_is_not_made_again(folder):
    plan = make_plan(1)
    render(folder, Judge({1}), plan=plan)
    with folder.writing() as writer:
        writer.withhold(writer.album.photos[0])
    (folder.path / "album.json").unlink()
    assert [attempt for _, attempt, _ in asked(folder, Judge({1, 2}), plan=plan)] == [0, 2]
    assert "leakage check withheld" in folder.read().photos[0].attempts[1].reason


def test_a_renderer_that_fails_at_a_later_try_leaves_the_best_so_far(folder):
    class Failing(FlatRenderer):
        def render_photo(self, job, *, on_step):
            if job.attempt:
                raise AlbumError("out of paint")
            return super().render_photo(job, on_step=on_step)

    album = render(folder, Judge(), renderer=Failing(), plan=make_plan(1))
    photo = album.photos[0]
    assert [a.outcome for a in photo.attempts] == ["rejected", "failed", "done"]
    assert "out of paint" in photo.attempts[1].reason
    assert is_below_bar(photo)
    assert asked(folder, Judge(), plan=make_plan(1))[0] == ("s1", 2, 1.0)


def test_a_renderer_that_fails_at_once_fails_the_photo(folder):
    class Broken(FlatRenderer):
        def render_photo(self, job, *, on_step):
            raise AlbumError("no brush")

    with pytest.raises(AlbumError, match=r"1 of 1 photos.*no brush"):
        render(folder, Judge({0}), renderer=Broken(), plan=make_plan(1))
    assert folder.read().photos[0].status == "failed"
    assert asked(folder, Judge({0}), plan=make_plan(1)) == [("s1", 0, 1.0)]


def test_a_monitor_that_fails_stops_the_run_and_loses_no_finished_photo(folder):
    class Broken(Judge):
        def assess(self, job, pixels, cast):
            if job.scene.id == "s2":
                raise AlbumError("the encoder is damaged")
            return super().assess(job, pixels, cast)

    with pytest.raises(AlbumError, match="encoder is damaged"):
        render(folder, Broken({0}))
    assert [photo.status for photo in folder.read().photos] == ["done", "pending"]
    assert asked(folder, Judge({0})) == [("s2", 0, 1.0)]


def test_a_lower_weight_is_asked_for_recorded_and_kept(folder):
    plan = make_plan(2)
    render(folder, None, plan=plan)
    assert asked(folder, None, plan=plan, subset="2", attempt=1, weight=0.5) == [("s2", 1, 0.5)]
    photo = folder.read().photos[1]
    assert (photo.attempt, photo.weight, photo.attempts[-1].weight) == (1, 0.5, 0.5)
    assert asked(folder, None, plan=plan) == []
    (folder.path / "album.json").unlink()
    assert asked(folder, None, plan=plan) == []
    assert folder.read().photos[1].weight == 0.5


@pytest.mark.parametrize(
    ("change", "message"),
    [({"max_tries": 0}, "tries is 0"), ({"max_tries": 17}, "tries is 17"), ({"weight": 1.5}, "weight"),
     ({"weight": float("nan")}, "weight")],
)  # fmt: skip
def test_bounds_that_cannot_be_are_refused(folder, change, message):
    with pytest.raises(AlbumError, match=message):
        render(folder, Judge({0}), **change)
    assert not folder.path.exists()


def test_a_reason_of_any_length_keeps_its_mark(folder):
    class Talker(Judge):
        def assess(self, job, pixels, cast):
            return Assessment({}, False, ("long " * 400,), 1.0)

    plan = make_plan(1)
    render(folder, Talker(), plan=plan)
    assert all(len(a.reason) <= 600 for a in folder.read().photos[0].attempts)
    assert asked(folder, Talker(), plan=plan) == []
