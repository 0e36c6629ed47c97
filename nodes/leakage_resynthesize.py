"""Making the photos that leaked again, and withholding those that cannot be healed."""

from .identity import PORTRAIT_SIZE, with_portraits
from .sockets import ALBUM, ALBUM_CAST, ALBUM_GALLERY, ALBUM_LAYOUT, ALBUM_PLAN, ALBUM_RENDERER

LOWER_WEIGHTS = (0.5, 0.0)  # of the references: half of them still hold a character together, none lets go of them
CHECK_INPUTS = (  # of Album Leakage Check, declared and explained there
    "threshold_bits", "picture_encoder", "person_encoder", "held_out", "private_texts", "required",
    "false_alarm_target",
)  # fmt: skip
NEW_IDENTITIES = 1  # of one character; a second one that is found too says that the renderer knows the gallery


class AlbumResynthesize:
    CATEGORY = "Synthetic Albums/leakage"
    DESCRIPTION = (
        "Checks an album and makes the photos that leak again: with another seed, with weaker references, with a new "
        "identity for who was recognised. What still leaks stays withheld, and every decision is written down."
    )
    SEARCH_ALIASES = ["re-synthesis", "redo leaks", "repair privacy", "regenerate", "new identity", "quarantine"]
    FUNCTION = "remake"
    RETURN_TYPES = (ALBUM, ALBUM_PLAN, ALBUM_CAST, "STRING", "INT")
    RETURN_NAMES = ("album", "plan", "cast", "log", "withheld")
    OUTPUT_TOOLTIPS = (
        "The same album, checked, for Album Leakage Report and Album Save.",
        "The plan as it is now: recognised characters may have another look.",
        "The cast as it is now: recognised characters may have another identity.",
        "Every decision: which photo, why, what was tried, and how it ended.",
        "How many photos are withheld in the end; 0 does not mean clean, the log says what was checked.",
    )

    @classmethod
    def INPUT_TYPES(cls):
        from .leakage import AlbumLeakageCheck

        declared = AlbumLeakageCheck.INPUT_TYPES()
        of_check = {**declared["required"], **declared["optional"]}
        return {
            "required": {
                "album": (ALBUM, {"tooltip": "From Album Render, checked or not."}),
                "plan": (ALBUM_PLAN, {"tooltip": "That the album was rendered with."}),
                "layout": (ALBUM_LAYOUT, {"tooltip": "The blueprint of the same plan."}),
                "cast": (ALBUM_CAST, {"tooltip": "That the album was rendered with, from Album Identity."}),
                "renderer": (ALBUM_RENDERER, {"tooltip": "What makes the photos; the one that made the album."}),
                "gallery": (
                    ALBUM_GALLERY,
                    {"tooltip": "From Album Gallery. Without pictures in it nothing is made again."},
                ),
                "max_tries": (
                    "INT",
                    {
                        "default": 3,
                        "min": 0,
                        "max": 20,
                        "tooltip": "Other seeds for one photo: 0 = none, 20 = patient. Every try is another chance to "
                        "pass the same check, so a few are enough.",
                    },
                ),
                "lower_weight": (
                    "BOOLEAN",
                    {
                        "default": True,
                        "tooltip": "On: photos may be made with half of the references' strength, then with none; "
                        "characters then look less alike. Off: references keep their strength.",
                    },
                ),
                "allow_new_identity": (
                    "BOOLEAN",
                    {
                        "default": True,
                        "tooltip": "On: a character who is recognised gets another look and identity, once, in all of "
                        "its photos. Off: its photos are withheld. Characters made from pictures that you gave are "
                        "never exchanged.",
                    },
                ),
                "remake_unchecked": (
                    "BOOLEAN",
                    {
                        "default": False,
                        "tooltip": "On: photos that could not be checked are made again as if they leaked, and "
                        "withheld if that does not help. Off: they stay, and the album is called unchecked.",
                    },
                ),
                "max_photos": (
                    "INT",
                    {
                        "default": 100,
                        "min": 0,
                        "max": 10000,
                        "tooltip": "Photos made again in all, over all tries: 0 = none, what leaks is withheld; "
                        "10000 = no practical limit.",
                    },
                ),
            },
            "optional": {name: of_check[name] for name in CHECK_INPUTS},
        }

    @classmethod
    def IS_CHANGED(cls, private_texts="", **_others):
        """As the check: follows the private texts."""
        from .leakage import AlbumLeakageCheck

        return AlbumLeakageCheck.IS_CHANGED(private_texts=private_texts)

    def remake(
        self,
        album,
        plan,
        layout,
        cast,
        renderer,
        gallery,
        max_tries,
        lower_weight,
        allow_new_identity,
        remake_unchecked,
        max_photos,
        threshold_bits=None,
        picture_encoder=None,
        person_encoder=None,
        held_out=None,
        private_texts=None,
        required=None,
        false_alarm_target=None,
    ):
        from ..stages.leakage import Limits, resynthesis_text, resynthesise
        from .host import current_host

        checks = {
            "threshold_bits": threshold_bits,
            "picture_encoder": picture_encoder,
            "person_encoder": person_encoder,
            "held_out": held_out,
            "private_texts": private_texts,
            "required": required,
            "false_alarm_target": false_alarm_target,
        }
        making = _Making(album, plan, layout, cast, renderer, gallery, checks)
        done = resynthesise(
            album,
            plan,
            check=making.check,
            remake=making.remake,
            recast=making.recast,
            limits=Limits(
                seeds=max_tries,
                weights=LOWER_WEIGHTS if lower_weight else (),
                identities=NEW_IDENTITIES if allow_new_identity else 0,
                photos=max_photos,
                unchecked=remake_unchecked,
            ),
            check_interrupt=current_host().raise_if_interrupted,
        )
        return album, making.plan, making.cast, resynthesis_text(done), done.withheld


