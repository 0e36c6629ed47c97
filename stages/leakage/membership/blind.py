"""Can the two sets be told apart without looking at the generator at all? Then the attacks measure that, too."""

from typing import Final

import numpy as np

from ...seeds import derive_seed

FOLDS: Final = 5
_THUMBNAIL: Final = 8  # pixels of a side, where there is no encoder
_RIDGE: Final = 0.1  # of the mean variance times the number of pictures


def blind_scores(features: np.ndarray, is_member: np.ndarray, groups: list[str], seed: int) -> np.ndarray:
    """Cross-validated scores of a linear classifier of members against non-members.

    Args:
        features: (candidates, dim).
        is_member: (candidates,) bool.
        groups: of each candidate; pictures of one album look alike, so a group is never split over training and test.
        seed: of the folds.

    Returns:
        (candidates,) float64, higher for what looks like a member; in every fold with mean 0 and deviation 1, so that
        folds can be pooled. 0 throughout a fold that cannot be scored, since all others are of one kind.

    Source:
        Das, Zhang & Tramer, "Blind baselines beat membership inference attacks for foundation models",
        arXiv:2406.16201: what needs no model says nothing about one.
    """
    fold = np.array([derive_seed("membership fold", seed, group) % FOLDS for group in groups])
    scores = np.zeros(len(features))
    for number in range(FOLDS):
        held = fold == number
        known = is_member[~held]
        if held.any() and known.any() and not known.all():
            found = _ridge(features[~held], known, features[held])
            spread = found.std()
            scores[held] = (found - found.mean()) / spread if spread > 0 else 0.0
    return scores


def thumbnail(pixels: np.ndarray) -> np.ndarray:
    """Colours of a picture in 8 x 8 fields, 0..1, (192,)."""
    from PIL import Image

    small = Image.fromarray(pixels).resize((_THUMBNAIL, _THUMBNAIL), Image.Resampling.BOX)
    return np.asarray(small, np.float64).reshape(-1) / 255


def _ridge(train: np.ndarray, is_member: np.ndarray, test: np.ndarray) -> np.ndarray:
    """Ridge regression onto +1 for members and -1 for the others, both kinds weighing alike."""
    weight = np.where(is_member, 0.5 / is_member.mean(), 0.5 / (1 - is_member.mean()))
    centre = np.average(train, axis=0, weights=weight)
    centred = train - centre
    square = (centred * weight[:, None]).T @ centred
    strength = _RIDGE * np.trace(square) / len(square) + 1e-9
    target = np.where(is_member, 1.0, -1.0) * weight
    return (test - centre) @ np.linalg.solve(square + strength * np.eye(len(square)), centred.T @ target)
