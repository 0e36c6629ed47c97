"""The things of a scene that a language model drafted."""

from typing import Final

from ..records import CastEntry, Scene, SceneObject
from .activities import Activity
from .draft import SceneDraft, says_something
from .draft_telling import Telling

_MOST: Final = 12  # what a scene record holds
_IMPLIED: Final = {
    "reading": "book", "photographing": "camera", "cycling": "bicycle", "drinking": "cup", "cooking": "bowl",
    "throwing": "ball",
}  # fmt: skip
_IN_HAND: Final = frozenset({"book", "camera", "cup", "bowl", "ball"})


def complete_objects(
    telling: Telling, draft: SceneDraft, slot: Scene, activity: Activity | None, entries: list[CastEntry]
) -> list[SceneObject]:
    """The model's things, those that the prompt's activity needs, and those that poses imply.

    Args:
        telling: the album so far; what is filled in is counted.
        draft: the model's scene.
        slot: the rule plan's scene at the same position.
        activity: what the prompt asks for here, None if nothing.
        entries: the cast as completed.
    """
    here = [entry.character for entry in entries]
    wanted: list[tuple[str, str, str | None]] = []
    for thing in draft.objects:
        name = thing.name if says_something(thing.name) else ""
        wanted.append((thing.kind, name, thing.held_by if thing.held_by in here else None))
    if activity is not None:
        wanted += [
            (t.kind, t.name, telling.ids.get(t.held_by or "")) for t in slot.objects if t.kind not in _kinds(wanted)
        ]
    for entry in entries:
        implied = _IMPLIED.get(entry.pose)
        if implied and implied not in _kinds(wanted) and telling.characters[entry.character].kind == "person":
            wanted.append((implied, "", entry.character if implied in _IN_HAND else None))
            telling.fill("things that people use")
    taken, objects = set(telling.characters), []
    for kind, name, holder in wanted[:_MOST]:
        thing_id, number = kind, 2
        while thing_id in taken:
            thing_id, number = f"{kind}-{number}", number + 1
        taken.add(thing_id)
        objects.append(SceneObject(id=thing_id, kind=kind, name=name, held_by=holder if holder in here else None))  # type: ignore[arg-type]
    return objects


def _kinds(wanted: list[tuple[str, str, str | None]]) -> set[str]:
    return {kind for kind, _, _ in wanted}
