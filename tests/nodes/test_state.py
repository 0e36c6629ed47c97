"""ComfyUI keeps node objects from run to run, so nodes keep nothing."""

import sys

import pytest
import synthetic_albums
from synthetic_albums.stages.story import plan_json

NODES = synthetic_albums.NODE_CLASS_MAPPINGS


def module_globals():
    """What every module of the nodes holds, by identity; a cache that is filled is seen by its length."""
    rooms = [name for name in sys.modules if name.startswith("synthetic_albums.nodes.")]
    return {
        (room, name): (id(value), len(value) if hasattr(value, "__len__") else None)
        for room in rooms
        for name, value in vars(sys.modules[room]).items()
        if name != "__builtins__"
    }


@pytest.fixture
def run(render, plan, layout, cast, renderer):
    """Runs a fresh object of one node class as a small album needs it; gives the object."""
    inputs = {
        "AlbumStoryPlanner": {"prompt": "a walk in the park", "photos": 2, "seed": 0, "style": "auto"},
        "AlbumPlanEdit": {"text": plan_json(plan)},
        "AlbumLayout": {"plan": plan, "width": 64, "height": 64},
        "AlbumIdentity": {"plan": plan, "portrait_size": 64, "renderer": renderer},
        "AlbumStoryboardRenderer": {},
        "AlbumRender": {
            "plan": plan, "layout": layout, "cast": cast, "renderer": renderer, "album_name": "b", "subset": "",
            "attempt": 0,
        },
        "AlbumGallery": {"folder": ""},
        "AlbumLeakageCheck": {"album": render()[0], "threshold_bits": 8},
        "AlbumSave": {"album": render()[0], "columns": 2, "embed_workflow": False},
        "AlbumContactSheet": {"album": render()[0], "columns": 2, "tile": 64},
    }  # fmt: skip

    def run(node_id):
        node = NODES[node_id]()
        getattr(node, node.FUNCTION)(**inputs[node_id])
        return node

    return run


@pytest.mark.parametrize("node_id", NODES)
def test_a_run_leaves_nothing_in_the_node_its_class_or_its_module(run, node_id):
    run(node_id)  # modules that are imported late are there from now on
    before, attributes = module_globals(), dict(vars(NODES[node_id]))
    node = run(node_id)
    assert vars(node) == {}
    assert dict(vars(NODES[node_id])) == attributes
    assert module_globals() == before
