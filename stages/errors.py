"""What the user can put right is an AlbumError; everything else that escapes is our bug."""


class AlbumError(Exception):
    """The user can fix this: the message says what was wrong, which scene, photo or file, and what to do next."""


class AlbumBusyError(AlbumError):
    """Another process is writing the album folder right now."""


class InterruptedAlbumError(AlbumError):
    """The run was stopped on request; the photos that were finished are kept."""
