"""An album becomes a page that opens from disk and a contact sheet."""

from .album import album_photos, export_album
from .page import render_page
from .sheet import contact_sheet

__all__ = ["album_photos", "contact_sheet", "export_album", "render_page"]
