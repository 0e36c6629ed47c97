"""Every shipped workflow in the real editor, in both of its renderers."""

import pytest
import synthetic_albums

pytestmark = pytest.mark.browser

# What a node would not draw smaller than: a saved size below it makes nodes run into each other.
SIZES = """() => window.app.graph._nodes
    .map(node => [node.type, [...node.size], [...node.computeSize()]])
    .filter(([type, size, least]) => size[0] < least[0] || size[1] < least[1])"""


def is_ours(node_type):
    return node_type in synthetic_albums.NODE_CLASS_MAPPINGS


def as_saved(workflow, *, places):
    """What matters of a workflow's file: neither the editor's notes beside it nor, without places, where nodes lie."""
    nodes = {}
    for node in workflow["nodes"]:
        kept = {key: node.get(key) for key in ("type", "title", "flags", "mode", "properties", "color", "bgcolor")}
        if kept["title"] in {node["type"], synthetic_albums.NODE_DISPLAY_NAME_MAPPINGS.get(node["type"])}:
            kept["title"] = None
        for side in ("inputs", "outputs"):
            sockets = [{k: v for k, v in socket.items() if k != "localized_name"} for socket in node.get(side, ())]
            kept[side] = [{**socket, "links": socket.get("links") or []} for socket in sockets]
        if places:
            kept["pos"], kept["size"] = node["pos"], node["size"]
        nodes[node["id"]] = {**kept, "widgets_values": node.get("widgets_values", [])}
    groups = [{key: group[key] for key in ("id", "title", "bounding", "color")} for group in workflow["groups"]]
    return {"id": workflow["id"], "nodes": nodes, "links": sorted(workflow["links"]), "groups": groups}


def without_the_editors_own(saved, expected):
    """Nodes of ComfyUI itself may have widgets in the editor alone; they stand behind those that are saved."""
    for key, node in saved["nodes"].items():
        if not is_ours(node["type"]) and key in expected["nodes"]:
            node["widgets_values"] = node["widgets_values"][: len(expected["nodes"][key]["widgets_values"])]
    return saved


def test_it_opens_without_a_complaint(opened, shipped):
    drawn = opened.evaluate("() => window.app.canvas.graph._nodes.map(node => Number(node.id))")
    assert sorted(drawn) == sorted(node["id"] for node in shipped["nodes"])
    opened.wait(100)  # what is drawn next may complain, too
    assert (opened.unknown(), opened.dialogs(), opened.said) == ([], [], [])


def test_it_is_saved_as_it_was_opened(opened, workflow, shipped):
    # The Vue renderer measures nodes itself.
    expected, saved = as_saved(shipped, places=not opened.vue), opened.saved()
    assert without_the_editors_own(as_saved(saved, places=not opened.vue), expected) == expected
    opened.open(saved, workflow)
    assert opened.saved()["nodes"] == saved["nodes"]


def test_the_editor_would_post_what_is_shipped(opened, api):
    posted = opened.posted()
    assert posted.keys() == api.keys()
    for key, node in api.items():
        assert posted[key]["class_type"] == node["class_type"]
        assert posted[key]["_meta"]["title"] == node["_meta"]["title"]
        assert node["inputs"].items() <= posted[key]["inputs"].items()
        if is_ours(node["class_type"]):
            assert posted[key]["inputs"] == node["inputs"]
    assert opened.said == []


def test_no_node_needs_more_room_than_it_has(canvas_opened):
    assert canvas_opened.evaluate(SIZES) == []


def test_drawn_nodes_stay_in_their_groups_and_off_each_other(vue_opened, shipped):
    # The Vue renderer makes nodes as large as what is in them.
    if vue_opened.version_number < (1, 40):
        pytest.skip(f"the Vue renderer of {vue_opened.version} draws nodes as wide as it likes")
    boxes = vue_opened.drawn_boxes()
    for first, a in boxes.items():
        for second, b in boxes.items():
            apart = a[2] <= b[0] or b[2] <= a[0] or a[3] <= b[1] or b[3] <= a[1]
            assert first == second or apart, f"nodes {first} and {second} overlap: {a}, {b}"
    groups = [(x, y, x + w, y + h) for x, y, w, h in (group["bounding"] for group in shipped["groups"])]
    notes = {node["id"] for node in shipped["nodes"] if node["type"] == "MarkdownNote"}
    for node, (x0, y0, x1, y1) in boxes.items():
        inside = [g for g in groups if g[0] <= x0 and g[1] <= y0 and x1 <= g[2] and y1 <= g[3]]
        over = [g for g in groups if x0 < g[2] and g[0] < x1 and y0 < g[3] and g[1] < y1]
        assert len(over) == (0 if node in notes else 1), (
            f"node {node} reaches over {len(over)} groups: {x0, y0, x1, y1}"
        )
        assert len(inside) == len(over), f"node {node} sticks out of its group: {x0, y0, x1, y1}"
