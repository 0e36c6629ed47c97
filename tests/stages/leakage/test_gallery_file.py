import dataclasses
import hashlib
import json
import tracemalloc

import numpy as np
import pytest
from PIL import Image
from safetensors.numpy import load_file, save, save_file
from synthetic_albums.stages.errors import AlbumError
from synthetic_albums.stages.leakage import (
    build_gallery,
    check_photos,
    gallery_open,
    gallery_state,
    open_gallery,
    read_gallery,
    read_gallery_file,
    write_gallery,
    write_gallery_file,
)
from synthetic_albums.stages.leakage.gallery import SIGNATURE

from .looking import DIM, People, Pictures

SHA = "ab" * 32
PICTURES = 5


@pytest.fixture
def folder(tmp_path, scene):
    (tmp_path / "private").mkdir()
    for number in range(PICTURES):
        Image.fromarray(scene(number, 64, 48)).save(tmp_path / "private" / f"{number}.png")
    return tmp_path / "private"


@pytest.fixture(scope="module")
def seen(tmp_path_factory, scene):
    """A gallery with vectors and people, as it is in memory."""
    folder = tmp_path_factory.mktemp("seen")
    for number in range(PICTURES):
        Image.fromarray(scene(number, 64, 48)).save(folder / f"{number}.png")
    return build_gallery(folder, picture_encoder=Pictures(), person_encoder=People())


@pytest.fixture
def file(seen, tmp_path):
    write_gallery_file(seen, tmp_path / "gallery.safetensors")
    return tmp_path / "gallery.safetensors"


def unit_rows(rows=6, dim=4):
    found = np.random.default_rng(0).normal(size=(rows, dim))
    return (found / np.linalg.norm(found, axis=1, keepdims=True)).astype(np.float32)


def version_1(gallery, **changes):
    """What the first version of the pack wrote."""
    checked = hashlib.sha256(gallery.signatures.tobytes() + gallery.digests.tobytes()).hexdigest()
    facts = {
        "format": "synthetic_albums.gallery", "version": 1, "signature": SIGNATURE, "salt": gallery.salt.hex(),
        "skipped": ["abcd .png: cut short"], "ignored": 2, "sha256": checked,
    }  # fmt: skip
    tensors = {"digests": np.array(gallery.digests), "signatures": np.array(gallery.signatures)}
    return save(tensors, metadata={"gallery": json.dumps(facts | changes)})


def fields(gallery):
    found = {}
    for field in dataclasses.fields(gallery):
        value = getattr(gallery, field.name)
        if field.name not in ("picture_handle", "person_handle", "unchanged"):
            found[field.name] = value.tobytes() if isinstance(value, np.ndarray) else value
    return found


def test_a_file_holds_all_that_the_gallery_knows_and_maps_it(seen, file):
    again = read_gallery_file(file)
    assert fields(again) == fields(seen)
    for name in ("signatures", "vectors", "people"):
        assert isinstance(getattr(again, name), np.memmap)
    assert (again.picture_handle, again.person_handle) == (None, None)
    assert fields(read_gallery(file.read_bytes())) == fields(seen)
    assert write_gallery(again) == file.read_bytes() == write_gallery(seen)


def test_any_program_that_reads_safetensors_reads_it(seen, file):
    tensors = load_file(file)
    assert np.array_equal(tensors["vectors"], seen.vectors)
    assert np.array_equal(tensors["digests"], seen.digests)


def test_its_facts_say_how_the_vectors_are_kept(seen):
    half = dataclasses.replace(seen, vectors=seen.vectors.astype(np.float16))
    for gallery, kind in ((seen, "float32"), (half, "float16"), (dataclasses.replace(seen, vectors=None), "none")):
        data = write_gallery(gallery)
        header = json.loads(data[8 : 8 + int.from_bytes(data[:8], "little")])
        assert json.loads(header["__metadata__"]["gallery"])["vectors"] == kind
        again = read_gallery(data).vectors
        assert again is None if kind == "none" else again.dtype == kind


def test_wide_numbers_lie_at_multiples_of_their_size(file):
    gallery = read_gallery_file(file)
    for array in (gallery.people_of, gallery.marks_of, gallery.vectors, gallery.people):
        assert array.flags.aligned


