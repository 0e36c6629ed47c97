"""Start a ComfyUI's main.py where torchvision was built for another torch than the one that is installed.

    python launch.py COMFYUI_ROOT [arguments of main.py …]

Run by ComfyUI's own Python. Importing torchvision looks up its compiled operators by name; beside a CPU torch they
cannot load, and nothing that these tests do calls them, so declaring their names is enough.
"""

import contextlib
import runpy
import sys
from pathlib import Path


def main():
    root = Path(sys.argv[1]).resolve()
    sys.path.insert(0, str(root))
    sys.argv = [str(root / "main.py"), *sys.argv[2:]]
    import torch

    library = torch.library.Library("torchvision", "DEF")
    for name in ("nms", "qnms"):
        with contextlib.suppress(RuntimeError):  # it is there: this torchvision fits
            library.define(f"{name}(Tensor dets, Tensor scores, float iou_threshold) -> Tensor")
    runpy.run_path(sys.argv[0], run_name="__main__")


if __name__ == "__main__":
    main()
