"""Figures of a leakage check in words that need no statistics."""

from ...verdicts import CheckFacts, Finding, FindingKind

TITLES: dict[FindingKind, str] = {
    "near_copy": "Copies of pictures",
    "identity": "People of the gallery",
    "copy_paste": "Copies of the album's own portraits",
    "text": "Personal data and private text",
    "metadata": "Data left in the files",
    "neighbours": "Nearness to the gallery",
}
QUESTIONS: dict[FindingKind, str] = {
    "near_copy": "Is a photo, or a part of it, a copy of a private picture, also cropped, mirrored or recompressed?",
    "identity": "Is anybody in the photos a person of the private pictures?",
    "copy_paste": "Was a portrait of the cast pasted into a photo instead of being drawn anew?",
    "text": "Do titles, captions or names hold personal data or run along with private texts?",
    "metadata": "Do the photo files carry anything that is not their own statement of being synthetic?",
    "neighbours": "Do the photos lie nearer to the private pictures than to others of the same kind?",
}
SHORT: dict[FindingKind, str] = {
    "near_copy": "copy",
    "identity": "person",
    "copy_paste": "pasted portrait",
    "text": "text",
    "metadata": "file data",
    "neighbours": "nearness",
}
STATE_WORDS = {
    "clean": "clean",
    "withheld": "withheld",
    "leak": "leak",
    "unchecked": "not checked",
    "not_made": "not made",
}
ACTION_WORDS = {
    "new_seed": "made again with another seed",
    "lower_weight": "made again with weaker references",
    "new_identity": "made again with a new identity",
    "withheld": "given up and withheld",
    "released": "found clean and kept",
}
RESULT_WORDS = {"clean": "nothing found", "leak": "leaks found", "unchecked": "not checked"}
_THINGS: dict[FindingKind, tuple[str, str]] = {  # one of ours, one of what it was compared with
    "near_copy": ("photo", "private picture"),
    "identity": ("character", "head in the private pictures"),
    "copy_paste": ("photo", "portrait of the cast"),
    "text": ("text", "private text"),
    "metadata": ("file", "file"),
    "neighbours": ("photo", "reference"),
}
# What two things are taken for by mistake in one comparison, and who is flagged by all of them together.
_MISTAKEN: dict[FindingKind, str] = {
    "near_copy": "two pictures that have nothing to do with each other for copies",
    "identity": "the heads of two different people for one person",
}
_INNOCENT: dict[FindingKind, str] = {
    "near_copy": "photos that copy nothing of the gallery",
    "identity": "characters who are nobody of the gallery",
    "neighbours": "albums that nothing of the gallery went into",
}
_NOBODY = "photos that show nobody of the gallery"
# Measured by benchmarks/leakage.py: see benchmarks/RESULTS.md.
_MEANS = (
    "It may be more than that: a character is judged by the mean of several heads, and the means of people who look "
    "alike lie nearer to each other than the single heads of the calibration do. With the built-in encoder two to six "
    "times as many were flagged."
)
_RULES: frozenset[FindingKind] = frozenset({"text", "metadata"})
_BITS = "near-copy dct"  # the check that counts differing bits; all others compare cosines


def check_title(facts: CheckFacts) -> str:
    """What a check looks for; two ways of looking for the same are told apart."""
    if facts.kind != "near_copy":
        return TITLES[facts.kind]
    return f"{TITLES[facts.kind]}, by {'picture hash' if facts.check.startswith(_BITS) else 'encoder'}"


def measure(check: str, value: float) -> str:
    """A score or threshold with its unit: bits of a hash, or a similarity without one."""
    return f"{value:g} bits" if check.startswith(_BITS) else f"{value:.3g}"


def threshold_words(facts: CheckFacts) -> str:
    """From where on something counts as found."""
    if facts.threshold is None:
        return ""
    if facts.check.startswith(_BITS):
        return f"{facts.threshold:g} differing bits or fewer"
    if facts.kind == "neighbours":
        return f"surely more than {facts.threshold:.0%} of the photos"
    similar = facts.kind in {"near_copy", "identity", "copy_paste"}
    return f"{facts.threshold:.3g} or more" if similar else f"{facts.threshold:g}"