def test_a_file_of_version_1_is_still_read(seen, tmp_path):
    (tmp_path / "old.safetensors").write_bytes(version_1(seen))
    for again in (read_gallery(version_1(seen)), read_gallery_file(tmp_path / "old.safetensors")):
        assert np.array_equal(again.signatures, seen.signatures)
        assert (again.salt, again.skipped, again.ignored) == (seen.salt, ("abcd .png: cut short",), 2)
        assert (again.vectors, len(again.marks)) == (None, 0)


def test_a_file_of_version_1_is_brought_up_to_date(folder, tmp_path):
    old = build_gallery(folder)
    (tmp_path / "old.safetensors").write_bytes(version_1(old))
    assert fields(open_gallery(folder, tmp_path / "old.safetensors")) == fields(old)
    assert fields(read_gallery_file(tmp_path / "old.safetensors")) == fields(old)


@pytest.mark.parametrize("part", ["salt", "no_person", "sha256", "ignored", "skipped", "signature", "version"])
def test_what_its_facts_say_cannot_be_altered(file, part):
    data = file.read_bytes()
    size = int.from_bytes(data[:8], "little")
    header = json.loads(data[8 : 8 + size])
    facts = json.loads(header["__metadata__"]["gallery"])
    facts[part] = {"no_person": 0, "ignored": 9, "skipped": ["x"], "version": 3}.get(part, "00" * 32)
    header["__metadata__"]["gallery"] = json.dumps(facts)
    text = json.dumps(header).encode()
    file.write_bytes(len(text).to_bytes(8, "little") + text + data[8 + size :])
    with pytest.raises(AlbumError, match=r"damaged|Build the gallery again"):
        read_gallery_file(file)


def test_every_flipped_bit_of_the_data_is_noticed(file):
    data = file.read_bytes()
    start = 8 + int.from_bytes(data[:8], "little")
    for place in np.linspace(start, len(data) - 1, 40).astype(int):
        altered = bytearray(data)
        altered[place] ^= 4
        file.write_bytes(altered)
        with pytest.raises(AlbumError, match="damaged"):
            read_gallery_file(file)


@pytest.mark.parametrize("keep", [0, 4, 100, -1])
def test_a_file_that_is_cut_short_is_refused(file, keep):
    file.write_bytes(file.read_bytes()[:keep])
    with pytest.raises(AlbumError, match=r"gallery\.safetensors'.*damaged"):
        read_gallery_file(file)


@pytest.mark.parametrize(
    "change",
    [
        {"people_of": np.full(3, 99)}, {"people_of": np.full(3, -1)}, {"people": None}, {"people_of": None},
        {"marks_of": np.zeros(1, np.int64)}, {"marks": np.zeros((PICTURES, 3), np.uint8)},
        {"vectors": np.zeros((2, DIM), np.float32)}, {"vectors": np.zeros((PICTURES, 3), np.float32)},
        {"picture_encoder": None}, {"person_encoder": None}, {"digests": np.zeros((2, 32), np.uint8)},
        {"signatures": np.zeros((PICTURES, 2, 2), np.uint8)}, {"salt": b"short"},
    ],
    ids=lambda change: next(iter(change)),
)  # fmt: skip
def test_parts_that_do_not_fit_one_another_are_refused(seen, change):
    if "people_of" in change and change["people_of"] is not None:
        change = {"people_of": change["people_of"][:1].repeat(len(seen.people))}
    with pytest.raises(AlbumError, match="damaged"):
        read_gallery(write_gallery(dataclasses.replace(seen, **change)))


@pytest.mark.parametrize("name", ["missing.safetensors", ""])
def test_a_file_that_is_not_there_or_a_folder_is_an_error_that_names_it(tmp_path, name):
    with pytest.raises(AlbumError, match="Cannot"):
        read_gallery_file(tmp_path / name)


def test_a_file_that_is_replaced_or_altered_during_the_run_is_noticed(seen, file):
    gallery = read_gallery_file(file)
    gallery.require_unchanged()
    vectors = np.array(gallery.vectors)
    write_gallery_file(dataclasses.replace(seen, ignored=5), file)
    assert np.array_equal(gallery.vectors, vectors)  # the map still shows the old content
    with pytest.raises(AlbumError, match="changed during the run"):
        gallery.require_unchanged()


def test_galleries_are_only_written_to_files_of_their_kind(seen, tmp_path):
    with pytest.raises(AlbumError, match=r"call it 'name\.safetensors'"):
        write_gallery_file(seen, tmp_path / "holiday.png")


