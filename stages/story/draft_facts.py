"""What a prompt says for certain, so that a language model cannot change it: read by the rule planner."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from ..errors import AlbumError
from ..records import AlbumPlan, Scene
from .activities import activities
from .clean import MAX_PROMPT_CHARS, clean_prompt
from .draft import clean_line
from .names import name_genders
from .planner import plan_story
from .requests import find_regions, read_requests
from .scan import Mention, tokenise
from .story_reading import all_mentions
from .who import Company, read_company

_PLAIN: Final = "a day in the park"  # stands in for a prompt that the rules cannot read, e.g. in another language
_TIMES: Final = ("clock", "daypart", "month", "season", "weekday", "holiday", "date")


@dataclass(frozen=True)
class Facts:
    """The rule planner's plan, and which of it the prompt really says; the rest is the model's to write.

    plan: by rules. readable: whether the rules could read the prompt at all. why: if not, their words. cast_said,
    places_said, times_said, weather_said: whether the prompt speaks of these. spans: whether it says how long the
    story takes. no_people, no_animals, banned: what it rules out ("dog", "child"). activities: keys that it names.
    words: all its words, lower case.
    """

    prompt: str
    plan: AlbumPlan
    readable: bool
    why: str = ""
    cast_said: bool = False
    places_said: bool = False
    times_said: bool = False
    weather_said: bool = False
    spans: bool = False
    no_people: bool = False
    no_animals: bool = False
    banned: frozenset[str] = frozenset()
    activities: frozenset[str] = frozenset()
    words: frozenset[str] = frozenset()

    def names(self, text: str) -> bool:
        """Whether the prompt holds the last word of a name or role: "Rex", "golden retriever", "my sister"."""
        own = words_in(text)
        return bool(own) and (own[-1] in self.words or f"{own[-1]}s" in self.words)

    def must(self, scene: Scene) -> str:
        """The activity that the prompt asks for and that a scene of the rule plan shows, or ""."""
        actions = {entry.action for entry in scene.cast}
        for key in sorted(self.activities):
            begin = activities()[key].action.split("{pet}")[0].strip()
            if begin and any(action.startswith(begin) for action in actions):
                return key
        return ""


def read_facts(prompt: str, *, photos: int | None, seed: int, style: str, start: datetime | None) -> Facts:
    """Read a prompt with the rule planner and mark what it says itself.

    Args:
        prompt: 1 to `MAX_PROMPT_CHARS` characters, in any language; only English is read by the rules.
        photos: as `plan_story` takes it.
        seed: as `plan_story` takes it.
        style: as `plan_story` takes it.
        start: as `plan_story` takes it.

    Raises:
        AlbumError: the prompt is empty or too long, or another argument is out of range.
    """
    text = _check_prompt(prompt)
    try:
        plan = plan_story(prompt, photos=photos, seed=seed, style=style, start=start)
    except AlbumError as error:
        plan = plan_story(_PLAIN, photos=photos, seed=seed, style=style, start=start)  # wrong arguments fail here too
        return Facts(text, plan, readable=False, why=str(error).split(":")[0].split(";")[0], times_said=bool(start))
    cleaned, _ = clean_prompt(prompt)
    requests = read_requests(cleaned)
    tokens = tokenise(requests.text)
    mentions = all_mentions(requests.text, tokens)
    known = frozenset(m.phrase.split()[0] for m in mentions if not m.sense("city")) | frozenset(name_genders())
    regions = find_regions(requests.text, known)
    company = read_company(requests.text, tokens, mentions, regions)
    said = _asker(mentions)
    return Facts(
        text,
        plan,
        readable=True,
        cast_said=_says_who(company),
        places_said=said("place") or said("city") or bool(regions),
        times_said=any(said(category) for category in _TIMES)
        or said("next_day")
        or bool(requests.series)
        or (start is not None and bool(start.hour or start.minute)),
        weather_said=said("weather"),
        spans=said("span"),
        no_people=company.no_people,
        no_animals=company.no_animals,
        banned=frozenset(company.banned),
        activities=frozenset(s.key for m in mentions if not m.negated and (s := m.sense("activity"))),
        words=frozenset(words_in(text)),
    )


def words_in(text: str) -> list[str]:
    """The words of a text, lower case, without a possessive 's."""
    return [word.removesuffix("'s") for word in re.findall(r"[^\W\d_]+(?:'[^\W\d_]+)?", text.lower())]


def _asker(mentions: list[Mention]) -> Callable[[str], bool]:
    return lambda category: any(not mention.negated and mention.sense(category) for mention in mentions)


def _says_who(company: Company) -> bool:
    return bool(company.people()) or company.narrator or company.family is not None or company.no_people


def _check_prompt(prompt: str) -> str:
    if not isinstance(prompt, str):
        raise AlbumError(f"The prompt must be text, but it is {type(prompt).__name__}.")
    if len(prompt) > MAX_PROMPT_CHARS:
        raise AlbumError(
            f"The prompt has {len(prompt):,} characters; at most {MAX_PROMPT_CHARS:,} are read. "
            "Shorten it to the events, or plan several albums."
        )
    text = clean_line(prompt)
    if not any(character.isalnum() for character in text):
        raise AlbumError('The prompt is empty: say what happens, e.g. "a day at the park with a golden retriever".')
    return text
