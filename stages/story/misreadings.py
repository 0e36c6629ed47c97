"""Known phrases that mean something else where they stand: "may" the verb, roast lamb, the place and not the deed."""

from collections.abc import Callable
from typing import TYPE_CHECKING, Final

from .lexicon_lands import AMBIGUOUS_LANDS
from .lexicon_objects import OBJECT_WORDS
from .lexicon_people import AGE_WORDS, NUMBERS
from .lexicon_places import split_list
from .lexicon_trades import VERBS_TOO

if TYPE_CHECKING:
    from .scan import Mention, Token

    LookUp = Callable[[list[Token], int], Mention | None]

ARTICLES: Final = frozenset(
    ("a", "an", "the", "my", "our", "his", "her", "their", "your", "this", "that", "other", "another", "as", "whole")
)
_BEFORE_LANDS: Final = frozenset(
    split_list(
        "in; to; through; across; around; from; near; of; and; visiting; via; for; leaving; exploring; at; "
        "over; ,; outside; :; then; monday; tuesday; wednesday; thursday; friday; saturday; sunday; day; days; "
        "weekend; week; "
        "january; february; march; april; may; june; july; august; september; october; november; december; night; -"
    )
)
_PETS_ONLY: Final = frozenset(("dog", "puppy", "pup", "cat", "kitten", "parrot", "hamster"))
_FOODS: Final = frozenset(
    split_list(
        "roast; soup; stew; curry; cheese; chops; chop; wings; nuggets; pie; sandwich; sandwiches; burger; "
        "burgers; taco; "
        "tacos; cakes; salad; sausage; sausages; biryani; noodles; rice; kebab; kebabs; broth; dinner; breast; leg; "
        "skewers; tikka; tagine; pho; milk; eggs; shank; schnitzel; ragu; meat; fillet; pot pie; dumplings; "
        "adobo; satay"
    )
)
_COOKED: Final = frozenset(
    split_list(
        "roast; roasted; roasting; grilled; grilling; fried; frying; bbq; smoked; stuffed; baked; braised; jerk; "
        "cooking; "
        "cooks; cooked; eat; eats; eating; ate; teriyaki; tandoori; peking; butter; crispy; chocolate; gingerbread"
    )
)
_IMAGES: Final = frozenset(
    (
        "costume",
        "costumes",
        "toy",
        "toys",
        "balloon",
        "mask",
        "figurine",
        "print",
        "pattern",
        "lanterns",
        "kite",
        "float",
        "post",
        "themed",
        "shaped",
        "theme",
    )
)
_TOYS: Final = frozenset(
    split_list(
        "toy; rubber; wooden; rocking; teddy; plush; inflatable; origami; paper; porcelain; stone; bronze; marble"
    )
)
_THINGS: Final = frozenset(
    word for words in OBJECT_WORDS.values() for word in split_list(words) if " " not in word and word != "bowl"
)
_MINIATURE: Final = frozenset(("model", "toy", "miniature", "lego", "cardboard", "gingerbread", "doll", "playmobil"))
_NEIGHBORLY: Final = frozenset(("neighborhood", "neighbourhood", "village", "street", "school", "farm", "city", "town"))
_PREPOSITIONS: Final = frozenset(("at", "in", "into", "inside", "near", "from", "behind", "outside"))
_BEFORE_MONTHS: Final = frozenset(
    (
        "in",
        "of",
        "since",
        "until",
        "early",
        "late",
        "mid",
        "this",
        "last",
        "next",
        "during",
        "from",
        "every",
        "by",
        "each",
    )
)
_SUBJECTS: Final = frozenset(("we", "i", "they", "he", "she", "dad", "mom", "and", "then"))
_SEASONAL: Final = frozenset(
    split_list(
        "coat; coats; boots; jacket; jackets; clothes; dress; dresses; tires; rolls; onions; gloves; hat; hats; roll"
    )
)
_FEEDS: Final = frozenset(("feed", "feeds", "feeding", "fed"))
_SKILLED: Final = frozenset(
    split_list(
        "teacher; coach; instructor; tutor; team; player; players; fan; fans; buddy; champion; star; teammates; class"
    )
)
_ONLY_THOUGHT: Final = frozenset(  # what somebody fears, draws or longs for is in no picture
    split_list(
        "scared; afraid; allergic; dreams; dream; dreaming; dreamed; likes; about; imagines; draws; drawing; "
        "drew; fears"
    )
)
_NOT_NOUNS: Final = frozenset(("fall", "rest", "play", "stroll", "spring", "train", "park", "camp", "fish", "bears"))
_OWN_NOUN: Final = frozenset(("a", "an", "old", "young", "my", "our", "s"))


