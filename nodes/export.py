"""What leaves the graph: the page, the contact sheet."""

from .private_inputs import says_private_elsewhere, without_private_inputs
from .sockets import ALBUM


class AlbumSave:
    CATEGORY = "Synthetic Albums/export"
    DESCRIPTION = "Writes the album's page (index.html) and contact sheet into its folder, and shows the sheet."
    SEARCH_ALIASES = ["export album", "html", "save album", "gallery page", "contact sheet"]
    FUNCTION = "save"
    OUTPUT_NODE = True
    RETURN_TYPES = ("STRING",)
    RETURN_NAMES = ("page",)
    OUTPUT_TOOLTIPS = ("The path of index.html.",)

    @classmethod
    def INPUT_TYPES(cls):
        return {
            "required": {
                "album": (ALBUM, {"tooltip": "From Album Leakage Check, or straight from Album Render."}),
                "columns": (
                    "INT",
                    {
                        "default": 4,
                        "min": 1,
                        "max": 12,
                        "tooltip": "Photos side by side on the contact sheet: 1 makes a strip, 12 a wide wall.",
                    },
                ),
                "embed_workflow": (
                    "BOOLEAN",
                    {
                        "default": True,
                        "tooltip": "On: dropping contact_sheet.png on ComfyUI brings the graph back, without private "
                        "paths and servers. Off: prompt and graph stay out of the file. Photos never carry them.",
                    },
                ),
            },
            "hidden": {"prompt": "PROMPT", "extra_pnginfo": "EXTRA_PNGINFO"},
        }

    def save(self, album, columns, embed_workflow, prompt=None, extra_pnginfo=None):
        import json

        from ..stages.export import export_album
        from .host import current_host

        host, graph = current_host(), None
        if embed_workflow and host.metadata_allowed() and not says_private_elsewhere(prompt):
            parts = without_private_inputs({"prompt": prompt, **(extra_pnginfo or {})})
            graph = {key: json.dumps(value) for key, value in parts.items() if value is not None}
        page = export_album(album, columns=columns, graph=graph)
        return {"ui": {"images": _shown(album.path, host.output_directory())}, "result": (str(page),)}


class AlbumContactSheet:
    CATEGORY = "Synthetic Albums/export"
    DESCRIPTION = "Puts all photos of an album on one picture, with title and captions."
    SEARCH_ALIASES = ["contact sheet", "grid", "overview", "collage"]
    FUNCTION = "draw"
    RETURN_TYPES = ("IMAGE",)
    RETURN_NAMES = ("sheet",)
    OUTPUT_TOOLTIPS = ("The contact sheet, a batch of one.",)

    @classmethod
    def INPUT_TYPES(cls):
        return {
            "required": {
                "album": (ALBUM, {"tooltip": "From Album Render or Album Leakage Check."}),
                "columns": (
                    "INT",
                    {
                        "default": 4,
                        "min": 1,
                        "max": 12,
                        "tooltip": "Photos side by side: 1 makes a strip, 12 a wide wall.",
                    },
                ),
                "tile": (
                    "INT",
                    {
                        "default": 320,
                        "min": 64,
                        "max": 1024,
                        "step": 8,
                        "tooltip": "Longer side of each photo in pixels: 64 is a thumbnail, 1024 the largest.",
                    },
                ),
            }
        }

    def draw(self, album, columns, tile):
        from ..stages.export import album_photos, contact_sheet
        from .images import image_batch

        record = album.read()
        sheet = contact_sheet(record, album_photos(album, record), columns=columns, tile=tile)
        return (image_batch([sheet], 1),)


def _shown(folder, output):
    """The sheet for the editor, which serves only what lies in the output folder."""
    folder, output = folder.resolve(), output.resolve()
    if not folder.is_relative_to(output):
        return []
    subfolder = folder.relative_to(output).as_posix()
    return [{"filename": "contact_sheet.png", "subfolder": subfolder, "type": "output"}]
