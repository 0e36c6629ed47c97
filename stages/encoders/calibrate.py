"""Calibrates an encoder: genuine and impostor pairs from pictures and people, thresholds and error rates from these."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

import numpy as np

from ..errors import AlbumError
from .calibration import Calibration
from .copy_changes import CHANGES
from .error_rates import ScoredPairs, measure_calibration
from .interface import PictureEncoder

MOST_IMPOSTORS: Final = 2_000_000  # pairs; more make the rates no surer, since people and pictures limit them
COPIES: Final = "copies"


def calibrate_copies(
    encoder: PictureEncoder,
    pictures: Iterable[np.ndarray],
    *,
    told: str,
    seed: int = 0,
) -> list[Calibration]:
    """Calibrate a whole-picture encoder: copies that were changed against other pictures.

    Genuine: each picture with its own copies, one for each of `CHANGES`. Impostor: a changed picture with every other
    unchanged one, the changes in turn, so that each is equally frequent.

    Args:
        encoder: to calibrate.
        pictures: different ones, (height, width, 3) uint8; gone through once.
        told: where they come from.
        seed: of the changes and of the bootstrap.

    Returns:
        First that of all changes together, condition "copies"; then one for each change, "copies/crop" and so on, with
        the same impostors, hence the same thresholds.

    Raises:
        AlbumError: see `measure_calibration`.
    """
    plain, changed = _encoded_copies(encoder, pictures, seed)
    count = len(plain)
    rows, columns = _off_diagonal(count, seed)
    names = list(CHANGES)
    # A pair's change depends on its place alone, and goes round through all of them.
    vectors = np.stack([changed[name] for name in names])  # (changes, pictures, dim)
    impostor = np.concatenate(
        [
            np.einsum("nd,nd->n", vectors[(i + j) % len(names), i], plain[j])
            for i, j in zip(np.array_split(rows, 64), np.array_split(columns, 64), strict=True)
        ]
    )
    between = np.stack([rows, columns], axis=1)
    own = np.arange(count)
    scores = {name: np.einsum("nd,nd->n", changed[name], plain) for name in names}

    def calibration(condition: str, genuine: np.ndarray, owners: np.ndarray) -> Calibration:
        pairs = ScoredPairs(genuine, owners, impostor, between, count)
        return measure_calibration(
            pairs, encoder.facts, condition=condition, told=told, impostors="pictures", seed=seed
        )  # fmt: skip

    whole = calibration(COPIES, np.concatenate(list(scores.values())), np.tile(own, len(names)))
    return [whole, *(calibration(f"{COPIES}/{name}", scores[name], own) for name in names)]


@dataclass(frozen=True, eq=False)
class Labelled:
    """Vectors of known people. vectors: (n, dim) of unit length; subject: (n,) int, 0 and up; picture: (n,) int."""

    vectors: np.ndarray
    subject: np.ndarray
    picture: np.ndarray


def score_pairs(
    first: Labelled, second: Labelled | None = None, *, alike: np.ndarray | None = None, seed: int = 0
) -> ScoredPairs:
    """Compare everybody with everybody; what comes out of one picture is not compared with itself.

    Args:
        first: with everybody else of `first` where there is no second.
        second: what to compare `first` with instead.
        alike: (subjects, subjects) bool, pairs of different subjects that are left out.
        seed: of the choice, where there are more impostor pairs than are needed.
    """
    other = first if second is None else second
    share = min(1.0, MOST_IMPOSTORS / max(1, len(first.vectors) * len(other.vectors) // (1 if second else 2)))
    rng = np.random.default_rng(seed)
    genuine, owners, impostor, between = [], [], [], []
    for row, vector in enumerate(first.vectors):
        after = row + 1 if second is None else 0
        who, own = other.subject[after:], int(first.subject[row])
        cosine = other.vectors[after:] @ vector
        elsewhere = other.picture[after:] != first.picture[row]
        same = elsewhere & (who == own)
        others = elsewhere & (who != own)
        if alike is not None:
            others &= ~alike[own, who]
        if share < 1:
            others &= rng.random(len(others)) < share
        genuine.append(cosine[same])
        owners.append(np.full(int(same.sum()), own))
        impostor.append(cosine[others])
        between.append(np.stack([np.full(int(others.sum()), own), who[others]], axis=1))
    empty = np.zeros(0, np.float32)
    of_genuine = np.concatenate([np.zeros(0, int), *owners])
    of_impostor = np.concatenate([np.zeros((0, 2), int), *between])
    known = np.unique(np.concatenate([of_genuine, of_impostor.ravel()]))  # whoever is in a pair
    return ScoredPairs(
        np.concatenate([empty, *genuine]),
        np.searchsorted(known, of_genuine),
        np.concatenate([empty, *impostor]),
        np.searchsorted(known, of_impostor),
        len(known),
    )


def _encoded_copies(
    encoder: PictureEncoder, pictures: Iterable[np.ndarray], seed: int
) -> tuple[np.ndarray, dict[str, np.ndarray]]:
    """Vectors of the pictures and of their copies, picture by picture, so that few are in memory at once."""
    found = []
    for number, picture in enumerate(pictures):
        rng = np.random.default_rng((seed, number))
        found.append(encoder.encode([picture, *(change(picture, rng) for change in CHANGES.values())]))
    if len(found) < 2:
        raise AlbumError(f"A calibration needs at least two pictures that can be read, but there are {len(found)}.")
    vectors = np.stack(found)  # (pictures, 1 + changes, dim)
    return vectors[:, 0], {name: vectors[:, 1 + index] for index, name in enumerate(CHANGES)}


def _off_diagonal(count: int, seed: int) -> tuple[np.ndarray, np.ndarray]:
    """All ordered pairs of different numbers, or as many of them as are needed."""
    whole = count * (count - 1)
    chosen = np.arange(whole)
    if whole > MOST_IMPOSTORS:
        chosen = np.sort(np.random.default_rng(seed).choice(whole, MOST_IMPOSTORS, replace=False))
    rows, columns = chosen // (count - 1), chosen % (count - 1)
    return rows, columns + (columns >= rows)
