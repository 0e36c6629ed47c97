"""Counts how many of the facts that a reader expects of a prompt's plan are there, and in order.

A case is a dictionary with `prompt`, optional `photos`, and `expect`: fact kinds of `FACTS` with what is wanted, or
`refused` with a word of the error message. A list counts as many facts as it has items.
"""

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from typing import Any

from synthetic_albums.stages.errors import AlbumError
from synthetic_albums.stages.records import AlbumPlan, Character
from synthetic_albums.stages.story import plan_story

Case = dict[str, Any]


def score(
    prompts: Sequence[Case], *, seeds: Sequence[int] = (0, 7), planner: Callable[..., AlbumPlan] = plan_story
) -> tuple[int, int, list[str]]:
    """Plan every prompt with every seed and count facts.

    Returns:
        (found, expected, misses): counts over all prompts and seeds, and one line for each fact kind that lacks some.
    """
    found = expected = 0
    misses: list[str] = []
    for case in prompts:
        for seed in seeds:
            good, wanted, lacking = _score_case(case, seed, planner)
            found, expected = found + good, expected + wanted
            misses += [f"{case['prompt'][:70]!r} seed {seed}: {line}" for line in lacking]
    return found, expected, misses


def _score_case(case: Case, seed: int, planner: Callable[..., AlbumPlan]) -> tuple[int, int, list[str]]:
    expect = case["expect"]
    total = sum(_weight(value) for value in expect.values())
    try:
        plan = planner(case["prompt"], photos=case.get("photos"), seed=seed, style="auto")
    except AlbumError as error:
        if "refused" in expect:
            right = expect["refused"] in str(error)
            return int(right), 1, [] if right else [f"refused with {error}"]
        return 0, total, [f"refused: {error}"]
    if "refused" in expect:
        return 0, 1, ["was planned, but should be refused"]
    found, lacking = 0, []
    for name, wanted in expect.items():
        good, came = FACTS[name](plan, wanted)
        found += good
        if good < _weight(wanted):
            lacking.append(f"{name}: {wanted} expected, came {came}")
    return found, total, lacking


def _weight(value: Any) -> int:
    return max(1, len(value)) if isinstance(value, list | dict) else 1


def _common(wanted: list[Any], came: list[Any]) -> int:
    """Length of the longest common subsequence: facts that are there and in order."""
    row = [0] * (len(came) + 1)
    for item in wanted:
        before = row
        row = [0]
        for index, other in enumerate(came):
            row.append(before[index] + 1 if _same(item, other) else max(row[-1], before[index + 1]))
    return row[-1]


def _same(wanted: Any, came: Any) -> bool:
    """Whether a fact is there; "cafe|restaurant" is met by either."""
    return wanted == came or (isinstance(wanted, str) and came in wanted.split("|"))


def _ordered(came: Callable[[AlbumPlan], list[Any]]) -> Callable[[AlbumPlan, list[Any]], tuple[int, Any]]:
    return lambda plan, wanted: (_common(wanted, came(plan)), list(dict.fromkeys(came(plan))))


def _among(came: Callable[[AlbumPlan], Iterable[Any]]) -> Callable[[AlbumPlan, list[Any]], tuple[int, Any]]:
    def count(plan: AlbumPlan, wanted: list[Any]) -> tuple[int, Any]:
        there = Counter(came(plan))
        return sum((Counter(wanted) & there).values()), dict(there)

    return count


def _present(came: Callable[[AlbumPlan], Iterable[Any]]) -> Callable[[AlbumPlan, list[Any]], tuple[int, Any]]:
    def count(plan: AlbumPlan, wanted: list[Any]) -> tuple[int, Any]:
        there = set(came(plan))
        return sum(any(_same(item, other) for other in there) for item in wanted), sorted(map(str, there))

    return count


def _absent(came: Callable[[AlbumPlan], Iterable[Any]]) -> Callable[[AlbumPlan, list[Any]], tuple[int, Any]]:
    def count(plan: AlbumPlan, unwanted: list[Any]) -> tuple[int, Any]:
        there = set(came(plan))
        return sum(item not in there for item in unwanted), sorted(map(str, there))

    return count


def _equal(came: Callable[[AlbumPlan], Any]) -> Callable[[AlbumPlan, Any], tuple[int, Any]]:
    return lambda plan, wanted: (int(_same(wanted, came(plan))), came(plan))


def _exact(came: Callable[[AlbumPlan], list[Any]]) -> Callable[[AlbumPlan, list[Any]], tuple[int, Any]]:
    """A multiset in which surplus counts as missing, so that "one dog" is not met by two."""

    def count(plan: AlbumPlan, wanted: list[Any]) -> tuple[int, Any]:
        there = Counter(came(plan))
        shared = sum((Counter(wanted) & there).values())
        surplus = max(0, sum(there.values()) - len(wanted))
        return max(0, shared - surplus) if wanted else int(not there), dict(there)

    return count


