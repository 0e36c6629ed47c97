import io
import json
import pickle
import zipfile
from dataclasses import replace

import numpy as np
import pytest
from safetensors.numpy import load, save
from synthetic_albums.stages.errors import AlbumError
from synthetic_albums.stages.identity import add_portraits, cast_characters, read_cast, write_cast
from synthetic_albums.stages.records import Cast

KEY = "synthetic_albums_cast"


@pytest.fixture
def cast(plan, painter) -> Cast:
    return add_portraits(cast_characters(plan), plan, painter, size=6)


def changed(data: bytes, *, content=None, tensors=None) -> bytes:
    """The same file with its metadata or tensors replaced by a function's answer."""
    length = int.from_bytes(data[:8], "little")
    old = json.loads(json.loads(data[8 : 8 + length])["__metadata__"][KEY])
    new_content = content(old) if content else old
    new_tensors = tensors(load(data)) if tensors else load(data)
    return save(new_tensors, metadata={KEY: json.dumps(new_content)})


def test_a_cast_comes_back_exactly(cast):
    again = read_cast(write_cast(cast))
    assert again.metadata == cast.metadata
    for one, other in zip(again.members, cast.members, strict=True):
        assert (one.character, one.encoder, one.source, one.appearance) == (
            other.character, other.encoder, other.source, other.appearance,
        )  # fmt: skip
        assert one.vector.dtype == np.float32
        np.testing.assert_array_equal(one.vector, other.vector)
        assert len(one.portraits) == 1
        np.testing.assert_array_equal(one.portraits[0], other.portraits[0])


def test_the_same_cast_gives_the_same_bytes(cast):
    assert write_cast(cast) == write_cast(replace(cast, metadata=dict(reversed(cast.metadata.items()))))
    assert write_cast(read_cast(write_cast(cast))) == write_cast(cast)


def test_names_in_any_script_and_an_empty_cast_survive(cast):
    named = replace(cast.members[0], appearance="陈, ein Mädchen “so”")
    assert read_cast(write_cast(Cast((named,)))).members[0].appearance == named.appearance
    assert read_cast(write_cast(Cast(()))).members == ()


def test_any_safetensors_reader_finds_the_tensors(cast):
    tensors = load(write_cast(cast))
    assert set(tensors) == {"vector.maya", "vector.rusty", "portrait.maya.0", "portrait.rusty.0"}


def _zip() -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        archive.writestr("data.pkl", b"x")
    return buffer.getvalue()


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (pickle.dumps({"a": 1}), "Python pickle"),
        (_zip(), "zip archive"),
        (b"\x89PNG\r\n\x1a\n" + b"\0" * 40, "PNG picture"),
        (b'{"version": 1}', "JSON text"),
        (b"", "not safetensors"),
        (b"abc", "not safetensors"),
        (b"\xff" * 64, "not safetensors"),
        (save({"a": np.zeros(3, np.float32)}), "holds no cast"),
        (save({"a": np.zeros(3, np.float32)}, metadata={KEY: "nonsense"}), "holds no cast"),
        (save({"a": np.zeros(3, np.float32)}, metadata={KEY: "[]"}), "version"),
        (save({"a": np.zeros(3, np.float32)}, metadata={KEY: '{"version": 1}'}), "damaged"),
    ],
)
def test_what_is_not_a_cast_is_refused_with_the_reason(data, reason):
    with pytest.raises(AlbumError, match=reason):
        read_cast(data)


def test_a_pickle_is_refused_without_being_run(tmp_path):
    class Attack:
        def __reduce__(self):
            return (open, (str(tmp_path / "pwned"), "w"))

    with pytest.raises(AlbumError):
        read_cast(pickle.dumps(Attack()))
    assert not (tmp_path / "pwned").exists()


def test_a_cut_file_is_refused_wherever_it_is_cut(cast):
    data = write_cast(cast)
    for end in (4, 8, 40, len(data) // 2, len(data) - 1):
        with pytest.raises(AlbumError, match=r"cut off|not safetensors"):
            read_cast(data[:end])


def test_another_version_is_refused(cast):
    with pytest.raises(AlbumError, match="version 9"):
        read_cast(changed(write_cast(cast), content=lambda old: old | {"version": 9}))


@pytest.mark.parametrize("lost", ["vector.maya", "portrait.rusty.0"])
def test_a_missing_tensor_is_named(cast, lost):
    data = changed(write_cast(cast), tensors=lambda old: {key: value for key, value in old.items() if key != lost})
    with pytest.raises(AlbumError, match=lost):
        read_cast(data)


def test_a_tensor_that_nobody_owns_is_refused(cast):
    data = changed(write_cast(cast), tensors=lambda old: old | {"vector.eve": np.zeros(3, np.float32)})
    with pytest.raises(AlbumError, match=r"vector\.eve"):
        read_cast(data)


@pytest.mark.parametrize(
    ("bad", "reason"),
    [
        (np.zeros(128, np.float32), "length 1"),
        (np.full(128, 0.2, np.float32), "length 1"),
        (np.full(128, np.nan, np.float32), "not finite"),
        (np.full(128, np.inf, np.float32), "not finite"),
        (np.ones((2, 64), np.float32), "float32"),
        (np.ones(128, np.float64), "float32"),
    ],
)
def test_a_bad_vector_is_refused_when_read_and_when_written(cast, bad, reason):
    data = changed(write_cast(cast), tensors=lambda old: old | {"vector.maya": bad})
    with pytest.raises(AlbumError, match=f"'maya'.*{reason}"):
        read_cast(data)
    with pytest.raises(AlbumError, match=f"'maya'.*{reason}"):
        write_cast(replace(cast, members=(replace(cast.members[0], vector=bad),)))


def test_a_bad_portrait_is_refused_when_read_and_when_written(cast):
    bad = np.zeros((6, 6, 4), np.uint8)
    data = changed(write_cast(cast), tensors=lambda old: old | {"portrait.maya.0": bad})
    with pytest.raises(AlbumError, match="portrait of 'maya'"):
        read_cast(data)
    with pytest.raises(AlbumError, match="portrait of 'maya'"):
        write_cast(replace(cast, members=(replace(cast.members[0], portraits=(bad,)),)))


@pytest.mark.parametrize(
    "damage",
    [
        {"character": 5},
        {"source": "stolen"},
        {"portraits": -1},
        {"portraits": 10**9},
        {"portraits": "1"},
        {"appearance": None},
    ],
)
def test_a_badly_described_member_is_refused(cast, damage):
    def spoil(old):
        return old | {"members": [old["members"][0] | damage]}

    with pytest.raises(AlbumError, match="describes a member badly"):
        read_cast(changed(write_cast(cast), content=spoil))


def test_a_member_named_twice_is_refused_when_read_and_when_written(cast):
    data = changed(write_cast(cast), content=lambda old: old | {"members": [*old["members"], old["members"][0]]})
    with pytest.raises(AlbumError, match="'maya' twice"):
        read_cast(data)
    with pytest.raises(AlbumError, match="'maya' twice"):
        write_cast(Cast((cast.members[0], cast.members[0])))
