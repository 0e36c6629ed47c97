"""The rule planner: a prompt in, a whole album plan out, without a model."""

import random
import re
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from ..errors import AlbumError
from ..records import MAX_SCENES, AlbumPlan, Character, CharacterRelation, Environment, Outfit, Scene, Style
from ..seeds import derive_seed
from ..vocabulary import STYLE_NAMES
from .beats import Beat, plan_beats, share_photos
from .casting import complete_cast, is_wild
from .clean import clean_prompt
from .events import Event, Place, find_clocks, plain_place, read_events
from .expand import expand_events, is_trip
from .lexicon_places import PLACE_KINDS, split_list
from .lexicon_time import SPANS, THEMES
from .looks import make_characters
from .names import name_genders
from .requests import Requests, find_regions, read_requests
from .scan import Mention, find_mentions, tokenise
from .scenes import make_scene
from .stage import Setting, Stage
from .titles import summarise, title_of
from .when import schedule, weather_at
from .who import Company, Part, read_company

PLANNER: Final = "rules@1"
DEFAULT_PHOTOS: Final = 8
_FALLBACK_KINDS: Final = ("park", "old_town", "beach", "forest", "lake", "market", "garden")
_FORMAL_INDOOR: Final = frozenset({"museum", "restaurant", "classroom"})  # pets stay outside unless the prompt says so


@dataclass
class _Reading:
    """All that was read from the prompt, before anything is filled in."""

    text: str
    requests: Requests
    mentions: list[Mention]
    regions: list[tuple[int, int, str]]
    events: list[Event]
    company: Company
    notes: list[str]

    def phrases(self) -> set[str]:
        return {mention.phrase for mention in self.mentions if not mention.negated}

    def first(self, category: str) -> str:
        return next((s.key for m in self.mentions if not m.negated and (s := m.sense(category))), "")


def plan_story(prompt: str, *, photos: int | None, seed: int, style: str, start: datetime | None = None) -> AlbumPlan:
    """Plan an album from a prompt by rules.

    Reads events in the order in which they happened, people and animals, places, times, weather, themes and style,
    and fills in what is not said from seeded choices that the plan's notes list. Never reads the clock.

    Args:
        prompt: English text, 1 to `MAX_PROMPT_CHARS` characters.
        photos: number of scenes, 1 to `MAX_SCENES`; None for the prompt's own number, else a fitting one.
        seed: 0 to 2**63 - 1; the same arguments give the same plan.
        style: a style name, or "auto" to read it from the prompt.
        start: date and time of the first scene when the prompt has none, without time zone.

    Raises:
        AlbumError: the prompt is empty, too long, not English or has no word that the planner knows; or `photos`,
            `seed`, `style` or `start` is out of range.
    """
    _check_arguments(photos, seed, style, start)
    reading = _read(prompt, seed)
    draw = derive_seed(seed, reading.text)  # another story with the same seed gets another cast
    days = _days(reading)
    count = _photo_count(reading, photos, days)
    rng = random.Random(derive_seed(draw, "story"))  # noqa: S311
    events = expand_events(
        reading.events, series=reading.requests.series, phrases=reading.phrases(), days=days, photos=count, rng=rng
    )
    for event in events:
        if event.place is None:
            event.place = plain_place(rng.choice(_FALLBACK_KINDS))
            reading.notes.append(f"Filled in the place: {event.place.noun}.")
    first = events[0].place
    kind = first.kind if first and first.noun not in {"university", "college", "campus", "lecture hall"} else ""
    said = {key for event in events for key in event.said}
    late = all((event.minute or 0) >= 1260 for event in events)
    holiday = next((event.holiday for event in events if event.holiday), "")
    cast_rng = random.Random(derive_seed(draw, "cast"))  # noqa: S311
    relations = complete_cast(reading.company, cast_rng, holiday=holiday, kind=kind, said=said, late=late)
    characters = make_characters(reading.company.parts, relations, seed=draw)
    plan = _assemble(reading, events, characters, relations, count, days, draw, style, start)
    return plan.model_copy(update={"seed": seed})


