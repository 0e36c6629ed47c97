"""Who is in the albums: counts, and a comparison with the mix of people that the planner aims at."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from typing import Any, Final

from ..errors import AlbumError
from ..records import AlbumPlan, Character
from .record import CastAttribute, CastReport

MIN_LEADS: Final = 250  # below it the rarest share, 2 %, is expected under 5 times and chi-square does not hold
SILENT: Final = "Filled in the cast"  # how the planner's note begins where the prompt said nothing about people

Mix = Mapping[str, Mapping[str, float]]


def lead_of(plan: AlbumPlan) -> Character | None:
    """The first person of a plan; None where there are only animals or nobody."""
    return next((character for character in plan.characters if character.kind == "person"), None)


def is_silent(plan: AlbumPlan) -> bool:
    """Whether the planner chose the cast because the prompt said nothing about people."""
    return any(note.startswith(SILENT) for note in plan.notes)


def compare_with_mix(leads: Sequence[Character], mix: Mix) -> dict[str, dict[str, Any]]:
    """Compare leads with a target mix by chi-square.

    One lead for each album, because companions depend on the lead and chi-square needs independent draws. Builds are
    counted for leads who are no children, whose build is always average.

    Args:
        leads: of albums whose prompt says nothing about people.
        mix: for each attribute of `Character` the share of each value.

    Returns:
        For each attribute the counts `observed` and `expected`, `chi2` and `p`; p is 0 and chi2 None where a value
        occurs that the mix does not have.

    Raises:
        AlbumError: there are fewer than `MIN_LEADS`, or scipy is missing.
    """
    try:
        from scipy.stats import chisquare
    except ImportError as error:
        raise AlbumError('The audit needs scipy: pip install "synthetic-albums[standalone]".') from error
    if len(leads) < MIN_LEADS:
        raise AlbumError(f"An audit needs at least {MIN_LEADS} albums to say anything, but there are {len(leads)}.")
    report: dict[str, dict[str, Any]] = {}
    for attribute, shares in mix.items():
        seen, expected = _counts(leads, attribute, shares)
        observed = {key: seen.get(key, 0) for key in shares}
        if sum(seen.values()) > sum(observed.values()):  # a value that the mix does not have at all
            report[attribute] = {"observed": dict(seen), "expected": expected, "chi2": None, "p": 0.0}
            continue
        result = chisquare(list(observed.values()), list(expected.values()))
        report[attribute] = {
            "observed": observed,
            "expected": {key: round(value, 1) for key, value in expected.items()},
            "chi2": round(float(result.statistic), 3),
            "p": round(float(result.pvalue), 6),
        }
    return report


def audit_albums(plans: Iterable[AlbumPlan], mix: Mix) -> CastReport:
    """Count the people of albums, and compare the leads with the mix where there are enough of them.

    Args:
        plans: of the albums.
        mix: as for `compare_with_mix`.
    """
    plans = list(plans)
    people = [character for plan in plans for character in plan.characters if character.kind == "person"]
    leads = [lead for plan in plans if is_silent(plan) and (lead := lead_of(plan)) is not None]
    tested = compare_with_mix(leads, mix) if len(leads) >= MIN_LEADS else {}
    attributes = {}
    for attribute, shares in mix.items():
        counts = Counter(str(getattr(person, attribute)) for person in people)
        everybody = {value: counts[value] for value in {**shares, **counts} if counts[value]}
        facts = tested.get(attribute) or _untested(leads, attribute, shares)
        attributes[attribute] = CastAttribute(everybody=everybody, **facts)
    return CastReport(albums=len(plans), people=len(people), leads=len(leads), attributes=attributes)


def _untested(leads: Sequence[Character], attribute: str, shares: Mapping[str, float]) -> dict[str, Any]:
    seen, expected = _counts(leads, attribute, shares)
    return {
        "observed": {key: seen.get(key, 0) for key in {**shares, **seen}},
        "expected": {key: round(value, 1) for key, value in expected.items()},
    }


def _counts(
    leads: Sequence[Character], attribute: str, shares: Mapping[str, float]
) -> tuple[Counter[str], dict[str, float]]:
    counted = [lead for lead in leads if attribute != "build" or lead.age_group != "child"]
    seen = Counter(str(getattr(lead, attribute)) for lead in counted)
    return seen, {key: share * len(counted) for key, share in shares.items()}