class _Making:
    """Checking, making and recasting one album, with the plan and cast that are in force."""

    def __init__(self, folder, plan, layout, cast, renderer, gallery, checks):
        from .host import current_host

        self.folder, self.plan, self.layout, self.cast = folder, plan, layout, cast
        self.renderer, self.gallery, self.options = renderer, gallery, _check_options(checks)
        self.host = current_host()
        self.bar = self.host.progress(100)

    def check(self):
        from ..stages.leakage import check_album

        return check_album(
            self.folder,
            self.gallery,
            options=self.options,
            on_progress=lambda done, total: self.bar(100 * done // max(1, total), 100, None),
            check_interrupt=self.host.raise_if_interrupted,
        )

    def remake(self, scenes, attempt, weight):
        from ..stages.identity import write_cast
        from ..stages.render import render_album

        numbers = [number for number, scene in enumerate(self.plan.scenes, start=1) if scene.id in scenes]
        self.cast = with_portraits(self.cast, self.plan, self.renderer, size=_portrait_size(self.cast))
        first = self.layout.scenes[0]
        return render_album(
            self.plan,
            self.layout,
            self.cast,
            self.renderer,
            self.folder,
            width=first.width,
            height=first.height,
            subset=",".join(map(str, numbers)),
            attempt=attempt,
            weight=weight,
            on_progress=lambda done, total, fraction, preview: self.bar(
                round(100 * (done + fraction) / max(1, total)), 100, preview
            ),
            check_interrupt=self.host.raise_if_interrupted,
            cast_bytes=write_cast(self.cast),
        )

    def recast(self, character, redraw):
        from ..stages.identity import recast_character

        self.plan, self.cast = recast_character(self.plan, self.cast, character, redraw=redraw)
        return self.plan


def _check_options(given):
    """What was set of the check's choices; what was not keeps the check's own default."""
    from pathlib import Path

    from ..stages.leakage import CheckOptions, read_private_texts
    from .host import current_host

    chosen = {name: value for name, value in given.items() if value is not None and value != ""}
    if "private_texts" in chosen:
        path = current_host().input_directory() / Path(chosen["private_texts"].strip()).expanduser()
        chosen["private_texts"] = read_private_texts(path)
    return CheckOptions(**chosen)


def _portrait_size(cast):
    """Of the portraits that are there; photos depend on them, so new ones get the same size."""
    sides = [portrait.shape[0] for member in cast.members for portrait in member.portraits]
    return sides[0] if sides else PORTRAIT_SIZE
