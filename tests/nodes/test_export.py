import json

import pytest
from PIL import Image
from synthetic_albums.headless.host import HeadlessHost
from synthetic_albums.nodes.export import AlbumContactSheet, AlbumSave
from synthetic_albums.nodes.host import hosted_by

API = {
    "1": {"class_type": "AlbumGallery", "inputs": {"folder": "/home/ana/private"}},
    "2": {"class_type": "AlbumSave", "inputs": {"columns": 4}},
}
INNER = {"type": "AlbumGallery", "widgets_values": ["/home/ana"], "widgets_values_named": {"folder": "/home/ana"}}
EDITOR = {
    "nodes": [{"type": "AlbumGallery", "widgets_values": ["/home/ana/private"]}],
    "definitions": {"subgraphs": [{"nodes": [INNER]}]},
}


@pytest.fixture
def album(render):
    return render()[0]


def save(album, *, embed_workflow=True):
    return AlbumSave().save(album, 4, embed_workflow, prompt=API, extra_pnginfo={"workflow": EDITOR})


def texts_of(album):
    return Image.open(album.path / "contact_sheet.png").text


def test_the_page_and_the_sheet_are_written_and_the_sheet_is_shown(album):
    result = save(album)
    assert result["result"] == (str(album.path / "index.html"),)
    assert (album.path / "index.html").is_file()
    assert result["ui"]["images"] == [{"filename": "contact_sheet.png", "subfolder": "walks", "type": "output"}]


def test_an_album_outside_the_output_folder_is_not_shown(album, tmp_path):
    with hosted_by(HeadlessHost(tmp_path / "another", tmp_path / "in")):
        assert save(album)["ui"]["images"] == []


def test_the_sheet_brings_the_graph_back(album):
    save(album)
    assert json.loads(texts_of(album)["prompt"])["2"] == API["2"]
    assert json.loads(texts_of(album)["workflow"])["nodes"][0]["type"] == "AlbumGallery"


def test_the_sheet_does_not_say_where_the_private_pictures_are(album):
    save(album)
    assert b"/home/ana" not in (album.path / "contact_sheet.png").read_bytes()


def test_the_graph_stays_out_when_a_private_path_comes_over_a_link(album):
    linked = {**API, "1": {"class_type": "AlbumGallery", "inputs": {"folder": ["9", 0]}}}
    AlbumSave().save(album, 4, True, prompt=linked, extra_pnginfo={"workflow": EDITOR})
    assert not texts_of(album).keys() & {"prompt", "workflow"}


def test_the_graph_stays_out_when_that_is_chosen(album):
    save(album, embed_workflow=False)
    assert not texts_of(album).keys() & {"prompt", "workflow"}


def test_the_graph_stays_out_when_the_host_wants_no_metadata(album, host, tmp_path):
    with hosted_by(HeadlessHost(host.output_directory(), tmp_path / "in", metadata=False)):
        save(album)
    assert not texts_of(album).keys() & {"prompt", "workflow"}


def test_a_sheet_is_an_image_of_one(album):
    (small,) = AlbumContactSheet().draw(album, columns=3, tile=64)
    (large,) = AlbumContactSheet().draw(album, columns=1, tile=128)
    assert small.shape[0] == large.shape[0] == 1
    assert small.shape[3] == 3
    assert large.shape[1] > small.shape[1]