def _inside(text: Callable[[AlbumPlan], str]) -> Callable[[AlbumPlan, list[str]], tuple[int, Any]]:
    return lambda plan, wanted: (sum(item.lower() in text(plan).lower() for item in wanted), text(plan)[:300])


def _kinds(plan: AlbumPlan) -> list[str]:
    kinds = {place.id: place.kind for place in plan.environments}
    return [kinds[scene.environment] for scene in plan.scenes]


def _people(plan: AlbumPlan) -> list[Character]:
    return [character for character in plan.characters if character.kind == "person"]


def _species(plan: AlbumPlan) -> list[str]:
    return [str(character.species) for character in plan.characters if character.kind == "animal"]


def _days(plan: AlbumPlan) -> int:
    return (plan.scenes[-1].time.date() - plan.scenes[0].time.date()).days + 1


def _counts(plan: AlbumPlan, wanted: dict[str, int]) -> tuple[int, Any]:
    there = {(thing.kind, thing.count) for scene in plan.scenes for thing in scene.objects}
    return sum((kind, number) in there for kind, number in wanted.items()), sorted(there)


def _named(plan: AlbumPlan, wanted: dict[str, str], field: str) -> tuple[int, Any]:
    """Facts of one person or animal by name: {"Leo": "child"}."""
    there = {character.name: str(getattr(character, field)) for character in plan.characters}
    return sum(_same(value, there.get(name)) for name, value in wanted.items()), there


def _related(plan: AlbumPlan) -> list[str]:
    names = {character.id: character.name for character in plan.characters}
    return [f"{names[r.subject]} {r.kind} {names[r.object]}" for r in plan.relations]


FACTS: dict[str, Callable[[AlbumPlan, Any], tuple[int, Any]]] = {
    "environments": _ordered(_kinds),
    "last": _equal(lambda plan: _kinds(plan)[-1]),
    "people": _equal(lambda plan: len(_people(plan))),
    "min_people": lambda plan, wanted: (int(len(_people(plan)) >= wanted), len(_people(plan))),
    "animals": _exact(_species),
    "names": _present(lambda plan: (c.name for c in plan.characters)),
    "not_names": _absent(lambda plan: (c.name for c in plan.characters)),
    "ages": _among(lambda plan: (c.age_group for c in _people(plan))),
    "genders": _among(lambda plan: (c.gender for c in _people(plan))),
    "age_of": lambda plan, wanted: _named(plan, wanted, "age_group"),
    "gender_of": lambda plan, wanted: _named(plan, wanted, "gender"),
    "species_of": lambda plan, wanted: _named(plan, wanted, "species"),
    "role_of": lambda plan, wanted: _named(plan, wanted, "role"),
    "relations": _present(lambda plan: (r.kind for r in plan.relations)),
    "related": _present(_related),
    "lighting": _present(lambda plan: (s.lighting for s in plan.scenes)),
    "weather": _present(lambda plan: (s.weather for s in plan.scenes)),
    "not_weather": _absent(lambda plan: (s.weather for s in plan.scenes)),
    "not_environments": _absent(_kinds),
    "moods": _present(lambda plan: (s.mood for s in plan.scenes)),
    "objects": _present(lambda plan: (thing.kind for s in plan.scenes for thing in s.objects)),
    "not_objects": _absent(lambda plan: (thing.kind for s in plan.scenes for thing in s.objects)),
    "counts": _counts,
    "interactions": _present(lambda plan: (i.kind for s in plan.scenes for i in s.interactions)),
    "poses": _present(lambda plan: (entry.pose for s in plan.scenes for entry in s.cast)),
    "style": _equal(lambda plan: plan.style.name),
    "photos_made": _equal(lambda plan: len(plan.scenes)),
    "months": _equal(lambda plan: len({(s.time.year, s.time.month) for s in plan.scenes})),
    "months_in": lambda plan, wanted: (
        len(wanted) * all(s.time.month in wanted for s in plan.scenes),
        sorted({s.time.month for s in plan.scenes}),
    ),
    "in_months": _ordered(lambda plan: [s.time.month for s in plan.scenes]),
    "days": _equal(_days),
    "min_days": lambda plan, wanted: (int(_days(plan) >= wanted), _days(plan)),
    "hours": _ordered(lambda plan: [s.time.hour for s in plan.scenes]),
    "clocks": _ordered(lambda plan: [f"{s.time:%H:%M}" for s in plan.scenes]),
    "dates": _ordered(lambda plan: [f"{s.time:%Y-%m-%d}" for s in plan.scenes]),
    "weekdays": _ordered(lambda plan: [s.time.weekday() for s in plan.scenes]),
    "tops": _present(lambda plan: (outfit.top for c in _people(plan) for outfit in c.outfits)),
    "places": _inside(lambda plan: " | ".join(place.name for place in plan.environments)),
    "captions": _inside(lambda plan: " | ".join(scene.caption for scene in plan.scenes)),
    "shots": _present(lambda plan: (s.camera.shot for s in plan.scenes)),
}
