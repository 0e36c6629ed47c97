"""Workflows that users saved keep working: what they rely on is frozen in contract.json."""

import copy
import json
import subprocess
import sys
from pathlib import Path

import pytest
import synthetic_albums


@pytest.fixture
def frozen(contract):
    return json.loads(contract.FILE.read_text(encoding="utf-8"))


def test_saved_workflows_keep_working(contract, frozen):
    assert contract.broken_promises(frozen, contract.describe_all(synthetic_albums.NODE_CLASS_MAPPINGS)) == []


def test_what_was_appended_is_frozen_too(contract, frozen):
    current = contract.describe_all(synthetic_albums.NODE_CLASS_MAPPINGS)
    assert current == frozen, "run `python tools/freeze_contract.py` and commit contract.json"


def rename_input(node):
    node["inputs"][0]["name"] = "other"


def remove_input(node):
    del node["inputs"][-1]


def swap_inputs(node):
    node["inputs"][1], node["inputs"][2] = node["inputs"][2], node["inputs"][1]


def retype_input(node):
    node["inputs"][1]["type"] = "FLOAT"


def make_input_optional(node):
    node["inputs"][0]["section"] = "optional"


def drop_the_widget_after_the_seed(node):
    node["inputs"][2]["widget_values"] = 1


def lower_the_largest_value(node):
    node["inputs"][1]["range"][1] -= 1


def raise_the_least_value(node):
    node["inputs"][1]["range"][0] += 1


def add_required_input(node):
    node["inputs"].append({**node["inputs"][1], "name": "new"})


def insert_optional_input(node):
    node["inputs"].insert(0, {**node["inputs"][1], "name": "new", "section": "optional"})


def rename_combo_value(node):
    node["inputs"][3]["values"][0] = "automatic"


def remove_combo_value(node):
    del node["inputs"][3]["values"][-1]


def swap_combo_values(node):
    node["inputs"][3]["values"].reverse()


def swap_outputs(node):
    node["outputs"].reverse()


def rename_output(node):
    node["outputs"][0]["name"] = "other"


def retype_output(node):
    node["outputs"][0]["type"] = "STRING"


def remove_output(node):
    del node["outputs"][-1]


def make_output_a_list(node):
    node["outputs"][0]["is_list"] = True


def make_output_node(node):
    node["output_node"] = True


def move_to_another_category(node):
    node["category"] = "Elsewhere"


@pytest.mark.parametrize(
    "change",
    [
        rename_input, remove_input, swap_inputs, retype_input, make_input_optional, drop_the_widget_after_the_seed,
        lower_the_largest_value, raise_the_least_value, add_required_input, insert_optional_input, rename_combo_value,
        remove_combo_value, swap_combo_values, swap_outputs, rename_output, retype_output, remove_output,
        make_output_a_list, make_output_node, move_to_another_category,
    ],
    ids=lambda change: change.__name__,
)  # fmt: skip
def test_a_change_that_breaks_saved_workflows_is_found(contract, frozen, change):
    current = copy.deepcopy(frozen)
    change(current["AlbumStoryPlanner"])
    problems = contract.broken_promises(frozen, current)
    assert problems
    assert all(problem.startswith("AlbumStoryPlanner: ") for problem in problems)


@pytest.mark.parametrize("hidden", [{}, {"prompt": "UNIQUE_ID", "extra_pnginfo": "EXTRA_PNGINFO"}])
def test_a_hidden_input_that_is_gone_or_another_is_found(contract, frozen, hidden):
    current = copy.deepcopy(frozen)
    current["AlbumSave"]["hidden"] = hidden
    assert "AlbumSave: its hidden input 'prompt' was changed or removed" in contract.broken_promises(frozen, current)


def test_a_node_that_is_gone_is_found(contract, frozen):
    current = copy.deepcopy(frozen)
    del current["AlbumSave"]
    assert contract.broken_promises(frozen, current) == ["AlbumSave is gone"]


def append_optional_input(node):
    node["inputs"].append({**node["inputs"][1], "name": "new", "section": "optional"})


def append_output(node):
    node["outputs"].append({"name": "new", "type": "INT", "is_list": False})


def append_combo_value(node):
    node["inputs"][3]["values"].append("new_style")


def widen_range(node):
    node["inputs"][1]["range"] = [-1, 2000]


def open_range(node):
    node["inputs"][1]["range"] = [None, None]


@pytest.mark.parametrize(
    "change",
    [append_optional_input, append_output, append_combo_value, widen_range, open_range],
    ids=lambda change: change.__name__,
)
def test_what_saved_workflows_do_not_notice_is_allowed(contract, frozen, change):
    current = copy.deepcopy(frozen)
    change(current["AlbumStoryPlanner"])
    assert current != frozen
    assert contract.broken_promises(frozen, current) == []


def test_a_new_node_is_allowed(contract, frozen):
    assert contract.broken_promises(frozen, {**frozen, "AlbumNew": frozen["AlbumSave"]}) == []


class Old:
    CATEGORY = "Test"
    RETURN_TYPES = RETURN_NAMES = ("INT",)

    @classmethod
    def INPUT_TYPES(cls):
        return {
            "required": {
                "mode": (["a", "b"], {}),
                "seed": ("INT", {"min": 0, "max": 9, "control_after_generate": True}),
                "text": ("STRING", {"forceInput": True}),
                "image": ("IMAGE",),
            }
        }


class WithMore(Old):
    RETURN_TYPES = RETURN_NAMES = ("INT", "MASK")


class WithLess(Old):
    RETURN_TYPES = RETURN_NAMES = ()


def test_a_declaration_becomes_plain_data(contract):
    assert contract.describe(Old) == {
        "category": "Test",
        "inputs": [
            {"name": "mode", "section": "required", "type": "COMBO", "values": ["a", "b"],
             "range": [None, None], "widget_values": 1},
            {"name": "seed", "section": "required", "type": "INT", "values": None, "range": [0, 9], "widget_values": 2},
            {"name": "text", "section": "required", "type": "STRING", "values": None,
             "range": [None, None], "widget_values": 0},
            {"name": "image", "section": "required", "type": "IMAGE", "values": None,
             "range": [None, None], "widget_values": 0},
        ],
        "hidden": {},
        "outputs": [{"name": "INT", "type": "INT", "is_list": False}],
        "output_node": False,
    }  # fmt: skip


def test_freezing_takes_what_was_appended_and_refuses_what_breaks(contract, tmp_path):
    file = tmp_path / "contract.json"
    assert contract.freeze({"Old": Old}, file) == []
    assert contract.freeze({"Old": WithMore}, file) == []
    kept = file.read_bytes()
    assert json.loads(kept) == contract.describe_all({"Old": WithMore})
    assert contract.freeze({"Old": WithLess}, file) == ["Old: its outputs were changed, removed or reordered"]
    assert file.read_bytes() == kept


def test_the_tool_runs_by_itself_and_changes_nothing_that_is_current(contract):
    before = contract.FILE.read_bytes()
    done = subprocess.run([sys.executable, contract.__file__], capture_output=True, text=True, check=False, timeout=60)
    assert done.returncode == 0, done.stdout + done.stderr
    assert Path(contract.FILE).read_bytes() == before
