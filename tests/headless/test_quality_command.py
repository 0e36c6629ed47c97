import csv
import io
import json
import sys

import numpy as np
import pytest
from PIL import Image
from synthetic_albums.headless.cli import main
from synthetic_albums.headless.quality_command import QualityChoices, measure_settings
from synthetic_albums.stages.album_folder import AlbumFolder
from synthetic_albums.stages.encoders.interface import EncoderFacts
from synthetic_albums.stages.errors import AlbumError
from synthetic_albums.stages.identity import cast_characters
from synthetic_albums.stages.layout import lay_out_scenes
from synthetic_albums.stages.render import render_album
from synthetic_albums.stages.story import plan_story

for package in ("torchmetrics", "prdc"):
    pytest.importorskip(package)


class NoiseRenderer:
    name = "noise"

    def describe(self):
        return {}

    def render_photo(self, job, *, on_step):
        small = np.random.default_rng(job.seed).integers(0, 256, (8, 8, 3), dtype=np.uint8)
        return small.repeat(8, axis=0).repeat(8, axis=1)

    def close(self):
        """Holds nothing."""


class ThumbnailEncoder:
    calibration = None
    facts = EncoderFacts("thumbnails@1", "cd" * 32, 16, "picture")

    def encode(self, pictures):
        small = [Image.fromarray(picture).convert("L").resize((4, 4)) for picture in pictures]
        return np.stack([np.asarray(grey, np.float32).ravel() + 1 for grey in small])

    def close(self):
        """Holds nothing."""


@pytest.fixture(scope="module")
def places(tmp_path_factory):
    """Two settings of one album each, and a folder of reference pictures."""
    root = tmp_path_factory.mktemp("quality")
    for number, name in enumerate(("fine", "draft")):
        plan = plan_story("a day in the park", photos=8, seed=number, style="natural")
        render_album(
            plan, lay_out_scenes(plan, width=64, height=64), cast_characters(plan), NoiseRenderer(),
            AlbumFolder(root / name / "park"), width=64, height=64, subset="", attempt=0,
            on_progress=lambda *_: None, check_interrupt=lambda: None,
        )  # fmt: skip
    (root / "private").mkdir()
    for number in range(10):
        pixels = np.random.default_rng(number).integers(0, 256, (16, 16, 3), dtype=np.uint8)
        Image.fromarray(pixels).save(root / "private" / f"{number}.png")
    return root


def choices(places, **changes):
    facts = {"settings": (str(places / "fine"), f"rough={places / 'draft'}"), "reference": places / "private", "k": 2}
    return QualityChoices(**facts | changes)


def test_settings_become_one_table_and_a_report_each(places):
    seen = set()
    result = measure_settings(
        choices(places, seconds=("rough=0.5",)), ThumbnailEncoder(), on_progress=lambda name, *_: seen.add(name)
    )
    assert seen == {"fine", "rough"}
    assert [row.setting for row in result.table.rows] == ["fine", "rough"]
    assert [row.seconds for row in result.table.rows] == [None, 0.5]
    assert result.shown("text").splitlines()[3].startswith("rough")
    assert [row["setting"] for row in csv.DictReader(io.StringIO(result.shown("csv")))] == ["fine", "rough"]
    whole = json.loads(result.shown("json"))
    assert set(whole) == {"table", "reports"}
    assert whole["reports"]["fine"]["cast"]["leads"] == 1


def test_one_setting_is_told_in_full(places):
    text = measure_settings(choices(places, settings=(str(places / "fine"),)), ThumbnailEncoder()).shown("text")
    assert text.startswith("Quality of 8 photos (1 album) beside 10 reference pictures.")


def test_the_command_prints_the_table(places, capsys):
    settings = [str(places / "fine"), f"rough={places / 'draft'}"]
    code = main(["quality", *settings, "--reference", str(places / "private"), "--k", "2", "--format", "json"])
    printed = json.loads(capsys.readouterr().out)
    assert code == 0
    assert printed["table"]["encoder"].startswith("builtin")
    assert [row["setting"] for row in printed["table"]["rows"]] == ["fine", "rough"]


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        ({"settings": ("a=",)}, "'a=' is not a setting"),
        ({"settings": ("=x",)}, "'=x' is not a setting"),
        ({"settings": ("x", "y/x")}, "Two settings are called 'x'"),
        ({"seconds": ("rough",)}, "--seconds 'rough' does not fit"),
        ({"seconds": ("other=1",)}, "--seconds 'other=1' does not fit"),
        ({"seconds": ("rough=-1",)}, "does not fit"),
        ({"seconds": ("rough=inf",)}, "does not fit"),
        ({"seconds": ("rough=nan",)}, "does not fit"),
    ],
)
def test_what_does_not_fit_is_refused(places, changes, message):
    with pytest.raises(AlbumError, match=message):
        measure_settings(choices(places, **changes), ThumbnailEncoder())


def test_an_encoder_folder_that_is_none_is_refused(places, capsys):
    private = str(places / "private")
    code = main(["quality", str(places / "fine"), "--reference", private, "--encoder", private])
    assert code == 2
    assert "config.json" in capsys.readouterr().err


def test_a_folder_without_albums_ends_with_two_and_a_sentence(places, capsys):
    code = main(["quality", str(places / "private"), "--reference", str(places / "private")])
    assert code == 2
    assert "holds no album" in capsys.readouterr().err


def test_a_missing_extra_ends_with_two_and_says_how_to_get_it(places, capsys, monkeypatch):
    monkeypatch.setitem(sys.modules, "prdc.prdc", None)
    code = main(["quality", str(places / "fine"), "--reference", str(places / "private"), "--k", "2"])
    assert code == 2
    assert "synthetic-albums[quality]" in capsys.readouterr().err
