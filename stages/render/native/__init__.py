"""The renderer over a MODEL, CLIP and VAE that the host has loaded; nothing of ComfyUI is imported here."""

from .renderer import ModelRenderer
from .settings import REGION_CHOICES, ModelSettings

__all__ = ["REGION_CHOICES", "ModelRenderer", "ModelSettings"]
