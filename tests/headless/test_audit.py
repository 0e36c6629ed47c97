import json

import pytest
from synthetic_albums.headless import audit_command
from synthetic_albums.headless.audit_command import MIN_ALBUMS, audit_cast, passes
from synthetic_albums.headless.cli import main
from synthetic_albums.stages.errors import AlbumError
from synthetic_albums.stages.story import TARGET_MIX, plan_story

pytest.importorskip("scipy")


def test_two_thousand_silent_albums_keep_the_target_mix():
    report = audit_cast(albums=2000, seed=0)

    assert set(report) == set(TARGET_MIX)
    assert passes(report), report
    assert sum(report["age_group"]["observed"].values()) == 2000


def test_a_cast_that_leaves_the_mix_fails(monkeypatch):
    honest = plan_story

    def biased(prompt, **arguments):
        plan = honest(prompt, **arguments)
        pale = [c.model_copy(update={"skin_tone": min(c.skin_tone, 6)}) for c in plan.characters]
        return plan.model_copy(update={"characters": pale})

    monkeypatch.setattr(audit_command, "plan_story", biased)

    assert not passes(audit_cast(albums=MIN_ALBUMS, seed=0))


def test_the_command_prints_counts_and_p_as_json(capsys):
    code = main(["audit-cast", "--albums", "300", "--seed", "5", "a day at the beach"])

    report = json.loads(capsys.readouterr().out)
    assert code == 0
    assert set(report["gender"]) == {"observed", "expected", "chi2", "p"}


@pytest.mark.parametrize(
    ("albums", "prompt", "message"),
    [
        (10, "", "at least 250"),
        (300, "two old men in the park", "says who is in it"),
        (300, "an empty beach, no people", "without people"),
    ],
)
def test_what_cannot_be_audited_is_refused(albums, prompt, message):
    with pytest.raises(AlbumError, match=message):
        audit_cast(albums=albums, seed=0, prompt=prompt)
