import json
from datetime import datetime, timedelta

import pytest
from synthetic_albums.stages.errors import AlbumError
from synthetic_albums.stages.leakage.journal import JOURNAL_FILE, read_journal, write_journal
from synthetic_albums.stages.leakage.remedies import Limits
from synthetic_albums.stages.leakage.resynthesis import NOT_ALL_CLEAN, resynthesise
from synthetic_albums.stages.records import AlbumLayout, Region, SceneLayout
from synthetic_albums.stages.verdicts import LeakageSummary

from .remaking import World, finding

LIMITS = Limits(seeds=2, weights=(0.5, 0.0), identities=1, photos=50)


class Seconds:
    """A clock on which every look takes a second."""

    def __init__(self):
        self.now = 0.0

    def __call__(self):
        self.now += 1.0
        return self.now


def run(world, limits=LIMITS):
    moments = iter(datetime(2026, 7, 1) + timedelta(seconds=n) for n in range(10**6))
    return resynthesise(
        world.folder,
        world.original,
        check=world.check,
        remake=world.remake,
        recast=world.recast,
        limits=limits,
        check_interrupt=world.interrupt,
        clock=Seconds(),
        now=lambda: next(moments),
    )


def leaks(kind, *scenes, until=lambda attempt, weight, identity: False, **facts):
    """A rule: these scenes leak until something holds."""

    def rule(scene, attempt, weight, identity):
        moved = {"score": 0.9 - attempt / 100, **facts}  # every draw and weight is another picture
        return [finding(kind, **moved)] if scene in scenes and not until(attempt, weight, identity) else []

    return rule


def actions(result, scene):
    return [(d.action, d.attempt, d.weight) for d in result.decisions if d.scene == scene]


@pytest.fixture(autouse=True)
def no_power_cuts(monkeypatch):
    """Runs are stopped by exceptions here, so nothing has to reach the disk itself."""
    monkeypatch.setattr("os.fsync", lambda descriptor: None)


@pytest.fixture
def make_world(tmp_path):
    return lambda rule, **options: World(tmp_path / "album", rule, **options)


def test_an_album_without_leaks_is_checked_and_left_alone(make_world):
    world = make_world(lambda *_: [])
    result = run(world)
    assert result.album.leakage.status == "clean"
    assert result.decisions == ()
    assert world.made == []
    assert result.costs.checks == 1


def test_a_near_copy_gets_another_seed_and_comes_back(make_world):
    world = make_world(leaks("near_copy", "s2", until=lambda attempt, weight, identity: attempt >= 2))
    result = run(world)
    assert actions(result, "s2") == [("new_seed", 1, 1.0), ("new_seed", 2, 1.0), ("released", 2, 1.0)]
    assert world.made == [("s2", 1, 1.0), ("s2", 2, 1.0)]
    assert result.album.leakage.status == "clean"
    assert result.withheld == 0
    assert world.shown() == {f"s{n}" for n in range(1, 7)}


def test_a_near_copy_that_stays_is_loosened_and_then_withheld(make_world):
    world = make_world(leaks("near_copy", "s2"))
    result = run(world)
    tried = [("new_seed", 1, 1.0), ("new_seed", 2, 1.0), ("lower_weight", 3, 0.5), ("lower_weight", 4, 0.0)]
    assert actions(result, "s2") == [*tried, ("withheld", 4, 0.0)]
    assert result.album.leakage.status == "leak"
    assert result.withheld == 1
    assert "s2" not in world.shown()
    assert len(list(world.folder.path.with_name("album.withheld").glob("s2-*.png"))) == 5


def test_a_pasted_portrait_is_loosened_before_another_seed(make_world):
    world = make_world(leaks("copy_paste", "s2", until=lambda attempt, weight, identity: weight == 0.0))
    assert actions(run(world), "s2") == [("lower_weight", 1, 0.5), ("lower_weight", 2, 0.0), ("released", 2, 0.0)]


