import hashlib
import json

import numpy as np
import pytest
from PIL import Image
from safetensors.numpy import save_file
from synthetic_albums.headless import calibrate_command, cli, gallery_command
from synthetic_albums.stages import encoders
from synthetic_albums.stages.encoders import EncoderFacts, FoundPerson
from synthetic_albums.stages.errors import AlbumError
from synthetic_albums.stages.leakage import read_gallery_file


class Encoder:
    """Sees the same in everything."""

    calibration = None
    finds_people = True

    def __init__(self, looks_at, name):
        self.facts = EncoderFacts(name, hashlib.sha256(name.encode()).hexdigest(), 3, looks_at)

    def encode(self, pictures):
        return np.tile(np.float32([1, 0, 0]), (len(pictures), 1))

    def find(self, picture):
        return [FoundPerson((0, 0, 1, 1), np.float32([0, 1, 0]))]

    def close(self):
        """Nothing is held."""


@pytest.fixture
def pictures(tmp_path):
    def write(name, *seeds):
        (tmp_path / name).mkdir(exist_ok=True)
        for seed in seeds:
            coarse = np.random.default_rng(seed).integers(0, 255, (8, 12, 3), dtype=np.uint8)
            Image.fromarray(coarse).resize((120, 80)).save(tmp_path / name / f"{seed}.png")
        return str(tmp_path / name)

    return write


@pytest.fixture
def file(tmp_path):
    return str(tmp_path / "kept.safetensors")


@pytest.fixture(autouse=True)
def own_encoders(monkeypatch):
    """In place of networks."""
    kinds = {"vision": "picture", "other": "picture", "faces": "person"}
    monkeypatch.setattr(encoders, "builtin_picture_encoder", lambda: Encoder("picture", "builtin-copy@1"))
    monkeypatch.setattr(encoders, "builtin_person_encoder", lambda: Encoder("person", "builtin-identity@1"))
    monkeypatch.setattr(calibrate_command, "chosen_encoder", lambda name, _: Encoder(kinds[name], name))


def test_a_gallery_file_is_made_and_kept_up_to_date(pictures, file, capsys):
    folder = pictures("private", 1, 2)
    assert cli.main(["gallery", folder, "--out", file]) == 0
    assert capsys.readouterr().out == "Pictures in the gallery: 2; could not be used: 0.\n"
    pictures("private", 3)
    assert cli.main(["gallery", folder, "--out", file]) == 0
    assert read_gallery_file(gallery_command.Path(file)).count == 3


def test_the_encoders_of_the_pack_look_and_are_named(pictures, file, capsys):
    assert cli.main(["gallery", "--encoders", "builtin", pictures("private", 1), "--half", "--out", file]) == 0
    said = capsys.readouterr().out
    assert "compared by builtin-copy@1" in said
    assert "People found: 1" in said
    gallery = read_gallery_file(gallery_command.Path(file))
    assert (gallery.vectors.dtype, gallery.person_encoder.name) == (np.float16, "builtin-identity@1")


def test_encoders_of_ones_own_are_told_apart_by_what_they_look_at():
    picture, person = gallery_command.chosen_encoders(["faces", "vision"])
    assert (picture.facts.name, person.facts.name) == ("vision", "faces")
    assert gallery_command.chosen_encoders([]) == (None, None)
    for names in (["vision", "other"], ["builtin", "faces"]):
        with pytest.raises(AlbumError, match="choose one of them"):
            gallery_command.chosen_encoders(names)


@pytest.mark.parametrize("name", ["kept.png", "private/kept.safetensors"])
def test_a_file_in_the_wrong_place_is_refused(pictures, tmp_path, name, capsys):
    assert cli.main(["gallery", pictures("private", 1), "--out", str(tmp_path / name)]) == 2
    assert "gallery file" in capsys.readouterr().err


@pytest.mark.parametrize(("seeds", "code", "status"), [((8, 9), 0, "clean"), ((8, 2), 1, "leak")])
def test_a_check_takes_a_gallery_file_in_place_of_the_folder(pictures, file, capsys, seeds, code, status):
    cli.main(["gallery", pictures("private", 1, 2, 3), "--out", file])
    capsys.readouterr()
    assert cli.main(["check", pictures("photos", *seeds), "--gallery", file]) == code
    assert json.loads(capsys.readouterr().out)["status"] == status


def test_a_check_with_another_encoder_than_the_files_is_refused(pictures, file, capsys):
    folder = pictures("private", 1)
    cli.main(["gallery", folder, "--out", file, "--encoders", "vision"])
    assert cli.main(["check", folder, "--gallery", file, "--encoders", "other"]) == 2
    assert "encoded by vision" in capsys.readouterr().err


def test_vectors_that_were_made_elsewhere_are_never_enough_for_clean(pictures, file):
    metadata = {"encoder": "vision", "encoder_sha256": hashlib.sha256(b"vision").hexdigest()}
    save_file({"vectors": np.float32([[0, 0, 1]])}, file, metadata=metadata)
    assert cli.main(["check", pictures("photos", 1), "--gallery", file]) == 2


def test_an_album_is_made_against_a_gallery_file(tmp_path):
    from synthetic_albums.headless.quickstart import AlbumChoices, fill_quickstart

    (tmp_path / "kept.safetensors").write_bytes(b"x")
    graph = fill_quickstart(AlbumChoices("a day", tmp_path / "x", gallery=tmp_path / "kept.safetensors"))
    inputs = next(node["inputs"] for node in graph.values() if node["class_type"] == "AlbumGallery")
    assert inputs == {"folder": "", "file": str(tmp_path / "kept.safetensors")}
