"""Pictures that core's nodes sampled, back into an album."""

from .sockets import ALBUM, ALBUM_CAST, ALBUM_LAYOUT, ALBUM_PLAN


class AlbumCollect:
    CATEGORY = "Synthetic Albums/render"
    DESCRIPTION = (
        "Takes pictures that you sampled yourself into an album folder, as Album Render writes it: records, labels, "
        "captions, hashes. Collecting again replaces just the given scenes."
    )
    SEARCH_ALIASES = ["collect images", "own sampler", "ksampler", "vae decode", "album from images", "native"]
    FUNCTION = "collect"
    INPUT_IS_LIST = True
    RETURN_TYPES = (ALBUM, "IMAGE", "STRING")
    RETURN_NAMES = ("album", "photos", "table")
    OUTPUT_TOOLTIPS = (
        "The album folder, for Album Leakage Check and Album Save.",
        "All photos in order, as a batch, not checked yet; grey cards stand for those that are not there. Reduced when "
        "it would exceed 1 GB; the files keep their size.",
        "One line for each photo: number, scene, status, seed, attempt, verdict.",
    )

    @classmethod
    def INPUT_TYPES(cls):
        return {
            "required": {
                "images": (
                    "IMAGE",
                    {
                        "tooltip": "One picture for each scene, in the order of the album: the list that VAE Decode "
                        "gives behind Album Scene Pick, or a batch."
                    },
                ),
                "plan": (ALBUM_PLAN, {"tooltip": "What happens."}),
                "layout": (
                    ALBUM_LAYOUT,
                    {"tooltip": "The blueprint of the same plan; pictures have its shape, at any size."},
                ),
                "cast": (ALBUM_CAST, {"tooltip": "Who the characters are, from Album Identity on the same plan."}),
                "album_name": (
                    "STRING",
                    {
                        "default": "album",
                        "tooltip": "Folder inside the output folder, e.g. 'summer 2026' or 'trips/alps'. The same name "
                        "goes on with the same album.",
                    },
                ),
                "subset": (
                    "STRING",
                    {
                        "default": "",
                        "placeholder": "all, or e.g. 3,7-9",
                        "tooltip": "Which photos the pictures are: the same text as in Album Scene Pick. Empty = all. "
                        "Other photos of the album stay as they are.",
                    },
                ),
                "how": (
                    "STRING",
                    {
                        "default": "",
                        "multiline": True,
                        "placeholder": "SDXL base 1.0, dpmpp_2m, 30 steps, CFG 7",
                        "tooltip": "How the pictures were made, in your words; up to 600 characters are kept in the "
                        "album and in its files, folders left out. Another text writes the given photos anew.",
                    },
                ),
            },
            "optional": {
                "seeds": (
                    "INT",
                    {
                        "default": 0,
                        "min": 0,
                        "max": 2**63,
                        "forceInput": True,
                        "tooltip": "The seeds of Album Scene Pick, or one for all; from 0, below "
                        "9,223,372,036,854,775,808. Not connected = those that Album Scene Pick gives at attempt 0.",
                    },
                ),
            },
        }

    @classmethod
    def VALIDATE_INPUTS(cls, album_name):
        from .render import AlbumRender

        return AlbumRender.VALIDATE_INPUTS(first(album_name))

    @classmethod
    def IS_CHANGED(cls, album_name, **_others):
        """Follows the album on disk, as Album Render does."""
        from .render import AlbumRender

        return AlbumRender.IS_CHANGED(first(album_name))

    def collect(self, images, plan, layout, cast, album_name, subset, how, seeds=None):
        from ..stages.album_folder import AlbumFolder, album_path
        from ..stages.identity import write_cast
        from ..stages.render.collected import collect_album
        from .host import current_host
        from .identity import require_same_looks
        from .images import photo_batch, separate
        from .render import in_steps
        from .tables import photo_table

        host = current_host()
        plan, layout, cast = plan[0], layout[0], cast[0]
        folder = AlbumFolder(album_path(host.output_directory(), album_name[0]))
        require_same_looks(cast, plan)
        album = collect_album(
            plan,
            layout,
            cast,
            separate(images),
            folder,
            subset=subset[0],
            seeds=seeds or [],
            how=how[0],
            on_progress=in_steps(host.progress),
            check_interrupt=host.raise_if_interrupted,
            cast_bytes=write_cast(cast),
        )
        return folder, photo_batch(folder, album), photo_table(album)


def first(values):
    """The host asks with lists of values here, too."""
    return values[0] if isinstance(values, list | tuple) else values
