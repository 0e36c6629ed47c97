"""Trains every piece of the built-in model, or one: `python -m synthetic_albums.models.train --minutes N --out DIR`."""

import sys

from .command import main

if __name__ == "__main__":
    sys.exit(main())
