"""Renderers, and the node that makes the photos with any of them."""

from .identity import PORTRAIT_SIZE, person_encoder_or_builtin, require_same_looks, with_portraits
from .sockets import ALBUM, ALBUM_CAST, ALBUM_ENCODER, ALBUM_LAYOUT, ALBUM_PLAN, ALBUM_RENDERER


class AlbumStoryboardRenderer:
    CATEGORY = "Synthetic Albums/render"
    DESCRIPTION = "Draws the blueprint as an illustrated storyboard: no model, no GPU, about a second a photo."
    SEARCH_ALIASES = ["storyboard", "draw", "illustration", "renderer", "sketch", "preview"]
    FUNCTION = "make"
    RETURN_TYPES = (ALBUM_RENDERER,)
    RETURN_NAMES = ("renderer",)
    OUTPUT_TOOLTIPS = ("For Album Identity and Album Render.",)

    @classmethod
    def INPUT_TYPES(cls):
        return {"required": {}}

    def make(self):
        from ..stages.render.storyboard import StoryboardRenderer

        return (StoryboardRenderer(),)


class AlbumBuiltinRenderer:
    CATEGORY = "Synthetic Albums/render"
    DESCRIPTION = (
        "Paints the photos with the diffusion model that comes with the pack: no download, no GPU. It is tiny and was "
        "trained only on drawn worlds, so its pictures look like small picture-book paintings, not like photographs. "
        "A renderer with a real checkpoint plugs in at the same place."
    )
    SEARCH_ALIASES = ["built-in model", "diffusion", "tiny model", "renderer", "sampler", "offline", "cpu"]
    FUNCTION = "make"
    RETURN_TYPES = (ALBUM_RENDERER,)
    RETURN_NAMES = ("renderer",)
    OUTPUT_TOOLTIPS = (
        "For Album Identity and Album Render. The model is loaded for the first photo and given back after the last.",
    )

    @classmethod
    def INPUT_TYPES(cls):
        return {
            "required": {
                "quality": (
                    ["quality", "draft"],
                    {
                        "default": "quality",
                        "tooltip": "quality = 20 steps with guidance: clearer faces, clothes and things. draft = 6 "
                        "steps without guidance: two to four times as fast, softer, less exact. Changing it makes the "
                        "photos anew.",
                    },
                ),
            }
        }

    def make(self, quality):
        from ..stages.render.builtin import BuiltinRenderer

        return (BuiltinRenderer(quality),)


