"""When album.json is written during a run."""

import time
from typing import Final

from ..album_folder import AlbumWriter
from ..records import Album

MAKING_PER_SAVING: Final = 20  # seconds of making photos for one of writing album.json


class Saving:
    """Writes album.json after every photo, as long as that takes little of the run.

    Records of hundreds of photos with their blueprints are megabytes. What is put off is not at risk: a photo file
    names its fingerprint, and a run that finds one without a record takes it over.
    """

    def __init__(self, writer: AlbumWriter) -> None:
        self._writer = writer
        self._saved_at = time.monotonic()
        self._cost_s = 0.0

    def save_if_cheap(self, album: Album) -> None:
        if time.monotonic() - self._saved_at >= self._cost_s * MAKING_PER_SAVING:
            self.save(album)

    def save(self, album: Album) -> None:
        if album is self._writer.stored:
            return
        begun = time.monotonic()
        self._writer.save(album)
        self._saved_at = time.monotonic()
        self._cost_s = self._saved_at - begun
