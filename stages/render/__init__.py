"""Plan, layout and cast in, photos out. Renderers are interchangeable; the album loop knows only the interface."""

from .album import render_album
from .fingerprint import photo_fingerprint
from .monitor import Bars, ConsistencyMonitor
from .renderer import PhotoJob, Renderer, photo_job
from .shown_photos import load_photos, placeholder
from .subset import parse_subset
from .tries import Assessment, PhotoMonitor, is_below_bar

__all__ = [
    "Assessment",
    "Bars",
    "ConsistencyMonitor",
    "PhotoJob",
    "PhotoMonitor",
    "Renderer",
    "is_below_bar",
    "load_photos",
    "parse_subset",
    "photo_fingerprint",
    "photo_job",
    "placeholder",
    "render_album",
]
