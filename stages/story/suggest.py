"""Messages about names that do not exist: what does, and which of it was probably meant."""

import difflib
from collections.abc import Iterable
from typing import Final

_SHOWN: Final = 40


def unknown(what: str, given: str, existing: Iterable[str]) -> str:
    """As in "There is no emotion 'hapy'. Did you mean 'happy'? There are: happy, …"."""
    names = list(dict.fromkeys(existing))
    close = difflib.get_close_matches(given.lower(), [name.lower() for name in names], n=1, cutoff=0.6)
    meant = next((name for name in names if close and name.lower() == close[0]), "")
    hint = f" Did you mean '{meant}'?" if meant else ""
    more = f" and {len(names) - _SHOWN} more" if len(names) > _SHOWN else ""
    listed = f" There are: {', '.join(names[:_SHOWN])}{more}." if names else " There are none."
    return f"There is no {what} '{given[:60]}'.{hint}{listed}"
