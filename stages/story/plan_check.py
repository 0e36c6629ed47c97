"""The text gate: finds personal data and private captions in a plan's text, and masks them.

What it covers: every text field and every id of a plan, one field at a time. What it does not: data that is split
across fields, described instead of named ("the baker on the corner"), a listed name's letters regrouped into other
words ("Mar ia"), or names that are not on the list.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final, Literal

from ..errors import AlbumError
from ..private_text import MIN_NAME_LETTERS, CaptionFinder, NameFinder, find_shapes, plan_texts, reduce_words
from ..records import AlbumPlan, parse_record

MAX_LIST_BYTES: Final = 20_000_000
_NEUTRAL: Final = (
    "Robin", "Alex", "Sam", "Kim", "Jo", "Sasha", "Noor", "Kai", "Ari", "Toni", "Charlie", "Jules", "Remi",
    "Mika", "Lou",
    "Nico", "Rene", "Dana", "Lee", "Ray",
)  # fmt: skip
_PLACEHOLDERS: Final = {
    "email": "[e-mail]", "phone": "[phone]", "address": "[address]", "coordinates": "[coordinates]",
    "plate": "[plate]", "iban": "[account]", "card": "[card]", "private_caption": "[private text]",
}  # fmt: skip
Kind = Literal["name", "email", "phone", "address", "coordinates", "plate", "iban", "card", "private_caption"]


@dataclass(frozen=True)
class Finding:
    """One piece of personal data. `path` names the field ("scenes[2].caption"), [start, end) its characters.

    excerpt: the first letter and the length, never the text itself. subject: the number of the listed name or private
    caption, -1 for the other kinds.
    """

    path: str
    kind: Kind
    excerpt: str
    start: int
    end: int
    subject: int = -1


@dataclass(frozen=True)
class PlanTextReport:
    """What was found, and how many fields were read. `stand_ins` are the names that masking puts for listed ones."""

    findings: tuple[Finding, ...]
    fields_read: int
    stand_ins: tuple[str, ...] = ()

    @property
    def clean(self) -> bool:
        return not self.findings

    def lines(self) -> list[str]:
        """One line for each finding, without the text that was found."""
        return [f"{found.path}: {found.kind.replace('_', ' ')} {found.excerpt}" for found in self.findings]


def check_plan_text(plan: AlbumPlan, *, deny_names: Sequence[str], private_captions: Sequence[str]) -> PlanTextReport:
    """Find personal data and overlap with private captions in all text of a plan.

    Args:
        plan: to read.
        deny_names: full names that must not appear; see `NameFinder` for the spellings that are recognised.
        private_captions: texts of which neither 8 words in a row nor 60 % of the words in order may appear; of those
            under five words, all.

    Raises:
        AlbumError: a listed name or caption has no letters, or a name has only one, so that it could not be found.
    """
    _require_words(deny_names, "name", MIN_NAME_LETTERS)
    _require_words(private_captions, "private caption", 1)
    names, captions = NameFinder(deny_names), CaptionFinder(private_captions)
    fields = list(plan_texts(plan))
    findings = [found for path, text, is_id in fields for found in _read(path, text, is_id, names, captions)]
    used = {word.text for _, text, _ in fields for word in reduce_words(text)}
    free = [name for name in _NEUTRAL if name.lower() not in used and not names.find(name)]
    return PlanTextReport(tuple(findings), len(fields), tuple(free))


def mask_plan(plan: AlbumPlan, report: PlanTextReport) -> AlbumPlan:
    """The plan without what the report found.

    A listed name becomes the same neutral name wherever it stands, in ids too; everything else a word in brackets.

    Args:
        plan: the one that the report is about.
        report: from `check_plan_text`.

    Raises:
        AlbumError: the report is about another plan, so that masking would miss.
    """
    data = plan.model_dump()
    stand_ins = _stand_ins(report)
    by_path: dict[str, list[Finding]] = {}
    for found in report.findings:
        by_path.setdefault(found.path, []).append(found)
    texts = {path: (text, is_id) for path, text, is_id in plan_texts(plan)}
    renamed: dict[tuple[str, str], str] = {}
    for path, findings in by_path.items():
        if path not in texts:
            raise AlbumError(f"The report is about another plan: there is no {path}. Check this plan again.")
        text, is_id = texts[path]
        masked = _masked(path, text, findings, stand_ins)
        if is_id:
            renamed[_list_of(path), text] = masked
        else:
            _put(data, path, masked)
    _rename(data, renamed)
    return parse_record(AlbumPlan, data, what="masked plan")


def read_list(path: Path) -> tuple[str, ...]:
    """The lines of a deny list or a file of private captions; empty lines and "#" comments are left out.

    Args:
        path: a UTF-8 text file.

    Raises:
        AlbumError: it is missing, not readable as UTF-8, larger than `MAX_LIST_BYTES`, or has no line: a gate that
            has nothing to look for must not pass anything.
    """
    try:
        if path.stat().st_size > MAX_LIST_BYTES:
            raise AlbumError(f"{path} is larger than {MAX_LIST_BYTES:,} bytes: split it.")
        text = path.read_text(encoding="utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        raise AlbumError(f"Cannot read the list {path}: {error}. Nothing was checked.") from error
    lines = tuple(line.strip() for line in text.splitlines() if line.strip() and not line.lstrip().startswith("#"))
    if not lines:
        raise AlbumError(f"The list {path} has no entries: nothing was checked.")
    return lines


def _require_words(entries: Sequence[str], what: str, letters: int) -> None:
    for number, entry in enumerate(entries, 1):
        found = "".join(word.text for word in reduce_words(entry))
        wide = any(ord(character) > 0x2E7F for character in found)
        if len(found) < (1 if wide else letters):
            raise AlbumError(f"The {what} number {number} of the list is too short to be looked for: take it out.")


def _read(path: str, text: str, is_id: bool, names: NameFinder, captions: CaptionFinder) -> Iterator[Finding]:
    spans: list[tuple[int, int, Any, int]] = [(s, e, "name", n) for s, e, n in names.find(text)]
    if not is_id:
        spans += [(s, e, kind, -1) for s, e, kind in find_shapes(text)]
        spans += [(s, e, "private_caption", n) for s, e, n in captions.find(text)]
    for start, end, kind, subject in sorted(spans):
        yield Finding(path, kind, f"{text[start]}… ({end - start} characters)", start, end, subject)


def _stand_ins(report: PlanTextReport) -> dict[int, str]:
    subjects = list(dict.fromkeys(found.subject for found in report.findings if found.kind == "name"))
    return {
        subject: report.stand_ins[number] if number < len(report.stand_ins) else f"Person {number + 1}"
        for number, subject in enumerate(subjects)
    }


def _masked(path: str, text: str, findings: list[Finding], stand_ins: dict[int, str]) -> str:
    pieces, at = [], 0
    for found in sorted(findings, key=lambda f: (f.start, -f.end)):
        if found.end > len(text):
            raise AlbumError(f"The report is about another plan: {path} is shorter. Check this plan again.")
        if found.start < at:
            pieces[-1:] = [_PLACEHOLDERS["private_caption"]] if found.end > at else pieces[-1:]
            at = max(at, found.end)
            continue
        pieces += [
            text[at : found.start],
            stand_ins[found.subject] if found.kind == "name" else _PLACEHOLDERS[found.kind],
        ]
        at = found.end
    masked = "".join([*pieces, text[at:]])
    limit = max(len(text), 60 if path.endswith(".name") and path.startswith("characters") else 120)
    return masked[:limit].rstrip()


def _list_of(path: str) -> str:
    """What kind of thing an id names: "characters", "environments", "scenes", or the place of outfits and objects."""
    return path.removesuffix(".id").rsplit("[", 1)[0] if path.count("[") > 1 else path.split("[")[0]


def _put(data: dict[str, Any], path: str, value: str) -> None:
    keys = [int(key) if key.isdecimal() else key for key in re.findall(r"\w+", path)]
    target: Any = data
    for key in keys[:-1]:
        target = target[key]
    target[keys[-1]] = value


def _rename(data: dict[str, Any], renamed: dict[tuple[str, str], str]) -> None:
    """Give ids that hold a listed name another one, everywhere they are used."""
    people = _free_ids(data["characters"], "characters", renamed)
    places = _free_ids(data["environments"], "environments", renamed)
    _free_ids(data["scenes"], "scenes", renamed)
    outfits: dict[tuple[str, str], str] = {}
    for index, character in enumerate(data["characters"]):
        new = _free_ids(character["outfits"], f"characters[{index}].outfits", renamed)
        outfits |= {(character["id"], old): name for old, name in new.items()}
    for relation in data["relations"]:
        relation.update({end: people[relation[end]] for end in ("subject", "object")})
    for index, scene in enumerate(data["scenes"]):
        things = _free_ids(scene["objects"], f"scenes[{index}].objects", renamed)
        present = {entry["character"] for entry in scene["cast"]}
        scene["environment"] = places[scene["environment"]]
        for entry in scene["cast"]:
            entry["character"] = people[entry["character"]]
            entry["outfit"] = outfits.get((entry["character"], entry["outfit"]), entry["outfit"])
        for thing in scene["objects"]:
            thing["held_by"] = people[thing["held_by"]] if thing["held_by"] else None
        for link in scene["interactions"]:
            link["target"] = (people if link["target"] in present else things)[link["target"]]
            link["subject"] = people[link["subject"]]


def _free_ids(items: list[dict[str, Any]], where: str, renamed: dict[tuple[str, str], str]) -> dict[str, str]:
    taken = {item["id"] for item in items if (where, item["id"]) not in renamed}
    new: dict[str, str] = {}
    for item in items:
        old = item["id"]
        if (where, old) in renamed:
            base = re.sub(r"[^a-z0-9_-]+", "-", renamed[where, old].lower()).strip("-_")[:34] or "masked"
            base = base if base[0].isalpha() else f"x-{base}"
            item["id"] = next(
                i for n in range(1, len(items) + 2) if (i := base if n == 1 else f"{base}-{n}") not in taken
            )
            taken.add(item["id"])
        new[old] = item["id"]
    return new
