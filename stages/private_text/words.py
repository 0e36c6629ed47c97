"""Text reduced to what a reader recognises: letters without case, accents, look-alikes and invisible characters.

Every reduced word remembers where it came from, so that what is found can be masked in the original.
"""

import unicodedata
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Final

# Letters of other scripts that are drawn like Latin ones. Source: the pairs of Unicode UTS 39 "confusables" that
# names are written with; lower case, because case is folded first.
_LOOKALIKES: Final = str.maketrans(
    "аеорсухіјѕԁһԛԝвкмнтгпιοαρυνκτεηβμɑɡıℓ",
    "aeopcyxijsdhqwbkmhtrnioapuvktenbuagil",
)
_LEET: Final = str.maketrans("0134578@$!", "oieastbasi")
_FOLDED: Final = {"ß": "ss", "æ": "ae", "œ": "oe", "ø": "o", "đ": "d", "ł": "l", "þ": "th", "ð": "d"}
MIN_NAME_LETTERS: Final = 2


@dataclass(frozen=True)
class Word:
    """A reduced word and its span [start, end) in the original text."""

    text: str
    start: int
    end: int


def reduce_words(text: str) -> list[Word]:
    """The words of a text, reduced. Chinese and Japanese characters are one word each, having no spaces."""
    words: list[Word] = []
    letters: list[tuple[str, int]] = []

    def finish() -> None:
        while letters and letters[-1][0] in "@$!":
            letters.pop()
        while letters and letters[0][0] in "@$!":
            letters.pop(0)
        if letters:
            words.append(Word(_unleet("".join(c for c, _ in letters)), letters[0][1], letters[-1][1] + 1))
            letters.clear()

    for at, character in enumerate(text):
        reduced = _reduce(character)
        if reduced is None:
            continue
        if not reduced or _is_ideograph(reduced):
            finish()
        if _is_ideograph(reduced):
            words.append(Word(reduced, at, at + 1))
        elif reduced:
            letters.append((reduced, at))
    finish()
    return words


def _reduce(character: str) -> str | None:
    """Letters and digits of a character; "" ends a word; None is not there at all (invisible, or an accent)."""
    category = unicodedata.category(character)
    if category in {"Cf", "Cc", "Mn", "Me", "Sk", "Lm"} and character not in "\n\t\r":
        return None
    if character in "@$!":
        return character
    folded = "".join(
        part for part in unicodedata.normalize("NFKD", character) if unicodedata.category(part) not in {"Mn", "Me"}
    ).casefold()
    folded = "".join(_FOLDED.get(part, part) for part in folded).translate(_LOOKALIKES)
    return "".join(part for part in folded if part.isalnum())


def _is_ideograph(text: str) -> bool:
    return len(text) == 1 and (
        "\u3040" <= text <= "\u30ff" or "\u3400" <= text <= "\u9fff" or "\uf900" <= text <= "\ufaff"
    )


def _unleet(word: str) -> str:
    """As in "m4ri@" is "maria"; plain numbers stay numbers."""
    mixed = any(c.isalpha() for c in word) and any(not c.isalpha() for c in word)
    return word.translate(_LEET) if mixed else word


class NameFinder:
    """Finds listed names as whole words: any case, accents, spacing, look-alike letters, reversed order.

    "Maria Schmidt" is also found as "maria-schmidt", "MariaSchmidt", "M a r i a Schmidt" and "Schmidt, Maria". A
    part of a listed name alone is not: list it too where it should be.
    """

    def __init__(self, names: Sequence[str]) -> None:
        self._sequences: dict[tuple[str, ...], int] = {}
        self._joined: dict[str, int] = {}
        for index, name in enumerate(names):
            words = tuple(word.text for word in reduce_words(name) if word.text)
            self._sequences.setdefault(words, index)
            self._sequences.setdefault(words[::-1], index)
            self._joined.setdefault("".join(words), index)
        self._longest = max(map(len, self._sequences), default=0)

    def find(self, text: str) -> list[tuple[int, int, int]]:
        """(start, end, index of the name) in order, longest first where names overlap."""
        words = [word for word in _join_spelled(reduce_words(text)) if word.text]
        found: list[tuple[int, int, int]] = []
        at = 0
        while at < len(words):
            length, index = self._at(words, at)
            if length:
                found.append((words[at].start, words[at + length - 1].end, index))
            at += length or 1
        return found

    def _at(self, words: list[Word], at: int) -> tuple[int, int]:
        for length in range(min(self._longest, len(words) - at), 0, -1):
            index = self._sequences.get(tuple(word.text for word in words[at : at + length]))
            if index is not None:
                return length, index
        index = self._joined.get(words[at].text)
        return (1, index) if index is not None else (0, 0)


