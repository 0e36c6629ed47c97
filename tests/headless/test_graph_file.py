import io
import json

import pytest
from synthetic_albums.headless import graph_file
from synthetic_albums.headless.graph_file import read_graph
from synthetic_albums.stages.errors import AlbumError

GRAPH = {"1": {"class_type": "PreviewAny", "inputs": {"source": "é"}}}


def test_a_graph_is_read(tmp_path):
    (tmp_path / "g.json").write_text(json.dumps(GRAPH), encoding="utf-8")
    assert read_graph(str(tmp_path / "g.json")) == (GRAPH, {})


def test_a_byte_order_mark_is_skipped(tmp_path):
    (tmp_path / "g.json").write_bytes(b"\xef\xbb\xbf" + json.dumps(GRAPH).encode())
    assert read_graph(str(tmp_path / "g.json"))[0] == GRAPH


def test_a_dash_is_standard_input(monkeypatch):
    monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO(json.dumps(GRAPH).encode())))
    assert read_graph("-")[0] == GRAPH


def test_the_body_of_a_post_is_a_graph_with_extra_data(tmp_path):
    body = {"prompt": GRAPH, "client_id": "x", "extra_data": {"extra_pnginfo": {"workflow": {}}}}
    (tmp_path / "g.json").write_text(json.dumps(body))
    assert read_graph(str(tmp_path / "g.json")) == (GRAPH, {"extra_pnginfo": {"workflow": {}}})


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (b"", "is not JSON: .* line 1"),
        (b'{"1": ', "is not JSON"),
        (b"[1]", "holds a list, not a graph"),
        (b'"text"', "holds a text"),
        (b"null", "holds null"),
        (b"3", "holds a single value"),
        (b'{"nodes": [], "links": []}', r"Export \(API\)"),
        (b"\xff\xfe\x00", "not text in UTF-8"),
        (b"[" * 100_000, "cannot be read"),
    ],
)
def test_what_is_no_graph_is_refused_with_a_reason(tmp_path, content, message):
    (tmp_path / "g.json").write_bytes(content)
    with pytest.raises(AlbumError, match=message):
        read_graph(str(tmp_path / "g.json"))


def test_a_missing_file_is_named():
    with pytest.raises(AlbumError, match=r"no file 'nowhere\.json'"):
        read_graph("nowhere.json")


def test_a_folder_is_no_graph(tmp_path):
    with pytest.raises(AlbumError, match="is a folder"):
        read_graph(str(tmp_path))


def test_an_unreadable_path_is_refused():
    with pytest.raises(AlbumError, match="Cannot read"):
        read_graph("a\0b")


def test_a_file_that_is_too_big_is_refused(tmp_path, monkeypatch):
    monkeypatch.setattr(graph_file, "MAX_GRAPH_BYTES", 10)
    (tmp_path / "g.json").write_text(json.dumps(GRAPH))
    with pytest.raises(AlbumError, match="larger than"):
        read_graph(str(tmp_path / "g.json"))
