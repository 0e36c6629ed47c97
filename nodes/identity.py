"""The casting node: every character of a plan gets an identity."""

from .sockets import ALBUM_CAST, ALBUM_PLAN, ALBUM_RENDERER

PORTRAIT_SIZE = 256  # pixels


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
        "The cast of the album, for Album Render.",
        "One portrait of each character, as a batch; a single grey picture without a renderer or without a cast.",
        "The locked description of each character, as a list; one empty text without a cast.",
    )

    @classmethod
    def INPUT_TYPES(cls):
        return {
            "required": {
                "plan": (ALBUM_PLAN, {"tooltip": "Whose characters are cast. Their identity comes from its seed."}),
                "portrait_size": (
                    "INT",
                    {
                        "default": PORTRAIT_SIZE,
                        "min": 64,
                        "max": 1024,
                        "step": 8,
                        "tooltip": "Side of each square portrait in pixels: 64 is a thumbnail, 1024 shows most detail. "
                        "Photos with people depend on their portraits: a new size makes them anew.",
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

        from ..stages.identity import cast_characters
        from .images import image_batch

        cast = cast_characters(plan)
        if renderer is not None:
            cast = with_portraits(cast, plan, renderer, size=portrait_size)
        portraits = [portrait for member in cast.members for portrait in member.portraits[:1]]
        portraits = portraits or [np.full((portrait_size, portrait_size, 3), 128, np.uint8)]
        appearances = [member.appearance for member in cast.members] or [""]  # an empty list would stop the graph
        return cast, image_batch(portraits, len(portraits)), appearances


def with_portraits(cast, plan, renderer, *, size):
    """The cast with a portrait for everybody who has none yet; portraits that are there stay."""
    from dataclasses import replace

    from ..stages.identity import add_portraits

    missing = replace(cast, members=tuple(member for member in cast.members if not member.portraits))
    if not missing.members:
        return cast
    try:
        made = {member.character: member for member in add_portraits(missing, plan, renderer, size=size).members}
    finally:
        renderer.close()
    return replace(cast, members=tuple(made.get(member.character, member) for member in cast.members))
