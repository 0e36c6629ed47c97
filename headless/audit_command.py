"""Measures the cast that the planner invents against its public target mix."""

from collections import Counter
from typing import Any, Final

from ..stages.errors import AlbumError
from ..stages.records import Character
from ..stages.story import TARGET_MIX, plan_story

MIN_P: Final = 0.001
"""Least p at which an attribute passes. Five attributes are tested: with 0.001 each, a planner that keeps the mix
fails by chance in about 1 of 200 audits, and with 2,000 albums a share that is off by four points is still found."""
DEFAULT_ALBUMS: Final = 2000
MIN_ALBUMS: Final = 250  # below it the rarest share, 2 %, is expected under 5 times and chi-square does not hold
SILENT_PROMPTS: Final = (
    "a day at the beach", "a picnic in the park", "a walk through the old town", "a hike in the mountains",
    "a trip to the lake", "a morning at the market", "a weekend in Lisbon", "an autumn day in the forest",
    "a rainy afternoon in a cafe", "a day on the farm",
)  # fmt: skip


def audit_cast(*, albums: int, seed: int, prompt: str = "") -> dict[str, dict[str, Any]]:
    """Plan albums that are silent about people and compare their leads with `TARGET_MIX` by chi-square.

    One lead for each album, because companions depend on the lead and chi-square needs independent draws. Builds are
    counted for leads who are no children, whose build is always average.

    Args:
        albums: how many, at least `MIN_ALBUMS`.
        seed: of the first album; the next ones follow.
        prompt: silent about people; "" for `SILENT_PROMPTS` in turn.

    Returns:
        For each attribute the counts observed and expected, chi2 and p.

    Raises:
        AlbumError: too few albums, scipy is missing, or the prompt names people or rules them out.
    """
    try:
        from scipy.stats import chisquare
    except ImportError as error:
        raise AlbumError('The audit needs scipy: pip install "synthetic-albums[standalone]".') from error
    if albums < MIN_ALBUMS:
        raise AlbumError(f"An audit needs at least {MIN_ALBUMS} albums to say anything, but {albums} were asked for.")
    prompts = (prompt,) if prompt else SILENT_PROMPTS
    leads = [_lead(prompts[number % len(prompts)], seed + number) for number in range(albums)]
    report: dict[str, dict[str, Any]] = {}
    for attribute, mix in TARGET_MIX.items():
        counted = [lead for lead in leads if attribute != "build" or lead.age_group != "child"]
        seen = Counter(str(getattr(lead, attribute)) for lead in counted)
        observed = {key: seen.get(key, 0) for key in mix}
        stray = sum(seen.values()) - sum(observed.values())
        expected = {key: share * len(counted) for key, share in mix.items()}
        if stray:  # a value that the mix does not have at all
            report[attribute] = {"observed": dict(seen), "expected": expected, "chi2": None, "p": 0.0}
            continue
        result = chisquare(list(observed.values()), list(expected.values()))
        rounded = {key: round(value, 1) for key, value in expected.items()}
        report[attribute] = {
            "observed": observed,
            "expected": rounded,
            "chi2": round(float(result.statistic), 3),
            "p": round(float(result.pvalue), 6),
        }
    return report


def passes(report: dict[str, dict[str, Any]]) -> bool:
    """Whether every attribute keeps to the mix."""
    return all(entry["p"] >= MIN_P for entry in report.values())


def _lead(prompt: str, seed: int) -> Character:
    plan = plan_story(prompt, photos=1, seed=seed, style="auto")
    lead = next((character for character in plan.characters if character.kind == "person"), None)
    if lead is None:
        raise AlbumError(f"'{prompt}' gives an album without people: audit a prompt that is silent about them.")
    if not any(note.startswith("Filled in the cast") for note in plan.notes):
        raise AlbumError(f"'{prompt}' says who is in it: audit a prompt that is silent about people.")
    return lead
