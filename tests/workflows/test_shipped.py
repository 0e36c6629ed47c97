"""The shipped graphs: both files of each say the same, look tidy in the editor, and run."""

import copy
import json
from pathlib import Path

import numpy as np
import pytest
import synthetic_albums
from PIL import Image
from synthetic_albums.headless.model_nodes import MODEL_NODES

ROOT = Path(synthetic_albums.__file__).parent
NOTES = {"Note", "MarkdownNote"}
WIDGETS = {"INT", "FLOAT", "STRING", "BOOLEAN"}
CHECKED = ["private-gallery", "quickstart"]
PHOTOS = {"my choice": 6}  # of an album at the small size, where it is not 3: two stories
SHOWN = {  # pictures in each preview at the small size
    "quickstart": {"The checked photos": 3},
    "private-gallery": {"The leakage report": 1},
    "storyboard-only": {"OpenPose": 3, "Depth": 3, "Segmentation": 3, "The storyboard": 3, "The contact sheet": 1},
    "own-checkpoint": {"The cast": 2, "The photos": 3},
    "own-model": {"The cast": 2, "The photos": 3},
    "reference-model": {"The cast": 2, "The photos": 3},
    "sample-it-yourself": {"The photos": 3},
    "two-families": {"The cast": 5, "Who stands where": 3, "The photos": 3},
    "human-in-the-loop": {"The blueprints": 6, "The photos": 6},
    "character-library": {"The saved people": 1},
    "audit-elsewhere": {"The report": 1},
}
REGEX = r"([^\\/\n]+)\.safetensors"  # finds a file's name, and is none
TITLE_PX = 30  # a node's title bar stands above its position


def declared(node_class):
    inputs = node_class.INPUT_TYPES()
    return {**inputs.get("required", {}), **inputs.get("optional", {})}


def as_api(editor, known_nodes):
    """What the editor would post: read from the saved nodes the way the editor does, by position."""
    origin = {link[0]: [str(link[1]), link[2]] for link in editor["links"]}
    graph = {}
    for node in editor["nodes"]:
        if node["type"] in NOTES:
            continue
        values, inputs = list(node["widgets_values"]), {}
        linked = {slot["name"]: origin[slot["link"]] for slot in node["inputs"] if slot["link"] is not None}
        for name, (kind, *options) in declared(known_nodes[node["type"]]).items():
            if (isinstance(kind, list) or kind in WIDGETS) and not (options and options[0].get("forceInput")):
                inputs[name] = values.pop(0)
                if options and options[0].get("control_after_generate"):
                    values.pop(0)
            if name in linked:
                inputs[name] = linked[name]
        assert not values, f"{node['type']} has widget values left over"
        graph[str(node["id"])] = {"class_type": node["type"], "inputs": inputs}
    return graph


def test_there_is_a_quickstart():
    assert (ROOT / "workflows" / "quickstart.json").is_file()


def test_every_graph_has_both_formats_and_a_thumbnail():
    folder = ROOT / "workflows"
    names = {path.stem for path in folder.glob("*.json")}
    assert {path.stem for path in (folder / "api").glob("*.json")} == names
    assert {path.stem for path in folder.glob("*.jpg")} == names
    # ComfyUI lists every .json at this level as a template.
    assert {path.suffix for path in folder.iterdir() if path.is_file()} == {".json", ".jpg"}


def test_the_files_are_what_the_tool_writes(build_workflows):
    stale = [path.name for path, text in build_workflows.texts().items() if path.read_text(encoding="utf-8") != text]
    assert not stale, "run tools/build_workflows.py"


def test_a_thumbnail_is_a_square_card(workflow):
    with Image.open(ROOT / "workflows" / f"{workflow}.jpg") as picture:
        assert picture.size == (512, 512)
        assert np.asarray(picture.convert("L"), float).std() > 20  # and shows something


def test_both_formats_say_the_same(editor, api, known_nodes):
    expected = {key: {"class_type": node["class_type"], "inputs": node["inputs"]} for key, node in api.items()}
    assert as_api(editor, known_nodes) == expected


def test_a_graph_names_only_known_nodes_and_inputs(api, known_nodes):
    for node in api.values():
        assert node["inputs"].keys() <= declared(known_nodes[node["class_type"]]).keys()


