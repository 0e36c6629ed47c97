"""Writes `calibration.json`: thresholds of the encoders from people and pictures that no training saw."""

import hashlib
import json
from pathlib import Path
from typing import Any, Final

import numpy as np

from ...stages.encoders import load_copy_encoder, load_identity_encoder
from .copy_training import album_mates, copy_scores, gather_pictures
from .heads import Heads, gather_heads
from .identity_training import encode_heads
from .scores import equal_error_rate, threshold_at, wilson
from .verification import Pairs, head_pairs, seen_twice

CALIBRATION: Final = "calibration.json"
RATES: Final = (0.01, 0.001)  # false match rates
_WEIGHTS: Final = "diffusion_pytorch_model.safetensors"
_DRAWS: Final = 400  # of the bootstrap


def calibrate(world: Path, out: Path, *, device: str = "cpu") -> dict[str, Any]:
    """Calibrate `identity_encoder/` and `copy_encoder/` below `out`, as far as they are there.

    Args:
        world: folder of `draw_shards`, with held-out shards.
        out: gets calibration.json.
        device: "cpu" or "cuda".

    Returns:
        What was written: for each encoder thresholds by false match rate, with error rates, counts and 95 % intervals.
    """
    found: dict[str, Any] = {}
    if (out / "identity_encoder").is_dir():
        found["identity_encoder"] = _identity(world, out / "identity_encoder", device)
    if (out / "copy_encoder").is_dir():
        found["copy_encoder"] = _copies(world, out / "copy_encoder", device)
    (out / CALIBRATION).write_text(json.dumps(found, indent=1) + "\n", encoding="utf-8")
    return found


def _identity(world: Path, folder: Path, device: str) -> dict[str, Any]:
    encoder = load_identity_encoder(folder, device=device)
    heads = gather_heads(world, "held_out")
    vectors = encode_heads(encoder, heads.pictures, device)
    known, kinds = seen_twice(heads), {}
    for name, portraits in (("scene_to_scene", False), ("scene_to_portrait", True)):
        pairs = head_pairs(heads, vectors, portraits=portraits, people=len(known))
        kinds[name] = {
            "people": len(known),
            "genuine_pairs": len(pairs.genuine), "impostor_pairs": len(pairs.impostor), "twin_pairs": len(pairs.twin),
            "eer": equal_error_rate(pairs.genuine, pairs.impostor),
            "twin_eer": equal_error_rate(pairs.genuine, pairs.twin) if len(pairs.twin) else None,
            "thresholds": {str(rate): _at_rate(heads, vectors, pairs, rate, portraits=portraits) for rate in RATES},
        }  # fmt: skip
    return {
        "weights_sha256": hashlib.sha256((folder / _WEIGHTS).read_bytes()).hexdigest(),
        "score": "cosine of two unit vectors; at or above the threshold two heads count as one person",
        "impostors": "other people of the held-out world, chosen evenly; one-attribute twins are stated apart",
        "interval": "95 %; of rates by bootstrap over people (Bolle et al., CVIU 95, 2004), of twins by Wilson's score",
        **kinds,
    }


def _at_rate(heads: Heads, vectors: np.ndarray, pairs: Pairs, rate: float, *, portraits: bool) -> dict[str, Any]:
    threshold = threshold_at(pairs.impostor, rate)
    matches, mismatches = _bootstrap(heads, vectors, threshold, portraits=portraits)
    accepted = int((pairs.twin >= threshold).sum())
    return {
        "threshold": threshold,
        "false_match_rate": float((pairs.impostor >= threshold).mean()),
        "false_match_interval": matches,
        "false_non_match_rate": float((pairs.genuine < threshold).mean()),
        "false_non_match_interval": mismatches,
        "twin_false_match_rate": accepted / len(pairs.twin) if len(pairs.twin) else None,
        "twin_interval": wilson(accepted, len(pairs.twin)) if len(pairs.twin) else None,
    }


def _bootstrap(
    heads: Heads, vectors: np.ndarray, threshold: float, *, portraits: bool
) -> tuple[tuple[float, float], tuple[float, float]]:
    """Intervals of both rates when other people of the same world had been held out.

    Pairs of one person depend on one another, so whole people are drawn, and a pair counts as often as both were drawn.
    """
    known = np.isin(heads.identity, seen_twice(heads))
    probes = np.flatnonzero(~heads.portrait & known)
    against = np.flatnonzero(heads.portrait & known) if portraits else probes
    accepted = (vectors[probes] @ vectors[against].T >= threshold).astype(np.float64)
    counted = np.ones_like(accepted)
    if not portraits:
        np.fill_diagonal(counted, 0)
        np.fill_diagonal(accepted, 0)
    people = len(heads.codes)
    first = np.eye(people)[heads.identity[probes]]
    second = np.eye(people)[heads.identity[against]]
    hits, pairs = first.T @ accepted @ second, first.T @ counted @ second
    for a, b, _ in heads.twins:
        hits[a, b] = hits[b, a] = pairs[a, b] = pairs[b, a] = 0
    own_hits, own_pairs = np.diag(hits).copy(), np.diag(pairs).copy()
    np.fill_diagonal(hits, 0)
    np.fill_diagonal(pairs, 0)
    rng = np.random.default_rng(0)
    drawn = rng.multinomial(people, np.full(people, 1 / people), _DRAWS).astype(np.float64)
    matched, compared = (np.einsum("dp,pq,dq->d", drawn, table, drawn) for table in (hits, pairs))
    return _interval(matched, compared), _interval(drawn @ (own_pairs - own_hits), drawn @ own_pairs)


def _interval(hits: np.ndarray, counts: np.ndarray) -> tuple[float, float]:
    """Of the drawn rates; of few people some draws hold no pair at all."""
    some = counts > 0
    low, high = np.quantile(hits[some] / counts[some], [0.025, 0.975])
    return float(low), float(high)


def _copies(world: Path, folder: Path, device: str) -> dict[str, Any]:
    encoder = load_copy_encoder(folder, device=device)
    pictures = gather_pictures(world, "held_out")
    scores = copy_scores(encoder, pictures, device=device)
    own, mates = np.eye(len(pictures), dtype=bool), album_mates(len(pictures))
    impostor, near = scores["other"][~own], scores["other"][mates & ~own]
    thresholds = {}
    for rate in RATES:
        threshold = threshold_at(impostor, rate)
        missed = {name: int((found < threshold).sum()) for name, found in scores.items() if name != "other"}
        thresholds[str(rate)] = {
            "threshold": threshold,
            "false_match_rate": float((impostor >= threshold).mean()),
            "same_album_false_match_rate": float((near >= threshold).mean()),
            "same_album_interval": wilson(int((near >= threshold).sum()), len(near)),
            "missed": {name.removeprefix("copy/"): count / len(pictures) for name, count in missed.items()},
            "missed_interval": {
                name.removeprefix("copy/"): wilson(count, len(pictures)) for name, count in missed.items()
            },
        }
    return {
        "weights_sha256": hashlib.sha256((folder / _WEIGHTS).read_bytes()).hexdigest(),
        "score": "cosine of two unit vectors; at or above the threshold one picture counts as a copy of the other",
        "pictures": len(pictures),
        "impostor_pairs": len(impostor),
        "same_album_pairs": len(near),
        "eer": {
            name.removeprefix("copy/"): equal_error_rate(found, impostor)
            for name, found in scores.items()
            if name != "other"
        },
        "same_album_eer": equal_error_rate(scores["copy/all"], near),
        "thresholds": thresholds,
    }