def finding_words(finding: Finding) -> str:
    """Score and threshold of one finding; empty where it has none."""
    if finding.score is None:
        return ""
    limit = f" (limit {finding.threshold:.3g})" if finding.threshold is not None else ""
    return f"{measure(finding.check, finding.score)}{limit}"


def compared_words(facts: CheckFacts) -> str:
    """How much there was to compare with; empty where nothing is known."""
    if not facts.references:
        return ""
    if facts.kind == "identity":
        return f"{facts.references:,} {'head' if facts.references == 1 else 'heads'} in the private pictures"
    if facts.kind == "copy_paste":
        return f"{count(facts.references, 'portrait')} of the cast"
    return count(facts.references, _THINGS[facts.kind][1])


def rate_words(facts: CheckFacts, photos: int, *, by_heads: bool = False) -> list[str]:
    """What the error rates of a check mean, a sentence each.

    Args:
        facts: of the check.
        photos: that were checked, for the number of false alarms to expect.
        by_heads: whether people were decided on by single heads and not by characters.
    """
    said = []
    if facts.false_match_rate is not None:
        value, low, high = facts.false_match_rate
        about = f"about 1 time in {_one_in(value)}" if value > 0 else "never in the calibration"
        taken = _MISTAKEN.get(facts.kind, "two different things for the same")
        said.append(f"One comparison takes {taken} {about} (95 % interval: {_chance(low)} to {_chance(high)}).")
    if facts.false_non_match_rate is not None:
        value, low, high = (100 * share for share in facts.false_non_match_rate)
        said.append(
            f"Of 100 true matches {_about(value)} would be missed (95 % interval: {low:.3g} to {high:.3g}): what is "
            "not found need not be absent."
        )
    if facts.expected_false_alarms is not None:
        said += _alarm_words(facts.kind, facts.expected_false_alarms, photos, by_heads=by_heads)
    if not said and facts.status != "unchecked":
        said.append(_without_rates(facts))
    return said


def _without_rates(facts: CheckFacts) -> str:
    if facts.kind in _RULES:
        return "It follows fixed rules; no error rate was measured for it."
    if facts.calibration:
        return f"Its threshold was chosen on {facts.calibration}; how often it errs on other pictures is not known."
    return "No error rate was measured for it."


def _alarm_words(kind: FindingKind, share: float, photos: int, *, by_heads: bool) -> list[str]:
    """How many are flagged by mistake when all comparisons are made. The share is a bound and no estimate."""
    heads = by_heads and kind == "identity"
    innocent = _NOBODY if heads else _INNOCENT.get(kind, "those that are innocent")
    given = (
        "If the photos of an album did not depend on one another, this would flag by mistake"
        if kind == "neighbours"
        else "By the calibration, all comparisons together flag by mistake"
    )
    sentence = f"{given} {_share_of(share)} {innocent}"
    if (heads or kind == "near_copy") and photos:
        sentence += f"; of the {count(photos, 'photo')} here, {_few(share * photos)}"
    return [f"{sentence}.", *([_MEANS] if kind == "identity" and not heads else [])]


def _share_of(share: float) -> str:
    if share <= 0:
        return "none of the"
    return f"at most {100 * share:.2g} of 100" if share >= 0.01 else f"at most 1 of {_one_in(share)}"


def _few(number: float) -> str:
    return "far fewer than one" if number < 0.1 else f"at most {number:.2g}"


def _chance(rate: float) -> str:
    return f"1 in {_one_in(rate)}" if rate > 0 else "never"


def _one_in(rate: float) -> str:
    return f"{_round(1 / rate):,}"


def _about(value: float) -> str:
    return f"about {value:.2g}" if value > 0 else "none"


def _round(value: float) -> int:
    """Two significant digits: more would claim a precision that no calibration has."""
    digits = max(0, len(str(int(value))) - 2)
    return round(value / 10**digits) * 10**digits


def count(number: int, one: str, many: str | None = None) -> str:
    """1 photo, 2 photos."""
    return f"{number:,} {one if number == 1 else many or one + 's'}"