def misread(mention: "Mention", tokens: "list[Token]", look_up: "LookUp") -> bool:
    """Take away the senses that a phrase cannot have here; whether none is left.

    Args:
        mention: changed in place.
        tokens: of the prompt.
        look_up: finds the longest known phrase at a token.
    """
    if mention.phrase in {"may", "march"}:
        return not _is_month(mention, tokens)
    if mention.sense("land") or mention.sense("city"):
        return _is_no_land(mention, tokens)
    before = tokens[mention.start - 1].word if mention.start else ""
    if _is_idiom(mention, tokens, look_up, before):
        return True
    _drop_deed(mention, tokens, look_up, before)
    if mention.sense("animal") and _is_no_animal(mention, tokens):
        _drop(mention, "animal")
    if mention.phrase in VERBS_TOO and mention.sense("person") and not _is_noun(mention, tokens):
        _drop(mention, "person")
    if _is_no_place(mention, tokens, look_up, before):
        _drop(mention, "place")
    if mention.phrase == "carnival":
        _drop(mention, "holiday" if before in {"the", "a", "at"} else "place")
    return not mention.senses


def _drop(mention: "Mention", category: str) -> None:
    mention.senses = tuple(sense for sense in mention.senses if sense.category != category)


def _word_after(mention: "Mention", tokens: "list[Token]") -> str:
    return tokens[mention.end].word if mention.end < len(tokens) else ""


def _is_month(mention: "Mention", tokens: "list[Token]") -> bool:
    if mention.start and tokens[mention.start - 1].word in _BEFORE_MONTHS:
        return True
    return tokens[mention.start].text[0].isupper() and not (mention.phrase == "may" and mention.start == 0)


def _is_no_land(mention: "Mention", tokens: "list[Token]") -> bool:
    shouted = tokens[mention.start].text[0].isupper()
    before = tokens[mention.start - 1].word if mention.start else ""
    unsure = mention.phrase in AMBIGUOUS_LANDS and (not shouted or before not in _BEFORE_LANDS)
    return unsure or (mention.phrase in {"bath", "turkey", "china"} and not shouted)


def _is_idiom(mention: "Mention", tokens: "list[Token]", look_up: "LookUp", before: str) -> bool:
    """Whether the whole phrase means nothing to the story: "Santa Cruz", "winter coats", "to rest"."""
    if mention.phrase in {"year old", "year olds"}:
        return _describes_next(mention, tokens, look_up)
    if mention.phrase == "santa" and mention.end < len(tokens) and tokens[mention.end].text[0].isupper():
        return True
    if mention.sense("season") and _word_after(mention, tokens) in _SEASONAL:
        return True
    if mention.phrase in _NOT_NOUNS and mention.sense("activity") is None:
        return before in {"to", "will", "can", "we", "they", "i"}
    return mention.sense("ignored") is not None


def _drop_deed(mention: "Mention", tokens: "list[Token]", look_up: "LookUp", before: str) -> None:
    """Take the activity away where it is a place, a trade, an adjective or a subject of talk."""
    if mention.sense("activity") is None:
        return
    after = _word_after(mention, tokens)
    person = mention.sense("person") is not None
    found = look_up(tokens, mention.end) if mention.end < len(tokens) else None
    unwanted = (
        (person and (before in _OWN_NOUN or bool(found and found.sense("person"))))
        or (mention.sense("place") is not None and _is_where(mention, tokens))
        or (after in _SKILLED and mention.end - mention.start == 1)
        or _teaches(mention, tokens, look_up)
        or before == "about"
        or _is_adjective(mention, tokens, before)
        or (mention.phrase in _FEEDS and not _feeds_animal(mention, tokens, look_up))
    )
    if unwanted:
        _drop(mention, "activity")


def _is_adjective(mention: "Mention", tokens: "list[Token]", before: str) -> bool:
    """Whether a participle describes food: "grilled fish for dinner", but "we grilled sausages"."""
    if mention.phrase not in _COOKED or before in _SUBJECTS or mention.end >= len(tokens):
        return False
    return not tokens[mention.end].mark and tokens[mention.end].word not in ARTICLES


