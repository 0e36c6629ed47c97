"""Plan to cast: a fixed identity, a locked description and anchor pictures for every character."""

from .anchors import add_plates, add_views
from .apart import keep_apart
from .appearance import describe_appearance
from .cast import add_portraits, cast_characters
from .cast_file import read_cast, write_cast
from .library import bring_into_plan, cast_file_path, read_cast_file, save_cast_file
from .recast import recast_character
from .reference import cast_from_references

__all__ = [
    "add_plates",
    "add_portraits",
    "add_views",
    "bring_into_plan",
    "cast_characters",
    "cast_file_path",
    "cast_from_references",
    "describe_appearance",
    "keep_apart",
    "read_cast",
    "read_cast_file",
    "recast_character",
    "save_cast_file",
    "write_cast",
]
