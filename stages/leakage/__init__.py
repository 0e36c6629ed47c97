"""Photos and a gallery in, verdicts out. A photo that could not be checked is never reported clean."""

from .album import check_album
from .copies import DEFAULT_THRESHOLD_BITS, MAX_THRESHOLD_BITS, check_photos, summarise
from .folder import check_folder
from .gallery import Gallery, build_gallery, read_gallery, write_gallery
from .state import folder_state

__all__ = [
    "DEFAULT_THRESHOLD_BITS",
    "MAX_THRESHOLD_BITS",
    "Gallery",
    "build_gallery",
    "check_album",
    "check_folder",
    "check_photos",
    "folder_state",
    "read_gallery",
    "summarise",
    "write_gallery",
]