def _join_spelled(words: list[Word]) -> list[Word]:
    """Three or more single letters in a row are one spelled word: "M a r i a"."""
    joined: list[Word] = []
    run: list[Word] = []
    for word in [*words, Word("  ", 0, 0)]:
        if len(word.text) == 1 and word.text.isalpha() and not _is_ideograph(word.text):
            run.append(word)
            continue
        if len(run) >= 3:
            joined.append(Word("".join(letter.text for letter in run), run[0].start, run[-1].end))
        else:
            joined += run
        run = []
        joined.append(word)
    return joined[:-1]


NGRAM_WORDS: Final = 8
SHARED_FRACTION: Final = 0.6
_SHORT_CAPTION: Final = 5  # words; below it 60 % is two or three words that any caption holds


class CaptionFinder:
    """Finds verbatim overlap with private captions: 8 words in a row, or 60 % of a caption's words in order."""

    def __init__(self, captions: Sequence[str]) -> None:
        self._captions = [[word.text for word in reduce_words(caption) if word.text] for caption in captions]
        self._grams: dict[tuple[str, ...], int] = {}
        self._holders: dict[str, list[int]] = defaultdict(list)
        for index, words in enumerate(self._captions):
            for at in range(len(words) - NGRAM_WORDS + 1):
                self._grams.setdefault(tuple(words[at : at + NGRAM_WORDS]), index)
            for word in set(words):
                self._holders[word].append(index)

    def find(self, text: str) -> list[tuple[int, int, int]]:
        """(start, end, index of the caption) of each overlap, in order, not overlapping."""
        words = [word for word in reduce_words(text) if word.text]
        spans = self._runs(words) + self._shared(words)
        kept: list[tuple[int, int, int]] = []
        for start, end, index in sorted(spans):
            if kept and start < kept[-1][1]:
                kept[-1] = (kept[-1][0], max(end, kept[-1][1]), kept[-1][2])
            else:
                kept.append((start, end, index))
        return kept

    def _runs(self, words: list[Word]) -> list[tuple[int, int, int]]:
        texts = [word.text for word in words]
        return [
            (words[at].start, words[at + NGRAM_WORDS - 1].end, self._grams[gram])
            for at in range(len(words) - NGRAM_WORDS + 1)
            if (gram := tuple(texts[at : at + NGRAM_WORDS])) in self._grams
        ]

    def _shared(self, words: list[Word]) -> list[tuple[int, int, int]]:
        hits: dict[int, int] = defaultdict(int)
        for word in {word.text for word in words}:
            for index in self._holders.get(word, ()):
                hits[index] += 1
        spans = []
        for index, count in hits.items():
            caption = self._captions[index]
            needed = len(caption) if len(caption) < _SHORT_CAPTION else SHARED_FRACTION * len(caption)
            if count >= min(needed, len(set(caption)) * SHARED_FRACTION) and (
                span := _in_order(words, caption, needed)
            ):
                spans.append((*span, index))
        return spans


def _in_order(words: list[Word], caption: list[str], needed: float) -> tuple[int, int] | None:
    """The span of a stretch, at most twice as long as the caption, that holds enough of its words in order."""
    wanted = set(caption)
    reach = max(len(caption), 2 * len(caption) if len(caption) >= _SHORT_CAPTION else len(caption))
    for at, word in enumerate(words):
        if word.text not in wanted:
            continue
        window = words[at : at + reach]
        last = _common_until(window, caption, needed)
        if last is not None:
            return word.start, window[last].end
    return None


def _common_until(window: Iterable[Word], caption: list[str], needed: float) -> int | None:
    """Index of the word with which the longest common subsequence becomes long enough."""
    row = [0] * (len(caption) + 1)
    for index, word in enumerate(window):
        before, row = row, [0]
        for at, other in enumerate(caption):
            row.append(before[at] + 1 if word.text == other else max(row[-1], before[at + 1]))
        if row[-1] >= needed:
            return index
    return None
