"""Joins two plans into one album: the second goes on where the first ends."""

import re
from collections.abc import Iterable
from datetime import datetime, time, timedelta
from typing import Any

from ..errors import AlbumError
from ..records import MAX_SCENES, AlbumPlan, Character, Environment, Outfit, parse_record

_MAX_CHARACTERS, _MAX_ENVIRONMENTS, _MAX_OUTFITS, _MAX_RELATIONS, _MAX_NOTES = 32, 200, 24, 96, 60


def merge_plans(first: AlbumPlan, second: AlbumPlan) -> AlbumPlan:
    """One plan that tells the first and then the second.

    Characters of the same id, name and kind are one, with the look of the first plan; so are environments of the
    same id, kind and name. Other ids that clash get a number ("park-2"), always the same for the same two plans.
    Everything of the first plan keeps its ids, so its photos stay as they are. The second plan's times are kept where
    they are later; else all of it moves by whole days to the day after the first one's last scene. Style and seed are
    the first plan's.

    Args:
        first: keeps everything.
        second: is renamed and moved where it must be.

    Raises:
        AlbumError: together they hold more scenes, characters, places or outfits than one album can, or the calendar
            ends.
    """
    total = len(first.scenes) + len(second.scenes)
    if total > MAX_SCENES:
        raise AlbumError(f"Together the plans have {total} scenes; an album holds {MAX_SCENES}. Keep them apart.")
    notes: list[str] = []
    object_ids = {thing.id for scene in second.scenes for thing in scene.objects}
    people = _ids(first.characters, second.characters, _same_character, reserved=object_ids)
    places = _ids(first.environments, second.environments, _same_place, reserved=set())
    scene_ids = _ids(first.scenes, second.scenes, lambda old, new: False, reserved=set())
    characters, outfits = _characters(first, second, people, notes)
    shift = _shift(first, second)
    if shift:
        notes.append(f"Moved the second album by {shift.days} days, to begin after the first.")
    if second.style != first.style:
        notes.append(f"Kept the style {first.style.name} of the first album; the second had {second.style.name}.")
    data: dict[str, Any] = first.model_dump()
    data.update(
        title=_title(first.title, second.title),
        summary=" ".join(text for text in (first.summary, second.summary) if text)[:600],
        prompt="\n".join(dict.fromkeys(text for text in (first.prompt, second.prompt) if text))[:4000],
        planner=", ".join(dict.fromkeys(name for name in (first.planner, second.planner) if name))[:200],
        characters=characters,
        relations=_relations(first, second, people),
        environments=data["environments"]
        + [place.model_dump() | {"id": places[place.id]} for place in second.environments if _is_new(place, first)],
        scenes=data["scenes"]
        + [_scene(scene.model_dump(), scene_ids, people, places, outfits, shift) for scene in second.scenes],
        notes=list(dict.fromkeys([*first.notes, *second.notes, *notes]))[-_MAX_NOTES:],
    )
    for name, most in (("characters", _MAX_CHARACTERS), ("environments", _MAX_ENVIRONMENTS)):
        if len(data[name]) > most:
            raise AlbumError(f"Together the plans have {len(data[name])} {name}; an album holds {most}.")
    return parse_record(AlbumPlan, data, what="merged plan")


def _same_character(old: Character, new: Character) -> bool:
    return (old.id, old.name, old.kind, old.species) == (new.id, new.name, new.kind, new.species)


def _same_place(old: Environment, new: Environment) -> bool:
    return (old.id, old.kind, old.name) == (new.id, new.kind, new.name)


def _is_new(place: Environment, first: AlbumPlan) -> bool:
    return not any(_same_place(old, place) for old in first.environments)


def _ids(old: Iterable[Any], new: Iterable[Any], same: Any, *, reserved: set[str]) -> dict[str, str]:
    """The id in the merged plan of every item of the second one."""
    known = {item.id: item for item in old}
    items = list(new)
    taken = set(known) | {item.id for item in items} | reserved
    renamed: dict[str, str] = {}
    for item in items:
        clash = item.id in known and not same(known[item.id], item)
        renamed[item.id] = _free(item.id, taken) if clash else item.id
        taken.add(renamed[item.id])
    return renamed


