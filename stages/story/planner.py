"""The rule planner: a prompt in, a whole album plan out, without a model."""

import random
from datetime import datetime
from typing import Final

from ..errors import AlbumError
from ..records import MAX_SCENES, AlbumPlan, Character, CharacterRelation, Environment, Outfit, Scene, Style
from ..seeds import derive_seed
from ..vocabulary import STYLE_NAMES
from .beats import Beat, plan_beats, share_photos
from .casting import complete_cast, is_wild
from .events import Event
from .expand import expand_events, is_trip
from .lexicon_time import THEMES
from .looks import make_characters
from .retelling import unmark
from .scenes import make_scene
from .stage import Setting, Stage
from .story_places import make_environments, named_at, settle_places
from .story_reading import Reading, filled_notes, photo_count, read_story, story_days, story_skies
from .titles import summarise, title_of
from .when import schedule
from .who import Part

PLANNER: Final = "rules@1"
_GROWN_UP_SCHOOLS: Final = ("university", "college", "campus", "lecture hall", "class", "course", "workshop", "studio")
_FORMAL_INDOOR: Final = frozenset({"museum", "restaurant", "classroom"})  # pets stay outside unless the prompt says so


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
    reading = read_story(prompt, seed)
    draw = derive_seed(seed, reading.text)  # another story with the same seed gets another cast
    days = story_days(reading)
    count = photo_count(reading, photos)
    rng = random.Random(derive_seed(draw, "story"))  # noqa: S311
    events = expand_events(
        reading.events, series=reading.requests.series, phrases=reading.phrases(), days=days, photos=count, rng=rng
    )
    reading.notes += settle_places(events, reading.company, rng)
    first = events[0].place
    kind = first.kind if first and not first.noun.endswith(_GROWN_UP_SCHOOLS) else ""
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


def _assemble(
    reading: Reading,
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
    environments, homes = make_environments(events, seed)
    parts = reading.company.parts
    wild = {c.id for c, part in zip(characters, parts, strict=True) if part.kind == "animal" and is_wild(part)}
    links = [(characters[s].id, kind, characters[o].id) for s, kind, o in relations]
    times = schedule(events, counts, seed=seed, days=days, trip=is_trip(reading.phrases()) or days >= 3, start=start)
    stage = Stage(
        seed,
        characters,
        wild,
        links,
        {c.id: [] for c in characters},
        times[0][0].date(),
        mood=_theme_mood(reading),
        ruled_out=reading.ruled_out(),
    )
    scenes: list[Scene] = []
    done: dict[str, int] = {}
    skies = story_skies(reading, events, [moments[0] for moments in times], seed)
    for index, event in enumerate(events):
        present = _present(event, index, events, parts, characters)
        setting = _setting(event, homes[index], environments, skies[index], present, reading, characters)
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
        called = {c.name: part for c, part in zip(characters, parts, strict=True)}
        event.told = unmark(
            event.told, {m: next((n for n, p in called.items() if p is q), "they") for m, q in event.told_parts.items()}
        )
        quoting = _quoting(event, beats, stage)
        for position, (beat, moment) in enumerate(zip(beats, times[index], strict=True)):
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
                    told=event.told if position == quoting else "",
                )
            )
    dressed = [
        c if c.kind == "animal" else c.model_copy(update={"outfits": stage.outfits[c.id] or [Outfit(id="day1")]})
        for c in characters
    ]
    used = {scene.environment for scene in scenes}
    title = title_of(
        _star_of(reading, characters),
        events,
        characters,
        wild,
        reading.phrases(),
        [r for _, _, r in reading.regions],
        seed,
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
        notes=[note[:200] for note in dict.fromkeys([*reading.notes, *reading.company.notes, *filled_notes(reading)])][
            :60
        ],
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


def _quoting(event: Event, beats: list[Beat], stage: Stage) -> int:
    """Which of an event's photos is captioned with the prompt's own words; -1 for none."""
    if not event.told or event.told in stage.captions:
        return -1
    return next((n for n, beat in enumerate(beats) if beat.form in {"activity", "scenic"}), 0)


def _setting(
    event: Event,
    home: str,
    environments: dict[str, Environment],
    weather: str,
    present: list[Character],
    reading: Reading,
    characters: list[Character],
) -> Setting:
    place = environments[home]
    people = [c for c in present if c.kind == "person"]
    animals = [c for c in present if c.kind == "animal"]
    ids = {c.id: part for c, part in zip(characters, reading.company.parts, strict=True)}
    if place.kind in _FORMAL_INDOOR and people:
        animals = [c for c in animals if set(ids[c.id].tokens) & event.tokens]
    proper = named_at(place, event.place) if event.place else ""
    star = ""
    if event.holiday == "birthday" or "graduate" in event.said:
        star = _star_of(reading, characters) or (people[0].id if people else "")
    return Setting(event, home, tuple(place.features), place.name, proper, weather, people, animals, star)


def _star_of(reading: Reading, characters: list[Character]) -> str:
    """The id of the person or animal whose birthday or graduation it is, or ""."""
    parts = reading.company.parts
    return next((c.id for c, part in zip(characters, parts, strict=True) if part is reading.company.star), "")


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
        ages=frozenset(person.age_group for person in setting.people),
        rng=random.Random(derive_seed(seed, "beats", setting.environment, index)),  # noqa: S311
    )


def _theme_mood(reading: Reading) -> str:
    moods = {
        "adventure": "adventurous",
        "love": "romantic",
        "romance": "romantic",
        "nostalgia": "nostalgic",
        "peace": "calm",
        "celebration": "festive",
    }
    return "" if not reading.requests.themes else moods.get(reading.requests.themes[0], "")


def _closing(reading: Reading, seed: int, number: int, count: int) -> str:
    themes = reading.requests.themes
    if not themes:
        return ""
    last = number + 1 == count
    theme = themes[-1] if last else themes[0]
    if not last and len(themes) < 2:
        return ""
    return random.Random(derive_seed(seed, "theme", theme)).choice(THEMES[theme])  # noqa: S311


def _style(reading: Reading, style: str) -> Style:
    said, phrase = reading.style()
    name = style if style != "auto" else (said or "natural")
    return Style(name=name, description=phrase if style == "auto" else "")  # type: ignore[arg-type]
