"""The storyboard renderer: draws the blueprint itself, with no model at all."""

from .renderer import StoryboardRenderer

__all__ = ["StoryboardRenderer"]
