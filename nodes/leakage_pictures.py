"""The leakage check of pictures that were made elsewhere."""

from .sockets import ALBUM_ENCODER, ALBUM_GALLERY


class AlbumPictureAudit:
    CATEGORY = "Synthetic Albums/leakage"
    DESCRIPTION = (
        "Compares pictures that were made elsewhere with the gallery: a folder of them, or pictures of this graph. "
        "Finds near-copies and people, and writes a report as a page. The pictures stay where they are, and what could "
        "not be compared is never called clean."
    )
    SEARCH_ALIASES = [
        "audit folder", "check images", "privacy", "copy detection", "memorization", "data protection",
        "face recognition",
    ]  # fmt: skip
    FUNCTION = "audit"
    OUTPUT_NODE = True
    INPUT_IS_LIST = True
    RETURN_TYPES = ("STRING", "IMAGE", "STRING", "INT", "STRING")
    RETURN_NAMES = ("text", "picture", "page", "leaked", "status")
    OUTPUT_TOOLTIPS = (
        "The whole report in words, with every picture.",
        "The report on one picture, a batch of one: verdict, checks, and every picture; leaks are never shown.",
        "The path of reports/leakage.html; reports/leakage.json lies beside it. Empty without a report_name.",
        "How many pictures leak.",
        "clean, leak or unchecked; only clean means that every picture was compared and none leaked.",
    )

    @classmethod
    def INPUT_TYPES(cls):
        return {
            "required": {
                "folder": (
                    "STRING",
                    {
                        "default": "",
                        "placeholder": "the pictures to look at",
                        "tooltip": "The folder of pictures to look at, with its sub-folders: a full path, or one "
                        "inside the input folder. Empty = none: only connected images are looked at.",
                    },
                ),
                "report_name": (
                    "STRING",
                    {
                        "default": "audit",
                        "tooltip": "Folder inside the output folder that the report is written to, in the place of an "
                        "earlier one. Empty = it is only shown.",
                    },
                ),
                "threshold_bits": (
                    "INT",
                    {
                        "default": 8,
                        "min": 0,
                        "max": 71,
                        "tooltip": "How many of 143 bits of the picture hash may differ in a copy. 0 = only all but "
                        "equal pictures, 71 = almost everything is called a copy. The default was measured.",
                    },
                ),
            },
            "optional": {
                "gallery": (ALBUM_GALLERY, {"tooltip": "From Album Gallery. Without one nothing can be called clean."}),
                "images": (
                    "IMAGE",
                    {"tooltip": "Pictures of this graph, a batch or a list: from VAE Decode, Load Image or others."},
                ),
                "picture_encoder": (
                    ALBUM_ENCODER,
                    {
                        "tooltip": "The encoder that looked at the gallery's pictures. Empty = the one that came with "
                        "the gallery, or the built-in one."
                    },
                ),
                "person_encoder": (
                    ALBUM_ENCODER,
                    {"tooltip": "The encoder that looked for people in the gallery. Empty = likewise."},
                ),
                "required": (
                    ["what the gallery allows", "copies and identities"],
                    {
                        "default": "what the gallery allows",
                        "tooltip": "what the gallery allows = a picture is clean if it passes the checks that the "
                        "gallery has the data for; copies and identities = only if it was compared as a whole and "
                        "everybody in it was.",
                    },
                ),
                "false_alarm_target": (
                    "FLOAT",
                    {
                        "default": 0.01,
                        "min": 0.0001,
                        "max": 0.5,
                        "step": 0.0001,
                        "round": 0.0001,
                        "tooltip": "How many false alarms are allowed, of pictures that show nobody and copy nothing "
                        "of the gallery. 0.0001 = hardly any, more leaks are missed; 0.5 = one in every second such "
                        "audit, fewer leaks are missed.",
                    },
                ),
            },
        }

    @classmethod
    def VALIDATE_INPUTS(cls, report_name):
        from ..stages.errors import AlbumError
        from .render_collect import first

        try:
            _report_folder(first(report_name) or "")  # None where it is linked: known only when the graph runs
        except AlbumError as error:
            return str(error)
        return True

    @classmethod
    def IS_CHANGED(cls, folder, **_others):
        """Follows the folder, so that a new picture is seen. A linked one is known only at run time."""
        from ..stages.errors import AlbumError
        from ..stages.leakage import folder_state
        from .render_collect import first

        text = first(folder)
        try:
            return float("nan") if text is None else folder_state(_path(text)) if text.strip() else ""
        except (AlbumError, OSError, ValueError):
            return float("nan")  # run it, then the error is shown on the node

    def audit(
        self,
        folder,
        report_name,
        threshold_bits,
        gallery=None,
        images=None,
        picture_encoder=None,
        person_encoder=None,
        required=None,
        false_alarm_target=None,
    ):
        import numpy as np

        from ..stages.leakage import CheckOptions, check_pictures
        from ..stages.leakage.report import (
            audit_report,
            audit_thumbnail,
            report_picture,
            report_text,
            write_audit_report,
        )
        from .host import current_host
        from .images import image_batch, separate
        from .render_collect import first

        place = _path(first(folder)) if first(folder).strip() else None
        report_folder = _report_folder(first(report_name))
        chosen = {"required": first(required), "false_alarm_target": first(false_alarm_target)}
        pictures = separate(images or [])
        host = current_host()
        update = host.progress(100)
        checked = check_pictures(
            place,
            first(gallery),
            pictures=pictures,
            options=CheckOptions(
                threshold_bits=first(threshold_bits),
                picture_encoder=first(picture_encoder),
                person_encoder=first(person_encoder),
                **{name: value for name, value in chosen.items() if value is not None},
            ),
            on_progress=lambda done, total: update(done, max(1, total), None),
            check_interrupt=host.raise_if_interrupted,
            keep=audit_thumbnail,
        )
        parts = audit_report(checked, title=_title(place, len(pictures)))
        page = str(write_audit_report(report_folder, parts).page) if report_folder is not None else ""
        text = report_text(parts.report)
        picture = image_batch([np.array(report_picture(parts.report, parts.thumbnails))], 1)
        leaked = sum(one.verdict.status == "leak" for one in checked.pictures)
        return {"ui": {"text": [text]}, "result": (text, picture, page, leaked, checked.summary.status)}


def _path(text):
    from pathlib import Path

    from .host import current_host

    return current_host().input_directory() / Path(text.strip()).expanduser()


def _report_folder(name):
    """None where nothing is written."""
    from ..stages.album_folder import album_path
    from .host import current_host

    return album_path(current_host().output_directory(), name) if name.strip() else None


def _title(folder, images):
    """What was looked at, without where it lies."""
    of_graph = f"{images} {'picture' if images == 1 else 'pictures'} of a graph" if images else ""
    return ", and ".join(filter(None, (folder.name if folder is not None else "", of_graph))) or "No pictures"