def _check_arguments(photos: int | None, seed: int, style: str, start: datetime | None) -> None:
    if photos is not None and (not isinstance(photos, int) or not 1 <= photos <= MAX_SCENES):
        raise AlbumError(f"The number of photos must be from 1 to {MAX_SCENES}, but it is {photos}.")
    if not isinstance(seed, int) or not 0 <= seed < 2**63:
        raise AlbumError(f"The seed must be from 0 to {2**63 - 1}, but it is {seed}.")
    if style != "auto" and style not in STYLE_NAMES:
        raise AlbumError(f"There is no style '{style}'; choose auto or one of {', '.join(STYLE_NAMES)}.")
    if start is not None and start.tzinfo is not None:
        raise AlbumError("The start must be local wall-clock time without a time zone, e.g. 2026-06-14T09:30:00.")
    if start is not None and not 1900 <= start.year <= 2900:
        raise AlbumError(f"The start must be in the years 1900 to 2900, but it is in {start.year}.")


def _read(prompt: str, seed: int) -> _Reading:
    text, notes = clean_prompt(prompt)
    requests = read_requests(text)
    tokens = tokenise(requests.text)
    mentions = sorted([*find_mentions(tokens), *find_clocks(tokens)], key=lambda mention: mention.start)
    known = frozenset(m.phrase.split()[0] for m in mentions if not m.sense("city")) | frozenset(name_genders())
    regions = find_regions(requests.text, known)
    company = read_company(requests.text, tokens, mentions, regions)
    if (
        not any(not m.negated for m in mentions)
        and not company.parts
        and not company.together
        and not requests.series
        and not requests.themes
    ):
        raise AlbumError(
            "Nothing in this prompt is known to the rule planner. Say who does what and where in plain English, "
            'e.g. "two friends and a dog at the beach, then dinner in town".'
        )
    events = read_events(tokens, mentions, regions, random.Random(derive_seed(seed, "places")))  # noqa: S311
    return _Reading(text, requests, mentions, regions, events, company, [*notes, *company.notes])


def _days(reading: _Reading) -> float:
    spans = [SPANS[m.phrase] for m in reading.mentions if not m.negated and m.sense("span")]
    said = re.search(
        r"\b(\d{1,2}|two|three|four|five|six|seven|ten)[\s-]+(days?|nights?|weeks?)\b", reading.requests.text, re.I
    )
    if said:
        from .requests import number

        return float(min(60, (number(said.group(1)) or 1) * (7 if said.group(2).lower().startswith("week") else 1)))
    return max(spans, default=0.0)


def _photo_count(reading: _Reading, photos: int | None, days: float) -> int:
    asked = reading.requests.count
    if photos is None and asked and asked > MAX_SCENES:
        reading.notes.append(f"Asked for {asked} photos; made {MAX_SCENES}, the most of one album.")
    if photos is not None or asked:
        return min(MAX_SCENES, photos or asked or DEFAULT_PHOTOS)
    series = {"months": 12, "seasons": 8, "weekdays": 7}.get(reading.requests.series, 0)
    return series or min(
        24, max(DEFAULT_PHOTOS, 2 * len(reading.events), len({e.month for e in reading.events if e.month}))
    )


