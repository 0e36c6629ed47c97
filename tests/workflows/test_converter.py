"""comfy-cli's converter makes of each editor file what lies beside it in API format."""

import importlib.util
from pathlib import Path

import pytest
import synthetic_albums
from synthetic_albums.headless.host import HeadlessHost
from synthetic_albums.nodes.host import hosted_by

workflow_to_api = pytest.importorskip("comfy_cli.workflow_to_api", reason="comfy-cli is not installed (extra: lint)")

NODE_INFO = Path(__file__).resolve().parents[1] / "editor" / "node_info.py"


@pytest.fixture(scope="session")
def object_info(known_nodes, tmp_path_factory):
    spec = importlib.util.spec_from_file_location("node_info", NODE_INFO)
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    base = tmp_path_factory.mktemp("host")
    with hosted_by(HeadlessHost(base / "out", base / "in")):  # some nodes list files
        return module.object_info(known_nodes, synthetic_albums.NODE_DISPLAY_NAME_MAPPINGS)


def test_the_editor_file_is_the_api_file(editor, api, object_info):
    converted = workflow_to_api.convert_ui_to_api(editor, object_info)
    assert {key: node["class_type"] for key, node in converted.items()} == {
        key: node["class_type"] for key, node in api.items()
    }
    for key, node in api.items():
        assert converted[key]["inputs"] == node["inputs"], key
