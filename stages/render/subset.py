"""Which photos of an album are meant: "3,7-9"."""

import re

from ..errors import AlbumError

_PART = re.compile(r"(\d{1,6})(?:\s*[-–]\s*(\d{1,6}))?", re.ASCII)


def means_all(text: str) -> bool:
    """Whether no photos are named."""
    return text.strip().lower() in {"", "all"}


def parse_subset(text: str, count: int) -> list[int]:
    """Read a list of photo numbers and ranges.

    Args:
        text: e.g. "3,7-9"; spaces are allowed, and empty or "all" means all.
        count: how many photos the album has.

    Returns:
        The numbers, 1-based, ascending, each once.

    Raises:
        AlbumError: a part is not a number or range, runs backwards, or is not between 1 and `count`.
    """
    if means_all(text):
        return list(range(1, count + 1))
    chosen: set[int] = set()
    for part in text.split(","):
        match = _PART.fullmatch(part.strip())
        if match is None:
            raise AlbumError(
                f"Photos to make: {part.strip()!r:.60} is not a photo number. Write numbers and ranges like '3,7-9', "
                "or leave it empty for all photos."
            )
        first, last = int(match[1]), int(match[2] or match[1])
        if first > last:
            raise AlbumError(f"Photos to make: '{part.strip()}' runs backwards. Write '{last}-{first}'.")
        if first < 1 or last > count:
            raise AlbumError(f"Photos to make: '{part.strip()}' is not there. The album has photos 1 to {count}.")
        chosen.update(range(first, last + 1))
    return sorted(chosen)
