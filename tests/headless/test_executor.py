import asyncio
import math
import subprocess
import sys

import pytest
from synthetic_albums.headless.caching import RunCache
from synthetic_albums.nodes.host import current_host
from synthetic_albums.stages.errors import AlbumError, InterruptedAlbumError


def test_a_graph_ends_as_it_does_in_comfyui(cases, recorded_ends, recorded_name):
    assert cases.run_headless(cases.case_named(recorded_name)) == recorded_ends[recorded_name]


def test_every_case_was_recorded(cases, recorded_ends):
    assert [case.name for case in cases.CASES] == list(recorded_ends)


def test_values_and_what_is_shown_are_in_the_result(cases, run):
    graph = {
        "1": cases.at("CountUp", n=3),
        "2": cases.at("Add", a=["1", 0], b=10),
        "3": cases.at("Show", value=["2", 0]),
    }
    result = run(graph, cases.COUNT_UP, cases.ADD, cases.SHOW)
    assert result.status == "done"
    assert result.values == {"1": [[0, 1, 2]], "2": [[10, 11, 12]], "3": []}
    assert result.outputs == {"3": {"shown": [10, 11, 12]}}
    assert result.executed == ["1", "2", "3"]


def test_the_graph_that_was_given_is_not_changed(cases, run):
    graph = {"1": cases.at("Number", value="3"), "2": cases.at("Show", value=["1", 0])}
    result = run(graph, cases.NUMBER, cases.SHOW)
    assert result.outputs["2"]["shown"] == [3]
    assert graph["1"]["inputs"]["value"] == "3"


def test_a_long_chain_needs_no_deep_stack(cases, run):
    graph = {"0": cases.at("Number", value=0)}
    for i in range(1, 3000):
        graph[str(i)] = cases.at("Add", a=[str(i - 1), 0], b=1)
    graph["end"] = cases.at("Show", value=["2999", 0])
    assert run(graph, cases.NUMBER, cases.ADD, cases.SHOW).outputs == {"end": {"shown": [2999]}}


def test_only_what_changed_runs_again(cases, run):
    cache = RunCache()

    def executed(left, right):
        graph = {
            "1": cases.at("Number", value=left),
            "2": cases.at("Number", value=right),
            "3": cases.at("Add", a=["1", 0], b=["2", 0]),
            "4": cases.at("Show", value=["3", 0]),
        }
        return run(graph, cases.NUMBER, cases.ADD, cases.SHOW, cache=cache).executed

    assert sorted(executed(1, 2)) == ["1", "2", "3", "4"]
    assert executed(1, 5) == ["2", "3", "4"]
    assert executed(1, 5) == []
    assert sorted(executed(1, 2)) == ["2", "3", "4"]  # the run before last is forgotten, as in ComfyUI


def test_one_is_not_taken_for_true(cases, run):
    cache = RunCache()
    assert run({"1": cases.at("Show", value=1)}, cases.SHOW, cache=cache).outputs["1"]["shown"] == [1]
    assert run({"1": cases.at("Show", value=True)}, cases.SHOW, cache=cache).outputs["1"]["shown"] == [True]


def test_every_nan_fingerprint_runs_again_even_if_it_is_the_same_object(cases, run):
    restless = cases.node(
        "Restless", {"value": ("INT", {})}, output=True, IS_CHANGED=classmethod(lambda cls, value: math.nan)
    )
    cache, graph = RunCache(), {"1": cases.at("Restless", value=1)}
    assert [run(graph, restless, cache=cache).executed for _ in range(2)] == [["1"], ["1"]]


def test_an_expansion_keeps_the_inner_nodes_that_did_not_change(cases, run):
    def build(value):
        graph = {"in.a": cases.at("Number", value=7), "in.b": cases.at("Add", a=["in.a", 0], b=value)}
        return {"result": (["in.b", 0],), "expand": graph}

    classes = (cases.expanding(build), cases.NUMBER, cases.ADD, cases.SHOW)
    cache = RunCache()
    for value, expected in ((1, ["in.a", "in.b", "1", "2"]), (2, ["in.b", "1", "2"]), (1, ["in.b", "1", "2"])):
        graph = {"1": cases.at("Grow", value=value), "2": cases.at("Show", value=["1", 0])}
        assert run(graph, *classes, cache=cache).executed == expected


