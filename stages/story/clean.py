"""The prompt before it is read: bounds, invisible characters, and whether it is English at all."""

import re
import unicodedata
from typing import Final

from ..errors import AlbumError

MAX_PROMPT_CHARS: Final = 4000  # what AlbumPlan.prompt keeps; about two pages

_FUNCTION_WORDS: Final[dict[str, frozenset[str]]] = {
    "English": frozenset(
        [
            "the",
            "a",
            "an",
            "and",
            "of",
            "with",
            "in",
            "on",
            "at",
            "to",
            "for",
            "from",
            "their",
            "her",
            "his",
            "my",
            "our",
            "is",
            "are",
            "was",
            "then",
            "by",
            "into",
            "who",
            "that",
            "it",
            "they",
            "we",
            "i",
            "she",
            "he",
            "after",
            "before",
            "no",
            "without",
            "some",
            "day",
        ]
    ),
    "German": frozenset(
        [
            "der",
            "die",
            "das",
            "und",
            "ein",
            "eine",
            "einen",
            "einem",
            "einer",
            "mit",
            "im",
            "am",
            "auf",
            "von",
            "zu",
            "zum",
            "zur",
            "ist",
            "sind",
            "wir",
            "ich",
            "nicht",
            "für",
            "dann",
            "nach",
            "ihr",
            "ihre",
            "ihrem",
            "seine",
            "mein",
            "tag",
            "den",
            "dem",
            "auch",
            "bei",
        ]
    ),
    "Spanish": frozenset(
        [
            "el",
            "la",
            "los",
            "las",
            "un",
            "una",
            "unos",
            "y",
            "con",
            "en",
            "de",
            "del",
            "por",
            "para",
            "que",
            "es",
            "son",
            "su",
            "sus",
            "mi",
            "nosotros",
            "luego",
            "después",
            "día",
            "al",
            "se",
            "fue",
            "dia",
            "despues",
        ]
    ),
    "French": frozenset(
        [
            "le",
            "la",
            "les",
            "un",
            "une",
            "des",
            "et",
            "avec",
            "dans",
            "au",
            "aux",
            "du",
            "de",
            "pour",
            "sur",
            "est",
            "sont",
            "son",
            "sa",
            "ses",
            "mon",
            "nous",
            "puis",
            "après",
            "jour",
            "ils",
            "elle",
            "à",
            "leur",
        ]
    ),
    "Italian": frozenset(
        [
            "il",
            "lo",
            "la",
            "gli",
            "un",
            "una",
            "e",
            "con",
            "nel",
            "nella",
            "di",
            "del",
            "della",
            "per",
            "è",
            "sono",
            "suo",
            "sua",
            "poi",
            "dopo",
            "giorno",
            "al",
        ]
    ),
    "Portuguese": frozenset(
        [
            "o",
            "a",
            "os",
            "as",
            "um",
            "uma",
            "e",
            "com",
            "no",
            "na",
            "em",
            "de",
            "do",
            "da",
            "para",
            "por",
            "é",
            "são",
            "seu",
            "sua",
            "depois",
            "dia",
            "ao",
        ]
    ),
    "Dutch": frozenset(
        [
            "de",
            "het",
            "een",
            "en",
            "met",
            "in",
            "op",
            "van",
            "naar",
            "is",
            "zijn",
            "haar",
            "hun",
            "wij",
            "dan",
            "na",
            "dag",
            "aan",
            "niet",
        ]
    ),
    "Polish": frozenset(
        ["i", "w", "na", "z", "do", "nie", "jest", "się", "po", "od", "że", "dzień", "potem", "nad", "przy"]
    ),
    "Swedish": frozenset(
        ["och", "en", "ett", "med", "i", "på", "av", "till", "är", "sedan", "efter", "dag", "som", "det", "den", "vi"]
    ),
    "Turkish": frozenset(["ve", "bir", "ile", "bu", "için", "gün", "sonra", "da", "de", "çok"]),
}
_SCRIPTS: Final = {
    "CJK": "Chinese or Japanese", "HIRAGANA": "Japanese", "KATAKANA": "Japanese", "HANGUL": "Korean",
    "CYRILLIC": "Russian or another language in Cyrillic", "ARABIC": "Arabic", "HEBREW": "Hebrew", "GREEK": "Greek",
    "DEVANAGARI": "Hindi", "THAI": "Thai", "BENGALI": "Bengali", "TAMIL": "Tamil", "ARMENIAN": "Armenian",
    "GEORGIAN": "Georgian", "ETHIOPIC": "Amharic", "TELUGU": "Telugu",
}  # fmt: skip
_REPLACED: Final = str.maketrans({"’": "'", "‘": "'", "“": '"', "”": '"', "\u00a0": " ", "`": "'", "…": "..."})


def clean_prompt(prompt: str) -> tuple[str, list[str]]:
    """The prompt without what nobody can see, and notes on what was taken out.

    Args:
        prompt: as the user typed it.

    Raises:
        AlbumError: it is not text, empty, longer than `MAX_PROMPT_CHARS`, or not English.
    """
    if not isinstance(prompt, str):
        raise AlbumError(f"The prompt must be text, but it is {type(prompt).__name__}.")
    if len(prompt) > MAX_PROMPT_CHARS:
        raise AlbumError(
            f"The prompt has {len(prompt):,} characters; at most {MAX_PROMPT_CHARS:,} are read. "
            "Shorten it to the events, or plan several albums."
        )
    kept = [character for character in prompt if not _is_invisible(character)]
    removed = len(prompt) - len(kept)
    text = re.sub(r"[ \t\r\f\v]+", " ", unicodedata.normalize("NFC", "".join(kept)).translate(_REPLACED)).strip()
    text = re.sub(r" ?\n[ \n]*", "\n", text)
    if not any(character.isalnum() for character in text):
        raise AlbumError('The prompt is empty: say what happens, e.g. "a day at the park with a golden retriever".')
    language = foreign_language(text)
    if language:
        raise AlbumError(
            f"This prompt looks like {language}; the rule planner reads English. Write it in English, "
            "or give a finished plan as JSON or YAML."
        )
    notes = [f"Removed {removed} invisible or control characters from the prompt."] if removed else []
    return text[:MAX_PROMPT_CHARS], notes


def _is_invisible(character: str) -> bool:
    """Control, format (bidirectional, zero-width), surrogate and private characters; not line breaks and tabs."""
    return character not in "\n\t\r" and unicodedata.category(character) in {"Cc", "Cf", "Cs", "Co", "Cn"}


def foreign_language(text: str) -> str | None:
    """The language a text looks like when that is clearly not English, else None."""
    scripts = [_script(character) for character in text if character.isalpha()]
    foreign = [script for script in scripts if script]
    if foreign and len(foreign) * 3 > len(scripts):
        return max(set(foreign), key=foreign.count)
    words = re.findall(r"[^\W\d_]+", text.lower())
    scores = {name: sum(word in known for word in words) for name, known in _FUNCTION_WORDS.items()}
    english = scores.pop("English")
    best = max(scores, key=lambda name: scores[name])
    if scores[best] >= 2 and scores[best] > 1.5 * english and scores[best] * 6 >= len(words):
        return best
    return None


def _script(character: str) -> str | None:
    if character.isascii():
        return None
    name = unicodedata.name(character, "")
    return next((language for script, language in _SCRIPTS.items() if name.startswith(script)), None)
