"""Captions and titles: templates filled so that names, verbs and articles agree."""

import random
import re
from dataclasses import dataclass
from datetime import datetime
from typing import Final

# Placeholders: {All} everybody in the photo, {Who} the people, {One} the person in front, {Other} the next one,
# {Pet} the animals; lower case inside a sentence. [plural/singular] agrees with the last of them.
_PART: Final = re.compile(r"\{(\w+)\}|\[([^\]/]+)/([^\]]+)\]")

ARRIVALS: Final = (
    "{Lead} {at}: {sight}, and {all} [have/has] the whole {part} ahead",
    "{All} [arrive/arrives] {at} while {sight}",
    "{Lead} {at}. {All} [look/looks] around: {sight}",
    "Here at last: {all} {at}, where {sight}",
    "{All} {at}, and {sight}",
    "{Lead} {at}. The first thing {all} [notice/notices] is {feature}",
    "{All} [set/sets] off past {feature}; {sight}",
)
FIRST_ARRIVALS: Final = (
    "It begins {at}: {sight}, and {all} [are/is] ready for the {part}",
    "{Lead} {at}, and the story of {all} begins: {sight}",
    "{All} [arrive/arrives] {at}; {sight}",
    "Off we go, say the faces: {all} {at}, and {sight}",
)
AT_HOME: Final = (
    "{Lead} {at}: {sight}, and {all} [have/has] the {part} to fill",
    "{At}, {sight}, and {all} [are/is] in no hurry",
    "{All} {at}, between {feature} and the window: {sight}",
    "{Lead}, and {all} [are/is] {at}. {Sight}",
)
PORTRAITS: Final = (
    "{One}, for once holding still",
    "The look on {one}'s face says it all",
    "{One} [laugh/laughs] at something just outside the picture",
    "{Wind} in the hair, light in the eyes: {one} {at}",
    "{One} in the {light} light, a picture to keep",
    "A quiet moment for {one}, with {feature} behind",
    "{One} [have/has] just heard the best joke of the {part}",
    "Nobody told {one} to smile. It just happened",
    "Close enough to count the smile lines: {one}",
    "{One}, thinking of something good",
    "This is how {one} [look/looks] when everything is right",
    "{One} [look/looks] up, and the camera is quick enough",
)
PET_PORTRAITS: Final = (
    "{Pet}, star of the {part}",
    "{Pet} [know/knows] which side is the good one",
    "A very serious portrait of {pet}",
    "{Pet} [look/looks] straight into the camera, and into every pocket",
    "Those eyes. {Pet} [have/has] never been refused a treat",
    "Head tilted, ears up: {pet} [hear/hears] every word",
)
LEAVINGS: Final = (
    "{Lead}, and {all} [turn/turns] round once more to look at {feature}",
    "Time to go. {All} [leave/leaves] slowly, and on purpose",
    "{All} [head/heads] home, tired in the best way",
    "One last picture before home: {all} {at}",
    "The {part} ends, and {all} [take/takes] it along",
)
HOME_LEAVINGS: Final = (
    "{Lead}, and everything is where it belongs: {all} {at}",
    "The {part} grows quiet around {all}",
    "One last picture for today: {all} beside {feature}",
    "That was the day, {all} [agree/agrees], and a good one",
)
SCENICS: Final = (
    "{Lead} {at}: {sight}",
    "Nobody here but {feature} and the {light} light",
    "{Feature}, as it has always been",
    "{Sight}, and otherwise there is silence",
    "The {part} belongs to {feature}",
    "Look closer: {feature}, in the {light} light",
    "{Lead}, and {sight}",
)
_LEADS: Final = {
    "clear": ("A bright {part}", "A clear {part}", "A sunny {part}"), "partly_cloudy": ("A mild {part}",
    "A fine {part}", "A soft {part}"),
    "overcast": ("A grey, gentle {part}", "A calm {part}", "A quiet {part}"), "rain": ("A rainy {part}",
    "A wet {part}"), "snow": ("A snowy {part}", "A white {part}"),
    "fog": ("A misty {part}", "A foggy {part}"), "storm": ("A stormy {part}",), "wind": ("A windy {part}",
    "A breezy {part}"),
}  # fmt: skip
_DARK_LEADS: Final = {
    "night": ("A clear night", "A quiet night", "A warm night"),
    "indoor": ("A quiet {part}", "An easy {part}", "A cosy {part}"),
}
LIGHT_WORDS: Final = {
    "sunrise": "first", "daylight": "clear", "golden_hour": "golden", "blue_hour": "blue", "night": "starry",
    "lamplight": "warm",
    "firelight": "flickering",
}  # fmt: skip