def test_an_identity_found_in_many_photos_is_replaced_in_all_of_them(make_world):
    rule = leaks("identity", "s2", "s3", until=lambda attempt, weight, identity: identity == 1, subject="ana")
    world = make_world(rule)
    result = run(world)
    assert actions(result, "s2") == [("new_identity", 1, 1.0), ("released", 1, 1.0)]
    assert actions(result, "s5") == [("new_identity", 0, 1.0), ("released", 0, 1.0)]  # clean: keeps its draw
    assert [call for call in world.calls if call[0] == "recast"] == [("recast", "ana", 1)]
    assert {scene for scene, *_ in world.made} == {"s2", "s3", "s5", "s6"}
    assert actions(result, "s1") == []
    assert {d.character for d in result.decisions if d.action == "new_identity"} == {"ana"}
    assert result.album.plan == world.plan != world.original
    assert result.album.leakage.status == "clean"


def test_an_identity_found_once_is_drawn_again_first(make_world):
    world = make_world(leaks("identity", "s2", subject="ana"))
    result = run(world)
    tried = [("new_seed", 1, 1.0), ("lower_weight", 2, 0.5), ("lower_weight", 3, 0.0), ("new_identity", 4, 1.0)]
    assert actions(result, "s2") == [*tried, ("withheld", 4, 1.0)]


def test_an_identity_in_the_anchors_is_replaced_although_no_photo_shows_it(make_world):
    def in_anchors(plan):
        return [] if plan.characters[0].role else [finding("identity", subject="ana")]

    world = make_world(lambda *_: [], album_findings=in_anchors)
    result = run(world)
    assert ("recast", "ana", 1) in world.calls
    assert result.album.leakage.status == "clean"


def test_who_is_found_over_all_photos_and_stays_leaves_with_all_of_them(make_world):
    world = make_world(lambda *_: [], album_findings=lambda plan: [finding("identity", subject="ana")])
    result = run(world)
    assert world.shown() == {"s1", "s4"}
    assert [d.scene for d in result.decisions if d.action == "withheld"] == ["s2", "s3", "s5", "s6"]
    assert result.album.leakage.status == "leak"
    assert sorted(path.name for path in (world.folder.path / "anchors").iterdir()) == ["leo.png"]
    assert {member.character: len(member.portraits) for member in world.folder.read().cast} == {"ana": 0, "leo": 1}


def test_a_plate_that_leaks_leaves_with_the_file_that_holds_it_too(make_world):
    plate = finding("near_copy", subject="anchors/place~park.png")
    world = make_world(lambda *_: [], album_findings=lambda plan: [plate])
    with world.folder.writing() as writer:
        writer.write_bytes(plate.subject, b"plate")
    result = run(world)
    assert result.album.leakage.status == "leak"
    assert sorted(path.name for path in (world.folder.path / "anchors").iterdir()) == ["ana.png", "leo.png"]
    beside = world.folder.path.with_name(f"{world.folder.path.name}.withheld")
    assert sorted(path.name.split("-")[0] for path in beside.iterdir()) == ["cast", "place~park"]


def test_a_renderer_that_does_not_heed_seeds_is_not_asked_for_more(make_world):
    def rule(scene, attempt, weight, identity):
        return [finding("near_copy", score=0.9 - 0.1 * (1 - weight))] if scene == "s2" else []

    result = run(make_world(rule), LIMITS.model_copy(update={"seeds": 5}))
    tried = [("new_seed", 1, 1.0), ("lower_weight", 2, 0.5), ("lower_weight", 3, 0.0)]
    assert actions(result, "s2") == [*tried, ("withheld", 3, 0.0)]


def test_an_identity_that_cannot_be_drawn_is_withheld_and_says_why(make_world):
    world = make_world(leaks("identity", "s2", "s3", "s5", subject="ana"))
    draw = world.recast

    def recast(character, redraw):
        draw(character, redraw)
        raise AlbumError("no look is left")

    world.recast = recast
    result = run(world, LIMITS.model_copy(update={"seeds": 0, "weights": ()}))
    assert result.withheld == 3
    assert "no look is left" in result.decisions[-1].reason
    assert world.made == []


