"""Prompt files of other projects, which the coherence benchmark reads where somebody has them."""

import importlib.util
import json
import sys
from pathlib import Path

import pytest
from synthetic_albums.stages.errors import AlbumError

BENCHMARKS = Path(__file__).resolve().parent.parent / "benchmarks"


@pytest.fixture(scope="module")
def coherence():
    sys.path.insert(0, str(BENCHMARKS))
    try:
        spec = importlib.util.spec_from_file_location("coherence_benchmark", BENCHMARKS / "coherence.py")
        module = sys.modules["coherence_benchmark"] = importlib.util.module_from_spec(spec)
        spec.loader.exec_module(module)
        yield module
    finally:
        sys.path.remove(str(BENCHMARKS))
        sys.modules.pop("coherence_benchmark", None)


def test_consistory_plus_gives_an_album_for_each_subject(coherence, tmp_path):
    file = tmp_path / "prompts.yaml"
    file.write_text(
        "animals:\n"
        "- index: 0\n  id: dog\n  style: A watercolor illustration of\n  subject: a happy dog\n"
        "  settings:\n  - in the park\n  - at the beach\n"
        "humans:\n- subject: an old woman\n  settings: [reading a book, baking bread]\n",
        encoding="utf-8",
    )
    assert coherence.read_stories(file) == [
        "a happy dog: in the park, then at the beach",
        "an old woman: reading a book, then baking bread",
    ]


def test_vistorybench_gives_an_album_for_each_story(coherence, tmp_path):
    shots = [
        {"index": 1, "Plot Correspondence": "Ana walks to the lake", "Setting Description": "a lake"},
        {"index": 2, "Plot Correspondence": "", "Static Shot Description": "Ana swims"},
    ]
    file = tmp_path / "story.json"
    file.write_text(json.dumps({"01": {"Story_type": "tale", "Shots": shots}}), encoding="utf-8")
    assert coherence.read_stories(file) == ["Ana walks to the lake. Ana swims"]
    (jobs,) = coherence.usable(coherence.read_stories(file), 2, 1)
    assert len(jobs) == 2
    assert {one.name for job in jobs for one in job.characters} == {"Ana"}


def test_a_file_of_something_else_is_refused(coherence, tmp_path):
    file = tmp_path / "other.json"
    file.write_text('{"prompts": ["a cat"]}', encoding="utf-8")
    with pytest.raises(AlbumError, match="holds no stories"):
        coherence.read_stories(file)