TAILS: Final = (  # second sentences, for when a caption would repeat
    "{Sight}",
    "It is {clock}, and {sight}",
    "Behind: {feature}",
    "{Lead}, and {sight}",
    "{Feature} [keep/keeps] watch",
    "{Clock}, by {feature}",
    "{Sight}, not far from {feature}",
    "The {part} goes on past {feature}",
    "{Lead} by {feature}",
    "{Clock}: {sight}",
    "From here one sees {feature}",
    "It is {clock} now",
)
LOOKING_ON: Final = (
    "{Pet} [look/looks] on",
    "Nearby, {pet} [take/takes] no notice",
    "{Pet} [come/comes] closer to see",
    "Close by: {pet}",
    "{Pet} [keep/keeps] them company",
)
_SUNNY: Final = re.compile(r"\b(?:sun|sunny|sunlight|sunshine|sunbeams?|sunlit|blue sky|shade|bright)\b", re.I)
_STARRY: Final = re.compile(r"\b(?:stars?|starry|moon|moonlight)\b", re.I)


def contradicts(text: str, weather: str, lighting: str) -> bool:
    """Whether a sentence speaks of a sky that this picture does not have."""
    covered = weather in {"overcast", "rain", "storm", "snow", "fog"}
    dark = lighting in {"night", "blue_hour", "firelight"}
    return bool((covered or dark) and _SUNNY.search(text)) or bool(covered and _STARRY.search(text))


def spoken_clock(moment: datetime) -> str:
    """As in "just after three", "nearly half past ten": the time as people say it."""
    quarters = round((moment.hour * 60 + moment.minute) / 15)
    off = moment.hour * 60 + moment.minute - quarters * 15
    hour, quarter = quarters // 4, quarters % 4
    named = _HOURS[(hour + (quarter == 3)) % 12]
    text = {0: named, 1: f"a quarter past {named}", 2: f"half past {named}", 3: f"a quarter to {named}"}[quarter]
    return f"just after {text}" if off > 2 else f"nearly {text}" if off < -2 else f"about {text}"


_HOURS: Final = (
    "twelve", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven",
)  # fmt: skip


@dataclass(frozen=True)
class Subject:
    """How the caption calls somebody, and whether a verb must be plural."""

    text: str
    plural: bool = False


def join_names(names: list[str]) -> str:
    """One name, "Ana and Bo", or "Ana, Bo and Cy"."""
    return names[0] if len(names) == 1 else f"{', '.join(names[:-1])} and {names[-1]}"


def fills(template: str, subjects: dict[str, Subject], words: dict[str, str]) -> bool:
    """Whether everything that a template asks for is there."""
    return all(name.lower() in subjects or name.lower() in words for name, _, _ in _PART.findall(template) if name)


def fill(template: str, subjects: dict[str, Subject], words: dict[str, str]) -> str:
    """Put subjects and words into a template; verbs agree with the subject last named, sentences start upper case."""
    plural = False

    def put(match: re.Match[str]) -> str:
        nonlocal plural
        name, many, one = match.groups()
        if not name:
            return many if plural else one
        key = name.lower()
        if key in subjects:
            plural = subjects[key].plural
            text = subjects[key].text
        else:
            text = words[key]
        return text[:1].upper() + text[1:] if name[0].isupper() else text

    text = _PART.sub(put, template)
    text = re.sub(r"\bboth of ([^ ]+ and [^ ]+)", r"\1", text)
    return text[:1].upper() + text[1:]


def choose(
    templates: list[str], subjects: dict[str, Subject], words: dict[str, str], used: dict[str, int], rng: random.Random
) -> str:
    """The least used template that fits, chosen by the scene's own draw among equals."""
    fitting = [template for template in templates if fills(template, subjects, words)]
    if not fitting:
        return ""
    fewest = min(used.get(template, 0) for template in fitting)
    template = rng.choice([template for template in fitting if used.get(template, 0) == fewest])
    used[template] = used.get(template, 0) + 1
    return fill(template, subjects, words)


def lead(weather: str, lighting: str, part: str, *, indoor: bool, rng: random.Random) -> str:
    """Weather and part of the day as the opening of a sentence: "A bright morning"."""
    if indoor:
        options = _DARK_LEADS["indoor"]
    elif lighting in {"night", "firelight"} and weather in {"clear", "partly_cloudy"}:
        options = _DARK_LEADS["night"] if part == "night" else ("A clear {part}", "A quiet {part}")
    elif lighting == "blue_hour" and weather == "clear":
        options = ("A blue {part}", "A clear {part}")
    else:
        options = _LEADS[weather]
    return rng.choice(options).replace("{part}", part)


def day_part(hour: int) -> str:
    """morning, midday, afternoon, evening or night."""
    limits = ((5, "night"), (12, "morning"), (14, "midday"), (18, "afternoon"), (22, "evening"))
    return next((name for limit, name in limits if hour < limit), "night")


def the(feature: str) -> str:
    """A feature with its article, for use inside a sentence."""
    return feature if feature.startswith(("the ", "a ", "an ")) else f"the {feature}"


def title_case(text: str) -> str:
    """Title capitals, small words small: "A Day at the Park"."""
    small = {"a", "an", "the", "and", "at", "in", "of", "on", "with", "for", "to", "by", "across", "from"}
    words = text.split()
    return " ".join(
        w if w[:1].isupper() else w if index and w in small else w[:1].upper() + w[1:] for index, w in enumerate(words)
    )