def test_two_people_who_are_found_get_new_identities_in_one_round(make_world):
    def found(plan):
        return [finding("identity", subject=c.id) for c in plan.characters if not c.role]

    world = make_world(lambda *_: [], album_findings=found)
    result = run(world)
    assert [call[1:] for call in world.calls if call[0] == "recast"] == [("ana", 1), ("leo", 1)]
    assert len(world.made) == 4
    assert result.album.leakage.status == "clean"


def test_a_person_whom_the_user_gave_keeps_their_identity(make_world):
    world = make_world(leaks("identity", "s2", "s3", "s5", subject="ana"), source="reference")
    result = run(world)
    assert not [call for call in world.calls if call[0] == "recast"]
    assert result.withheld == 3
    assert "given by the user" in result.decisions[-1].reason


def test_who_is_found_is_known_from_where_the_face_is(make_world):
    world = make_world(leaks("identity", "s3", "s6", box=(0.6, 0.1, 0.8, 0.3)), photos=6)
    places = {"ana": (0.0, 0.0, 0.5, 1.0), "leo": (0.5, 0.0, 1.0, 1.0)}
    regions = [Region(id=f"r-{who}", kind="character", ref=who, box=box, depth=0.5) for who, box in places.items()]
    scenes = [
        SceneLayout(scene=s.id, width=64, height=64, horizon=0.4, ground=0.9, light=(0.0, -1.0), regions=regions)
        for s in world.plan.scenes
    ]
    plain = world.check
    world.check = lambda: plain().model_copy(update={"layout": AlbumLayout(scenes=scenes)})
    run(world)
    assert ("recast", "leo", 1) in world.calls


def test_text_is_not_healed_by_pixels(make_world):
    world = make_world(leaks("text", "s2"))
    result = run(world)
    assert actions(result, "s2") == [("withheld", 0, 1.0)]
    assert "change the plan" in result.decisions[0].reason
    assert world.made == []


def test_photos_that_could_not_be_checked_are_made_again_only_on_request(make_world):
    def rule(scene, attempt, weight, identity):
        return "unchecked" if scene == "s2" and attempt < 2 else []

    world = make_world(rule)
    assert run(world).decisions == ()
    result = run(world, LIMITS.model_copy(update={"unchecked": True}))
    assert actions(result, "s2")[-1] == ("released", 2, 1.0)
    assert result.album.leakage.status == "clean"


def test_what_stays_unchecked_leaves_the_album_on_request(make_world):
    world = make_world(lambda scene, *_: "unchecked" if scene == "s2" else [])
    (world.folder.path / "index.html").write_text("shows s2")
    result = run(world, LIMITS.model_copy(update={"unchecked": True}))
    assert result.album.photo("s2").status == "withheld"
    assert "s2" not in world.shown()
    assert result.album.leakage.status == "unchecked"
    assert not (world.folder.path / "index.html").exists()
    assert world.folder.read() == result.album


def test_without_a_gallery_nothing_is_blamed(make_world):
    world = make_world(lambda *_: "unchecked")
    world.references = 0
    result = run(world, LIMITS.model_copy(update={"unchecked": True}))
    assert (result.decisions, world.made, result.withheld) == ((), [], 0)


def test_the_limit_of_photos_is_kept(make_world):
    world = make_world(leaks("near_copy", "s1", "s2", "s4"))
    result = run(world, LIMITS.model_copy(update={"photos": 4}))
    assert len(world.made) == 4
    assert result.withheld == 3
    assert sum("leaves no room" in d.reason for d in result.decisions) == 3


def test_an_identity_is_not_replaced_in_half_of_its_photos(make_world):
    world = make_world(leaks("identity", "s2", "s3", subject="ana"))
    result = run(world, LIMITS.model_copy(update={"photos": 3}))
    assert not [call for call in world.calls if call[0] == "recast"]
    assert result.withheld == 2


