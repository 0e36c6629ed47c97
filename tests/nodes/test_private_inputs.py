import copy

import pytest
import synthetic_albums
from synthetic_albums.nodes.private_inputs import (
    PRIVATE_INPUTS,
    says_private_elsewhere,
    widget_names,
    without_private_inputs,
)


def editor_node(class_type, value):
    """A node as the editor saves it, with `value` in every widget."""
    names = widget_names(synthetic_albums.NODE_CLASS_MAPPINGS[class_type])
    return {"type": class_type, "widgets_values": [value] * len(names)}


@pytest.mark.parametrize("class_type", PRIVATE_INPUTS)
def test_private_inputs_are_emptied_in_both_formats_and_others_stay(class_type):
    names = widget_names(synthetic_albums.NODE_CLASS_MAPPINGS[class_type])
    api = {"1": {"class_type": class_type, "inputs": {name: "/home/ana" for name in names if name}}}
    cleaned = without_private_inputs(api)["1"]["inputs"]
    emptied = {name for name, value in cleaned.items() if value == ""}
    assert emptied == set(PRIVATE_INPUTS[class_type])
    widgets = without_private_inputs(editor_node(class_type, "/home/ana"))["widgets_values"]
    assert [name for name, value in zip(names, widgets, strict=True) if value == ""] == [
        n for n in names if n in emptied
    ]


def test_the_slot_behind_a_seed_is_counted():
    node = editor_node("AlbumEndpointPlanner", "x")
    names = widget_names(synthetic_albums.NODE_CLASS_MAPPINGS["AlbumEndpointPlanner"])
    assert names[names.index("seed") + 1] == ""
    assert without_private_inputs(node)["widgets_values"][names.index("key_variable")] == ""


def test_widgets_that_do_not_fit_the_declaration_are_all_emptied():
    node = {"type": "AlbumPlanCheck", "widgets_values": ["/home/ana"], "widgets_values_named": {"x": "/home/ana"}}
    assert without_private_inputs(node) == {"type": "AlbumPlanCheck", "widgets_values": []}


def test_the_graph_that_was_given_is_not_changed():
    graph = {"1": {"class_type": "AlbumGallery", "inputs": {"folder": "/home/ana"}}}
    before = copy.deepcopy(graph)
    assert without_private_inputs(graph) != before
    assert graph == before


@pytest.mark.parametrize("value", [None, 3, "text", [], {"class_type": 7}, {"type": ["AlbumGallery"]}])
def test_what_is_no_node_stays_as_it_is(value):
    assert without_private_inputs(value) == value


@pytest.mark.parametrize(
    ("node_id", "folder", "elsewhere"),
    [("1", "/home/ana", False), ("1", ["2", 0], True), ("5:1", "/home/ana", True), ("5:1", "", False)],
)
def test_a_private_value_that_stands_in_another_node_is_noticed(node_id, folder, elsewhere):
    graph = {node_id: {"class_type": "AlbumGallery", "inputs": {"folder": folder}}, "2": {"class_type": "X"}}
    assert says_private_elsewhere(graph) is elsewhere
