"""What the album's files say besides their pixels: anything that is not the pack's own statement is a finding.

Only names of fields are reported, never what they hold.
"""

import struct
import zlib
from collections.abc import Iterator
from typing import Final

from PIL import ExifTags, Image

from ..photo_file import STATEMENT, SYNTHETIC_SOURCES, encode_photo, read_statement
from ..verdicts import CheckFacts, Finding
from ..version import SOFTWARE, VERSION

CHECK: Final = "file metadata@1"
# Text chunks that the pack writes: the statement and what photos, anchors and sheets are made from.
OWN_TEXTS: Final = frozenset(
    {
        "Statement", "Software", "Scene", "Fingerprint", "Renderer", "Attempt", "Seed", "Weight", "Character",
        "Environment", "Place", "View", "title", "seed", "prompt", "workflow",
    }
)  # fmt: skip

_XMP = "XML:com.adobe.xmp"
_SOFTWARE = SOFTWARE.removesuffix(VERSION)
_PNG = b"\x89PNG\r\n\x1a\n"
# What a picture needs to be shown as it is; none of it can say who or where.
_PLAIN_CHUNKS = frozenset(
    {"IHDR", "PLTE", "IDAT", "IEND", "tRNS", "cHRM", "gAMA", "sBIT", "sRGB", "cICP", "bKGD", "pHYs"}
)  # fmt: skip
_TRAILING = "after the end"  # no chunk is called so: names have four letters
_FRAMES = "more pictures than the one that is shown first"  # which alone is compared
_NAMED = {
    "iCCP": "a colour profile", "tIME": "a time of change", _TRAILING: "data after its end",
    **dict.fromkeys(("acTL", "fcTL", "fdAT"), _FRAMES),
}  # fmt: skip
_TEXT_CHUNKS = frozenset({"tEXt", "zTXt", "iTXt"})
_GPS = 0x8825
_THUMBNAIL = 0x0201
_MAX_XMP = 2**20  # bytes; the pack's own has about a thousand
_TELLING = 0x8769  # the tag that holds what the camera noted


def check_metadata(data: bytes, *, what: str) -> list[Finding]:
    """Findings in one PNG file of an album.

    Args:
        data: its bytes.
        what: what it is, for the message: "The photo", "The anchor".

    Returns:
        One leak for each field that is not the pack's own; one "unchecked" where the file cannot be read through.
    """
    try:
        fields = sorted(set(_fields(data)))
    except (ValueError, IndexError, struct.error, zlib.error, OSError, SyntaxError) as error:
        return [_finding("unchecked", "", f"{what}'s metadata could not be read through: {error}"[:600])]
    return [_finding("leak", name[:200], f"{what}'s file carries {name}."[:600]) for name in fields]


def facts(status: str, files: int, reason: str = "") -> CheckFacts:
    """What the report says of this check."""
    return CheckFacts(
        kind="metadata",
        check=CHECK,
        status=status,  # pyright: ignore[reportArgumentType]
        references=files,
        reason=reason or "PNG chunks, EXIF, XMP and thumbnails of photos and portraits",
    )


def _fields(data: bytes) -> Iterator[str]:
    for name, body in _chunks(data):
        if name in _TEXT_CHUNKS:
            key = body.split(b"\0", 1)[0].decode("latin-1")
            if key == _XMP:
                yield from _xmp_fields(_packet(name, body))
            elif key not in OWN_TEXTS:
                yield f"text chunk '{key[:80]}'"
        elif name == "eXIf":
            yield from _exif_fields(body)
        elif name not in _PLAIN_CHUNKS:
            yield _NAMED.get(name, f"chunk '{name}'")


def _chunks(data: bytes) -> Iterator[tuple[str, bytes]]:
    """Name and body of every chunk, and of what follows the end of the picture."""
    if not data.startswith(_PNG):
        raise ValueError("it is no PNG file")
    at = len(_PNG)
    while at < len(data):
        if at + 12 > len(data):
            raise ValueError("it is cut short")
        length, name = struct.unpack(">I4s", data[at : at + 8])
        body = data[at + 8 : at + 8 + length]
        if len(body) < length:
            raise ValueError("it is cut short")
        yield name.decode("latin-1"), body
        at += 12 + length
        if name == b"IEND":
            if at < len(data):
                yield _TRAILING, data[at:]
            return
    raise ValueError("it has no end")


def _packet(name: str, body: bytes) -> str:
    """The text of one XMP chunk. A file may hold several, so each is looked at by itself.

    Source: W3C, Portable Network Graphics (Third Edition), section 11.3.3: keyword, in iTXt then two bytes on
    compression, a language and a translated keyword, each ended by a zero byte, and the text.
    """
    rest = body.split(b"\0", 1)[1]
    if name == "tEXt":
        return rest.decode("latin-1")
    if name == "zTXt":
        return _inflated(rest[1:]).decode("latin-1")
    compressed, text = rest[:1] != b"\0", rest[2:].split(b"\0", 2)[2]
    return (_inflated(text) if compressed else text).decode("utf-8")


def _inflated(data: bytes) -> bytes:
    """At most `_MAX_XMP` bytes; a longer packet is not the pack's own, whatever follows."""
    return zlib.decompressobj().decompress(data, _MAX_XMP)


def _xmp_fields(packet: str) -> Iterator[str]:
    """Nothing where the packet is the pack's own, whatever version wrote it; else what it speaks of."""
    if STATEMENT in packet and any(_without_software(packet) == own for own in _own_packets()):
        return
    known = {"GPS": "exif:GPS", "an author": "dc:creator", "a camera": "tiff:Model", "a face region": "mwg-rs:"}
    named = [what for what, mark in known.items() if mark in packet]
    yield "XMP that is not the pack's own" + (f" (with {', '.join(named)})" if named else "")


def _own_packets() -> list[str]:
    import numpy as np

    pixel = np.zeros((1, 1, 3), np.uint8)
    return [
        _without_software(read_statement(encode_photo(pixel, facts={}, synthetic_source=source))[_XMP])
        for source in SYNTHETIC_SOURCES
    ]


def _without_software(packet: str) -> str:
    """The packet without the name and version of what wrote it."""
    head, mark, rest = packet.partition("<xmp:CreatorTool>")
    value, end, tail = rest.partition("</xmp:CreatorTool>")
    ours = value.startswith(_SOFTWARE) and len(value) <= len(_SOFTWARE) + 20 and "<" not in value
    return head + mark + end + tail if ours else packet


def _exif_fields(body: bytes) -> Iterator[str]:
    exif = Image.Exif()
    exif.load(body)
    for tag in (*exif, *exif.get_ifd(_TELLING)):
        if tag == _GPS:
            yield "EXIF GPS position"
        elif tag != _TELLING:
            yield f"EXIF {ExifTags.TAGS.get(tag, f'tag {tag}')}"
    if _THUMBNAIL in exif.get_ifd(ExifTags.IFD.IFD1):
        yield "an embedded thumbnail"


def _finding(status: str, subject: str, reason: str) -> Finding:
    return Finding(kind="metadata", check=CHECK, status=status, subject=subject, reason=reason)  # pyright: ignore[reportArgumentType]