def test_nothing_allowed_means_withheld_at_once(make_world):
    world = make_world(leaks("near_copy", "s2"))
    result = run(world, Limits(seeds=0, weights=(), identities=0, photos=50))
    assert [d.reason.startswith("No remedy is allowed.") for d in result.decisions] == [True]
    assert world.made == []


def test_a_photo_that_cannot_be_made_is_tried_on_and_then_given_up(make_world):
    world = make_world(leaks("near_copy", "s2"))
    world.unmakeable = {"s2"}
    make = world.remake

    def failing(scenes, attempt, weight):
        make(scenes, attempt, weight)
        raise AlbumError("1 of 1 photos could not be made")

    world.remake = failing
    result = run(world)
    assert [action for action, *_ in actions(result, "s2")][-1] == "withheld"
    assert "no memory" in result.decisions[-1].reason
    assert "s2" not in world.shown()


def test_a_failure_that_is_not_one_photos_stops_the_run(make_world):
    world = make_world(leaks("near_copy", "s2"))

    def refuse(scenes, attempt, weight):
        raise AlbumError("the disk is full")

    world.remake, make = refuse, world.remake
    with pytest.raises(AlbumError, match="disk is full"):
        run(world)
    assert "s2" not in world.shown()
    world.remake = make
    assert actions(run(world), "s2")[0] == ("new_seed", 1, 1.0)


def test_costs_are_summed_up(make_world):
    world = make_world(leaks("near_copy", "s2", "s4", until=lambda attempt, *_: attempt >= 2))
    costs = run(world).costs
    assert (costs.rounds, costs.photos_made_again, costs.checks) == (2, 4, 3)
    assert (costs.making_seconds, costs.checking_seconds) == (2.0, 3.0)  # each call takes one tick of the clock
    assert sum(d.seconds for d in world.folder.read().leakage.decisions) == 2.0


def test_a_run_after_the_end_tries_nothing_again(make_world):
    world = make_world(leaks("near_copy", "s2"))
    first = run(world)
    made = list(world.made)
    again = run(world)
    assert world.made == made
    assert again.decisions == ()
    assert again.album.leakage.decisions == first.album.leakage.decisions


def test_wider_limits_are_tried(make_world):
    world = make_world(leaks("near_copy", "s2", until=lambda attempt, *_: attempt >= 6))
    run(world)
    result = run(world, LIMITS.model_copy(update={"seeds": 3}))
    assert actions(result, "s2")[-1][0] == "released"
    assert result.album.leakage.status == "clean"


def test_a_second_run_goes_on_with_the_new_identity(make_world):
    rule = leaks("identity", "s2", "s3", until=lambda attempt, weight, identity: identity == 1, subject="ana")
    world = make_world(rule)
    run(world)
    made = list(world.made)
    result = run(world.restart())
    assert world.plan.characters[0].role == "1"
    assert world.made == made
    assert result.album.leakage.status == "clean"


def test_an_album_that_was_rendered_anew_starts_from_its_first_identity(make_world):
    rule = leaks("identity", "s2", "s3", until=lambda attempt, weight, identity: identity == 1, subject="ana")
    world = make_world(rule)
    run(world)
    world.restart().remake(tuple(f"s{n}" for n in range(1, 7)), 0, 1.0)
    result = run(world)
    assert ("recast", "ana", 1) in world.calls
    assert result.album.leakage.status == "clean"


def test_photos_of_another_plan_are_refused(make_world):
    world = make_world(lambda *_: [])
    world.original = world.original.model_copy(update={"title": "Another"})
    with pytest.raises(AlbumError, match="photos of another plan"):
        run(world)


@pytest.mark.parametrize("damage", ["{", "[]", '{"version": 1}', '{"version": 9}'])
def test_a_damaged_journal_is_refused(make_world, damage):
    world = make_world(leaks("near_copy", "s2"))
    world.folder.write_text(JOURNAL_FILE, damage)
    with pytest.raises(AlbumError, match=r"journal|resynthesis"):
        run(world)
    assert world.made == []


