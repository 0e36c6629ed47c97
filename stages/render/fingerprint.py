"""What a photo depends on, as one hash. A photo whose fingerprint is in the album is not made again."""

import hashlib
import json
from collections.abc import Mapping
from typing import Any, Final

import numpy as np

from ..records import CastMember
from .renderer import PhotoJob, Renderer

FINGERPRINT_VERSION: Final = 1  # raised when the same inputs come to mean another picture
_FRONT_ONLY: Final = ((), ("front",))  # casts from before there were views say nothing, and mean the same


def photo_fingerprint(job: PhotoJob, renderer: Renderer) -> str:
    """Hash exactly what one photo depends on.

    In it are the style, the scene with its place, blueprint and cast (looks, the outfits worn here, identity vectors,
    portraits), the plate of the place, the renderer with its settings, size, seeds, attempt and the references'
    weight. Not in it are the photo's number, the album's title, other scenes, relations, and outfits that are not worn
    here: changing those leaves the photo as it is.

    Args:
        job: what the renderer will be given.
        renderer: asked for its name and `describe()`.

    Returns:
        64 lower-case hexadecimal digits.
    """
    return fingerprint_from(
        job,
        renderer_facts(renderer),
        {member.character: member_digest(member) for member in job.members},
        plate=None if job.plate is None else plate_digest(job.plate),
    )


def renderer_facts(renderer: Renderer) -> dict[str, str | int | float | bool | None]:
    """The renderer's name and everything about it that changes pixels."""
    return {**renderer.describe(), "name": renderer.name}


def member_digest(member: CastMember) -> str:
    """Hash what a renderer may see of a cast member: vector, portraits, encoder and locked appearance."""
    digest = hashlib.sha256()
    arrays = [
        np.asarray(member.vector, dtype="<f4"),
        *(np.asarray(portrait, np.uint8) for portrait in member.portraits),
    ]
    for array in arrays:
        digest.update(f"{array.shape}\0".encode())
        digest.update(np.ascontiguousarray(array).tobytes())
    digest.update(f"{member.character}\0{member.encoder}\0{member.appearance}".encode())
    if member.views not in _FRONT_ONLY:
        digest.update("\0".join(["", *member.views]).encode())
    return digest.hexdigest()


def plate_digest(plate: np.ndarray) -> str:
    """Hash the picture of a place without people."""
    pixels = np.ascontiguousarray(plate, np.uint8)
    return hashlib.sha256(f"{pixels.shape}\0".encode() + pixels.tobytes()).hexdigest()


def fingerprint_from(
    job: PhotoJob,
    facts: Mapping[str, str | int | float | bool | None],
    digests: Mapping[str, str],
    *,
    plate: str | None,
) -> str:
    """As `photo_fingerprint`, with the costly parts made once for many photos.

    Args:
        job: what the renderer will be given.
        facts: of `renderer_facts`.
        digests: of `member_digest`, by character id.
        plate: of `plate_digest`; None where the job has none.
    """
    depends_on: dict[str, Any] = {
        "version": FINGERPRINT_VERSION,
        "style": job.style.model_dump(mode="json"),
        "scene": job.scene.model_dump(mode="json"),
        "environment": job.environment.model_dump(mode="json"),
        "characters": [character.model_dump(mode="json", exclude={"outfits"}) for character in job.characters],
        "outfits": [outfit.model_dump(mode="json") if outfit else None for outfit in job.outfits],
        "members": [digests[member.character] for member in job.members],
        "layout": job.layout.model_dump(mode="json"),
        "renderer": dict(facts),
        "size": [job.width, job.height],
        "seeds": [job.seed, job.album_seed],
        "attempt": job.attempt,
    }
    # Only where they say something, so that photos from before there were plates and weights are recognised.
    if plate is not None:
        depends_on["plate"] = plate
    if job.weight != 1.0:
        depends_on["weight"] = job.weight
    text = json.dumps(depends_on, sort_keys=True, separators=(",", ":"), ensure_ascii=True)
    return hashlib.sha256(text.encode("ascii")).hexdigest()
