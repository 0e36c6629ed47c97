"""Photos and a gallery in, verdicts out. A photo that could not be checked is never reported clean."""

from .album import check_album
from .copies import DEFAULT_THRESHOLD_BITS, MAX_THRESHOLD_BITS, check_photos
from .folder import CheckedPicture, CheckedPictures, check_folder, check_pictures
from .gallery import Gallery
from .gallery_build import build_gallery
from .gallery_file import read_gallery, read_gallery_file, write_gallery, write_gallery_file
from .gallery_open import gallery_state, open_gallery
from .options import DEFAULT_TARGET, REQUIRED, CheckOptions
from .remedies import Limits
from .resynthesis import Resynthesis, resynthesis_text, resynthesise
from .state import folder_state
from .summary import summarise
from .text import PrivateTexts, read_private_texts

__all__ = [
    "DEFAULT_TARGET",
    "DEFAULT_THRESHOLD_BITS",
    "MAX_THRESHOLD_BITS",
    "REQUIRED",
    "CheckOptions",
    "CheckedPicture",
    "CheckedPictures",
    "Gallery",
    "Limits",
    "PrivateTexts",
    "Resynthesis",
    "build_gallery",
    "check_album",
    "check_folder",
    "check_photos",
    "check_pictures",
    "folder_state",
    "gallery_state",
    "open_gallery",
    "read_gallery",
    "read_gallery_file",
    "read_private_texts",
    "resynthesis_text",
    "resynthesise",
    "summarise",
    "write_gallery",
    "write_gallery_file",
]
