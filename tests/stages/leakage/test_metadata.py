import io
import struct
import zlib

import numpy as np
import pytest
from PIL import Image, PngImagePlugin
from synthetic_albums.stages.leakage.metadata import check_metadata, facts
from synthetic_albums.stages.photo_file import SYNTHETIC_SOURCES, encode_photo

PIXELS = np.random.default_rng(0).integers(0, 256, (32, 32, 3), dtype=np.uint8)


def saved(**options):
    file = io.BytesIO()
    Image.fromarray(PIXELS).save(file, "PNG", **options)
    return file.getvalue()


def subjects(data):
    return [finding.subject for finding in check_metadata(data, what="The photo")]


@pytest.mark.parametrize("source", SYNTHETIC_SOURCES)
def test_what_the_pack_writes_is_clean(source):
    said = {"Scene": "s1", "Fingerprint": "f", "Seed": "1", "Attempt": "0", "Renderer": "r", "Weight": "0.5"}
    said |= {"Character": "ana", "View": "full_length", "Place": "park"}
    assert subjects(encode_photo(PIXELS, facts=said, synthetic_source=source)) == []


def test_exif_is_named_and_never_quoted():
    exif = Image.Exif()
    exif[0x0110], exif[0x013B] = "SecretCam 3000", "Jane Doe"
    exif[0x8825] = {1: "N", 2: (52.0, 31.0, 12.0)}
    found = check_metadata(saved(exif=exif), what="The photo")
    assert [finding.subject for finding in found] == ["EXIF Artist", "EXIF GPS position", "EXIF Model"]
    assert "Jane" not in str(found)
    assert "SecretCam" not in str(found)
    assert all(finding.status == "leak" for finding in found)


def test_foreign_texts_xmp_profiles_and_times_are_found():
    info = PngImagePlugin.PngInfo()
    info.add_text("Author", "Jane Doe")
    info.add_itxt("XML:com.adobe.xmp", "<x:xmpmeta><dc:creator>Jane</dc:creator></x:xmpmeta>")
    info.add(b"tIME", bytes(7))
    info.add(b"prVt", b"x")
    assert subjects(saved(pnginfo=info, icc_profile=b"profile")) == [
        "XMP that is not the pack's own (with an author)", "a colour profile", "a time of change", "chunk 'prVt'",
        "text chunk 'Author'",
    ]  # fmt: skip


def test_our_own_xmp_with_something_added_is_not_our_own():
    packet = Image.open(io.BytesIO(encode_photo(PIXELS, facts={}, synthetic_source="algorithmicMedia"))).text
    info = PngImagePlugin.PngInfo()
    info.add_itxt("XML:com.adobe.xmp", packet["XML:com.adobe.xmp"].replace("</rdf:RDF>", "<exif:GPS/></rdf:RDF>"))
    assert subjects(saved(pnginfo=info)) == ["XMP that is not the pack's own (with GPS)"]


def test_an_embedded_thumbnail_is_found():
    little = b"II*\x00\x08\x00\x00\x00" + b"\x00\x00" + b"\x0e\x00\x00\x00"
    entries = [(0x0201, 4, 1, 44), (0x0202, 4, 1, 4)]
    ifd = len(entries).to_bytes(2, "little")
    for tag, kind, count, value in entries:
        ifd += tag.to_bytes(2, "little") + kind.to_bytes(2, "little") + count.to_bytes(4, "little")
        ifd += value.to_bytes(4, "little")
    data = b"Exif\x00\x00" + little + ifd + bytes(4) + b"\xff\xd8\xff\xd9"
    assert "an embedded thumbnail" in subjects(saved(exif=data))


def test_what_follows_the_picture_is_found():
    assert subjects(saved() + b"hidden") == ["data after its end"]


@pytest.mark.parametrize("data", [b"", b"no png", saved()[:60], saved()[:-4]])
def test_a_file_that_cannot_be_read_through_is_unchecked(data):
    found = check_metadata(data, what="The photo")
    assert [finding.status for finding in found] == ["unchecked"]


def test_facts_count_files():
    assert facts("clean", 4).references == 4


def with_chunk(name, body, *, last):
    """The pack's own file with one more chunk, before or behind everything else."""
    data = encode_photo(PIXELS, facts={}, synthetic_source="algorithmicMedia")
    chunk = struct.pack(">I", len(body)) + name + body + struct.pack(">I", zlib.crc32(name + body))
    at = len(data) - 12 if last else 33  # behind IHDR, or before IEND
    return data[:at] + chunk + data[at:]


FOREIGN = b"<x:xmpmeta>exif:GPSLatitude dc:creator Jane</x:xmpmeta>"


@pytest.mark.parametrize("last", [False, True])
@pytest.mark.parametrize(
    ("name", "body"),
    [
        (b"iTXt", b"XML:com.adobe.xmp\0\0\0\0\0" + FOREIGN),
        (b"iTXt", b"XML:com.adobe.xmp\0\1\0en\0XMP\0" + zlib.compress(FOREIGN)),
        (b"zTXt", b"XML:com.adobe.xmp\0\0" + zlib.compress(FOREIGN)),
        (b"tEXt", b"XML:com.adobe.xmp\0" + FOREIGN),
    ],
)
def test_a_second_xmp_packet_is_found_on_either_side_of_our_own(name, body, last):
    assert subjects(with_chunk(name, body, last=last)) == ["XMP that is not the pack's own (with GPS, an author)"]


@pytest.mark.parametrize("rest", [b"", b"\0\1\0\0\0no zlib", b"\0\0"])
def test_an_xmp_packet_that_cannot_be_read_is_no_pass(rest):
    found = check_metadata(with_chunk(b"iTXt", b"XML:com.adobe.xmp" + rest, last=False), what="The photo")
    assert [finding.status for finding in found] == ["unchecked"]


def test_frames_behind_the_first_picture_are_found():
    """Only the first is compared with the gallery."""
    found = saved(save_all=True, append_images=[Image.fromarray(PIXELS[::-1])])
    assert subjects(found) == ["more pictures than the one that is shown first"]