def _free(base: str, taken: set[str]) -> str:
    stem = re.sub(r"-\d+$", "", base)[:34]
    return next(name for n in range(2, len(taken) + 3) if (name := f"{stem}-{n}") not in taken)


def _characters(
    first: AlbumPlan, second: AlbumPlan, people: dict[str, str], notes: list[str]
) -> tuple[list[dict[str, Any]], dict[tuple[str, str], str]]:
    """The merged characters, and for each (old character id, old outfit id) of the second plan the new outfit id."""
    merged = {character.id: character.model_dump() for character in first.characters}
    outfits: dict[tuple[str, str], str] = {}
    for character in second.characters:
        shared = next((old for old in first.characters if _same_character(old, character)), None)
        if shared is None:
            merged[people[character.id]] = character.model_dump() | {"id": people[character.id]}
            continue
        if _look(shared) != _look(character):
            notes.append(f"{shared.name} keeps the look of the first album.")
        for outfit in character.outfits:
            outfits[character.id, outfit.id] = _add_outfit(merged[shared.id]["outfits"], outfit)
        if len(merged[shared.id]["outfits"]) > _MAX_OUTFITS:
            raise AlbumError(
                f"{shared.name} would have {len(merged[shared.id]['outfits'])} outfits; {_MAX_OUTFITS} is the most. "
                "Let the character wear fewer, or give the second one another id."
            )
    return list(merged.values()), outfits


def _look(character: Character) -> dict[str, Any]:
    return character.model_dump(exclude={"id", "outfits", "role"})


def _add_outfit(outfits: list[dict[str, Any]], outfit: Outfit) -> str:
    plain = outfit.model_dump()
    same = next((other for other in outfits if other | {"id": ""} == plain | {"id": ""}), None)
    if same is not None:
        return same["id"]
    taken = {other["id"] for other in outfits}
    name = _free(outfit.id, taken) if outfit.id in taken else outfit.id
    outfits.append(plain | {"id": name})
    return name


def _relations(first: AlbumPlan, second: AlbumPlan, people: dict[str, str]) -> list[dict[str, Any]]:
    found = [relation.model_dump() for relation in first.relations]
    pairs = {frozenset((relation.subject, relation.object)) for relation in first.relations}
    for relation in second.relations:
        moved = relation.model_dump() | {"subject": people[relation.subject], "object": people[relation.object]}
        if frozenset((moved["subject"], moved["object"])) not in pairs:
            found.append(moved)
    return found[:_MAX_RELATIONS]


def _shift(first: AlbumPlan, second: AlbumPlan) -> timedelta:
    end, begin = first.scenes[-1].time, second.scenes[0].time
    if begin >= end:
        return timedelta(0)
    try:
        target = datetime.combine(end.date() + timedelta(days=1), time.min)
        shift = timedelta(days=(target.date() - begin.date()).days)
        _ = second.scenes[-1].time + shift
    except OverflowError as error:
        raise AlbumError(
            "The second album would run past the year 9999: move the first one to an earlier date."
        ) from error
    return shift


def _scene(
    data: dict[str, Any],
    scene_ids: dict[str, str],
    people: dict[str, str],
    places: dict[str, str],
    outfits: dict[tuple[str, str], str],
    shift: timedelta,
) -> dict[str, Any]:
    present = {entry["character"] for entry in data["cast"]}
    data.update(id=scene_ids[data["id"]], environment=places[data["environment"]], time=data["time"] + shift)
    for entry in data["cast"]:
        if entry["outfit"] is not None:
            entry["outfit"] = outfits.get((entry["character"], entry["outfit"]), entry["outfit"])
        entry["character"] = people[entry["character"]]
    for thing in data["objects"]:
        thing["held_by"] = people[thing["held_by"]] if thing["held_by"] else None
    for link in data["interactions"]:
        link["subject"] = people[link["subject"]]
        link["target"] = people[link["target"]] if link["target"] in present else link["target"]
    return data


def _title(first: str, second: str) -> str:
    if first.casefold() == second.casefold():
        return first
    joined = f"{first}, then {second}"
    return joined if len(joined) <= 120 else f"{joined[:119].rstrip()}…"
