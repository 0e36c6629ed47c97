"""Identity vectors of the drawn portraits, written beside the shards they belong to."""

from pathlib import Path

import numpy as np

from ...stages.encoders import load_identity_encoder, portrait_crop
from .dataset import drawn_shards, read_shard, shard_path
from .people import Split


def encode_portraits(world: Path, split: Split, encoder: Path, *, device: str = "cpu") -> int:
    """Encode every portrait of every shard of a split.

    Args:
        world: folder of the shards; `<shard>.vectors.npy` is written, (portraits, outfits 2, dim) float32.
        split: which of it.
        encoder: folder of the identity encoder.
        device: "cpu" or "cuda".

    Returns:
        How many portraits were encoded.
    """
    network = load_identity_encoder(encoder, device=device)
    count = 0
    for number in drawn_shards(world, split):
        portraits = read_shard(world, split, number).portraits
        crops = [portrait_crop(np.array(picture)) for pair in portraits for picture in pair]
        vectors = network.encode(crops).reshape(len(portraits), portraits.shape[1], -1)
        np.save(shard_path(world, split, number).with_suffix(".vectors.npy"), vectors)
        count += len(crops)
    return count
