import importlib.util
import json
import math
from pathlib import Path

import pytest
import synthetic_albums
from synthetic_albums.nodes.encoders import AlbumBuiltinEncoder
from synthetic_albums.nodes.leakage_membership import AlbumMembershipAudit
from synthetic_albums.nodes.render import AlbumBuiltinRenderer, AlbumStoryboardRenderer
from synthetic_albums.nodes.render_diffusers import AlbumDiffusersRenderer
from synthetic_albums.stages.album_folder import AlbumFolder
from synthetic_albums.stages.errors import AlbumError


@pytest.fixture
def rendered(render):
    """A finished album."""
    return render()[0]


def audit(album, **inputs):
    given = {"members": "used", "non_members": "unused", "seed": 0, **inputs}
    return AlbumMembershipAudit().audit(album, **given)


def test_an_album_of_strangers_is_audited_by_its_photos(membership_folders, rendered, thumbnail_encoder):
    report, roc, auc = audit(rendered, picture_encoder=thumbnail_encoder())
    assert "sees released pictures only" in report
    assert roc.shape == (1, 760, 1120, 3)
    assert 0.3 < auc < 0.7
    written = json.loads((rendered.path / "reports" / "membership.json").read_text(encoding="utf-8"))
    assert max(attack["auc"]["value"] for attack in written["attacks"]) == auc
    assert "secret" not in json.dumps(written)


def test_the_model_of_the_builtin_renderer_is_asked(membership_folders, rendered, with_tiny_builtin, monkeypatch):
    from synthetic_albums.stages.render.builtin import scoring

    monkeypatch.setattr(scoring, "_SIDE", 32)  # a real network on small pictures
    renderer = AlbumBuiltinRenderer().make("draft")[0]
    renderer.folder = with_tiny_builtin
    report, _, auc = audit(rendered, renderer=renderer)
    assert "asks the model" in report
    assert 0.3 < auc < 0.7
    assert renderer._model is None  # given back


@pytest.fixture(scope="module")
def checkpoint(tmp_path_factory):
    """A tiny SD 1.5 with random weights."""
    path = Path(synthetic_albums.__file__).parent / "benchmarks" / "tiny_checkpoint.py"
    spec = importlib.util.spec_from_file_location("tiny_checkpoint", path)
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    layout = {
        "down_block_types": ("CrossAttnDownBlock2D",), "up_block_types": ("CrossAttnUpBlock2D",),
        "block_out_channels": (32,),
    }  # fmt: skip
    return module.make_folder(tmp_path_factory.mktemp("models") / "sd15", "sd15", layout=layout)


def test_an_album_made_with_a_checkpoint_is_audited_with_it(membership_folders, render, checkpoint, monkeypatch):
    from synthetic_albums.stages.leakage.membership import attacks

    monkeypatch.setattr(attacks, "LOSS_TIMES", (0.4,))  # a real network: half the questions do
    inputs = {name: spec[1]["default"] for name, spec in AlbumDiffusersRenderer.INPUT_TYPES()["required"].items()}
    inputs |= {"checkpoint": str(checkpoint), "steps": 1, "guidance": 1.0, "anchor_strength": 0.0, "device": "cpu"}
    renderer = AlbumDiffusersRenderer().make(**inputs | {"region_strength": 0.0})[0]
    album = render(renderer=renderer)[0]
    report, roc, auc = audit(album, renderer=renderer)
    assert report.count("asks the model") >= 3
    assert roc.shape == (1, 760, 1120, 3)
    assert 0.3 < auc < 0.7
    written = json.loads((album.path / "reports" / "membership.json").read_text(encoding="utf-8"))
    assert {attack["name"] for attack in written["attacks"] if not attack["detail"]} == {"loss", "pia", "sima"}
    assert written["model"] == {
        "name": "diffusers, SD 1.5", "sha256": album.read().renderer["weights"], "path": "variance_preserving",
        "predicts": "noise",
    }  # fmt: skip
    assert renderer._model is None  # given back
    (checkpoint / "scheduler" / "scheduler_config.json").write_text('{"prediction_type": "v_prediction"}')
    with pytest.raises(AlbumError, match="'Three walks' was rendered with other weights than the renderer 'diffusers'"):
        audit(album, renderer=renderer)


def test_folders_must_be_named(membership_folders, rendered, thumbnail_encoder):
    with pytest.raises(AlbumError, match="Name a folder in 'members'"):
        audit(rendered, members=" ", picture_encoder=thumbnail_encoder())
    with pytest.raises(AlbumError, match="Name a folder in 'non_members'"):
        audit(rendered, non_members="", picture_encoder=thumbnail_encoder())


def test_a_full_path_is_taken_as_it_is(membership_folders, rendered, thumbnail_encoder):
    full = str(membership_folders.input_directory() / "used")
    assert audit(rendered, members=full, picture_encoder=thumbnail_encoder())[2] > 0


def test_a_renderer_without_a_model_to_ask_is_refused(membership_folders, rendered):
    with pytest.raises(AlbumError, match="The model of the renderer 'storyboard' cannot be asked"):
        audit(rendered, renderer=AlbumStoryboardRenderer().make()[0])


def test_something_to_attack_with_is_needed(membership_folders, rendered):
    with pytest.raises(AlbumError, match="needs something to attack with"):
        audit(rendered)


def test_an_encoder_of_people_is_refused(membership_folders, rendered):
    people = AlbumBuiltinEncoder().make("people", "scenes")[0]
    with pytest.raises(AlbumError, match="looks at people"):
        audit(rendered, picture_encoder=people)


def test_no_album_is_an_error(membership_folders, tmp_path, thumbnail_encoder):
    with pytest.raises(AlbumError, match="There is no album in"):
        audit(AlbumFolder(tmp_path / "none"), picture_encoder=thumbnail_encoder())


def test_it_runs_every_time(membership_folders):
    assert math.isnan(AlbumMembershipAudit.IS_CHANGED(album=None, members="used", non_members="unused", seed=0))
