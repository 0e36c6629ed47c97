"""The casting node: every character of a plan gets an identity."""

from .sockets import ALBUM_CAST, ALBUM_PLAN, ALBUM_RENDERER


class AlbumIdentity:
    CATEGORY = "Synthetic Albums/identity"
    DESCRIPTION = (
        "Fixes who everybody is for the whole album: an identity vector from the album's seed, a locked description, "
        "and a portrait when a renderer is connected."
    )
    SEARCH_ALIASES = ["character", "cast", "identity embedding", "portrait", "consistent character", "anchors"]
    FUNCTION = "cast"
    RETURN_TYPES = (ALBUM_CAST, "IMAGE", "STRING")
    RETURN_NAMES = ("cast", "portraits", "appearances")
    OUTPUT_IS_LIST = (False, False, True)
    OUTPUT_TOOLTIPS = (
        "The cast of the album.",
        "One portrait of each character, as a batch; a single grey picture without a renderer or without a cast.",
        "The locked description of each character, as a list.",
    )

    @classmethod
    def INPUT_TYPES(cls):
        return {
            "required": {
                "plan": (ALBUM_PLAN, {"tooltip": "Whose characters are cast."}),
                "portrait_size": (
                    "INT",
                    {
                        "default": 256,
                        "min": 64,
                        "max": 1024,
                        "step": 8,
                        "tooltip": "Side of each square portrait in pixels: 64 is a thumbnail, 1024 the largest.",
                    },
                ),
            },
            "optional": {
                "renderer": (
                    ALBUM_RENDERER,
                    {"tooltip": "Makes the portraits. Without one, Album Render makes them before the first photo."},
                ),
            },
        }

    def cast(self, plan, portrait_size, renderer=None):
        import numpy as np

        from ..stages.identity import add_portraits, cast_characters
        from .images import image_batch

        cast = cast_characters(plan)
        if renderer is not None:
            cast = add_portraits(cast, plan, renderer, size=portrait_size)
        portraits = [portrait for member in cast.members for portrait in member.portraits[:1]]
        empty = np.full((portrait_size, portrait_size, 3), 128, np.uint8)
        return cast, image_batch(portraits or [empty]), [member.appearance for member in cast.members]