def test_writing_does_not_hold_the_file_in_memory(tmp_path, seen):
    rows = 60_000
    large = dataclasses.replace(
        seen, people=np.broadcast_to(np.float32([1] + [0] * (DIM * 40 - 1)), (rows, DIM * 40)),
        people_of=np.zeros(rows, np.int64), person_encoder=dataclasses.replace(seen.person_encoder, dim=DIM * 40),
    )  # fmt: skip
    tracemalloc.start()
    write_gallery_file(large, tmp_path / "large.safetensors")
    again = read_gallery_file(tmp_path / "large.safetensors")
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert again.people.nbytes > 100e6
    assert peak < 40e6


# --- embedding files ----------------------------------------------------------------------------------------------


def embedding_file(path, vectors, **metadata):
    said = {"encoder": "dinov2-base", "encoder_sha256": SHA, "license": "Apache-2.0"} | metadata
    save_file({"vectors": vectors}, path, metadata={name: value for name, value in said.items() if value is not None})
    return path


@pytest.mark.parametrize("dtype", [np.float32, np.float16])
def test_vectors_that_were_made_elsewhere_are_a_gallery(tmp_path, dtype):
    vectors = unit_rows().astype(dtype)
    gallery = read_gallery_file(embedding_file(tmp_path / "e.safetensors", vectors))
    assert np.array_equal(gallery.vectors, vectors)
    assert gallery.picture_encoder.label == "dinov2-base abababababab"
    assert gallery.picture_encoder.license == "Apache-2.0"
    assert (gallery.count, gallery.vectors_alone, gallery.people) == (6, True, None)
    assert gallery.label(3) == "row-3"
    assert gallery.picture_neighbours().nearest(unit_rows()[2:3], 1)[1].item() == 2
    assert gallery.summary().startswith("Rows of vectors in the gallery: 6;")
    gallery.require_unchanged()


def test_vectors_of_people_that_were_made_elsewhere_are_people(tmp_path):
    gallery = read_gallery_file(embedding_file(tmp_path / "e.safetensors", unit_rows(), looks_at="person"))
    assert np.array_equal(gallery.people, unit_rows())
    assert gallery.people_of.tolist() == list(range(6))
    assert (gallery.count, gallery.vectors, gallery.person_encoder.looks_at) == (6, None, "person")
    assert "People found: 6; compared by dinov2-base" in gallery.summary()


@pytest.mark.parametrize(
    "metadata", [{"encoder": None}, {"encoder_sha256": None}, {"encoder_sha256": "abc"}, {"looks_at": "faces"}]
)
def test_vectors_of_an_unknown_encoder_are_refused(tmp_path, metadata):
    with pytest.raises(AlbumError, match="does not say which encoder made it"):
        read_gallery_file(embedding_file(tmp_path / "e.safetensors", unit_rows(), **metadata))


@pytest.mark.parametrize("fault", [0.0, np.nan, np.inf, 2.0])
def test_a_row_that_is_no_unit_vector_is_named(tmp_path, fault):
    vectors = unit_rows()
    vectors[4] *= fault
    with pytest.raises(AlbumError, match="row of the embedding file, 4 "):
        read_gallery_file(embedding_file(tmp_path / "e.safetensors", vectors))


@pytest.mark.parametrize("vectors", [np.zeros((0, 3), np.float32), np.ones(3, np.float32), np.ones((2, 2), np.uint8)])
def test_a_tensor_that_is_no_list_of_vectors_is_refused(tmp_path, vectors):
    with pytest.raises(AlbumError, match="nor does it have a tensor 'vectors'"):
        read_gallery_file(embedding_file(tmp_path / "e.safetensors", vectors))


def test_near_copies_are_not_called_clean_by_vectors_alone(tmp_path, scene):
    gallery = read_gallery_file(embedding_file(tmp_path / "e.safetensors", unit_rows()))
    try:
        status = check_photos([scene(1)], gallery, threshold_bits=8)[0].status
    except AlbumError:
        return
    assert status == "unchecked"


def test_vectors_alone_are_not_brought_up_to_date_from_a_folder(tmp_path, folder):
    file = embedding_file(tmp_path / "e.safetensors", unit_rows())
    with pytest.raises(AlbumError, match="cannot be brought up to date"):
        open_gallery(folder, file)


# --- folder and file ----------------------------------------------------------------------------------------------


