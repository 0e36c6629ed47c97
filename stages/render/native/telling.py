"""A photo in the words and references that the host's model is given.

This file imports torch, so it is imported only inside functions.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import torch

from ...errors import AlbumError
from ...records import Region
from ..collected.conditioning import Conditioning, TextEncoder
from ..collected.scenes import plain
from ..pipelines.anchors import Anchor
from ..pipelines.prompts import place_words, short_noun
from ..renderer import PhotoJob
from .families import Family
from .host import ModelHost

_SHOW, _SHOWN = "<|vision_start|>", "<|vision_end|>"
_IMAGE_MARK = "<|vision_start|><|image_pad|><|vision_end|>"  # where Qwen's text encoder puts a picture


@dataclass(frozen=True, eq=False)
class Reference:
    """A picture that the model is shown. name: what the prompt says of it."""

    anchor: Anchor
    name: str


def photo_references(job: PhotoJob, anchors: Sequence[Sequence[Anchor]], family: Family) -> list[Reference]:
    """The references of a photo in their order: its cast in the scene's order, then its place.

    Args:
        job: the photo.
        anchors: of each character and then the place, as `pipelines.sampling.photo_anchors` gives them.
        family: how many it takes; the place is the first to be left out, then the last of the cast.
    """
    found = [
        Reference(own[0], f"{plain(character.name)}, the {short_noun(character)}{_where(job, character.id)}")
        for character, own in zip(job.characters, anchors, strict=False)
        if own
    ]
    place = anchors[len(job.characters)] if len(anchors) > len(job.characters) else ()
    found += [Reference(one, f"the place, {plain(place_words(job.environment))}") for one in place[:1]]
    return found[: family.most]


def _where(job: PhotoJob, character: str) -> str:
    regions = [region for region in job.layout.regions if region.ref == character]
    return f" {side_words(regions[0])}" if regions and len(job.characters) > 1 else ""


def side_words(region: Region) -> str:
    """Where in the picture a region is, as in "on the left"."""
    middle = (region.box[0] + region.box[2]) / 2
    return "on the left" if middle < 0.4 else "on the right" if middle > 0.6 else "in the middle"


def with_references_named(prompt: str, references: Sequence[Reference], family: Family) -> str:
    """The prompt, and what each reference shows, by the name that the family's prompts call it."""
    if not references:
        return prompt
    listed = "; ".join(
        f"{family.label.format(number)}: {reference.name}" for number, reference in enumerate(references, start=1)
    )
    return f"{prompt}. {listed}. Everybody has the face, hair and build of their image."


def encode(clip: TextEncoder, text: str, pictures: Sequence[np.ndarray] = ()) -> Conditioning:
    """Encode a text, and with it the pictures that it speaks of, where the encoder reads pictures.

    Args:
        clip: the host's text encoder.
        text: what is said.
        pictures: each (height, width, 3) uint8.
    """
    template = getattr(getattr(clip, "tokenizer", None), "llama_template_images", None)
    if not pictures or template is None:
        tokens: Any = clip.tokenize(text)
    else:
        # The encoder's own template has room for one picture; here every picture has a place in the text.
        marked = "".join(f"Picture {number}: {_IMAGE_MARK}" for number in range(1, len(pictures) + 1))
        images = [torch.from_numpy(picture.astype(np.float32) / 255)[None] for picture in pictures]
        tokenize: Any = clip.tokenize
        tokens = tokenize(marked + text, images=images, llama_template=template.replace(_IMAGE_MARK, ""))
    conditioning = [list(entry) for entry in clip.encode_from_tokens_scheduled(tokens)]
    if not conditioning or conditioning[0][0] is None:
        raise AlbumError("The text encoder gave nothing: connect the CLIP that belongs to the model.")
    return conditioning


def encode_between(clip: TextEncoder, text: str, count: int) -> Conditioning:
    """A text for Z-Image Omni with room for references: a piece of text stands ahead of each, and one behind the last.

    Args:
        clip: the host's text encoder.
        text: what is said.
        count: of references, at least 1.

    Returns:
        The conditioning of the text, with "reference_latents_text_embeds", (1, tokens, channels) each.
    """
    tokenize: Any = clip.tokenize
    told = clip.encode_from_tokens_scheduled(
        tokenize(text, llama_template=f"{_SHOWN}{{}}<|im_end|>\n<|im_start|>assistant\n{_SHOW}")
    )
    pieces = [f"<|im_start|>user\n{_SHOW}", *[f"{_SHOWN}{_SHOW}"] * (count - 1), f"{_SHOWN}<|im_end|>"]
    between = [clip.encode_from_tokens_scheduled(tokenize(piece, llama_template="{}"))[0][0] for piece in pieces]
    return with_values([list(entry) for entry in told], reference_latents_text_embeds=between)


def with_values(conditioning: Conditioning, **values: Any) -> Conditioning:
    """The conditioning with more said in each entry; what it was made of stays as it is."""
    return [[embedding, {**facts, **values}] for embedding, facts in conditioning]


def encode_with_references(
    host: ModelHost, clip: TextEncoder, vae: Any, family: Family, text: str, pictures: Sequence[np.ndarray]
) -> Conditioning:
    """A text with reference latents, in the way that the model's family was taught.

    Args:
        host: encodes pictures.
        clip: the host's text encoder.
        vae: the host's VAE.
        family: of the model.
        text: what is said, the references named in it.
        pictures: at least one, each (height, width, 3) uint8.
    """
    latents = [host.encode(vae, torch.from_numpy(one.astype(np.float32) / 255)[None]) for one in pictures]
    if family.texts_between:
        told = encode_between(clip, text, len(pictures))
    else:
        told = encode(clip, text, pictures if family.pictures_in_text else ())
    return with_values(told, reference_latents=latents)


def until(conditioning: Conditioning, share: float, after: Conditioning) -> Conditioning:
    """One conditioning for the first share of the steps, another one after it."""
    if share >= 1:
        return conditioning
    first = with_values(conditioning, start_percent=0.0, end_percent=share)
    return [*first, *with_values(after, start_percent=share, end_percent=1.0)]
