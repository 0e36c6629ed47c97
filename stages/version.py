"""The pack's version. `pyproject.toml` says the same; a test keeps them equal."""

from typing import Final

VERSION: Final = "0.1.0"
SOFTWARE: Final = f"Synthetic Albums {VERSION}"
