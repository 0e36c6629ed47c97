"""The small host says of nodes what the real server says."""

import json

import pytest
import synthetic_albums
from synthetic_albums.headless.host import HeadlessHost
from synthetic_albums.nodes.host import hosted_by

from .node_info import object_info


def without_choices(info):
    """Which samplers and files there are to choose from is ComfyUI's to say."""
    inputs = {
        part: {name: ["COMBO" if isinstance(kind, list) else kind, *rest] for name, (kind, *rest) in named.items()}
        for part, named in info["input"].items()
        if part != "hidden"
    }
    return {**info, "input": inputs}


@pytest.mark.comfyui
def test_it_says_of_our_nodes_what_comfyui_says(comfyui, tmp_path):
    with hosted_by(HeadlessHost(tmp_path, tmp_path)):
        ours = object_info(synthetic_albums.NODE_CLASS_MAPPINGS, synthetic_albums.NODE_DISPLAY_NAME_MAPPINGS)
    for name, info in json.loads(json.dumps(ours)).items():
        real = comfyui.get_json(f"/object_info/{name}")[name]
        # Newer servers say more, such as what to search for; which pack it is depends on the folder.
        said = {key: value for key, value in info.items() if key in real and key != "python_module"}
        assert without_choices(said) == without_choices({key: real[key] for key in said})
        assert {"input", "input_order", "output", "output_name", "output_is_list", "output_node"} <= said.keys()
