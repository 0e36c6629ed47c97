"""What a scene is called and how its caption speaks of people, animals and place."""

import random
import re
from collections.abc import Callable
from datetime import datetime

from ..records import Character
from ..vocabulary import INDOOR_KINDS
from . import captions as c
from .activities import Activity
from .beats import Beat
from .lexicon_places import PLACE_KINDS, split_list
from .scan import plural
from .stage import Setting, Stage


def words_of(setting: Setting, lighting: str, moment: datetime, rng: random.Random) -> dict[str, str]:
    """The words of place, time and light that caption templates may ask for."""
    place = setting.event.place
    kind = place.kind if place else "park"
    part = c.day_part(moment.hour)
    sights = split_list(PLACE_KINDS[kind].sights)
    sights = tuple(s for s in sights if not c.contradicts(s, setting.weather, lighting)) or sights
    if moment.hour >= 17 or moment.hour < 5:
        sights = tuple(s for s in sights if not re.search(r"sun|morning|warm already|shimmers|shines in", s)) or sights
    if setting.weather in {"rain", "snow"}:
        sights = tuple(s for s in sights if not re.search(r"sun|warm|dry|heat|light falls|bees", s)) or sights
    at = place.at if place else "outside"
    if setting.proper and rng.random() < 0.3:
        at = setting.proper
    outdoors = {"wind": "wind"} if kind not in INDOOR_KINDS else {}
    return {
        **outdoors,
        "at": at,
        "part": part,
        "light": c.LIGHT_WORDS[lighting] if lighting != "daylight" or setting.weather == "clear" else "soft",
        "clock": c.spoken_clock(moment),
        "weather": setting.weather,
        "lighting": lighting,
        "sight": rng.choice(sights),
        "feature": c.the(rng.choice(setting.features)),
        "lead": c.lead(setting.weather, lighting, part, indoor=kind in INDOOR_KINDS, rng=rng),
    }


def subjects_of(
    stage: Stage, people: list[Character], animals: list[Character], setting: Setting
) -> dict[str, c.Subject]:
    """What the caption calls those in the picture; the first caption of an album introduces them."""
    subjects: dict[str, c.Subject] = {}
    pets = [animal.name for animal in animals if animal.id not in stage.wild]
    wild = _herd([animal for animal in animals if animal.id in stage.wild])
    creatures = pets[:3] or ([wild.text] if wild else [])
    if people:
        group = _group(people, setting)
        subjects["who"] = group
        subjects["one"] = c.Subject(people[0].name)
        if len(people) > 1:
            subjects["other"] = c.Subject(people[1].name)
        subjects["all"] = (
            c.Subject(c.join_names([*_flat(group), *pets[:2]]), plural=group.plural or bool(pets)) if pets else group
        )
    elif creatures:
        subjects["all"] = c.Subject(
            c.join_names(creatures), plural=len(creatures) > 1 or bool(wild and wild.plural and not pets)
        )
    if creatures:
        subjects["pet"] = c.Subject(
            c.join_names(creatures), plural=len(creatures) > 1 or bool(wild and wild.plural and not pets)
        )
    if not stage.introduced and (people or creatures) and "all" in subjects:
        subjects["all"] = _introduction(stage, people, animals, subjects["all"])
    return subjects


def _flat(group: c.Subject) -> list[str]:
    return re.split(r", | and ", group.text) if " and " in group.text else [group.text]


def _group(people: list[Character], setting: Setting) -> c.Subject:
    if len(people) <= 3:
        return c.Subject(c.join_names([person.name for person in people]), plural=len(people) > 1)
    roles = {person.role for person in people}
    if roles & {"mother", "father", "daughter", "son"} or (
        roles & {"wife", "husband", "spouse", "partner"} and any(p.age_group in {"child", "baby"} for p in people)
    ):
        return c.Subject("the whole family")
    if roles <= {"friend", ""} and "friend" in roles:
        return c.Subject("the friends", plural=True)
    if roles & {"pupil", "teacher"} or all(person.age_group == "child" for person in people):
        return c.Subject("the children", plural=True)
    return c.Subject("the whole group")


def _herd(wild: list[Character]) -> c.Subject | None:
    if not wild:
        return None
    name = wild[0].name
    same = [animal for animal in wild if animal.name == name]
    if len(same) == 1:
        return c.Subject(name)
    return c.Subject(plural(name), plural=True)


