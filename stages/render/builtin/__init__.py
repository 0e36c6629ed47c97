"""The built-in diffusion model as a renderer; torch and diffusers are imported when it renders."""

from .renderer import BUILTIN_FOLDER, QUALITIES, BuiltinRenderer, Quality

__all__ = ["BUILTIN_FOLDER", "QUALITIES", "BuiltinRenderer", "Quality"]
