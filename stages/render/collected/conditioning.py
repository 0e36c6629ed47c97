"""Scenes as conditioning: a text for the whole picture, and one for each region, limited to its mask.

The text encoder is whatever has the two methods that ComfyUI's encoders have; nothing of ComfyUI is imported.
"""

from collections.abc import Sequence
from typing import Any, Protocol

from ...errors import AlbumError
from ..pipelines.prompts import TOKENS, CountTokens

Conditioning = list[list[Any]]  # entries of an embedding and a dict of what goes with it


class TextEncoder(Protocol):
    """What ComfyUI's CLIP objects offer."""

    def tokenize(self, text: str) -> Any:
        """Windows of tokens by the name of the encoder, e.g. {"l": [[(token, weight), …]]}."""
        ...

    def encode_from_tokens_scheduled(self, tokens: Any) -> Conditioning:
        """One entry, or several where hooks change the encoder over the steps."""
        ...


def require_text_encoder(clip: Any) -> TextEncoder:
    """The encoder, if it is one.

    Raises:
        AlbumError: it is None, as loaders give for a checkpoint without one, or it cannot encode text.
    """
    if clip is None:
        raise AlbumError(
            "The clip input is empty: the checkpoint that it comes from holds no text encoder. Load the model's text "
            "encoder with Load CLIP, or choose a checkpoint that has one."
        )
    if not all(callable(getattr(clip, name, None)) for name in ("tokenize", "encode_from_tokens_scheduled")):
        raise AlbumError(
            f"The clip input is of the type {type(clip).__name__}, which encodes no text: connect the CLIP of a "
            "checkpoint or of Load CLIP."
        )
    return clip


def window_count(clip: TextEncoder) -> CountTokens:
    """Count only whether a text fits: 0 where one of the encoders reads it in one go, else more than any limit.

    Encoders without a window, as T5 and language models, read every text in one go.
    """

    def count(text: str) -> int:
        tokens = clip.tokenize(text)
        windows = [len(found) for found in tokens.values()] if isinstance(tokens, dict) else []
        return TOKENS + 1 if windows and min(windows) > 1 else 0

    return count


def encode_scene(
    clip: TextEncoder, prompt: str, regions: Sequence[tuple[str, Any]], *, strength: float, bounds: bool
) -> Conditioning:
    """Encode one scene as core's CLIP Text Encode, Conditioning (Set Mask) and Conditioning (Combine) do.

    Args:
        clip: of `require_text_encoder`.
        prompt: of the whole picture; its entries come first and have no mask.
        regions: text and mask of each region, the mask a (1, height, width) tensor, 0 to 1.
        strength: weight of the regions' predictions where their masks are 1; the whole picture's has 1 everywhere.
        bounds: sample each region only inside the box around its mask.

    Returns:
        A list that samplers take: [embedding, {"pooled_output": …, "mask": …}] for each text.
    """
    conditioning = _encoded(clip, prompt)
    for text, mask in regions:
        limits = {"mask": mask, "set_area_to_bounds": bounds, "mask_strength": strength}
        conditioning += [[embedding, {**facts, **limits}] for embedding, facts in _encoded(clip, text)]
    return conditioning


def _encoded(clip: TextEncoder, text: str) -> Conditioning:
    return [list(entry) for entry in clip.encode_from_tokens_scheduled(clip.tokenize(text))]
