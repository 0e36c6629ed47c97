"""Private things in the album's text: personal data by its shape, and words taken from private texts.

Private texts are kept as salted hashes of runs of words, never as words. A hash of eight words cannot be turned back,
but who has both salt and a guess can confirm the guess, so what is kept is as private as the gallery.
"""

import hashlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from ..errors import AlbumError
from ..private_text import NGRAM_WORDS, find_shapes, plan_texts, reduce_words
from ..records import AlbumPlan
from ..verdicts import CheckFacts, Finding

SHAPES_CHECK: Final = "personal data patterns@1"
OVERLAP_CHECK: Final = f"private text {NGRAM_WORDS}-word runs@1"
MIN_WORDS: Final = 4  # of a private text; shorter ones occur everywhere
MAX_FILE_BYTES: Final = 64 * 2**20
TEXT_SUFFIXES: Final = frozenset({".txt", ".md", ".caption", ".captions", ".csv", ".tsv", ".json", ".jsonl"})
MAX_FINDINGS: Final = 100  # of one album; more say nothing new

_HASH_BYTES = 8
_LABEL_CHARS = 12


@dataclass(frozen=True, eq=False)
class PrivateTexts:
    """What is known of private texts.

    runs: hashes of every `NGRAM_WORDS` words in a row. short: hashes of texts that are shorter than that, whole, with
    how many words they have. count: texts that are looked for. too_short: texts that cannot be. salt: derived from the
    whole content, so that the same texts give the same labels.
    """

    runs: frozenset[bytes]
    short: dict[bytes, int]
    count: int
    too_short: int
    salt: bytes


def read_private_texts(path: Path) -> PrivateTexts:
    """Read a file of private texts, one a line, or a folder of such files with all folders below it.

    Args:
        path: UTF-8 text. In a folder, files that end as `TEXT_SUFFIXES` are read, hidden ones are not.

    Raises:
        AlbumError: it is missing, not UTF-8, too large, or has no text of `MIN_WORDS` words: a check that has nothing
            to look for must not pass anything.
    """
    files = _text_files(path) if path.is_dir() else [path]
    lines = [line for file in files for line in _lines(file)]
    texts = sorted({tuple(word.text for word in reduce_words(line) if word.text) for line in lines} - {()})
    kept = [words for words in texts if len(words) >= MIN_WORDS]
    if not kept:
        raise AlbumError(
            f"'{path}' holds no text of {MIN_WORDS} words or more, so there is nothing to look for: give a file with "
            "one private text a line, or a folder of such files."
        )
    salt = hashlib.sha256(b"synthetic_albums private texts\0" + repr(kept).encode()).digest()
    return PrivateTexts(
        runs=frozenset(_hash(salt, run) for words in kept for run in _runs(words)),
        short={_hash(salt, words): len(words) for words in kept if len(words) < NGRAM_WORDS},
        count=len(kept),
        too_short=len(texts) - len(kept),
        salt=salt,
    )


def check_texts(plan: AlbumPlan, private: PrivateTexts | None) -> list[Finding]:
    """Findings in all free text of a plan; the excerpt itself is never repeated.

    Args:
        plan: with its captions.
        private: None looks for personal data alone.

    Returns:
        Leaks only; nothing was found where it is empty.
    """
    findings = [found for path, text, is_id in plan_texts(plan) for found in _in_text(path, text, private, is_id=is_id)]
    return findings[:MAX_FINDINGS]


def facts(private: PrivateTexts | None, findings: Sequence[Finding]) -> list[CheckFacts]:
    """What the report says of both checks."""
    shapes = sum(finding.check == SHAPES_CHECK for finding in findings)
    overlaps = sum(finding.check == OVERLAP_CHECK for finding in findings)
    rows = [
        CheckFacts(
            kind="text",
            check=SHAPES_CHECK,
            status="leak" if shapes else "clean",
            reason=f"{shapes} texts of the plan hold what looks like personal data." if shapes else "",
        )
    ]
    if private is not None:
        short = (
            f"{private.too_short} texts of under {MIN_WORDS} words were not looked for." if private.too_short else ""
        )
        found = f"{overlaps} texts of the plan repeat private ones. " if overlaps else ""
        rows.append(
            CheckFacts(
                kind="text",
                check=OVERLAP_CHECK,
                status="leak" if overlaps else "clean",
                references=private.count,
                threshold=float(NGRAM_WORDS),
                reason=(found + short).strip(),
            )
        )
    return rows


def _in_text(path: str, text: str, private: PrivateTexts | None, *, is_id: bool) -> Iterator[Finding]:
    subject = path[:200]
    if not is_id:
        for _, _, kind in find_shapes(text):
            yield Finding(
                kind="text", check=SHAPES_CHECK, status="leak", subject=subject,
                reason=f"{path} holds what looks like {_article(kind)}.",
            )  # fmt: skip
    if private is None or is_id:
        return
    words = tuple(word.text for word in reduce_words(text) if word.text)
    for length, label in _overlaps(words, private):
        yield Finding(
            kind="text", check=OVERLAP_CHECK, status="leak", score=float(length), threshold=float(NGRAM_WORDS),
            nearest=label, subject=subject, reason=f"{path} repeats {length} words in a row of a private text.",
        )  # fmt: skip


def _overlaps(words: tuple[str, ...], private: PrivateTexts) -> Iterator[tuple[int, str]]:
    """(words in a row, label) of each longest common run, and of each short private text that stands there whole."""
    start, label = None, ""
    for at, run in enumerate([*_runs(words), None]):
        digest = None if run is None else _hash(private.salt, run)
        if digest in private.runs and digest is not None:
            start, label = (at, digest.hex()[:_LABEL_CHARS]) if start is None else (start, label)
        elif start is not None:
            yield at - start + NGRAM_WORDS - 1, label
            start = None
    for length in sorted(set(private.short.values())):
        for at in range(len(words) - length + 1):
            digest = _hash(private.salt, words[at : at + length])
            if private.short.get(digest) == length:
                yield length, digest.hex()[:_LABEL_CHARS]


def _runs(words: tuple[str, ...]) -> list[tuple[str, ...]]:
    return [words[at : at + NGRAM_WORDS] for at in range(len(words) - NGRAM_WORDS + 1)]


def _hash(salt: bytes, words: tuple[str, ...]) -> bytes:
    return hashlib.sha256(salt + " ".join(words).encode()).digest()[:_HASH_BYTES]


def _article(kind: str) -> str:
    words = {"email": "an e-mail address", "phone": "a phone number", "address": "a street address", "coordinates":
             "coordinates", "plate": "a number plate", "iban": "a bank account", "card": "a card number"}  # fmt: skip
    return words.get(kind, kind.replace("_", " "))


def _text_files(folder: Path) -> list[Path]:
    from ..picture_files import list_files

    return [path for path in list_files(folder) if path.suffix.lower() in TEXT_SUFFIXES]


def _lines(file: Path) -> list[str]:
    try:
        if file.stat().st_size > MAX_FILE_BYTES:
            raise AlbumError(f"'{file}' is larger than {MAX_FILE_BYTES // 2**20} MB: split it.")
        return file.read_text(encoding="utf-8-sig").splitlines()
    except (OSError, UnicodeDecodeError, ValueError) as error:
        raise AlbumError(f"Cannot read the private texts in '{file}': {error}. Nothing was checked.") from error