def test_a_graph_holds_only_values_that_its_nodes_take(api, known_nodes):
    for node in api.values():
        node_class = known_nodes[node["class_type"]]
        assert node["inputs"].keys() >= node_class.INPUT_TYPES().get("required", {}).keys()
        for name, value in node["inputs"].items():
            kind, *options = declared(node_class)[name]
            assert is_taken(value, kind, options[0] if options else {}), f"{node['class_type']}.{name} = {value!r}"


def is_taken(value, kind, options):
    if isinstance(value, list):
        return len(value) == 2  # a link: its type is looked at below
    if isinstance(kind, list):
        return value in kind or not kind  # names of files are known to the server's folders alone
    if type(value) is not {"INT": int, "FLOAT": float, "STRING": str, "BOOLEAN": bool}[kind]:
        return False
    return kind not in ("INT", "FLOAT") or options["min"] <= value <= options["max"]


def test_links_join_sockets_of_one_type(editor):
    nodes = {node["id"]: node for node in editor["nodes"]}
    for link_id, source, out_slot, target, in_slot, kind in editor["links"]:
        given, asked = nodes[source]["outputs"][out_slot], nodes[target]["inputs"][in_slot]
        assert link_id in given["links"]
        assert asked["link"] == link_id
        assert kind == given["type"]
        assert asked["type"] in {kind, "*"}


def test_the_editor_can_find_the_pack_of_every_node(editor):
    from synthetic_albums.stages.version import VERSION

    for node in editor["nodes"]:
        properties = node["properties"]
        assert properties["Node name for S&R"] == node["type"]
        ours = node["type"] in synthetic_albums.NODE_CLASS_MAPPINGS
        assert properties["cnr_id"] == ("synthetic-albums" if ours else "comfy-core")
        assert not ours or properties["ver"] == VERSION


def test_the_editor_can_offer_every_file_that_a_graph_names(editor):
    """It offers what a node's properties name, as long as one of the node's values names it, too."""
    named = [(node, model) for node in editor["nodes"] for model in node["properties"].get("models", ())]
    for node, model in named:
        assert model.keys() == {"name", "url", "directory"}
        assert model["name"] in node["widgets_values"]
        assert model["url"].startswith("https://huggingface.co/")
        assert model["url"].split("?")[0].endswith(f"/{model['name']}")
        assert model["directory"] in {"checkpoints", "diffusion_models", "text_encoders", "vae"}
    files = {v for n in editor["nodes"] for v in n["widgets_values"] if str(v).endswith(".safetensors")}
    assert {model["name"] for _, model in named} == files - {REGEX}


def test_nodes_do_not_cover_each_other_and_lie_in_their_groups(editor):
    boxes = {node["id"]: box_of(node) for node in editor["nodes"]}
    for first, a in boxes.items():
        for second, b in boxes.items():
            apart = a[2] <= b[0] or b[2] <= a[0] or a[3] <= b[1] or b[3] <= a[1]
            assert first == second or apart, f"nodes {first} and {second} overlap"
    groups = [(x, y, x + w, y + h) for x, y, w, h in (group["bounding"] for group in editor["groups"])]
    for node in editor["nodes"]:
        x0, y0, x1, y1 = boxes[node["id"]]
        inside = [g for g in groups if g[0] <= x0 and g[1] <= y0 and x1 <= g[2] and y1 <= g[3]]
        assert len(inside) == 1 or node["type"] in NOTES, f"{node['type']} is in {len(inside)} groups"


def box_of(node):
    (x, y), (width, height) = node["pos"], node["size"]
    return x, y - TITLE_PX, x + width, y + height


def test_stages_run_from_left_to_right(editor):
    order = {node["id"]: node["pos"][0] for node in editor["nodes"]}
    assert all(order[source] <= order[target] for _, source, _, target, *_ in editor["links"])


def test_a_note_says_where_to_begin(editor):
    notes = [node["widgets_values"][0] for node in editor["nodes"] if node["type"] in NOTES]
    assert "Press **Run**" in notes[0]


def record_of(folder):
    return json.loads((folder / "album.json").read_text(encoding="utf-8"))


