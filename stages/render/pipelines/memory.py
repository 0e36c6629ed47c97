"""When memory runs out: noticing it whatever the device calls it, and giving back what nobody holds."""

import gc
import sys
from collections.abc import Callable
from typing import Final, TypeVar

_SIGNS: Final = ("out of memory", "not enough memory", "can't allocate memory", "failed to allocate")
Result = TypeVar("Result")


def unless_out_of_memory(compute: Callable[[], Result]) -> Result | None:
    """What `compute` gives, None where memory ran out. Left before anything is tried again, so that nothing is held."""
    try:
        return compute()
    except (MemoryError, RuntimeError) as error:
        if isinstance(error, MemoryError) or any(sign in str(error).lower() for sign in _SIGNS):
            return None
        raise


def free_device() -> None:
    """Give the device back what is no longer used."""
    gc.collect()
    torch = sys.modules.get("torch")
    if torch is not None and torch.cuda.is_available():
        torch.cuda.empty_cache()