class AlbumRender:
    CATEGORY = "Synthetic Albums/render"
    DESCRIPTION = (
        "Makes the photos of an album that are not there yet, into an album folder. Interrupt it at any time: "
        "the next run goes on. A photo is made again only when something it depends on has changed."
    )
    SEARCH_ALIASES = ["render album", "photos", "generate", "resume", "batch", "consistent"]
    FUNCTION = "render"
    RETURN_TYPES = (ALBUM, "IMAGE", "STRING")
    RETURN_NAMES = ("album", "photos", "table")
    OUTPUT_TOOLTIPS = (
        "The album folder, for Album Leakage Check and Album Save.",
        "All photos in order, as a batch, not checked yet; grey cards stand for those that are not there. Reduced when "
        "it would exceed 1 GB; the files keep their size.",
        "One line for each photo: number, scene, status, seed, attempt, verdict, and with a monitor also weight, "
        "tries, and what was measured.",
    )

    @classmethod
    def INPUT_TYPES(cls):
        return {
            "required": {
                "plan": (ALBUM_PLAN, {"tooltip": "What happens."}),
                "layout": (ALBUM_LAYOUT, {"tooltip": "The blueprint of the same plan; sets the size of the photos."}),
                "cast": (ALBUM_CAST, {"tooltip": "Who the characters are, from Album Identity on the same plan."}),
                "renderer": (ALBUM_RENDERER, {"tooltip": "What makes the pixels."}),
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
                        "tooltip": "Which photos to make: numbers and ranges from 1 like 3,7-9. Empty = all.",
                    },
                ),
                "attempt": (
                    "INT",
                    {
                        "default": 0,
                        "min": 0,
                        "max": 9999,
                        "advanced": True,
                        "tooltip": "0 = the first try; every other number up to 9999 is another variation. Together "
                        "with a subset it redoes just those photos.",
                    },
                ),
            },
            "optional": {
                "monitor": (
                    ["off", "on"],
                    {
                        "default": "off",
                        "tooltip": "off = photos are taken as they come. on = each one is compared with the portraits "
                        "and plates: the right people at their places, not mixed up and not pasted, in the right "
                        "place. What fails is made again.",
                    },
                ),
                "max_tries": (
                    "INT",
                    {
                        "default": 4,
                        "min": 1,
                        "max": 16,
                        "tooltip": "With the monitor on: how often one photo is made at most. 1 = only looked at, 16 = "
                        "most patient. The second and third try have another seed, later ones weaker references too. "
                        "If all fail, the best is kept and said to be below the bar.",
                    },
                ),
                "person_encoder": (
                    ALBUM_ENCODER,
                    {
                        "tooltip": "What the monitor knows people by; it must be calibrated. Empty = the built-in one, "
                        "which knows drawn people only."
                    },
                ),
            },
        }

    @classmethod
    def VALIDATE_INPUTS(cls, album_name):
        from ..stages.errors import AlbumError

        try:
            if album_name is not None:  # linked: known only when the graph runs
                _album_folder(album_name)
        except AlbumError as error:
            return str(error)
        return True

    @classmethod
    def IS_CHANGED(cls, album_name, **_others):
        """Follows the album on disk, so that what was deleted there is made again."""
        from ..stages.errors import AlbumError

        always = float("nan")  # equals nothing, not even itself: the node runs, and says what is wrong
        try:
            folder = _album_folder(album_name) if album_name is not None else None
            # An album that is not there looks as it did before it was first made; what that gave is no longer true.
            return folder.state_token() if folder is not None and folder.exists() else always
        except AlbumError:
            return always

    def render(
        self,
        plan,
        layout,
        cast,
        renderer,
        album_name,
        subset,
        attempt,
        monitor=None,
        max_tries=None,
        person_encoder=None,
    ):
        from ..stages.identity import write_cast
        from ..stages.render import render_album
        from .host import current_host
        from .images import photo_batch
        from .tables import photo_table

        host, folder = current_host(), _album_folder(album_name)
        require_same_looks(cast, plan)
        judge = _monitor(person_encoder) if monitor == "on" else None
        cast = with_portraits(cast, plan, renderer, size=PORTRAIT_SIZE)
        width, height = layout.scenes[0].width, layout.scenes[0].height
        album = render_album(
            plan,
            layout,
            cast,
            renderer,
            folder,
            width=width,
            height=height,
            subset=subset,
            attempt=attempt,
            on_progress=in_steps(host.progress),
            check_interrupt=host.raise_if_interrupted,
            cast_bytes=write_cast(cast),
            monitor=judge,
            **({} if max_tries is None else {"max_tries": max_tries}),
        )
        return folder, photo_batch(folder, album), photo_table(album)


def _monitor(person_encoder):
    from ..stages.encoders import builtin_picture_encoder
    from ..stages.render import ConsistencyMonitor

    return ConsistencyMonitor(person_encoder_or_builtin(person_encoder, "monitor"), builtin_picture_encoder())


def _album_folder(album_name):
    from ..stages.album_folder import AlbumFolder, album_path
    from .host import current_host

    return AlbumFolder(album_path(current_host().output_directory(), album_name))


def in_steps(start_progress):
    """Show photos and the steps within one on a single bar, a hundred ticks a photo."""
    started = []

    def update(done, total, fraction, preview):
        if not started:
            started.append(start_progress(total * 100))
        started[0](round((done + fraction) * 100), total * 100, preview)

    return update
