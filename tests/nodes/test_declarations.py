"""What holds for every node: it explains itself, reads what it asks for, and costs nothing to list."""

import ast
import inspect
import json
import re
import subprocess
import sys
import textwrap
from pathlib import Path

import pytest
import synthetic_albums
from synthetic_albums.nodes import sockets

ROOT = Path(synthetic_albums.__file__).parent
NODES = synthetic_albums.NODE_CLASS_MAPPINGS
CORE_SOCKETS = {"STRING", "INT", "FLOAT", "BOOLEAN", "IMAGE", "MASK"} | {
    "MODEL",
    "CLIP",
    "VAE",
    "CONTROL_NET",
    "CONDITIONING",
}
OWN_SOCKETS = {value for name, value in vars(sockets).items() if name.startswith("ALBUM")}
HIDDEN = {"PROMPT", "EXTRA_PNGINFO"}

LOAD_AS_COMFYUI = """
import importlib.util, json, sys
folder = sys.argv[1]
name, start = "a_folder_x_name", folder + "/__init__.py"
spec = importlib.util.spec_from_file_location(name, start, submodule_search_locations=[folder])
module = importlib.util.module_from_spec(spec)
sys.modules[name] = module
spec.loader.exec_module(module)
listed = {name: node.INPUT_TYPES() for name, node in module.NODE_CLASS_MAPPINGS.items()}
heavy = {"torch", "numpy", "pydantic", "PIL", "yaml", "jinja2", "safetensors", "scipy", "diffusers", "transformers"}
print(json.dumps({"nodes": sorted(listed), "loaded": sorted(heavy & set(sys.modules))}))
"""


def inputs_of(node_class):
    declared = node_class.INPUT_TYPES()
    return {**declared.get("required", {}), **declared.get("optional", {})}


EVERY_NODE = pytest.mark.parametrize("node_id", NODES)
EVERY_INPUT = pytest.mark.parametrize(
    ("node_id", "name"), [(node_id, name) for node_id, node_class in NODES.items() for name in inputs_of(node_class)]
)


def test_the_list_of_nodes_loads_with_nothing_installed():
    # -S leaves out site-packages, -I the current folder: only Python itself is there.
    command = [sys.executable, "-I", "-S", "-c", LOAD_AS_COMFYUI, str(ROOT)]
    done = subprocess.run(command, capture_output=True, text=True, check=False, timeout=60)
    assert done.returncode == 0, done.stderr
    assert json.loads(done.stdout)["nodes"] == sorted(NODES)


def test_the_list_of_nodes_imports_nothing_heavy_where_it_is_installed():
    command = [sys.executable, "-c", LOAD_AS_COMFYUI, str(ROOT)]
    done = subprocess.run(command, capture_output=True, text=True, check=True, timeout=60)
    assert json.loads(done.stdout)["loaded"] == []


def test_the_mappings_are_literal():
    tree = ast.parse((ROOT / "__init__.py").read_text(encoding="utf-8"))
    found = {
        target.id: [key.value for key in node.value.keys]
        for node in tree.body
        if isinstance(node, ast.Assign) and isinstance(node.value, ast.Dict)
        for target in node.targets
    }
    assert found == {"NODE_CLASS_MAPPINGS": list(NODES), "NODE_DISPLAY_NAME_MAPPINGS": list(NODES)}


def test_the_manager_lists_every_node_with_its_description():
    listed = json.loads((ROOT / "node_list.json").read_text(encoding="utf-8"))
    assert listed == {node_id: node_class.DESCRIPTION for node_id, node_class in NODES.items()}


def test_display_names_are_words_and_no_two_are_equal():
    names = list(synthetic_albums.NODE_DISPLAY_NAME_MAPPINGS.values())
    assert len(set(names)) == len(names)
    assert all(
        name.replace(" ", "") == node_id for node_id, name in synthetic_albums.NODE_DISPLAY_NAME_MAPPINGS.items()
    )


@EVERY_NODE
def test_a_node_says_what_it_is(node_id):
    node_class = NODES[node_id]
    assert node_class.__name__ == node_id
    stage = node_class.__module__.rpartition(".")[2].partition("_")[0]  # story_edit is of the story stage too
    assert (ROOT / "stages" / stage).is_dir()
    assert node_class.CATEGORY.split("/") == ["Synthetic Albums", stage]
    assert node_class.DESCRIPTION.endswith(".")
    assert len(node_class.SEARCH_ALIASES) >= 3
    assert len(node_class.RETURN_TYPES) == len(node_class.RETURN_NAMES) == len(node_class.OUTPUT_TOOLTIPS)
    assert all(tooltip.endswith(".") for tooltip in node_class.OUTPUT_TOOLTIPS)


