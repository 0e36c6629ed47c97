"""What a reader expects of varied prompts: who, where, when and what, in order."""

import importlib.util
import json
from pathlib import Path

import pytest

_SPEC = importlib.util.spec_from_file_location("prompt_facts", Path(__file__).with_name("prompt_facts.py"))
prompt_facts = importlib.util.module_from_spec(_SPEC)
_SPEC.loader.exec_module(prompt_facts)

DATA = Path(__file__).parents[2] / "data"
PROMPTS = json.loads((DATA / "prompts.json").read_text(encoding="utf-8"))
MORE_PROMPTS = json.loads((DATA / "prompts_more.json").read_text(encoding="utf-8"))
MIN_SHARE = 0.95


def test_at_least_95_percent_of_the_facts_of_all_prompts_are_there():
    found, expected, misses = prompt_facts.score(PROMPTS)

    assert found / expected >= MIN_SHARE, "\n".join(misses)


@pytest.mark.parametrize("seed", [0, 7])
def test_at_least_95_percent_of_the_facts_of_the_further_prompts_are_there(seed):
    found, expected, misses = prompt_facts.score(MORE_PROMPTS, seeds=(seed,))

    assert found / expected >= MIN_SHARE, "\n".join(misses)


def test_the_prompts_are_many_varied_and_each_expects_something():
    assert len({case["prompt"] for case in PROMPTS}) >= 60
    assert all(case["expect"] for case in PROMPTS)
    assert len({kind for case in PROMPTS for kind in case["expect"]}) >= 25


@pytest.mark.parametrize("case", [c for c in PROMPTS if "refused" in c["expect"]], ids=lambda c: c["prompt"][:20])
def test_prompts_in_other_languages_are_refused_by_name(case):
    assert prompt_facts.score([case])[:2] == (2, 2)


def test_missing_surplus_and_disordered_facts_are_not_counted():
    case = {
        "prompt": "a picnic in the park with a dog, then a swim at the beach",
        "expect": {"environments": ["beach", "park"], "animals": [], "names": ["Zork"], "style": "film", "people": 99},
    }

    found, expected, misses = prompt_facts.score([case], seeds=(0,))

    assert (found, expected) == (1, 6)
    assert len(misses) == 5


def test_either_of_two_facts_will_do():
    case = {"prompt": "a swim at the beach", "expect": {"environments": ["lake|beach"], "last": "park|farm"}}

    assert prompt_facts.score([case], seeds=(0,))[:2] == (1, 2)


def test_a_prompt_that_is_refused_finds_none_of_its_facts():
    case = {"prompt": "asdf qwer", "expect": {"people": 1, "environments": ["park", "beach"]}}

    assert prompt_facts.score([case], seeds=(0,))[:2] == (0, 3)
