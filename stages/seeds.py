"""Seeds derived from names, so that no value depends on the order in which things are made."""

import hashlib


def derive_seed(*parts: object) -> int:
    """Hash any printable parts to one seed.

    Python's own `hash` is salted per process and `random.Random` accepts only a few types, so a cryptographic
    digest is used: the same parts give the same seed on every machine, and neighbouring parts unrelated ones.

    Args:
        parts: what the seed stands for, e.g. `(plan.seed, "photo", scene.id, attempt)`. Compared by `str`.

    Returns:
        An integer in [0, 2**63), which random.Random, numpy and torch all take.
    """
    text = "\x1f".join(str(part) for part in parts)
    return int.from_bytes(hashlib.sha256(text.encode("utf-8")).digest()[:8], "big") >> 1
