"""ComfyUI keeps node objects from run to run, so nodes keep nothing."""

import importlib
import json
from pathlib import Path

import pytest
import synthetic_albums
import torch
from synthetic_albums.stages.story import plan_json

NODES = synthetic_albums.NODE_CLASS_MAPPINGS
ROOMS = [
    importlib.import_module(f"synthetic_albums.nodes.{path.stem}")
    for path in (Path(synthetic_albums.__file__).parent / "nodes").glob("[a-z]*.py")
]
REPLY = json.dumps({"title": "Park", "summary": "A walk.", "caption": "They walk."})  # fits every form


def module_globals():
    """What every module of the nodes holds, by identity; a cache that is filled is seen by its length."""
    return {
        (room.__name__, name): (id(value), len(value) if hasattr(value, "__len__") else None)
        for room in ROOMS
        for name, value in vars(room).items()
        if name != "__builtins__"
    }


def declared(node_id):
    return NODES[node_id].INPUT_TYPES()["required"].items()


@pytest.fixture
def inputs(request, plan, layout, cast, renderer):
    """What a node class is run with for a small album."""

    def album():
        return from_fixture("render")()[0]

    def from_fixture(name):
        return request.getfixturevalue(name)

    story = {"prompt": "a walk in the park", "photos": 1, "seed": 0, "style": "auto"}
    whole = {"plan": plan, "layout": layout, "cast": cast, "renderer": renderer}
    unchanged = {name: spec[1]["default"] for name, spec in declared("AlbumSceneEdit") if name not in ("plan", "scene")}
    endpoint = {"model": "tiny", "key_variable": "", "timeout_seconds": 30.0, "temperature": 0.0}

    def cast_file():
        NODES["AlbumCastSave"]().save(cast, plan, "casts/some", "")
        return {"file_name": "casts/some"}

    def defaults(node_id, **given):
        return {
            name: given.get(name, (spec[1] if len(spec) > 1 else {}).get("default")) for name, spec in declared(node_id)
        }

    def collected():
        picture = from_fixture("a_picture")("any")
        images = torch.from_numpy(picture).float()[None].expand(len(plan.scenes), -1, -1, -1) / 255
        lists = {name: [value] for name, value in defaults("AlbumCollect", **whole).items()}
        return {**lists, "images": [images]}

    makers = {
        "AlbumDiffusersRenderer": lambda: defaults("AlbumDiffusersRenderer"),
        "AlbumResynthesize": lambda: defaults("AlbumResynthesize", **whole, album=album()),
        "AlbumLeakageReport": lambda: {"album": album()},
        "AlbumCastSave": lambda: {"cast": cast, "plan": plan, "file_name": "casts/mine", "license": ""},
        "AlbumCastLoad": cast_file,
        "AlbumBuiltinEncoder": lambda: {"looks_at": "people", "gallery_of": "scenes"},
        "AlbumEncoderLoader": lambda: {"folder": str(from_fixture("vision_model")), "calibration_file": ""},
        "AlbumFaceEncoder": lambda: {"folder": str(from_fixture("face_model")), "calibration_file": ""},
        "AlbumStoryPlanner": lambda: story,
        "AlbumPlanEdit": lambda: {"text": plan_json(plan)},
        "AlbumLayout": lambda: {"plan": plan, "width": 64, "height": 64},
        "AlbumIdentity": lambda: {"plan": plan, "portrait_size": 64, "renderer": renderer},
        "AlbumStoryboardRenderer": dict,
        "AlbumBuiltinRenderer": lambda: {"quality": "draft"},
        "AlbumRender": lambda: {**whole, "album_name": "walks", "subset": "", "attempt": 0},
        "AlbumGallery": lambda: {"folder": ""},
        "AlbumLeakageCheck": lambda: {"album": album(), "threshold_bits": 8},
        "AlbumSave": lambda: {"album": album(), "columns": 2, "embed_workflow": False},
        "AlbumContactSheet": lambda: {"album": album(), "columns": 2, "tile": 64},
        "AlbumSceneEdit": lambda: {"plan": plan, "scene": 1, **unchanged, "caption": "Another one."},
        "AlbumPlanMerge": lambda: {"first": plan, "second": plan},
        "AlbumPlanCheck": lambda: {
            "plan": plan, "when_found": "mask", "deny_names_file": "", "private_captions_file": "",
        },
        "AlbumLanguageModelPlanner": lambda: {
            **story, "temperature": 0.0, "model_folder": str(from_fixture("language_model")), "device": "cpu",
        },
        "AlbumEndpointPlanner": lambda: {**story, **endpoint, "base_url": from_fixture("serve")((200, REPLY)).url},
        "AlbumQualityReport": lambda: from_fixture("quality_inputs")(),
        "AlbumMembershipAudit": lambda: from_fixture("membership_inputs")(),
        "AlbumLayoutControl": lambda: {"plan": plan, "layout": layout},
        "AlbumScenePick": lambda: defaults("AlbumScenePick", **whole),
        "AlbumSceneConditioning": lambda: defaults(
            "AlbumSceneConditioning", **whole, clip=from_fixture("small_clip")
        ),
        "AlbumCollect": collected,
        "AlbumModelRenderer": lambda: defaults(
            "AlbumModelRenderer",
            **{name: from_fixture(f"small_{name}") for name in ("model", "clip", "vae")},
        ),
        "AlbumPictureAudit": lambda: {
            "folder": [""], "report_name": ["audit"], "threshold_bits": [8],
            "images": [torch.from_numpy(from_fixture("a_picture")("any")).float()[None] / 255],
        },
        "AlbumSceneRegions": lambda: {"plan": plan, "layout": layout, "cast": cast, "scene": 1},
    }  # fmt: skip
    return lambda node_id: makers[node_id]()


@pytest.mark.parametrize("node_id", NODES)
def test_a_run_leaves_nothing_in_the_node_its_class_or_its_module(host, inputs, node_id):
    given = inputs(node_id)
    before, attributes = module_globals(), dict(vars(NODES[node_id]))
    node = NODES[node_id]()
    getattr(node, node.FUNCTION)(**given)
    assert vars(node) == {}
    assert dict(vars(NODES[node_id])) == attributes
    assert module_globals() == before
