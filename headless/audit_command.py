"""Measures the cast that the planner invents against its public target mix."""

from typing import Any, Final

from ..stages.errors import AlbumError
from ..stages.quality import MIN_LEADS, compare_with_mix, is_silent, lead_of
from ..stages.records import Character
from ..stages.story import TARGET_MIX, plan_story

MIN_P: Final = 0.001
"""Least p at which an attribute passes. Five attributes are tested: with 0.001 each, a planner that keeps the mix
fails by chance in about 1 of 200 audits, and with 2,000 albums a share that is off by four points is still found."""
DEFAULT_ALBUMS: Final = 2000
MIN_ALBUMS: Final = MIN_LEADS
SILENT_PROMPTS: Final = (
    "a day at the beach", "a picnic in the park", "a walk through the old town", "a hike in the mountains",
    "a trip to the lake", "a morning at the market", "a weekend in Lisbon", "an autumn day in the forest",
    "a rainy afternoon in a cafe", "a day on the farm",
)  # fmt: skip


def audit_cast(*, albums: int, seed: int, prompt: str = "") -> dict[str, dict[str, Any]]:
    """Plan albums that are silent about people and compare their leads with `TARGET_MIX` by chi-square.

    Args:
        albums: how many, at least `MIN_ALBUMS`.
        seed: of the first album; the next ones follow.
        prompt: silent about people; "" for `SILENT_PROMPTS` in turn.

    Returns:
        As `compare_with_mix`: for each attribute the counts observed and expected, chi2 and p.

    Raises:
        AlbumError: too few albums, scipy is missing, or the prompt names people or rules them out.
    """
    if albums < MIN_ALBUMS:
        raise AlbumError(f"An audit needs at least {MIN_ALBUMS} albums to say anything, but {albums} were asked for.")
    prompts = (prompt,) if prompt else SILENT_PROMPTS
    leads = [_lead(prompts[number % len(prompts)], seed + number) for number in range(albums)]
    return compare_with_mix(leads, TARGET_MIX)


def passes(report: dict[str, dict[str, Any]]) -> bool:
    """Whether every attribute keeps to the mix."""
    return all(entry["p"] >= MIN_P for entry in report.values())


def _lead(prompt: str, seed: int) -> Character:
    plan = plan_story(prompt, photos=1, seed=seed, style="auto")
    lead = lead_of(plan)
    if lead is None:
        raise AlbumError(f"'{prompt}' gives an album without people: audit a prompt that is silent about them.")
    if not is_silent(plan):
        raise AlbumError(f"'{prompt}' says who is in it: audit a prompt that is silent about people.")
    return lead
