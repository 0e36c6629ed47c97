"""The PNG file of one picture: pixels, a plain statement that it is synthetic, and what it was made from.

The statement is there three times, for three readers: a sentence for people, `Software` and facts for tools, and an
XMP packet with IPTC's DigitalSourceType for photo libraries and platforms. It is a label, not a security control:
any program that re-encodes the picture may drop it.
"""

import io
import unicodedata
from typing import Final
from xml.sax.saxutils import escape

import numpy as np
from PIL import Image, PngImagePlugin

from .errors import AlbumError
from .version import SOFTWARE

STATEMENT: Final = "This is a synthetic picture made by software. It shows no real person, place or event."
SOURCE_TYPE_URI: Final = "http://cv.iptc.org/newscodes/digitalsourcetype/"
# IPTC's terms for pictures that no camera took. Terms such as digitalCapture would contradict the statement.
SYNTHETIC_SOURCES: Final = (
    "algorithmicMedia",
    "trainedAlgorithmicMedia",
    "compositeSynthetic",
    "compositeWithTrainedAlgorithmicMedia",
)
MAX_PIXELS: Final = 8192 * 8192  # the largest canvas that a layout may ask for
MAX_FACT_CHARS: Final = 8_000_000  # a graph of thousands of nodes; past that something was put in by mistake

_XMP_KEY = "XML:com.adobe.xmp"
_RESERVED = frozenset({"statement", "software", _XMP_KEY.lower()})
_BIDI_CONTROLS = frozenset("\u200e\u200f\u061c\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")
_XMP = """<?xpacket begin="\ufeff" id="W5M0MpCehiHzreSzNTczkc9d"?>
<x:xmpmeta xmlns:x="adobe:ns:meta/">
 <rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">
  <rdf:Description rdf:about=""
    xmlns:xmp="http://ns.adobe.com/xap/1.0/"
    xmlns:dc="http://purl.org/dc/elements/1.1/"
    xmlns:Iptc4xmpExt="http://iptc.org/std/Iptc4xmpExt/2008-02-29/">
   <xmp:CreatorTool>{software}</xmp:CreatorTool>
   <Iptc4xmpExt:DigitalSourceType>{source}</Iptc4xmpExt:DigitalSourceType>
   <dc:description><rdf:Alt><rdf:li xml:lang="x-default">{statement}</rdf:li></rdf:Alt></dc:description>
  </rdf:Description>
 </rdf:RDF>
</x:xmpmeta>
<?xpacket end="w"?>"""


def to_photo(picture: np.ndarray) -> np.ndarray:
    """(height, width, 3 or 4) floats as (height, width, 3) uint8; what is outside 0 to 1 is cut off."""
    return np.rint(np.clip(picture[..., :3], 0.0, 1.0) * 255.0).astype(np.uint8)


def encode_photo(pixels: np.ndarray, *, facts: dict[str, str], synthetic_source: str) -> bytes:
    """Make the PNG of one picture. The same input gives the same bytes.

    Args:
        pixels: (height, width, 3) uint8, sRGB.
        facts: text chunks to add, e.g. `{"scene": "s3", "seed": "17"}` or ComfyUI's `prompt` and `workflow`. Keys are
            1 to 79 plain ASCII characters. Control and bidirectional characters are taken out of the values.
        synthetic_source: IPTC digital source type, one of `SYNTHETIC_SOURCES`: "algorithmicMedia" for drawn pictures,
            "trainedAlgorithmicMedia" for a trained model's.

    Raises:
        AlbumError: the array is not such a picture, a fact cannot be stored, or the source type is another.
    """
    _require_picture(pixels)
    if synthetic_source not in SYNTHETIC_SOURCES:
        raise AlbumError(
            f"The digital source type '{synthetic_source}' is not one for synthetic pictures: "
            f"use one of {', '.join(SYNTHETIC_SOURCES)}."
        )
    chunks = PngImagePlugin.PngInfo()
    chunks.add_text("Statement", STATEMENT)
    chunks.add_text("Software", SOFTWARE)
    for key in sorted(facts):
        _add_fact(chunks, key, facts[key])
    chunks.add_itxt(_XMP_KEY, _xmp_packet(synthetic_source))
    file = io.BytesIO()
    Image.fromarray(np.ascontiguousarray(pixels)).save(file, format="PNG", pnginfo=chunks)
    return file.getvalue()


