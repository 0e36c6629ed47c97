"""What a reader expects of forty prompts: who, where, when and what, in order."""

import json
from pathlib import Path

import pytest
from synthetic_albums.stages.records import AlbumPlan
from synthetic_albums.stages.story import plan_story

PROMPTS = json.loads((Path(__file__).parents[2] / "data" / "prompts.json").read_text(encoding="utf-8"))


def _in_order(wanted: list, found: list) -> bool:
    """Whether `wanted` is a subsequence of `found`."""
    rest = iter(found)
    return all(item in rest for item in wanted)


def _missing(plan: AlbumPlan, expect: dict) -> list[str]:
    kinds = {place.id: place.kind for place in plan.environments}
    people = [c for c in plan.characters if c.kind == "person"]
    scenes = plan.scenes
    facts = {
        "environments": lambda v: _in_order(v, [kinds[s.environment] for s in scenes]),
        "last": lambda v: kinds[scenes[-1].environment] == v,
        "people": lambda v: len(people) == v,
        "min_people": lambda v: len(people) >= v,
        "animals": lambda v: sorted(c.species for c in plan.characters if c.kind == "animal") == sorted(v),
        "names": lambda v: set(v) <= {c.name for c in plan.characters},
        "ages": lambda v: all([c.age_group for c in people].count(age) >= v.count(age) for age in v),
        "genders": lambda v: [c.gender for c in people] == v,
        "relations": lambda v: set(v) <= {r.kind for r in plan.relations},
        "lighting": lambda v: set(v) <= {s.lighting for s in scenes},
        "weather": lambda v: set(v) <= {s.weather for s in scenes},
        "objects": lambda v: set(v) <= {thing.kind for s in scenes for thing in s.objects},
        "style": lambda v: plan.style.name == v,
        "photos_made": lambda v: len(scenes) == v,
        "months": lambda v: len({(s.time.year, s.time.month) for s in scenes}) == v,
        "months_in": lambda v: all(s.time.month in v for s in scenes),
        "days": lambda v: (scenes[-1].time.date() - scenes[0].time.date()).days + 1 == v,
        "hours": lambda v: _in_order(v, [s.time.hour for s in scenes]),
        "weekdays": lambda v: _in_order(v, [s.time.weekday() for s in scenes]),
        "tops": lambda v: set(v) <= {o.top for c in people for o in c.outfits},
    }
    return [f"{name}: {wanted}" for name, wanted in expect.items() if not facts[name](wanted)]


@pytest.mark.parametrize("case", PROMPTS, ids=[case["prompt"][:40] for case in PROMPTS])
@pytest.mark.parametrize("seed", [0, 7])
def test_the_plan_holds_what_the_prompt_says(case, seed):
    plan = plan_story(case["prompt"], photos=case.get("photos"), seed=seed, style="auto")

    assert _missing(plan, case["expect"]) == []


def test_the_prompts_are_many_and_each_expects_something():
    assert len(PROMPTS) >= 30
    assert all(case["expect"] for case in PROMPTS)