def test_a_file_is_made_and_then_kept_up_to_date(folder, tmp_path, scene):
    file = tmp_path / "kept" / "gallery.safetensors"
    pictures, people = Pictures(), People()
    first = open_gallery(folder, file, picture_encoder=pictures, person_encoder=people)
    assert isinstance(first.vectors, np.memmap)
    assert first.require_picture_encoder() is pictures
    written = file.stat()
    open_gallery(folder, file, picture_encoder=pictures, person_encoder=people)
    assert file.stat().st_mtime_ns == written.st_mtime_ns  # nothing new, nothing written
    assert (sum(pictures.batches), people.shown) == (PICTURES, PICTURES)
    Image.fromarray(scene(50, 64, 48)).save(folder / "new.png")
    after = open_gallery(folder, file, picture_encoder=pictures, person_encoder=people)
    assert (after.count, sum(pictures.batches), people.shown) == (PICTURES + 1, PICTURES + 1, PICTURES + 1)
    alone = open_gallery(None, file, picture_encoder=pictures)
    assert fields(alone) == fields(after)
    assert list(file.parent.iterdir()) == [file]


def test_both_the_folder_and_the_file_are_watched(folder, tmp_path, seen):
    file = tmp_path / "gallery.safetensors"
    for spoil in (lambda: (folder / "0.png").unlink(), lambda: write_gallery_file(seen, file)):
        gallery = open_gallery(folder, file, picture_encoder=Pictures())
        gallery.require_unchanged()
        spoil()
        with pytest.raises(AlbumError, match="during the run"):
            gallery.require_unchanged()


def test_without_either_there_is_no_gallery():
    assert open_gallery(None, None) is None


def test_a_file_of_another_encoder_alone_is_refused(file):
    with pytest.raises(AlbumError, match=r"encoded by tiles@1 \w+ and cannot be compared by tiles@2"):
        open_gallery(None, file, picture_encoder=Pictures("tiles@2"))


def test_a_damaged_file_is_never_written_over(folder, file):
    file.write_bytes(file.read_bytes()[:-3])
    before = file.read_bytes()
    with pytest.raises(AlbumError, match="damaged"):
        open_gallery(folder, file)
    assert file.read_bytes() == before


def test_a_file_among_the_pictures_or_of_another_kind_is_refused(folder, tmp_path):
    with pytest.raises(AlbumError, match="outside of their folder"):
        open_gallery(folder, folder / "gallery.safetensors")
    with pytest.raises(AlbumError, match=r"\.safetensors file"):
        open_gallery(folder, tmp_path / "gallery.png")


def test_a_disk_that_is_full_leaves_the_old_file(folder, file, seen, monkeypatch):
    def full(gallery, path):
        raise AlbumError("the disk is full")

    before = file.read_bytes()
    monkeypatch.setattr(gallery_open, "write_gallery_file", full)
    with pytest.raises(AlbumError, match="full"):
        open_gallery(folder, file)
    assert file.read_bytes() == before


def test_the_state_follows_the_folder_and_the_file(folder, file, scene):
    states = [gallery_state(folder, None), gallery_state(None, file), gallery_state(folder, file)]
    assert len(set(states)) == 3
    assert gallery_state(folder, file) == states[2]
    file.unlink()
    assert gallery_state(folder, file) == states[0]
    Image.fromarray(scene(50, 64, 48)).save(folder / "new.png")
    assert gallery_state(folder, None) != states[0]
    with pytest.raises(AlbumError, match="Cannot look at"):
        gallery_state(None, file)


def test_the_built_in_encoders_are_found_again_by_their_hash(seen, monkeypatch):
    from synthetic_albums.stages import encoders

    pictures, people = Pictures(), People()
    monkeypatch.setattr(encoders, "builtin_picture_encoder", lambda: pictures)
    monkeypatch.setattr(encoders, "builtin_person_encoder", lambda: People("red@2"))
    again = read_gallery(write_gallery(seen)).resolve()
    assert again.require_picture_encoder() is pictures
    with pytest.raises(AlbumError, match=r"encoded by red@1 \w+, which is not built in: connect that encoder"):
        again.require_person_encoder()
    assert again.resolve(None, people).require_person_encoder() is people


def test_a_pack_without_its_model_says_which_encoder_is_missing(seen, monkeypatch):
    from synthetic_albums.stages import encoders

    def missing():
        raise AlbumError("The weights are missing.")

    monkeypatch.setattr(encoders, "builtin_picture_encoder", missing)
    monkeypatch.setattr(encoders, "builtin_person_encoder", missing)
    with pytest.raises(AlbumError, match="connect that encoder"):
        read_gallery(write_gallery(seen)).resolve().require_picture_encoder()