def test_a_node_object_lives_as_long_as_the_cache(cases, run):
    def count(self):
        self.calls = getattr(self, "calls", 0) + 1
        return {"ui": {"shown": [self.calls]}}

    counting = cases.node(
        "Counting", returns=(), output=True, count=count, FUNCTION="count", IS_CHANGED=classmethod(lambda cls: math.nan)
    )
    cache = RunCache()
    shown = [run({"1": cases.at("Counting")}, counting, cache=cache).outputs["1"]["shown"] for _ in range(2)]
    assert shown == [[1], [2]]
    assert run({"1": cases.at("Counting")}, counting).outputs["1"]["shown"] == [1]


def test_async_nodes_run_at_the_same_time(cases, run):
    met = []

    async def meet(name):
        met.append(name)
        for _ in range(200):
            if len(met) == 2:
                return (name,)
            await asyncio.sleep(0.005)
        raise TimeoutError("the other one never started")

    meeting = cases.node("Meet", {"name": ("STRING", {})}, returns=("STRING",), run=meet)
    graph = {
        "1": cases.at("Meet", name="a"),
        "2": cases.at("Meet", name="b"),
        "3": cases.at("ShowTwo", a=["1", 0], b=["2", 0]),
    }
    assert run(graph, meeting, cases.SHOW_TWO).outputs["3"]["shown"] == [["a", "b"]]


def test_other_nodes_run_while_an_async_one_waits(cases, run):
    seen = []

    async def wait_for_the_other(value):
        while not seen:
            await asyncio.sleep(0.001)
        return (value,)

    waiting = cases.node("Wait", {"value": ("INT", {})}, returns=("INT",), run=wait_for_the_other)
    other = cases.node("Other", returns=("INT",), run=lambda: (seen.append(1) or 2,))
    graph = {"1": cases.at("Wait", value=1), "2": cases.at("Other"), "3": cases.at("ShowTwo", a=["1", 0], b=["2", 0])}
    assert run(graph, waiting, other, cases.SHOW_TWO).outputs["3"]["shown"] == [[1, 2]]


def test_async_nodes_inside_an_event_loop_are_refused_with_a_reason(cases, run):
    slow = cases.node("Slow", {"value": ("INT", {})}, returns=(), output=True, run=cases.slow_double)

    async def inside():
        return run({"1": cases.at("Slow", value=1)}, slow)

    result = asyncio.run(inside())
    assert isinstance(result.exception, AlbumError)
    assert "in a thread" in str(result.exception)


def test_plain_nodes_run_inside_an_event_loop(cases, run):
    async def inside():
        return run({"1": cases.at("Show", value=1)}, cases.SHOW)

    assert asyncio.run(inside()).status == "done"


def test_an_async_validate_inputs_is_awaited(cases, run):
    async def judge(cls, size):
        await asyncio.sleep(0)
        return "never"

    result = run({"1": cases.at("Judged", size=1, mode="soft")}, cases.validating(judge))
    assert result.node_errors["1"]["errors"][0]["details"] == "size - never"


def test_progress_of_a_node_is_an_event_and_reaches_the_host(cases, run, host, monkeypatch):
    told, events = [], []
    monkeypatch.setattr(host, "progress", lambda total: lambda done, whole, preview=None: told.append((done, whole)))

    def work():
        update = current_host().progress(4)
        update(1, 4)
        return {"ui": {}}

    busy = cases.node("Busy", returns=(), output=True, run=work)
    run({"5": cases.at("Busy")}, busy, prompt_id="p", on_event=lambda kind, data: events.append((kind, data)))
    assert told == [(1, 4)]
    assert ("progress", {"prompt_id": "p", "node": "5", "value": 1, "max": 4}) in events


def test_events_come_in_comfyuis_order(cases, run):
    events = []
    graph = {"1": cases.at("Number", value=3), "2": cases.at("Show", value=["1", 0])}
    run(graph, cases.NUMBER, cases.SHOW, on_event=lambda kind, _: events.append(kind))
    assert events == ["execution_start", "execution_cached", "executing", "executing", "executed", "execution_success"]


def test_an_interrupted_host_stops_the_run_between_nodes(cases, run, host):
    stopper = cases.node("Stopper", returns=("INT",), run=lambda: host.interrupt() or (1,))
    result = run({"1": cases.at("Stopper"), "2": cases.at("Show", value=["1", 0])}, stopper, cases.SHOW)
    assert (result.status, result.executed) == ("interrupted", ["1"])
    assert isinstance(result.exception, InterruptedAlbumError)
    assert result.error["node_id"] == "2"


def test_an_interrupted_host_stops_a_wait_for_async_nodes(cases, run, host):
    async def wait_forever(value):
        host.interrupt()
        await asyncio.sleep(3600)

    endless = cases.node("Endless", {"value": ("INT", {})}, returns=(), output=True, run=wait_forever)
    assert run({"1": cases.at("Endless", value=1)}, endless).status == "interrupted"