def test_a_check_that_says_clean_too_early_is_not_believed(make_world):
    world = make_world(lambda scene, *_: "unchecked" if scene == "s2" else [])
    plain = world.check

    def hasty():
        album = plain()
        album = album.model_copy(update={"leakage": album.leakage.model_copy(update={"status": "clean"})})
        world.folder.update(album)
        return album

    world.check = hasty
    assert run(world).album.leakage.status == "unchecked"
    assert world.folder.read().leakage.reason == NOT_ALL_CLEAN


def test_two_runs_decide_the_same(tmp_path):
    worlds = [World(tmp_path / name / "album", leaks("near_copy", "s2", "s5")) for name in "ab"]
    logs = []
    for world in worlds:
        run(world)
        logs.append(json.loads((world.folder.path / JOURNAL_FILE).read_text()))
    assert logs[0] == logs[1]


MIXED = {
    "s1": leaks("near_copy", "s1", until=lambda attempt, *_: attempt >= 1),
    "s2": leaks("identity", "s2", until=lambda attempt, weight, identity: identity == 1, subject="ana"),
    "s3": leaks("identity", "s3", until=lambda attempt, weight, identity: identity == 1, subject="ana"),
    "s4": leaks("copy_paste", "s4"),
    "s6": leaks("text", "s6"),
}


def mixed(scene, *facts):
    return MIXED[scene](scene, *facts) if scene in MIXED else []


def summary_of(world):
    """What must not depend on where a run was stopped: who is shown, and what was decided on whom."""
    album = world.folder.read()
    decided = sorted((d.scene, d.action, d.attempt, d.weight) for d in album.leakage.decisions)
    return world.shown(), {p.scene: (p.status, p.attempt, p.weight) for p in album.photos}, decided, album.plan


@pytest.fixture(scope="module")
def unbroken(tmp_path_factory):
    world = World(tmp_path_factory.mktemp("whole") / "album", mixed)
    run(world)
    return summary_of(world), len(world.calls)


@pytest.mark.parametrize("stop_at", range(1, 60))
def test_a_run_that_is_stopped_anywhere_goes_on_as_if_it_was_not(tmp_path, unbroken, stop_at):
    expected, steps = unbroken
    if stop_at > steps:
        return
    world = World(tmp_path / "album", mixed)
    world.stop_at = stop_at
    with pytest.raises(RuntimeError):
        run(world)
    before = read_journal(world.folder)
    leaking = {p.scene for p in world.folder.read().photos if p.verdict and p.verdict.status == "leak"}
    assert not leaking & world.shown()
    assert (world.folder.read().leakage or LeakageSummary(status="unchecked")).status != "clean"
    run(world.restart())
    after = read_journal(world.folder)
    assert after.finished
    assert before is None or after.decisions[: len(before.decisions)] == before.decisions
    assert summary_of(world) == expected


def test_every_step_of_the_mixed_album_was_stopped_at(unbroken):
    assert 20 < unbroken[1] < 60


@pytest.mark.parametrize("full_at", range(1, 10))
def test_a_journal_that_cannot_be_written_stops_the_run_and_loses_nothing(tmp_path, unbroken, monkeypatch, full_at):
    world, written = World(tmp_path / "album", mixed), []

    def write(folder, journal):
        written.append(journal)
        if len(written) == full_at:
            raise AlbumError("the disk is full")
        write_journal(folder, journal)

    with monkeypatch.context() as patched:
        patched.setattr("synthetic_albums.stages.leakage.resynthesis.write_journal", write)
        with pytest.raises(AlbumError, match="disk is full"):
            run(world)
    leaking = {p.scene for p in world.folder.read().photos if p.verdict and p.verdict.status == "leak"}
    assert not leaking & world.shown()
    run(world.restart())
    assert summary_of(world) == unbroken[0]
