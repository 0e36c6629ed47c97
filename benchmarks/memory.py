"""How much memory a process has had."""

import resource
import sys
from pathlib import Path


def peak_mib() -> float:
    """The most memory that this process has had, MiB. On Linux `ru_maxrss` would count what its parent had, too."""
    status = Path("/proc/self/status")
    if status.exists():
        line = next(line for line in status.read_text(encoding="utf-8").splitlines() if line.startswith("VmHWM"))
        return int(line.split()[1]) / 2**10
    unit_bytes = 1 if sys.platform == "darwin" else 1024
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * unit_bytes / 2**20
