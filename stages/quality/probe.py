"""The utility probe: does a classifier learn as much from synthetic photos as from as many real pictures?"""

from collections.abc import Callable, Sequence
from typing import Any, Final

import numpy as np

from ..album_folder import AlbumFolder
from ..errors import AlbumError
from ..seeds import derive_seed
from .distances import counted_share
from .probe_examples import PICTURE_TASKS, WINDOW_QUESTION, Examples, gather_examples
from .record import Interval, TaskUtility, UtilityReport

PROBE: Final = "logistic regression on a grid of colours and histograms of gradients"
FOLDS: Final = 3
MIN_ALBUMS: Final = 6  # real ones: two a fold, so that no single album decides what is tested
MIN_TRAIN: Final = 30  # examples; with fewer, one photo more or less decides
MOST_TRAIN: Final = 3000
_RESAMPLES: Final = 1000
_EXTRA: Final = 'pip install "synthetic-albums[quality]", in ComfyUI\'s environment: pip install scikit-learn'


def measure_utility(
    synthetic: Sequence[AlbumFolder], real: Sequence[AlbumFolder], *, seed: int, on_picture: Callable[[], None]
) -> tuple[UtilityReport, list[str]]:
    """Train a probe on synthetic photos, another on as many real ones, and ask both about real albums they never saw.

    Real albums are split into folds by album, never by photo, because photos of one album share people and places:
    each real photo is asked about once. Both probes of a fold learn from the same number of examples. A class that a
    training set lacks is answered wrong, which is part of what is measured.

    Args:
        synthetic: albums of the setting that is measured.
        real: reference albums, with plans and layouts as labels. None of them may be among the synthetic ones.
        seed: of folds, choices and windows.
        on_picture: called before each photo; what it raises stops the run.

    Returns:
        The report, and notes on tasks that could not be measured.

    Raises:
        AlbumError: scikit-learn is missing, there are too few real albums or examples, or an album is on both sides.
    """
    _require_apart(synthetic, real)
    made, made_photos = gather_examples(synthetic, seed=seed, on_picture=on_picture)
    drawn, real_photos = gather_examples(real, seed=seed, on_picture=on_picture)
    tasks, notes = [], []
    for task, question in {**PICTURE_TASKS, "person": WINDOW_QUESTION}.items():
        if task not in made or task not in drawn:
            notes.append(f"Utility for '{task}' was not measured: the albums carry no labels for it.")
            continue
        measured = _measure_task(task, question, made[task], drawn[task], seed)
        if isinstance(measured, str):
            notes.append(measured)
        else:
            tasks.append(measured)
            if measured.utility is None:
                notes.append(_why_no_ratio(measured))
    report = UtilityReport(
        probe=PROBE,
        synthetic_photos=max(1, made_photos),
        real_photos=max(1, real_photos),
        real_albums=len(real),
        folds=FOLDS,
        tasks=tasks,
    )
    return report, notes


def _measure_task(task: str, question: str, made: Examples, drawn: Examples, seed: int) -> TaskUtility | str:
    rng = np.random.default_rng(derive_seed(seed, "probe", task))
    numbers = np.unique(drawn.albums)
    fold_of = dict(zip(rng.permutation(numbers), np.arange(len(numbers)) % FOLDS, strict=True))
    folds = np.array([fold_of[number] for number in drawn.albums])
    rest = [int((folds != fold).sum()) for fold in range(FOLDS)]
    train = min(len(made), MOST_TRAIN, *rest)
    if train < MIN_TRAIN:
        return (
            f"Utility for '{task}' was not measured: {len(made)} synthetic and {min(rest)} real examples to learn "
            f"from, but {MIN_TRAIN} are needed."
        )
    if len(np.unique(drawn.labels)) < 2:
        return f"Utility for '{task}' was not measured: every real example is '{drawn.labels[0]}'."
    learned = made.rows(_chosen(rng, len(made), train))
    made_right, real_right = np.zeros(len(drawn), bool), np.zeros(len(drawn), bool)
    alone = np.zeros(len(drawn), bool)
    fitted = _fitted(learned)
    for fold in range(FOLDS):
        test = folds == fold
        others = drawn.rows(~test)
        asked = drawn.rows(test)
        alone[test] = ~np.isin(asked.labels, others.labels)
        made_right[test] = fitted(asked.features) == asked.labels
        real_right[test] = _fitted(others.rows(_chosen(rng, len(others), train)))(asked.features) == asked.labels
    _, counts = np.unique(drawn.labels, return_counts=True)
    baseline = float(counts.max() / len(drawn))
    real = counted_share(int(real_right.sum()), len(drawn))
    learns = real.low > baseline
    return TaskUtility(
        task=task,
        question=question,
        train=train,
        test=len(drawn),
        classes=len(counts),
        baseline=baseline,
        alone=float(alone.mean()),
        synthetic=counted_share(int(made_right.sum()), len(drawn)),
        real=real,
        utility=_ratio(made_right, real_right, drawn.albums, rng) if learns else None,
    )


def _why_no_ratio(measured: TaskUtility) -> str:
    remedy = f" {measured.alone:.0%} of them show a class that no other fold has: give more real albums of each class."
    return (
        f"Utility for '{measured.task}' has no ratio: the probe does not learn it from {measured.train} real examples "
        f"either.{remedy if measured.alone else ''}"
    )


def _chosen(rng: np.random.Generator, count: int, wanted: int) -> np.ndarray:
    return np.sort(rng.permutation(count)[:wanted])


def _fitted(examples: Examples) -> Callable[[np.ndarray], np.ndarray]:
    """Predicts labels from features. Of one class only, it always says that one."""
    only = np.unique(examples.labels)
    if len(only) == 1:
        return lambda features: np.repeat(only, len(features))
    try:
        from sklearn.linear_model import LogisticRegression
    except ImportError as error:
        raise AlbumError(f"The utility probe needs scikit-learn: {_EXTRA}.") from error
    model: Any = LogisticRegression(max_iter=1000).fit(examples.features, examples.labels)
    return model.predict


def _ratio(made: np.ndarray, real: np.ndarray, albums: np.ndarray, rng: np.random.Generator) -> Interval:
    """Ratio of two accuracies on the same examples; whole albums are drawn again, since their photos hang together."""
    numbers, rows = np.unique(albums, return_inverse=True)
    right = np.stack([np.bincount(rows, side, len(numbers)) for side in (made, real)])
    drawn = rng.multinomial(len(numbers), np.full(len(numbers), 1 / len(numbers)), size=_RESAMPLES)
    hits = drawn @ right.T  # (resamples, 2)
    ratios = hits[:, 0] / np.maximum(hits[:, 1], 1.0)
    low, high = np.quantile(ratios, (0.025, 0.975))
    return Interval(value=float(made.sum() / real.sum()), low=float(low), high=float(high))


def _require_apart(synthetic: Sequence[AlbumFolder], real: Sequence[AlbumFolder]) -> None:
    both = {folder.path.resolve() for folder in synthetic} & {folder.path.resolve() for folder in real}
    if both:
        raise AlbumError(
            f"The album {sorted(both)[0]} is on both sides, synthetic and real: the probe would be asked about what it "
            "learned. Give other real albums."
        )
    if len(real) < MIN_ALBUMS:
        raise AlbumError(
            f"The utility probe needs at least {MIN_ALBUMS} real albums, so that it is asked about albums it never "
            f"saw, but there are {len(real)}: give more."
        )
