"""The storyboard renderer: draws the blueprint itself, with no model at all."""
