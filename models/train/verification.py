"""How well an identity encoder tells people apart, on a split that it never saw."""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from .heads import Heads
from .scores import equal_error_rate

Encode = Callable[[np.ndarray], np.ndarray]


@dataclass(frozen=True, eq=False)
class Pairs:
    """Cosines of pairs of heads. attribute: of each twin pair the one that differs."""

    genuine: np.ndarray
    impostor: np.ndarray
    twin: np.ndarray
    attribute: np.ndarray


def head_pairs(heads: Heads, vectors: np.ndarray, *, portraits: bool = False, people: int = 300) -> Pairs:
    """Compare everybody with everybody.

    Args:
        heads: of held-out people.
        vectors: (heads, dim) of unit length.
        portraits: False compares heads of scenes with one another, True heads of scenes with portraits.
        people: at most so many identities; the first that are seen in two scenes at least.
    """
    scenes = heads.of_identity(portraits=False)
    kept = seen_twice(heads)[:people]
    known = set(kept)
    probes = np.concatenate([scenes[number] for number in kept])
    against = np.flatnonzero(heads.portrait & np.isin(heads.identity, kept)) if portraits else probes
    cosine = vectors[probes] @ vectors[against].T
    first, second = heads.identity[probes][:, None], heads.identity[against][None]
    once = np.ones_like(cosine, bool) if portraits else np.triu(np.ones_like(cosine, bool), 1)
    siblings = _sibling_matrix(heads)[first, second]
    same = first == second
    twin, attribute = [np.zeros(0, np.float32)], [np.zeros(0, "U32")]
    for a, b, name in heads.twins:
        if a in known and b in known:
            found = cosine[((first == a) & (second == b) | (first == b) & (second == a)) & once]
            twin.append(found)
            attribute.append(np.full(len(found), name))
    return Pairs(cosine[same & once], cosine[~same & ~siblings & once], np.concatenate(twin), np.concatenate(attribute))


def seen_twice(heads: Heads) -> list[int]:
    """Identities with heads in two scenes at least."""
    return [number for number, rows in enumerate(heads.of_identity(portraits=False)) if len(rows) >= 2]


def _sibling_matrix(heads: Heads) -> np.ndarray:
    matrix = np.zeros((len(heads.codes), len(heads.codes)), bool)
    for a, b, _ in heads.twins:
        matrix[a, b] = matrix[b, a] = True
    return matrix


def verification_figures(heads: Heads, vectors: np.ndarray) -> dict[str, float]:
    """Equal error rates of a split.

    Returns:
        encoder_eer: random impostors, scene against scene. portrait_eer: scene against portrait. twin_eer and
        twin_portrait_eer: impostors are one-attribute twins. twin_accepted/<attribute>: share of such twins that
        are accepted at the threshold of twin_eer.
    """
    plain, reference = head_pairs(heads, vectors), head_pairs(heads, vectors, portraits=True)
    figures = {
        "encoder_eer": equal_error_rate(plain.genuine, plain.impostor),
        "portrait_eer": equal_error_rate(reference.genuine, reference.impostor),
        "people": float(min(300, len(seen_twice(heads)))),
    }
    for name, pairs in (("twin_eer", plain), ("twin_portrait_eer", reference)):
        if len(pairs.twin):
            figures[name] = equal_error_rate(pairs.genuine, pairs.twin)
    if len(plain.twin):
        threshold = np.quantile(plain.genuine, figures["twin_eer"])
        for attribute in sorted(set(plain.attribute)):
            scores = plain.twin[plain.attribute == attribute]
            figures[f"twin_accepted/{attribute}"] = float((scores >= threshold).mean())
    return figures