def _feeds_animal(mention: "Mention", tokens: "list[Token]", look_up: "LookUp") -> bool:
    for at in range(mention.end, min(len(tokens), mention.end + 5)):
        found = look_up(tokens, at)
        if tokens[at].word in {"it", "them", "him"} or (found and (found.sense("animal") or found.sense("nobody"))):
            return True
    return False


def _describes_next(mention: "Mention", tokens: "list[Token]", look_up: "LookUp") -> bool:
    """Whether "seven year old" stands before the person or animal that it describes."""
    for at in range(mention.end, min(len(tokens), mention.end + 4)):
        if tokens[at].mark or tokens[at].word in {"and", "with", "in", "at", "is", "who", "has", "goes"}:
            return False
        found = look_up(tokens, at)
        if tokens[at].text[0].isupper() or (found and (found.sense("person") or found.sense("animal"))):
            return True
    return False


def _is_where(mention: "Mention", tokens: "list[Token]") -> bool:
    """Whether a word is only the place: "dance at the old gym"."""
    at = mention.start - 1
    while at > 0 and not tokens[at].mark and mention.start - at < 4 and tokens[at].word not in _PREPOSITIONS:
        at -= 1
    return mention.start - at > 1 and tokens[max(0, at)].word in _PREPOSITIONS and tokens[at + 1].word in ARTICLES


def _teaches(mention: "Mention", tokens: "list[Token]", look_up: "LookUp") -> bool:
    """Whether what is taught or learnt follows and says more: "teaches his daughter to ride a bike"."""
    if mention.phrase.split()[0] not in {"teach", "teaches", "taught", "teaching", "show", "shows", "showed"}:
        return False
    for at in range(mention.end, min(len(tokens), mention.end + 14)):
        if tokens[at].word == "to":
            return any(look_up(tokens, later) for later in range(at + 1, min(len(tokens), at + 4)))
    return False


def _is_no_animal(mention: "Mention", tokens: "list[Token]") -> bool:
    """Whether an animal's name means food, a toy or a costume: "roast lamb", "chicken soup", "a rocking horse"."""
    before = tokens[mention.start - 1].word if mention.start else ""
    after = tokens[mention.end].word if mention.end < len(tokens) else ""
    earlier = {token.word for token in tokens[max(0, mention.start - 3) : mention.start]}
    later = {token.word for token in tokens[mention.end : mention.end + 2] if not token.mark}
    edible = not any(sense.category == "animal" and sense.key in _PETS_ONLY for sense in mention.senses)
    return (
        (edible and (after in _FOODS or before in _COOKED))
        or after in _IMAGES
        or before in _TOYS
        or bool(_ONLY_THOUGHT & earlier and not earlier & {"the", "and", "with"})
        or (edible and _is_thing(tokens, mention.end))
        or ("dressed" in earlier and "as" in earlier)
        or bool(earlier & {"shaped", "themed", "looks", "looking"} and before in {"a", "an", "like"})
        or bool(later & {"costume", "costumes", "outfit", "onesie", "mask", "statue", "sculpture"})
    )


def _is_no_place(mention: "Mention", tokens: "list[Token]", look_up: "LookUp", before: str) -> bool:
    """Whether a place only describes people, or is a toy: "the neighborhood kids", "a model train"."""
    if mention.sense("place") is None:
        return False
    found = look_up(tokens, mention.end) if mention.end < len(tokens) else None
    describes = mention.phrase in _NEIGHBORLY and before in ARTICLES and found is not None
    return before in _MINIATURE or (describes and found is not None and found.sense("person") is not None)


def _is_thing(tokens: "list[Token]", at: int) -> bool:
    """Whether a thing follows, which an animal's name then only describes: "a unicorn cake"."""
    following = tokens[at].word if at < len(tokens) else ""
    return following in _THINGS


def _is_noun(mention: "Mention", tokens: "list[Token]") -> bool:
    """Whether an article, a number or an adjective before a word that is also a verb makes it a person."""
    before = tokens[mention.start - 1] if mention.start else None
    following = tokens[mention.end] if mention.end < len(tokens) else None
    if following and following.word == "of":
        return True
    if before is None or before.mark:
        return bool(following and following.text[0].isupper())
    return (
        before.word in ARTICLES
        or before.possessive
        or before.word in NUMBERS
        or before.word.isdecimal()
        or before.word in AGE_WORDS
        or before.word.endswith(("ing", "ed", "al", "ful", "ous", "ish", "ive", "y", "tion", "ment"))
        or bool(following and following.text[0].isupper())
    )
