import hashlib
import math

import numpy as np
import pytest
from PIL import Image
from synthetic_albums.nodes.leakage_gallery import AlbumGallery
from synthetic_albums.stages.encoders import EncoderFacts, FoundPerson
from synthetic_albums.stages.errors import AlbumError


class Encoder:
    """Sees the same in everything, and one person in every picture."""

    calibration = None
    finds_people = True

    def __init__(self, looks_at, name="fake@1"):
        self.facts = EncoderFacts(name, hashlib.sha256(name.encode()).hexdigest(), 3, looks_at)
        self.shown = 0

    def encode(self, pictures):
        self.shown += len(pictures)
        return np.tile(np.float32([1, 0, 0]), (len(pictures), 1))

    def find(self, picture):
        self.shown += 1
        return [FoundPerson((0, 0, 1, 1), np.float32([0, 1, 0]))]

    def close(self):
        """Nothing is held."""


@pytest.fixture
def private(host, a_picture):
    folder = host.input_directory() / "private"
    folder.mkdir()
    for name in "ab":
        Image.fromarray(a_picture(name)).save(folder / f"{name}.png")
    return folder


def read(**inputs):
    return AlbumGallery().read(**{"folder": "private"} | inputs)


@pytest.mark.usefixtures("private")
def test_a_graph_from_before_there_were_encoders_works_as_it_did():
    gallery, summary = AlbumGallery().read("private")
    assert (gallery.count, gallery.vectors, gallery.people) == (2, None, None)
    assert summary == "Pictures in the gallery: 2; could not be used: 0."


@pytest.mark.usefixtures("private")
def test_encoders_look_and_are_named_in_the_summary():
    picture, person = Encoder("picture"), Encoder("person", "faces@2")
    gallery, summary = read(picture_encoder=picture, person_encoder=person)
    assert gallery.vectors.shape == gallery.people.shape == (2, 3)
    assert gallery.require_picture_encoder() is picture
    assert summary.splitlines()[1:] == [
        f"Pictures are compared by {picture.facts.label} too.",
        f"People found: 2; pictures in which nobody was found: 0; compared by {person.facts.label}.",
    ]


@pytest.mark.usefixtures("private")
def test_an_encoder_in_the_wrong_place_is_refused():
    with pytest.raises(AlbumError, match="looks at persons: connect an encoder of pictures"):
        read(picture_encoder=Encoder("person"))
    with pytest.raises(AlbumError, match="looks at pictures: connect an encoder of people"):
        read(person_encoder=Encoder("picture"))


def test_a_file_keeps_what_was_seen(private, host, a_picture):
    encoder = Encoder("picture")
    for _ in range(2):
        gallery, _ = read(picture_encoder=encoder, file="kept.safetensors")
    assert (gallery.count, encoder.shown) == (2, 2)
    assert (host.input_directory() / "kept.safetensors").is_file()
    Image.fromarray(a_picture("c")).save(private / "c.png")
    gallery, _ = read(picture_encoder=encoder, file=str(host.input_directory() / "kept.safetensors"))
    assert (gallery.count, encoder.shown) == (3, 3)
    alone, summary = read(folder="", file=" kept.safetensors ")
    assert alone.count == 3
    assert summary == gallery.summary()


@pytest.mark.usefixtures("host")
def test_a_file_that_is_missing_is_an_error():
    with pytest.raises(AlbumError, match="Cannot look at"):
        read(folder="", file="kept.safetensors")
    assert math.isnan(AlbumGallery.IS_CHANGED("", file="kept.safetensors"))


def test_a_new_picture_and_another_file_are_noticed(private, a_picture):
    def state(**inputs):
        return AlbumGallery.IS_CHANGED(**{"folder": "private", "file": "kept.safetensors"} | inputs)

    before = state()
    read(file="kept.safetensors")
    made = state()
    assert made not in (before, state(folder=""))
    read(file="kept.safetensors")
    assert state() == made
    Image.fromarray(a_picture("c")).save(private / "c.png")
    assert state() != made
    assert state(folder="") != state()


@pytest.mark.parametrize("linked", ["folder", "file"])
def test_a_linked_path_is_followed_every_time(host, linked):
    assert math.isnan(AlbumGallery.IS_CHANGED(**{"folder": "", "file": "", linked: None}))


@pytest.mark.usefixtures("private")
def test_progress_is_shown_and_the_run_can_be_stopped(host, monkeypatch):
    seen = []
    monkeypatch.setattr(host, "progress", lambda total: lambda done, whole, preview: seen.append((done, whole)))
    read()
    assert seen == [(1, 2), (2, 2)]

    def stop():
        raise KeyboardInterrupt

    monkeypatch.setattr(host, "raise_if_interrupted", stop)
    with pytest.raises(KeyboardInterrupt):
        read()
