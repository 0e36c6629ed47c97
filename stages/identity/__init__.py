"""Plan to cast: a fixed identity, a locked description and a portrait for every character."""

from .appearance import describe_appearance
from .cast import add_portraits, cast_characters
from .cast_file import read_cast, write_cast

__all__ = ["add_portraits", "cast_characters", "describe_appearance", "read_cast", "write_cast"]
