"""The check's own text says what kept it from being whole, and of what a bound on false alarms is one."""

from datetime import datetime

from synthetic_albums.nodes.tables import leakage_report
from synthetic_albums.stages.records import Album, AlbumPlan, Environment, Scene
from synthetic_albums.stages.verdicts import CheckFacts, LeakageSummary


def told(**summary):
    scene = Scene(id="s1", title="t", caption="c", environment="park", time=datetime(2026, 6, 1))
    plan = AlbumPlan(title="Album", environments=[Environment(id="park", kind="park")], scenes=[scene])
    return leakage_report(Album(created=datetime(2026, 6, 1), plan=plan, photos=[], leakage=LeakageSummary(**summary)))


def test_a_leak_does_not_hide_that_the_check_was_stopped():
    text = told(status="leak", reason="1 photo leaks.", incomplete="Not checked: it was stopped.")
    assert text.splitlines()[:2] == ["LEAK: 1 photo leaks.", "Incomplete: Not checked: it was stopped."]
    assert "Incomplete" not in told(status="unchecked", reason="Stopped.", incomplete="Stopped.")


def test_a_bound_on_false_alarms_is_of_something():
    facts = CheckFacts(kind="identity", check="identity x", status="clean", expected_false_alarms=0.0022)
    text = told(status="clean", checks=[facts])
    assert "false alarms in at most 0.22 % of characters that have nothing of the gallery" in text