@EVERY_NODE
def test_a_node_uses_known_sockets(node_id):
    node_class = NODES[node_id]
    kinds = [spec[0] for spec in inputs_of(node_class).values() if not isinstance(spec[0], list)]
    assert {*kinds, *node_class.RETURN_TYPES} <= CORE_SOCKETS | OWN_SOCKETS
    assert set(node_class.INPUT_TYPES().get("hidden", {}).values()) <= HIDDEN


@EVERY_NODE
def test_a_node_has_no_state(node_id):
    tree = ast.parse(textwrap.dedent(inspect.getsource(NODES[node_id])))
    assert not [node for node in ast.walk(tree) if isinstance(node, ast.Global | ast.Nonlocal)]
    assert not [n for n in ast.walk(tree) if isinstance(n, ast.Name) and n.id == "self" and isinstance(n.ctx, ast.Load)]
    assert "__init__" not in vars(NODES[node_id])


@EVERY_INPUT
def test_an_input_explains_itself(node_id, name):
    kind, options = inputs_of(NODES[node_id])[name]
    tooltip = options["tooltip"]
    assert len(tooltip) >= 12
    if kind in ("INT", "FLOAT"):
        assert options["min"] <= options["default"] <= options["max"]
        shown = tooltip.replace("2^53-1", str(2**53 - 1)).replace(",", "")
        assert {options["min"], options["max"]} <= set(map(float, re.findall(r"\d+(?:\.\d+)?", shown))), tooltip
    if isinstance(kind, list):
        assert options["default"] in kind


@EVERY_INPUT
def test_an_input_is_read(node_id, name):
    node_class = NODES[node_id]
    function = ast.parse(textwrap.dedent(inspect.getsource(getattr(node_class, node_class.FUNCTION)))).body[0]
    read = {n.id for n in ast.walk(function) if isinstance(n, ast.Name) and isinstance(n.ctx, ast.Load)}
    assert name in read


@EVERY_NODE
def test_a_function_takes_what_is_declared_and_nothing_else(node_id):
    node_class = NODES[node_id]
    parameters = list(inspect.signature(getattr(node_class, node_class.FUNCTION)).parameters)
    hidden = node_class.INPUT_TYPES().get("hidden", {})
    assert parameters == ["self", *inputs_of(node_class), *hidden]


@EVERY_NODE
def test_defaults_are_said_once(node_id):
    node_class = NODES[node_id]
    parameters = inspect.signature(getattr(node_class, node_class.FUNCTION)).parameters
    declared = node_class.INPUT_TYPES()
    for name in declared.get("required", {}):
        assert parameters[name].default is inspect.Parameter.empty
    for name in [*declared.get("optional", {}), *declared.get("hidden", {})]:
        assert parameters[name].default is None


def test_the_editor_loads_no_script_of_ours():
    assert not list((ROOT / synthetic_albums.WEB_DIRECTORY).rglob("*.js"))


def test_limits_of_the_nodes_are_those_of_the_stages():
    from synthetic_albums.stages import leakage, records, story

    threshold = NODES["AlbumLeakageCheck"].INPUT_TYPES()["required"]["threshold_bits"][1]
    assert threshold["default"] == leakage.DEFAULT_THRESHOLD_BITS
    assert threshold["max"] == leakage.MAX_THRESHOLD_BITS
    check = NODES["AlbumLeakageCheck"].INPUT_TYPES()["optional"]
    assert check["false_alarm_target"][1]["default"] == leakage.DEFAULT_TARGET
    assert tuple(check["required"][0]) == leakage.REQUIRED
    for node_id in ("AlbumStoryPlanner", "AlbumLanguageModelPlanner", "AlbumEndpointPlanner"):
        planner = NODES[node_id].INPUT_TYPES()["required"]
        assert planner["photos"][1]["max"] == records.MAX_SCENES
        assert f"{story.MAX_PROMPT_CHARS:,} characters" in planner["prompt"][1]["tooltip"]
    for node_id in ("AlbumSceneEdit", "AlbumSceneRegions"):
        assert NODES[node_id].INPUT_TYPES()["required"]["scene"][1]["max"] == records.MAX_SCENES
