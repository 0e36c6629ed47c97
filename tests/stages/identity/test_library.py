import pickle
from dataclasses import replace

import numpy as np
import pytest
from synthetic_albums.stages.encoders.interface import EncoderFacts
from synthetic_albums.stages.errors import AlbumError
from synthetic_albums.stages.identity import (
    bring_into_plan,
    cast_characters,
    cast_file_path,
    describe_appearance,
    read_cast_file,
    save_cast_file,
    write_cast,
)
from synthetic_albums.stages.identity.cast_file import CastDocument, read_cast_document
from synthetic_albums.stages.records import Character, Hair, Outfit

FACTS = EncoderFacts("faces@1", "ab" * 32, 4, "person", license="research only")


@pytest.fixture
def saved_cast(plan):
    """With everything that a file can hold."""
    cast = cast_characters(plan)
    picture = np.random.default_rng(0).integers(0, 256, (8, 8, 3), dtype=np.uint8)
    maya = replace(
        cast.members[0], portraits=(picture, picture + 1), views=("front", "three_quarter"), source="reference",
        consent="She agreed to it.", encoder=FACTS.label, vector=np.eye(4, dtype=np.float32)[0],
    )  # fmt: skip
    return replace(cast, members=(maya, cast.members[1]), plates={"park": picture})


@pytest.fixture
def document(tmp_path, plan, saved_cast):
    path = cast_file_path(tmp_path, "casts/ours")
    save_cast_file(path, saved_cast, characters=plan.characters, license="CC-BY-4.0", encoders=[FACTS])
    return read_cast_file(path)


def story(plan):
    """Another story with a Maria and a cat."""
    maria = Character(id="maria", name="Maria", role="mother", outfits=[Outfit(id="red", top_color="red")])
    tom = Character(id="tom", name="Tom", kind="animal", species="cat")
    return plan.model_copy(update={"characters": [maria, tom], "seed": 99})


def test_what_is_saved_comes_back(document, saved_cast, plan):
    for old, new in zip(saved_cast.members, document.cast.members, strict=True):
        np.testing.assert_array_equal(old.vector, new.vector)
        assert [p.tolist() for p in old.portraits] == [p.tolist() for p in new.portraits]
        for name in ("character", "encoder", "source", "appearance", "views", "consent"):
            assert getattr(old, name) == getattr(new, name)
    np.testing.assert_array_equal(document.cast.plates["park"], saved_cast.plates["park"])
    assert list(document.characters) == plan.characters
    about = document.about
    assert about["license"] == "CC-BY-4.0"
    assert {"name": "faces@1", "sha256": "ab" * 32, "license": "research only"} in about["encoders"]
    assert "reference pictures" in about["made"]["maya"]
    assert "album's seed" in about["made"]["rusty"]


def test_a_plain_cast_is_written_as_it_always_was(plan):
    cast = cast_characters(plan)
    data = write_cast(cast)
    assert b'\\"version\\": 1' in data
    assert data == write_cast(replace(cast, members=tuple(replace(m, views=("front",)) for m in cast.members)))
    assert read_cast_document(data).characters == ()


def test_a_saved_person_plays_in_another_story(document, plan):
    after, cast = bring_into_plan(story(plan), document, "Maya=Maria")
    maria, maya = after.character("maria"), plan.character("maya")
    assert (maria.id, maria.name, maria.role, maria.outfits[0].top_color) == ("maria", "Maria", "mother", "red")
    assert (maria.hair, maria.face, maria.skin_tone, maria.height) == (
        maya.hair,
        maya.face,
        maya.skin_tone,
        maya.height,
    )
    member = cast.member("maria")
    np.testing.assert_array_equal(member.vector, document.cast.member("maya").vector)
    assert (member.source, member.consent) == ("reference", "She agreed to it.")
    assert len(member.portraits) == 2
    assert member.appearance == describe_appearance(maria)
    assert member.appearance.startswith("Maria, ")
    assert cast.metadata["played_by.maria"] == "maya"
    assert after.character("tom") == story(plan).character("tom")
    np.testing.assert_array_equal(cast.member("tom").vector, cast_characters(story(plan)).member("tom").vector)


def test_without_a_mapping_ids_and_names_say_who_plays_whom(document, plan):
    named = story(plan)
    someone = named.characters[0].model_copy(update={"name": "maya"})
    named = named.model_copy(update={"characters": [someone, plan.character("rusty")]})
    after, cast = bring_into_plan(named, document, "")
    assert after.character("maria").hair == plan.character("maya").hair
    assert {key: value for key, value in cast.metadata.items() if key.startswith("played_by")} == {
        "played_by.maria": "maya", "played_by.rusty": "rusty",
    }  # fmt: skip


@pytest.mark.parametrize(
    ("mapping", "message"),
    [
        ("maya", "'maya' in the mapping does not say who plays whom"),
        ("zoe=maria", r"'zoe' in the mapping is not one of the cast file, who are Maya \(maya\)"),
        ("maya=zoe", r"'zoe' in the mapping is not one of the plan, who are Maria \(maria\)"),
        ("maya=maria, rusty=maria", "gives 'maria' to two people"),
        ("rusty=maria", "'Rusty' is an animal and cannot play 'Maria', a person"),
        ("", "Nobody of the cast file"),
    ],
)
def test_a_mapping_that_cannot_be_is_named(document, plan, mapping, message):
    with pytest.raises(AlbumError, match=message):
        bring_into_plan(story(plan), document, mapping)


