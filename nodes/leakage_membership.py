"""Can an attacker tell which pictures the album, or the model behind it, was made from?"""

from .sockets import ALBUM, ALBUM_ENCODER, ALBUM_RENDERER


class AlbumMembershipAudit:
    CATEGORY = "Synthetic Albums/leakage"
    DESCRIPTION = (
        "Attacks the album, and the model behind it where it can be asked, with membership inference: given pictures "
        "that were used and pictures that never were, how well can one tell them apart? The result is a lower bound; a "
        "good one proves nothing."
    )
    SEARCH_ALIASES = ["membership inference", "privacy attack", "memorization", "ROC", "AUC", "training data", "MIA"]
    FUNCTION = "audit"
    RETURN_TYPES = ("STRING", "IMAGE", "FLOAT")
    RETURN_NAMES = ("report", "roc", "auc")
    OUTPUT_TOOLTIPS = (
        "Every attack with its figures and intervals, and what they do not say. Also in reports/membership.json.",
        "The curves of all attacks, both axes logarithmic. Also in reports/membership.png.",
        "Area under the curve of the strongest attack: 0.5 = no better than guessing, 1 = every member is found.",
    )

    @classmethod
    def INPUT_TYPES(cls):
        return {
            "required": {
                "album": (ALBUM, {"tooltip": "The album that is released. From Album Render or Album Leakage Check."}),
                "members": (
                    "STRING",
                    {
                        "default": "",
                        "placeholder": "pictures that were used",
                        "tooltip": "At least 100 pictures that the model was trained on or the album made from, with "
                        "sub-folders: a full path, or one inside the input folder. Album folders bring their "
                        "blueprints, so that the model can be asked with them.",
                    },
                ),
                "non_members": (
                    "STRING",
                    {
                        "default": "",
                        "placeholder": "pictures of the same kind that were not",
                        "tooltip": "At least 100 pictures from the same source that were certainly never used. 100 = "
                        "wide intervals, 3000 or more = the rate at 0.1 % false positives is given, too.",
                    },
                ),
                "seed": (
                    "INT",
                    {
                        "default": 0,
                        "min": 0,
                        "max": 2**32 - 1,
                        "tooltip": "Of the noise that the attacks draw: 0 to 4294967295. The same one gives the same "
                        "report.",
                    },
                ),
            },
            "optional": {
                "picture_encoder": (
                    ALBUM_ENCODER,
                    {
                        "tooltip": "Measures how near a candidate is to a released photo. Without one the attacks that "
                        "see only photos are left out."
                    },
                ),
                "renderer": (
                    ALBUM_RENDERER,
                    {
                        "tooltip": "Whose model is asked: Album Builtin Renderer, or Album Diffusers Renderer with a "
                        "checkpoint of yours. These attacks find most. Without one only the released photos are "
                        "attacked."
                    },
                ),
            },
        }

    @classmethod
    def IS_CHANGED(cls, **_inputs):
        """The album and both folders may change on the disk."""
        return float("nan")

    def audit(self, album, members, non_members, seed, picture_encoder=None, renderer=None):
        from ..stages.leakage.membership import audit_album, report_text, roc_pixels
        from .host import current_host
        from .images import image_batch

        host = current_host()
        update = host.progress(100)
        report = audit_album(
            album,
            _folder(members, "members"),
            _folder(non_members, "non_members"),
            model=_model(renderer),
            encoder=picture_encoder,
            seed=seed,
            on_progress=lambda done, total: update(done, total, None),
            check_interrupt=host.raise_if_interrupted,
        )
        strongest = report.attack(report.strongest)
        return report_text(report), image_batch([roc_pixels(report)], 1), strongest.auc.value


def _folder(text, name):
    from pathlib import Path

    from ..stages.errors import AlbumError
    from .host import current_host

    if not text.strip():
        raise AlbumError(
            f"Name a folder in '{name}': an audit compares pictures that were used with others that were not."
        )
    return current_host().input_directory() / Path(text.strip()).expanduser()


def _model(renderer):
    from ..stages.errors import AlbumError

    if renderer is None:
        return None
    score_model = getattr(renderer, "score_model", None)
    if score_model is None:
        raise AlbumError(
            f"The model of the renderer '{renderer.name}' cannot be asked about single pictures: connect Album Builtin "
            "Renderer or Album Diffusers Renderer, or no renderer and a picture encoder."
        )
    return score_model()
