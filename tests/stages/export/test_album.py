import hashlib
import io
import logging

import numpy as np
import pytest
from PIL import Image
from synthetic_albums.stages.album_folder import AlbumFolder
from synthetic_albums.stages.errors import AlbumBusyError, AlbumError
from synthetic_albums.stages.export import export_album
from synthetic_albums.stages.photo_file import encode_photo, read_statement


@pytest.fixture
def folder(tmp_path, make_album, gradient):
    """An album of two photos whose files are there, and one that was withheld."""
    folder = AlbumFolder(tmp_path / "album")
    album = make_album(3, status={3: "withheld"})
    records = []
    for record in album.photos:
        data = encode_photo(gradient, facts={"n": str(record.number)}, synthetic_source="algorithmicMedia")
        if record.status == "done":
            folder.write_bytes(record.file, data)
            record = record.model_copy(update={"sha256": hashlib.sha256(data).hexdigest()})
        records.append(record)
    folder.update(album.model_copy(update={"photos": records}))
    return folder


def sheet_of(folder):
    return (folder.path / "contact_sheet.png").read_bytes()


def test_the_page_and_the_sheet_lie_beside_the_photos(folder):
    page = export_album(folder, columns=3, graph=None)
    assert page == folder.path / "index.html"
    assert 'src="photos/s0.png"' in page.read_text(encoding="utf-8")
    assert Image.open(io.BytesIO(sheet_of(folder))).width > 300


def test_the_sheet_says_that_it_is_synthetic_and_carries_the_graph(folder):
    export_album(folder, columns=3, graph={"prompt": '{"1": {}}', "workflow": '{"nodes": []}'})
    told = read_statement(sheet_of(folder))
    assert "synthetic picture" in told["Statement"]
    assert told["prompt"] == '{"1": {}}'
    assert told["workflow"] == '{"nodes": []}'
    assert "algorithmicMedia" in told["XML:com.adobe.xmp"]


def test_a_trained_renderer_is_named_as_such(folder):
    folder.update(folder.read().model_copy(update={"renderer": {"name": "diffusers"}}))
    export_album(folder, columns=3, graph=None)
    assert "trainedAlgorithmicMedia" in read_statement(sheet_of(folder))["XML:com.adobe.xmp"]


def test_exporting_again_changes_nothing(folder):
    export_album(folder, columns=3, graph=None)
    before = {path.name: path.read_bytes() for path in folder.path.rglob("*") if path.is_file()}
    export_album(folder, columns=3, graph=None)
    assert {path.name: path.read_bytes() for path in folder.path.rglob("*") if path.is_file()} == before


def test_a_photo_that_was_changed_is_shown_as_missing(folder, caplog):
    whole = (export_album(folder, columns=3, graph=None), sheet_of(folder))[1]
    (folder.path / "photos" / "s0.png").write_bytes(b"edited")
    with caplog.at_level(logging.WARNING):
        export_album(folder, columns=3, graph=None)
    assert not np.array_equal(Image.open(io.BytesIO(whole)), Image.open(io.BytesIO(sheet_of(folder))))
    assert "contact sheet" in caplog.text


def test_a_folder_without_an_album_is_refused(tmp_path):
    with pytest.raises(AlbumError, match="no album"):
        export_album(AlbumFolder(tmp_path / "empty"), columns=3, graph=None)


def test_an_album_that_somebody_else_writes_is_refused(folder):
    with folder.writing(), pytest.raises(AlbumBusyError):
        export_album(folder, columns=3, graph=None)


def test_columns_out_of_range_are_refused_and_nothing_is_written(folder):
    with pytest.raises(AlbumError, match="columns"):
        export_album(folder, columns=0, graph=None)
    assert not (folder.path / "index.html").exists()
