import io
import zlib
from pathlib import Path
from xml.etree import ElementTree as ET

import numpy as np
import pytest
from PIL import Image
from synthetic_albums.stages.errors import AlbumError
from synthetic_albums.stages.photo_file import (
    STATEMENT,
    decode_photo,
    encode_photo,
    read_statement,
)
from synthetic_albums.stages.version import VERSION

PIXELS = np.arange(4 * 6 * 3, dtype=np.uint8).reshape(4, 6, 3)


def encode(pixels=PIXELS, source="algorithmicMedia", **facts):
    return encode_photo(pixels, facts=facts, synthetic_source=source)


def png_chunk(kind, body):
    return len(body).to_bytes(4, "big") + kind + body + zlib.crc32(kind + body).to_bytes(4, "big")


def test_pixels_come_back_as_they_were():
    assert np.array_equal(decode_photo(encode()), PIXELS)


def test_a_view_with_odd_strides_is_written_as_it_looks():
    flipped = PIXELS[:, ::-1]
    assert np.array_equal(decode_photo(encode(flipped)), flipped)


def test_the_same_input_gives_the_same_bytes_whatever_the_order_of_facts():
    one = encode_photo(PIXELS, facts={"seed": "1", "scene": "s1"}, synthetic_source="algorithmicMedia")
    two = encode_photo(PIXELS, facts={"scene": "s1", "seed": "1"}, synthetic_source="algorithmicMedia")
    assert one == two


def test_every_picture_says_that_it_is_synthetic_and_what_made_it():
    told = read_statement(encode(scene="s1", caption="Anna ♥ the café"))
    assert told["Statement"] == STATEMENT
    assert told["Software"] == f"Synthetic Albums {VERSION}"
    assert told["scene"] == "s1"
    assert told["caption"] == "Anna ♥ the café"


@pytest.mark.parametrize("source", ["algorithmicMedia", "trainedAlgorithmicMedia"])
def test_the_xmp_packet_names_the_iptc_source_type(source):
    packet = read_statement(encode(source=source))["XML:com.adobe.xmp"]
    tag = "{http://iptc.org/std/Iptc4xmpExt/2008-02-29/}DigitalSourceType"
    found = ET.fromstring(packet.strip("\ufeff")).find(f".//{tag}")  # noqa: S314  (our own packet)
    assert found.text == f"http://cv.iptc.org/newscodes/digitalsourcetype/{source}"


def test_pillow_reads_the_same_xmp_packet():
    assert b"DigitalSourceType" in Image.open(io.BytesIO(encode())).info["xmp"]


def test_control_and_bidirectional_characters_are_taken_out_of_facts():
    told = read_statement(encode(caption="a\x00b\x1bc\u202ed\ud800e\nf"))
    assert told["caption"] == "abcde\nf"


def test_a_fact_cannot_replace_the_statement():
    with pytest.raises(AlbumError, match="taken by the statement"):
        encode(statement="a real photo")


@pytest.mark.parametrize("key", ["", " seed", "ключ", "a" * 80, "a\nb"])
def test_a_fact_name_that_png_cannot_hold_is_refused(key):
    with pytest.raises(AlbumError, match="cannot be stored"):
        encode_photo(PIXELS, facts={key: "1"}, synthetic_source="algorithmicMedia")


def test_a_fact_of_absurd_length_is_refused():
    with pytest.raises(AlbumError, match="at most"):
        encode(prompt="x" * 8_000_001)


@pytest.mark.parametrize("source", ["digitalCapture", "", "madeUp"])
def test_a_source_type_that_is_not_synthetic_is_refused(source):
    with pytest.raises(AlbumError, match="digital source type"):
        encode(source=source)


@pytest.mark.parametrize(
    "pixels",
    [PIXELS.astype(np.float32), PIXELS[..., 0], PIXELS[None], np.zeros((4, 6, 4), np.uint8), PIXELS.tolist()],
)
def test_what_is_not_a_picture_is_refused(pixels):
    with pytest.raises(AlbumError, match="uint8"):
        encode(pixels)


def test_a_picture_without_pixels_is_refused():
    with pytest.raises(AlbumError, match="cannot be written"):
        encode(np.zeros((0, 6, 3), np.uint8))


@pytest.mark.parametrize("reader", [decode_photo, read_statement])
@pytest.mark.parametrize("data", [b"", b"not a picture", b"\x89PNG\r\n\x1a\n"])
def test_what_is_not_a_png_is_refused(reader, data):
    with pytest.raises(AlbumError, match="picture file"):
        reader(data)


def test_a_png_that_is_cut_short_is_refused():
    noise = np.random.default_rng(0).integers(0, 256, (64, 64, 3), dtype=np.uint8)
    with pytest.raises(AlbumError, match="cut short or damaged"):
        decode_photo(encode(noise)[:4000])


def test_a_decompression_bomb_is_refused_before_it_is_unpacked():
    header = (60_000).to_bytes(4, "big") * 2 + bytes([8, 2, 0, 0, 0])
    bomb = b"\x89PNG\r\n\x1a\n" + png_chunk(b"IHDR", header) + png_chunk(b"IDAT", b"") + png_chunk(b"IEND", b"")
    with pytest.raises(AlbumError, match=r"picture file|more than this pack"):
        decode_photo(bomb)


def test_a_picture_larger_than_the_largest_canvas_is_refused():
    header = (9_000).to_bytes(4, "big") * 2 + bytes([8, 2, 0, 0, 0])
    large = b"\x89PNG\r\n\x1a\n" + png_chunk(b"IHDR", header) + png_chunk(b"IDAT", b"") + png_chunk(b"IEND", b"")
    with pytest.raises(AlbumError, match="9000 x 9000 pixels"):
        decode_photo(large)


def test_a_png_without_texts_says_nothing():
    file = io.BytesIO()
    Image.fromarray(PIXELS).save(file, format="PNG")
    assert read_statement(file.getvalue()) == {}


def test_pyproject_has_the_version_of_the_code():
    pyproject = Path(__file__).parents[2] / "pyproject.toml"
    assert f'\nversion = "{VERSION}"\n' in pyproject.read_text(encoding="utf-8")
