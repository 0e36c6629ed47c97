import json

import pytest


def errors_of(result, node_id):
    return [(error["type"], error["details"]) for error in result.node_errors[node_id]["errors"]]


def test_a_refused_graph_has_exactly_comfyuis_json(cases, run):
    result = run(cases.scaled(size=0), cases.SCALED)
    assert result.status == "invalid"
    assert json.loads(json.dumps(result.error)) == {
        "error": {
            "type": "prompt_outputs_failed_validation",
            "message": "Prompt outputs failed validation",
            "details": "Value 0 smaller than min of 1: size",
            "extra_info": {},
        },
        "node_errors": {
            "1": {
                "errors": [
                    {
                        "type": "value_smaller_than_min",
                        "message": "Value 0 smaller than min of 1",
                        "details": "size",
                        "extra_info": {
                            "input_name": "size",
                            "input_config": ["INT", {"min": 1, "max": 10}],
                            "received_value": 0,
                        },
                    }
                ],
                "dependent_outputs": ["1"],
                "class_type": "Scaled",
            }
        },
    }


def test_all_bad_inputs_of_a_node_are_reported_in_declared_order(cases, run):
    result = run(cases.scaled(mode="loud", share=2, size="x"), cases.SCALED)
    assert [kind for kind, _ in errors_of(result, "1")] == [
        "invalid_input_type",
        "value_bigger_than_max",
        "value_not_in_list",
    ]


def test_a_long_list_is_not_repeated(cases, run):
    result = run({"1": cases.at("Many", pick="none")}, cases.MANY)
    assert errors_of(result, "1") == [("value_not_in_list", "pick: 'none' not in (list of length 30)")]
    assert result.node_errors["1"]["errors"][0]["extra_info"]["input_config"] is None


def test_a_cycle_is_named_at_each_of_its_nodes(cases, run):
    graph = {
        "1": cases.at("Add", a=["2", 0], b=1),
        "2": cases.at("Add", a=["1", 0], b=1),
        "3": cases.at("Show", value=["1", 0]),
    }
    result = run(graph, cases.ADD, cases.SHOW)
    assert result.status == "invalid"
    for node_id in ("1", "2"):
        assert errors_of(result, node_id) == [("dependency_cycle", "1 (Add) -> 2 (Add) -> 1 (Add)")]
    assert "3" not in result.node_errors


def test_a_node_linked_to_itself_is_a_cycle(cases, run):
    result = run({"1": cases.at("Show", value=["1", 0])}, {**cases.node("Show", {"value": ("*",)}, output=True)})
    assert errors_of(result, "1") == [("dependency_cycle", "1 (Show) -> 1 (Show)")]


def test_a_cycle_that_no_output_needs_does_no_harm(cases, run):
    graph = {
        "1": cases.at("Add", a=["2", 0], b=1),
        "2": cases.at("Add", a=["1", 0], b=1),
        "3": cases.at("Show", value=5),
    }
    assert run(graph, cases.ADD, cases.SHOW).status == "done"


def test_an_unknown_class_is_named_with_its_title(cases, run):
    gone = {**cases.at("GoneNode"), "_meta": {"title": "My filter"}}
    result = run({"1": cases.at("Show", value=1), "7": gone}, cases.SHOW)
    assert result.error == {
        "error": {
            "type": "missing_node_type",
            "message": "Node 'My filter' not found. The custom node may not be installed.",
            "details": "Node ID '#7'",
            "extra_info": {"node_id": "7", "class_type": "GoneNode", "node_title": "My filter"},
        },
        "node_errors": {},
    }


@pytest.mark.parametrize("broken", ["text", 3, None, ["1", 0]])
def test_what_is_no_node_is_refused(cases, run, broken):
    result = run({"1": broken}, cases.SHOW)
    assert result.error["error"]["type"] == "invalid_prompt"
    assert result.error["error"]["details"] == "Node ID '#1'"


@pytest.mark.parametrize("class_type", [["Show"], {"a": 1}, 5])
def test_a_class_type_that_is_no_text_is_refused(cases, run, class_type):
    result = run({"1": {"class_type": class_type, "inputs": {}}}, cases.SHOW)
    assert result.error["error"]["type"] == "missing_node_type"


def test_the_good_output_runs_and_the_bad_one_is_reported(cases, run):
    graph = {"1": cases.at("Number", value="x"), "2": cases.at("Show", value=["1", 0]), "3": cases.at("Show", value=7)}
    result = run(graph, cases.NUMBER, cases.SHOW)
    assert result.status == "done"
    assert result.outputs == {"3": {"shown": [7]}}
    assert result.node_errors["1"]["dependent_outputs"] == ["2"]


def test_infinity_cannot_become_an_integer(cases, run):
    result = run(cases.scaled(size=float("inf")), cases.SCALED)
    assert errors_of(result, "1")[0][0] == "invalid_input_type"


@pytest.mark.parametrize("changes", [{"size": 1, "share": 0.0}, {"size": 10, "share": 1.0}])
def test_both_ends_of_a_range_are_allowed(cases, run, changes):
    assert run(cases.scaled(**changes), cases.SCALED).status == "done"
