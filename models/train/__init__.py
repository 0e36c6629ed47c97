"""Trains the built-in model on a drawn world: `python -m synthetic_albums.models.train --minutes N --out DIR`."""