def _assemble(
    reading: _Reading,
    events: list[Event],
    characters: list[Character],
    relations: list[tuple[int, str, int]],
    count: int,
    days: float,
    seed: int,
    style: str,
    start: datetime | None,
) -> AlbumPlan:
    told = len(events)
    events, counts = share_photos(events, count)
    if len(events) < told:
        reading.notes.append(f"The prompt tells {told} events; {count} photos show the most important of them.")
    environments, homes = _environments(events, seed)
    parts = reading.company.parts
    wild = {c.id for c, part in zip(characters, parts, strict=True) if part.kind == "animal" and is_wild(part)}
    links = [(characters[s].id, kind, characters[o].id) for s, kind, o in relations]
    times = schedule(events, counts, seed=seed, days=days, trip=is_trip(reading.phrases()) or days >= 3, start=start)
    stage = Stage(
        seed, characters, wild, links, {c.id: [] for c in characters}, times[0][0].date(), mood=_theme_mood(reading)
    )
    scenes: list[Scene] = []
    done: dict[str, int] = {}
    weather_said = _story_weather(reading, events)
    for index, event in enumerate(events):
        present = _present(event, index, events, parts, characters)
        weather = weather_at(event, times[index][0], seed=seed, said=weather_said)
        setting = _setting(event, homes[index], environments, weather, present, reading, characters)
        beats = _beats(
            event,
            counts[index],
            setting,
            wild,
            index,
            len(events),
            times[index][0],
            done,
            seed,
            index == 0 or homes[index] != homes[index - 1],
        )
        for beat, moment in zip(beats, times[index], strict=True):
            last = len(scenes) + 1 == count
            closing = _closing(reading, seed, len(scenes), count) if last or len(scenes) + 1 == (count + 1) // 2 else ""
            scenes.append(
                make_scene(
                    stage,
                    setting,
                    beat,
                    moment,
                    len(scenes) + 1,
                    closing=closing if beat.form != "detail" or last else "",
                )
            )
    dressed = [
        c if c.kind == "animal" else c.model_copy(update={"outfits": stage.outfits[c.id] or [Outfit(id="day1")]})
        for c in characters
    ]
    used = {scene.environment for scene in scenes}
    title = title_of(
        reading.text, events, characters, wild, reading.phrases(), [r for _, _, r in reading.regions], seed
    )
    return AlbumPlan(
        title=title,
        summary=summarise(events, dressed, wild, scenes, reading.requests.said_themes, environments),
        prompt=reading.text,
        planner=PLANNER,
        style=_style(reading, style),
        seed=seed,
        characters=dressed,
        relations=[CharacterRelation(subject=s, kind=kind, object=o) for s, kind, o in links],  # type: ignore[arg-type]
        environments=[place for place in environments.values() if place.id in used],
        scenes=scenes,
        notes=[note[:200] for note in dict.fromkeys([*reading.notes, *_filled_notes(reading)])][:60],
    )


def _environments(events: list[Event], seed: int) -> tuple[dict[str, Environment], list[str]]:
    """One environment per distinct place, with lasting features; and the environment id of each event."""
    environments: dict[str, Environment] = {}
    homes: list[str] = []
    ids: dict[tuple[str, str], str] = {}
    for event in events:
        place = event.place or plain_place("park")
        key = (place.kind, place.noun)
        if key not in ids:
            ids[key] = _place_id(place, set(environments))
            environments[ids[key]] = _environment(place, ids[key], seed)
        homes.append(ids[key])
    return environments, homes


def _place_id(place: Place, taken: set[str]) -> str:
    base = re.sub(r"[^a-z0-9]+", "-", place.noun.lower().removeprefix("the ")).strip("-")[:22] or place.kind.replace(
        "_", "-"
    )
    base = base if base[0].isalpha() else f"place-{base}"
    slug, number = base, 2
    while slug in taken:
        slug, number = f"{base}-{number}", number + 1
    return slug


def _environment(place: Place, place_id: str, seed: int) -> Environment:
    rng = random.Random(derive_seed(seed, "place", place_id))  # noqa: S311
    kind = PLACE_KINDS[place.kind]
    features = rng.sample(split_list(kind.features), rng.choice((2, 3, 3, 4)))
    generic = place.noun == plain_place(place.kind).noun
    name = place.proper or (rng.choice(split_list(kind.names)) if generic else "")
    name = name or (place.noun if place.noun in {"home", "school"} or "'s" in place.noun else "the " + place.noun)
    noun = place.proper or place.noun
    return Environment(
        id=place_id,
        kind=place.kind,  # type: ignore[arg-type]
        name=name[:1].upper() + name[1:],
        description=f"{noun[:1].upper() + noun[1:]} with {', '.join(features[:-1])} and {features[-1]}."[:600],
        features=features,
    )


def _present(
    event: Event, index: int, events: list[Event], parts: list[Part], characters: list[Character]
) -> list[Character]:
    """Who is at an event: the main cast, and those that the prompt first mentions here."""
    here = []
    for part, character in zip(parts, characters, strict=True):
        mentioned = [n for n, other in enumerate(events) if other.tokens & set(part.tokens)]
        farm_folk = part.kind == "animal" and is_wild(part)
        main = part.first < 0 or not mentioned or (0 in mentioned and not farm_folk)
        if main or index in mentioned:
            here.append(character)
    if not here or (all(c.kind == "animal" for c in here) and any(c.kind == "person" for c in characters)):
        lead = next((c for c in characters if c.kind == "person"), None)
        here = ([lead] if lead else []) + here
    return here


