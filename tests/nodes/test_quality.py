import json
import math

import pytest
from PIL import Image
from synthetic_albums.nodes.quality import AlbumQualityReport
from synthetic_albums.stages.errors import AlbumError
from synthetic_albums.stages.quality import QualityReport
from synthetic_albums.stages.records import parse_record


def measure(inputs):
    return AlbumQualityReport().measure(**inputs)


def test_the_report_comes_out_and_lies_in_the_album(quality_inputs):
    inputs = quality_inputs()
    text, kid, chart = measure(inputs)
    data = json.loads(inputs["album"].read_bytes("reports/quality.json"))
    report = parse_record(QualityReport, data, what="report")
    assert kid == report.kid.value
    assert f"KID {kid:.4f}" in text
    assert "thumbnails@1 cdcdcdcdcdcd" in text
    assert chart.shape[0] == 1
    assert chart.shape[2:] == (960, 3)
    assert inputs["album"].read_bytes("reports/quality.png").startswith(b"\x89PNG")


def test_nothing_of_the_private_folder_is_written(quality_inputs):
    inputs = quality_inputs()
    text, _, _ = measure(inputs)
    assert "grandma" not in text
    assert b"grandma" not in inputs["album"].read_bytes("reports/quality.json")


def test_the_built_in_encoder_measures_where_none_is_connected(quality_inputs):
    text, kid, _ = measure(quality_inputs(picture_encoder=None))
    assert "builtin" in text
    assert "does not judge" not in text
    assert "not whether they look real" in text
    assert math.isfinite(kid)


def test_a_stop_of_the_user_ends_the_node(quality_inputs, host, monkeypatch):
    inputs = quality_inputs()

    def stop():
        raise KeyboardInterrupt

    monkeypatch.setattr(host, "raise_if_interrupted", stop)
    with pytest.raises(KeyboardInterrupt):
        measure(inputs)
    assert inputs["album"].read_bytes("reports/quality.json") is None


@pytest.mark.parametrize("folder", ["", "  "])
def test_no_folder_is_said(quality_inputs, folder):
    with pytest.raises(AlbumError, match="nothing to compare with"):
        measure(quality_inputs(reference_folder=folder))


def test_a_folder_that_is_not_there_is_said(quality_inputs):
    with pytest.raises(AlbumError, match="does not exist"):
        measure(quality_inputs(reference_folder="elsewhere"))


def test_an_encoder_of_people_is_refused(quality_inputs, thumbnail_encoder):
    with pytest.raises(AlbumError, match="looks at people"):
        measure(quality_inputs(picture_encoder=thumbnail_encoder("person")))


def test_it_runs_again_when_a_reference_picture_comes_or_goes(host, a_picture):
    folder = host.input_directory() / "private"
    folder.mkdir()

    def state(name="private"):
        return AlbumQualityReport.IS_CHANGED(album=None, reference_folder=name, k=5, seed=0)

    Image.fromarray(a_picture("one")).save(folder / "one.png")
    before = state()
    assert state() == before
    Image.fromarray(a_picture("two")).save(folder / "two.png")
    assert state() != before
    assert all(math.isnan(state(name)) for name in ("", "elsewhere", None))
