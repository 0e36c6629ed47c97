"""The prompt before it is read: bounds, invisible characters, and whether it is English at all."""

import re
import unicodedata
from typing import Final

from ..errors import AlbumError
from .lexicon_places import split_list

MAX_PROMPT_CHARS: Final = 4000  # what AlbumPlan.prompt keeps; about two pages

# The commonest words of each language; for those that are refused also nouns of albums, as prompts are terse.
_COMMON_WORDS: Final[dict[str, frozenset[str]]] = {
    "English": frozenset(
        split_list(
            "a; after; an; and; are; as; at; be; been; before; but; by; day; during; for; from; had; has; have; "
            "he; her; him; his; i; in; into; is; it; its; me; my; no; not; of; on; or; our; out; over; she; some; "
            "that; the; their; them; then; there; these; they; this; those; through; to; up; us; was; we; were; "
            "when; while; who; with; without; you; your"
        )
    ),
    "German": frozenset(
        split_list(
            "abend; am; auch; auf; bei; berg; bilder; dann; das; dem; den; der; die; durch; ein; eine; einem; "
            "einen; einer; essen; familie; fotos; frau; freund; freunde; für; garten; geburtstag; haus; hochzeit; "
            "hund; ich; ihr; ihre; ihrem; ihren; im; ist; junge; katze; kinder; mann; mein; mit; morgen; mutter; "
            "mädchen; nach; nicht; oma; opa; regen; reise; schnee; schule; see; seine; seinem; sind; sommer; "
            "spielen; stadt; strand; tag; und; unser; unsere; urlaub; vater; von; wald; wir; zu; zum; zur; über"
        )
    ),
    "Spanish": frozenset(
        split_list(
            "abuela; abuelo; al; amigo; amigos; boda; bosque; casa; ciudad; con; cumpleaños; de; del; despues; "
            "después; dia; día; el; en; es; escuela; familia; fotos; fue; gato; hombre; jardín; la; las; lluvia; "
            "los; luego; madre; mañana; mi; montaña; mujer; muy; nieve; niña; niñas; niño; niños; noche; "
            "nosotros; nuestra; nuestro; padre; para; perro; playa; por; que; se; sin; son; su; sus; tarde; un; "
            "una; unos; verano; viaje; y"
        )
    ),
    "French": frozenset(
        split_list(
            "ami; amis; anniversaire; après; au; aux; avec; chez; chien; dans; de; des; du; elle; enfants; est; "
            "et; famille; femme; forêt; homme; ils; jardin; jour; la; le; les; leur; maison; mariage; matin; mon; "
            "montagne; mère; neige; notre; nous; plage; pluie; pour; puis; père; sa; ses; soir; son; sont; sur; "
            "un; une; ville; voyage; à; école; été"
        )
    ),
    "Italian": frozenset(
        split_list(
            "al; amici; bambini; bosco; cane; casa; città; compleanno; con; del; della; di; donna; dopo; e; "
            "famiglia; gatto; giardino; giorno; gli; il; la; lo; madre; matrimonio; mattina; montagna; nel; "
            "nella; neve; nonna; nonno; nostra; nostro; padre; per; pioggia; poi; scuola; sera; sono; spiaggia; "
            "sua; suo; un; una; uomo; viaggio; è"
        )
    ),
    "Portuguese": frozenset(
        split_list(
            "a; amigos; aniversário; ao; as; avó; avô; cachorro; casa; casamento; chuva; cidade; com; crianças; "
            "cão; da; de; depois; dia; do; e; em; escola; família; floresta; gato; homem; jardim; manhã; "
            "montanha; mulher; mãe; na; neve; no; noite; nossa; nosso; o; os; pai; para; por; praia; seu; sua; "
            "são; um; uma; verão; viagem; é"
        )
    ),
    "Dutch": frozenset(
        split_list(
            "aan; avond; berg; bos; bruiloft; dag; dan; de; een; en; familie; gezin; haar; het; hond; huis; hun; "
            "in; is; kat; kinderen; man; met; moeder; na; naar; niet; ochtend; op; regen; reis; sneeuw; stad; "
            "strand; tuin; vader; van; verjaardag; vrienden; vrouw; wij; zijn; zomer"
        )
    ),
    "Polish": frozenset(split_list("do; dzień; i; jest; na; nad; nie; od; po; potem; przy; się; w; z; że")),
    "Swedish": frozenset(split_list("av; dag; den; det; efter; en; ett; i; med; och; på; sedan; som; till; vi; är")),
    "Turkish": frozenset(split_list("bir; bu; da; de; gün; ile; için; sonra; ve; çok")),
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
    text = re.sub(r"\bw/o\b\s*", "without ", text, flags=re.I)
    text = re.sub(r"\bw/\s*", "with ", text, flags=re.I)
    text = re.sub(r"\b(Mrs?|Ms|Dr|Prof|St)\. (?=[A-Z])", r"\1 ", text)  # these points end no sentence
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
    scores = {name: sum(word in known for word in words) for name, known in _COMMON_WORDS.items()}
    english = scores.pop("English")
    best = max(scores, key=lambda name: scores[name])
    telling = max(1, round(len(words) * 0.15)) if len(words) <= 4 else 2
    if scores[best] >= telling and scores[best] > 1.5 * english and scores[best] * 6 >= len(words):
        return best
    return None


def _script(character: str) -> str | None:
    if character.isascii():
        return None
    name = unicodedata.name(character, "")
    return next((language for script, language in _SCRIPTS.items() if name.startswith(script)), None)
