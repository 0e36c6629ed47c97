import pytest
from synthetic_albums.headless.overrides import apply_overrides
from synthetic_albums.stages.errors import AlbumError


@pytest.fixture
def classes(cases):
    return {**cases.SCALED, **cases.NUMBER, **cases.SHOW}


@pytest.fixture
def graph(cases):
    return {
        "1": cases.at("Scaled", **cases.GOOD_SCALE),
        "2": {**cases.at("Number", value=1), "_meta": {"title": "Seed v1.5"}},
        "3": {**cases.at("Number", value=1), "_meta": {"title": "Other"}},
    }


@pytest.mark.parametrize(
    ("setting", "node_id", "name", "value"),
    [
        ("1.size=7", "1", "size", 7),
        ("Scaled.size=7", "1", "size", 7),
        ("Seed v1.5.value=9", "2", "value", 9),
        ("1.share=0.25", "1", "share", 0.25),
        ("1.name=a plain text", "1", "name", "a plain text"),
        ("1.name=1e3", "1", "name", "1e3"),
        ("1.name=true", "1", "name", "true"),
        ('1.name="quoted"', "1", "name", "quoted"),
        ("1.name=x=y", "1", "name", "x=y"),
        ("1.name=", "1", "name", ""),
        ("1.mode=hard", "1", "mode", "hard"),
        ("1.on=false", "1", "on", False),
        ("1.on=No", "1", "on", False),
        ("1.on=1", "1", "on", True),
        ('1.size=["2", 0]', "1", "size", ["2", 0]),
        ("1.size=[1, 2, 3]", "1", "size", {"__value__": [1, 2, 3]}),
    ],
)
def test_a_value_is_read_for_its_input(graph, classes, setting, node_id, name, value):
    apply_overrides(graph, [setting], classes)
    found = graph[node_id]["inputs"][name]
    assert (type(found), found) == (type(value), value)


def test_an_input_that_the_graph_leaves_out_can_be_set(graph, classes):
    del graph["1"]["inputs"]["size"]
    apply_overrides(graph, ["1.size=3"], classes)
    assert graph["1"]["inputs"]["size"] == 3


@pytest.mark.parametrize(
    ("setting", "message"),
    [
        ("size=3", "not of the form NODE.INPUT=VALUE"),
        ("1.size", "not of the form NODE.INPUT=VALUE"),
        ("Scald.size=3", "Did you mean Scaled"),
        ("zzz.size=3", "There are: 1, 2, 3, Number, Other, Scaled, Seed v1.5"),
        ("1.siz=3", "Did you mean size"),
        ("2.qqq=3", "There are: value"),
        ("Number.value=3", "several nodes: use one of the ids 2, 3"),
        ("1.on=perhaps", "neither true nor false"),
    ],
)
def test_a_setting_that_fits_nothing_is_refused_with_a_hint(graph, classes, setting, message):
    with pytest.raises(AlbumError, match=message):
        apply_overrides(graph, [setting], classes)


def test_a_node_of_an_unknown_class_can_be_set_where_the_graph_has_the_input(graph, classes, cases):
    graph["9"] = cases.at("Gone", x=1)
    apply_overrides(graph, ["9.x=2"], classes)
    assert graph["9"]["inputs"] == {"x": 2}