def read_statement(data: bytes) -> dict[str, str]:
    """Read the text chunks of a PNG: "Statement", "Software", the facts, and the XMP packet by its keyword.

    A PNG that carries none gives an empty dict: it says nothing about being synthetic.

    Raises:
        AlbumError: the bytes are not a PNG file that can be read.
    """
    with _opened(data) as image:
        try:
            texts = getattr(image, "text", {})  # text may stand behind the pixels, so Pillow reads these too
        except (OSError, ValueError, SyntaxError) as error:
            raise AlbumError(f"The picture file is cut short or damaged ({error}): render it again.") from error
        return {str(key): str(value) for key, value in texts.items()}


def decode_photo(data: bytes) -> np.ndarray:
    """Read the pixels of a PNG.

    Returns:
        (height, width, 3) uint8.

    Raises:
        AlbumError: the bytes are not a PNG file, are cut short or damaged, or hold more than `MAX_PIXELS`.
    """
    with _opened(data) as image:
        try:
            return np.array(image.convert("RGB"))
        except (OSError, ValueError, SyntaxError) as error:  # SyntaxError is Pillow's word for a broken chunk
            raise AlbumError(f"The picture file is cut short or damaged ({error}): render it again.") from error


def _opened(data: bytes) -> Image.Image:
    if not data:
        raise AlbumError("The picture file is empty: render it again.")
    try:
        image = Image.open(io.BytesIO(data), formats=["PNG"])
    except (OSError, ValueError, SyntaxError, Image.DecompressionBombError) as error:
        raise AlbumError("The picture file is not a PNG that can be read: render it again.") from error
    if image.width * image.height > MAX_PIXELS:
        raise AlbumError(f"The picture is {image.width} x {image.height} pixels, more than this pack ever writes.")
    return image


def _require_picture(pixels: np.ndarray) -> None:
    if not isinstance(pixels, np.ndarray) or pixels.dtype != np.uint8 or pixels.ndim != 3 or pixels.shape[2] != 3:
        came = f"{pixels.dtype} {pixels.shape}" if isinstance(pixels, np.ndarray) else type(pixels).__name__
        raise AlbumError(f"A picture must be a (height, width, 3) array of uint8, but this is {came}.")
    if 0 in pixels.shape or pixels.shape[0] * pixels.shape[1] > MAX_PIXELS:
        raise AlbumError(f"A picture of {pixels.shape[1]} x {pixels.shape[0]} pixels cannot be written.")


def _add_fact(chunks: PngImagePlugin.PngInfo, key: str, value: str) -> None:
    if not (1 <= len(key) <= 79 and key.isascii() and key.isprintable() and key == key.strip()):
        raise AlbumError(f"The fact name {key!r:.100} cannot be stored in a PNG: use 1 to 79 plain ASCII characters.")
    if key.lower() in _RESERVED:
        raise AlbumError(f"The fact name '{key}' is taken by the statement itself: use another.")
    if len(value) > MAX_FACT_CHARS:
        raise AlbumError(f"The fact '{key}' has {len(value)} characters; at most {MAX_FACT_CHARS} are stored.")
    text = _plain(value)
    if text.isascii():
        chunks.add_text(key, text)
    else:
        chunks.add_itxt(key, text)


def _plain(text: str) -> str:
    """The text without characters that hide, reorder or end other text; line breaks and tabs stay."""
    return "".join(
        character
        for character in text
        if character in "\n\t"
        or (unicodedata.category(character) not in {"Cc", "Cs"} and character not in _BIDI_CONTROLS)
    )


def _xmp_packet(synthetic_source: str) -> str:
    return _XMP.format(
        software=escape(SOFTWARE), source=escape(SOURCE_TYPE_URI + synthetic_source), statement=escape(STATEMENT)
    )