@pytest.mark.parametrize("stop", [KeyboardInterrupt, InterruptedAlbumError])
def test_an_interrupt_in_a_node_is_no_failure(cases, run, stop):
    def interrupted():
        raise stop("enough")

    result = run({"1": cases.at("Hit")}, cases.node("Hit", returns=(), output=True, run=interrupted))
    assert result.status == "interrupted"
    assert result.error == {"prompt_id": result.prompt_id, "node_id": "1", "node_type": "Hit", "executed": []}


def test_a_failure_has_comfyuis_shape(cases, run):
    graph = {
        "1": cases.at("Number", value=3),
        "2": cases.at("Fail", value=["1", 0]),
        "3": cases.at("Show", value=["2", 0]),
    }
    result = run(graph, cases.NUMBER, cases.FAIL, cases.SHOW, prompt_id="p")
    traceback = result.error.pop("traceback")
    assert result.error == {
        "prompt_id": "p",
        "node_id": "2",
        "node_type": "Fail",
        "executed": ["1"],
        "exception_message": "integer division or modulo by zero\n",
        "exception_type": "ZeroDivisionError",
        "current_inputs": {"value": [3]},
        "current_outputs": ["1", "2", "3"],
    }
    assert "1 // 0" in traceback[-1]


def test_large_values_are_described_and_not_dumped(cases, run):
    class Pixels:
        shape, dtype = (8, 8), "uint8"

    source = cases.node("Source", returns=("*", "*"), run=lambda: (Pixels(), ["x" * 10_000]))
    fail = cases.node("Fail", {"a": ("*",), "b": ("*",)}, run=lambda a, b: 1 // 0, output=True)
    result = run({"1": cases.at("Source"), "2": cases.at("Fail", a=["1", 0], b=["1", 1])}, source, fail)
    shown = result.error["current_inputs"]
    assert shown["a"] == ["Pixels (8, 8) uint8"]
    assert len(shown["b"][0]) < 600
    assert shown["b"][0].endswith("(10004 characters)")


def test_running_out_of_memory_comes_with_a_tip(cases, run):
    def hungry():
        raise MemoryError("no more")

    result = run({"1": cases.at("Hungry")}, cases.node("Hungry", returns=(), output=True, run=hungry))
    assert "Make the pictures or the batch smaller" in result.error["exception_message"]


def test_a_blocker_with_a_message_leaves_the_run_done_but_is_in_the_result(cases, run):
    graph = {"1": cases.at("Block", message="no pictures today"), "2": cases.at("Show", value=["1", 0])}
    result = run(graph, cases.BLOCK, cases.SHOW)
    assert result.status == "done"
    assert [(e["node_id"], e["exception_message"]) for e in result.blocked] == [
        ("2", "Execution Blocked: no pictures today")
    ]


def test_an_expansion_that_links_to_nothing_fails_at_its_node(cases, run):
    grow = cases.expanding(lambda value: {"result": (["gone", 0],), "expand": {"in.a": cases.at("Number", value=1)}})
    result = run(
        {"1": cases.at("Grow", value=1), "2": cases.at("Show", value=["1", 0])}, grow, cases.NUMBER, cases.SHOW
    )
    assert (result.status, result.error["node_id"]) == ("failed", "1")
    assert "gone not found" in result.error["exception_message"]


def test_nodes_that_make_pictures_run_in_inference_mode(cases, run):
    def look():
        import torch

        return (torch.is_inference_mode_enabled(),)

    picture = cases.node("Picture", returns=("IMAGE",), run=look)
    graph = {"1": cases.at("Picture"), "2": cases.at("Show", value=["1", 0])}
    assert run(graph, picture, cases.SHOW).outputs["2"]["shown"] == [True]


def test_a_graph_without_pictures_does_not_import_torch():
    code = """
import sys
from pathlib import Path
from synthetic_albums.headless.core_nodes import CORE_NODES
from synthetic_albums.headless.executor import run_graph
from synthetic_albums.headless.host import HeadlessHost

graph = {
    "1": {"class_type": "PrimitiveInt", "inputs": {"value": 3}},
    "2": {"class_type": "PreviewAny", "inputs": {"source": ["1", 0]}},
}
result = run_graph(graph, node_classes=CORE_NODES, host=HeadlessHost(Path("o"), Path("i")))
print(result.outputs["2"]["text"], "torch" in sys.modules)
"""
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout == "['3'] False\n"
