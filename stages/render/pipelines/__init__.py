"""Checkpoints as renderers; torch and diffusers are imported when a picture is made."""

from .renderer import ControlPictures, DiffusersRenderer
from .settings import (
    BLOCKS,
    CONTROL_KINDS,
    DEVICES,
    DTYPES,
    SCHEDULERS,
    AnchorSettings,
    ControlFile,
    ImageAdapter,
    LoraFile,
    RenderSettings,
)

__all__ = [
    "BLOCKS",
    "CONTROL_KINDS",
    "DEVICES",
    "DTYPES",
    "SCHEDULERS",
    "AnchorSettings",
    "ControlFile",
    "ControlPictures",
    "DiffusersRenderer",
    "ImageAdapter",
    "LoraFile",
    "RenderSettings",
]