def _setting(
    event: Event,
    home: str,
    environments: dict[str, Environment],
    weather: str,
    present: list[Character],
    reading: _Reading,
    characters: list[Character],
) -> Setting:
    place = environments[home]
    people = [c for c in present if c.kind == "person"]
    animals = [c for c in present if c.kind == "animal"]
    ids = {c.id: part for c, part in zip(characters, reading.company.parts, strict=True)}
    if place.kind in _FORMAL_INDOOR and people:
        animals = [c for c in animals if set(ids[c.id].tokens) & event.tokens]
    generic = (
        event.place is not None and not event.place.proper and event.place.noun == plain_place(event.place.kind).noun
    )
    proper = f"{_named_at(place)} {place.name}" if generic and not place.name.startswith("The ") else ""
    star = people[0].id if people and (event.holiday == "birthday" or "graduate" in event.said) else ""
    return Setting(event, home, tuple(place.features), place.name, proper, weather, people, animals, star)


def _named_at(place: Environment) -> str:
    return {"beach": "at", "road": "on", "farm": "at", "mountain": "at", "city_street": "on"}.get(
        place.kind, PLACE_KINDS[place.kind].at.split()[0]
    )


def _beats(
    event: Event,
    count: int,
    setting: Setting,
    wild: set[str],
    index: int,
    total: int,
    moment: datetime,
    done: dict[str, int],
    seed: int,
    arrives: bool,
) -> list[Beat]:
    owned = [animal for animal in setting.animals if animal.id not in wild]
    return plan_beats(
        event,
        count,
        people=len(setting.people),
        pets=len(owned),
        dogs=sum(animal.species == "dog" for animal in owned),
        wild=len(setting.animals) - len(owned),
        opens=index == 0,
        arrives=arrives,
        closes=index == total - 1,
        minute=moment.hour * 60 + moment.minute,
        done=done,
        rng=random.Random(derive_seed(seed, "beats", setting.environment, index)),  # noqa: S311
    )


def _story_weather(reading: _Reading, events: list[Event]) -> str:
    """Weather that is said once, for the whole: of a one-event story, or before the first event."""
    said = {event.weather for event in events if event.weather}
    return said.pop() if len(said) == 1 and (len(events) == 1 or all(e.implied for e in events)) else ""


def _theme_mood(reading: _Reading) -> str:
    moods = {
        "adventure": "adventurous",
        "love": "romantic",
        "romance": "romantic",
        "nostalgia": "nostalgic",
        "peace": "calm",
        "celebration": "festive",
    }
    return "" if not reading.requests.themes else moods.get(reading.requests.themes[0], "")


def _closing(reading: _Reading, seed: int, number: int, count: int) -> str:
    themes = reading.requests.themes
    if not themes:
        return ""
    last = number + 1 == count
    theme = themes[-1] if last else themes[0]
    if not last and len(themes) < 2:
        return ""
    return random.Random(derive_seed(seed, "theme", theme)).choice(THEMES[theme])  # noqa: S311


def _style(reading: _Reading, style: str) -> Style:
    said = reading.first("style")
    name = style if style != "auto" else (said or "natural")
    phrase = next((m.phrase for m in reading.mentions if m.sense("style") and not m.negated), "")
    return Style(name=name, description=phrase if style == "auto" else "")  # type: ignore[arg-type]


def _filled_notes(reading: _Reading) -> list[str]:
    notes = []
    if reading.requests.said_themes and not reading.requests.themes:
        notes.append(f"Themes that set no mood here: {reading.requests.said_themes}.")
    if not any(m.sense("month") or m.sense("season") or m.sense("holiday") for m in reading.mentions):
        notes.append("Filled in the date.")
    if not any(m.sense("weather") for m in reading.mentions):
        notes.append("Filled in the weather.")
    if not any(m.sense("activity") and not m.negated for m in reading.mentions):
        notes.append("Filled in what people do.")
    if not any((m.sense("place") or m.sense("city")) and not m.negated for m in reading.mentions):
        notes.append("Filled in the place from what happens.")
    return notes