def test_a_graph_runs_from_end_to_end(ran, api, albums, drawn_nodes):
    result, folder = ran
    assert result.status == "done", result.error
    assert set(result.executed) == drawn_nodes
    left_out = {api[key]["class_type"] for key in set(api) - drawn_nodes}
    assert left_out <= {*MODEL_NODES, *(("AlbumSceneConditioning", "PreviewAny") if "KSampler" in left_out else ())}
    checks = any(node["class_type"] == "AlbumLeakageCheck" for node in api.values())
    for name in albums:
        album = folder / "out" / name
        record = record_of(album)
        assert [photo["status"] for photo in record["photos"]] == ["done"] * PHOTOS.get(name, 3)
        # No gallery is shipped.
        assert record["leakage"]["status"] == "unchecked" if checks else record["leakage"] is None
        assert "<html" in (album / "index.html").read_text(encoding="utf-8")
        for photo in record["photos"]:
            assert Image.open(album / photo["file"]).size == (128, 96)


@pytest.mark.parametrize("workflow", CHECKED)
@pytest.mark.usefixtures("with_tiny_builtin")
def test_the_built_in_model_paints_what_is_shipped(api, run_small, tmp_path):
    api = copy.deepcopy(api)
    for node in api.values():
        if node["class_type"] == "AlbumStoryboardRenderer":
            node.update(class_type="AlbumBuiltinRenderer", inputs={"quality": "draft"})
    small = {"AlbumStoryPlanner": {"photos": 2}, "AlbumLayout": {"width": 128, "height": 128}}
    result = run_small(api, drawn=False, **small)
    assert result.status == "done", result.error
    album = tmp_path / "out" / "album"
    record = json.loads((album / "album.json").read_text(encoding="utf-8"))
    assert [photo["status"] for photo in record["photos"]] == ["done"] * 2
    assert (record["renderer"]["name"], record["renderer"]["quality"]) == ("builtin", "draft")
    assert len(record["renderer"]["weights"]) == 64
    photo = Image.open(album / record["photos"][0]["file"])
    assert photo.size == (128, 128)
    assert "trainedAlgorithmicMedia" in "".join(map(str, photo.text.values()))


def test_the_sheet_of_a_run_holds_the_graph(ran, api, albums, drawn_nodes):
    # Left out where the name of a private file comes from another node, which is not known to hold one.
    linked = any(isinstance(node["inputs"].get("file_name"), list) for node in api.values())
    for album in albums:
        text = Image.open(ran[1] / "out" / album / "contact_sheet.png").text
        assert json.loads(text.get("prompt", "{}")).keys() == (set() if linked else drawn_nodes)


def test_pictures_are_shown_at_every_look(ran, api):
    result, folder = ran
    shown = {
        api[key]["_meta"]["title"]: len(seen["images"])
        for key, seen in result.outputs.items()
        if api[key]["class_type"] == "PreviewImage"
    }
    assert shown == SHOWN[folder.name.rstrip("0123456789")]
    assert len(list((folder / "previews").glob("*.png"))) == sum(shown.values())


@pytest.mark.parametrize("workflow", CHECKED)
def test_a_planted_copy_leaves_the_album_and_what_is_shown(api, workflow, run_small, tmp_path):
    assert run_small(api).status == "done"
    private = tmp_path / "in" / "my holiday"
    private.mkdir(parents=True)
    album = tmp_path / "out" / "album"
    photo = min((album / "photos").glob("*.png"))
    with Image.open(photo) as picture:
        copied = np.asarray(picture.convert("RGB"))
    Image.fromarray(copied).save(private / "holiday.jpg", quality=85)
    for path in (tmp_path / "previews").glob("*.png"):
        path.unlink()
    again = run_small(api, AlbumGallery={"folder": "my holiday"})
    assert again.status == "done", again.error
    record = json.loads((album / "album.json").read_text(encoding="utf-8"))
    assert record["leakage"]["status"] in ({"leak"} if workflow == "quickstart" else {"leak", "clean"})
    if photo.exists():  # made again
        assert np.abs(np.asarray(Image.open(photo).convert("RGB"), float) - copied).mean() > 4
    if workflow == "quickstart":
        assert not photo.exists()
        assert Image.open(min((tmp_path / "previews").glob("*.png"))).convert("L").getpixel((2, 2)) == 88  # grey card
    assert "my holiday" not in Image.open(album / "contact_sheet.png").text["prompt"]