def _introduction(stage: Stage, people: list[Character], animals: list[Character], known: c.Subject) -> c.Subject:
    """The first caption says who is who: "Maya and her golden retriever Biscuit"."""
    stage.introduced = True
    pets = [animal for animal in animals if animal.id not in stage.wild]
    if len(people) == 1 and pets:
        own = {"female": "her", "male": "his"}.get(people[0].gender, "their")
        described = c.join_names(
            [
                f"{own} {pet.breed or pet.role} {pet.name}" if pet.name.lower() != pet.role else f"{own} {pet.role}"
                for pet in pets[:2]
            ]
        )
        return c.Subject(f"{people[0].name} and {described}", plural=True)
    if people and pets:
        return c.Subject(
            c.join_names([*_flat(known)[: -len(pets[:2])], *[f"{pet.name} the {pet.role}" for pet in pets[:2]]]),
            plural=True,
        )
    if (
        len(people) == 2
        and {people[0].role, people[1].role} & {"grandmother", "grandfather", "mother", "father"}
        and people[0].name != people[0].role
    ):
        younger = min(people, key=lambda p: p.age_group in {"adult", "senior"})
        elder = people[0] if younger is people[1] else people[1]
        own = {"female": "her", "male": "his"}.get(younger.gender, "their")
        return (
            c.Subject(f"{younger.name} and {own} {elder.role} {elder.name}", plural=True)
            if elder.role and younger.role not in {"grandmother", "grandfather", "mother", "father"}
            else known
        )
    return known


def mention_animals(
    stage: Stage, animals: list[Character], subjects: dict[str, c.Subject], caption: str, rng: random.Random
) -> str:
    """A sentence for animals that are in the picture but not in its caption, or ""."""
    silent = [
        animal for animal in animals if animal.name.removeprefix("the ").split()[0].lower() not in caption.lower()
    ]
    if not silent or len(silent) < len(animals) or "pet" not in subjects:
        return ""
    first = all(animal.id not in stage.used for animal in silent)
    stage.used.update({animal.id: 1 for animal in silent})
    if not first and rng.random() < 0.5:
        return ""
    return " " + _sentence(c.choose(list(c.LOOKING_ON), subjects, {}, stage.used, rng))


def write_texts(
    stage: Stage,
    setting: Setting,
    beat: Beat,
    activity: Activity,
    subjects: dict[str, c.Subject],
    draw_words: Callable[[], dict[str, str]],
    rng: random.Random,
    *,
    told: str,
) -> tuple[str, str]:
    """Title and caption of one scene, from the least used template that fits and does not repeat a caption."""
    words = draw_words()
    title, templates = _templates(stage, setting, beat, activity, subjects, words)
    title = c.fill(title, subjects, words) if c.fills(title, subjects, words) else re.sub(r"\{\w+\}", "everyone", title)
    if c.contradicts(title, words["weather"], words["lighting"]) and activity.action:
        title = activity.action[:1].upper() + re.sub(r" ?\{\w+\}", "", activity.action[1:])
    if told and told not in stage.captions:
        line = told
    elif beat.form == "detail":
        line = stage.detail.split("=")[2] + "."
    else:
        templates = [t for t in templates if not c.contradicts(t, words["weather"], words["lighting"])]
        line = _line(templates, subjects, words, stage, rng)
    tries = 0
    while line in stage.captions and tries < 40:
        tries += 1
        words = draw_words()
        base = line if beat.form == "detail" or told else _line(templates, subjects, words, stage, rng)
        tails = [t for t in c.TAILS if not c.contradicts(t, words["weather"], words["lighting"])]
        line = base
        if base in stage.captions:
            line = f"{base} {_sentence(c.fill(rng.choice(tails), subjects, words))}"
    stage.captions.add(line)
    return title, line


def _line(
    templates: list[str], subjects: dict[str, c.Subject], words: dict[str, str], stage: Stage, rng: random.Random
) -> str:
    return _sentence(c.choose(templates, subjects, words, stage.used, rng) or c.fill("{All} {at}", subjects, words))


def _templates(
    stage: Stage,
    setting: Setting,
    beat: Beat,
    activity: Activity,
    subjects: dict[str, c.Subject],
    words: dict[str, str],
) -> tuple[str, list[str]]:
    """Title and caption templates of a beat."""
    place = c.title_case(setting.name.removeprefix("The "))
    if beat.form == "detail":
        return c.title_case(stage.detail.split("=")[1]), []
    if beat.form == "arrival" and setting.home:
        return c.title_case(words["at"]), list(c.AT_HOME)
    if beat.form == "arrival":
        return f"Arriving: {place}", list(c.FIRST_ARRIVALS if stage.scenes == 1 else c.ARRIVALS)
    if beat.form == "leaving":
        title = f"The {words['part']} ends" if setting.home else activity.title
        return title, list(c.HOME_LEAVINGS if setting.home else c.LEAVINGS)
    if beat.form == "portrait":
        return subjects["one"].text, list(c.PORTRAITS)
    if beat.form == "pet":
        return subjects["pet"].text, list(c.PET_PORTRAITS)
    if beat.form == "scenic":
        return f"{place}, {words['part']}", list(c.SCENICS)
    return activity.title, list(activity.lines.split("|")) if activity.lines else []


def _sentence(line: str) -> str:
    line = re.sub(r"([.!?]) (\w)", lambda m: f"{m.group(1)} {m.group(2).upper()}", line)
    return line if line.endswith((".", "!", "?")) else line + "."