def test_a_file_of_version_1_brings_words_and_pictures(plan, caplog):
    cast = cast_characters(plan)
    after, brought = bring_into_plan(story(plan), CastDocument(cast), "maya=maria")
    assert after.character("maria") == story(plan).character("maria")
    assert brought.member("maria").appearance == cast.member("maya").appearance
    assert "the plan's attributes stay" in caplog.text


@pytest.mark.parametrize("name", ["ana.pt", "ana.ckpt", "ana.PKL", "casts/ana.bin", "ana.npz", "ana.json"])
def test_anything_but_safetensors_is_refused_with_the_reason(tmp_path, name):
    with pytest.raises(AlbumError, match=r"not a \.safetensors file.*may run code"):
        cast_file_path(tmp_path, name)


@pytest.mark.parametrize(
    "name", ["", "  ", "/etc/passwd", "../ana", "a/../../ana", "C:\\ana", "..\\ana", "con", ".safetensors"]
)
def test_names_never_leave_the_folder(tmp_path, name):
    with pytest.raises(AlbumError):
        cast_file_path(tmp_path, name)


def test_a_name_is_a_file_inside_the_folder(tmp_path):
    assert cast_file_path(tmp_path, "casts/ana") == tmp_path / "casts/ana.safetensors"
    assert cast_file_path(tmp_path, "casts/ana.SafeTensors") == tmp_path / "casts/ana.safetensors"
    outside = tmp_path / "outside"
    (tmp_path / "in").mkdir()
    (tmp_path / "in/ana.safetensors").symlink_to(outside)
    with pytest.raises(AlbumError, match="symbolic link"):
        cast_file_path(tmp_path / "in", "ana")


def test_pickles_and_other_files_are_refused_unread(tmp_path):
    class Evil:
        def __reduce__(self):
            return (open, (str(tmp_path / "pwned"), "w"))

    path = tmp_path / "ana.safetensors"
    for data in (pickle.dumps(Evil()), b"PK\x03\x04rest", b"", b"text", np.zeros(4).tobytes()):
        path.write_bytes(data)
        with pytest.raises(AlbumError, match=r"ana\.safetensors"):
            read_cast_file(path)
    assert not (tmp_path / "pwned").exists()


def test_damaged_foreign_and_newer_files_are_refused(tmp_path, document, saved_cast):
    from safetensors.numpy import save

    path = tmp_path / "casts/ours.safetensors"
    data = path.read_bytes()
    cases = [(data[: len(data) // 2], "cut off"), (save({"a": np.zeros(3)}), "holds no cast")]
    cases.append((data.replace(b'\\"version\\": 2', b'\\"version\\": 7'), "version 7"))
    for broken, message in cases:
        path.write_bytes(broken)
        with pytest.raises(AlbumError, match=message):
            read_cast_file(path)
    with pytest.raises(AlbumError, match="There is no cast file"):
        read_cast_file(tmp_path / "none.safetensors")


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        (b'\\"plates\\": [\\"park\\"]', b'\\"plates\\": [\\"dark\\"]', "plate.dark"),
        (b'\\"id\\": \\"maya\\"', b'\\"id\\": \\"zaya\\"', "characters who are not in it"),
        (b'\\"about\\": {', b'\\"xbout\\": {', None),
        (
            b'\\"hair\\": {\\"color\\": \\"auburn\\"',
            b'\\"hair\\": {\\"color\\": \\"orange\\"',
            "character in the cast file",
        ),
    ],
)
def test_what_does_not_fit_together_is_named(tmp_path, document, old, new, message):
    path = tmp_path / "casts/ours.safetensors"
    data = path.read_bytes()
    assert old in data
    path.write_bytes(data.replace(old, new))
    if message is None:
        assert read_cast_file(path).about == {}
        return
    with pytest.raises(AlbumError, match=message):
        read_cast_file(path)


def test_an_old_cast_is_replaced_and_another_file_is_not(tmp_path, plan, saved_cast):
    path = tmp_path / "ana.safetensors"
    options = {"characters": plan.characters, "license": "", "encoders": []}
    save_cast_file(path, saved_cast, **options)
    save_cast_file(path, cast_characters(plan), **options)
    assert read_cast_file(path).cast.member("maya").source == "sampled"
    path.write_bytes(b"my own notes")
    with pytest.raises(AlbumError, match="no cast, so it is not replaced"):
        save_cast_file(path, saved_cast, **options)
    assert path.read_bytes() == b"my own notes"
    with pytest.raises(AlbumError, match="The cast is empty"):
        save_cast_file(tmp_path / "b.safetensors", replace(saved_cast, members=()), **options)


def test_the_same_cast_gives_the_same_bytes(plan, saved_cast):
    first, second = (write_cast(saved_cast, characters=plan.characters, about={"license": "x"}) for _ in range(2))
    assert first == second
    hair = Hair(style="bob")
    other = [plan.characters[0].model_copy(update={"hair": hair}), plan.characters[1]]
    assert write_cast(saved_cast, characters=other) != first
