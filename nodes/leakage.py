"""The check that nothing of a gallery has come back."""

from .sockets import ALBUM, ALBUM_ENCODER, ALBUM_GALLERY


class AlbumLeakageCheck:
    CATEGORY = "Synthetic Albums/leakage"
    DESCRIPTION = (
        "Compares every photo of an album with the gallery: near-copies, people, pasted portraits, text and what the "
        "files say. What leaks is withheld: moved out of the album folder and shown as a placeholder. What could not "
        "be compared is never called clean."
    )
    SEARCH_ALIASES = [
        "privacy", "copy detection", "memorization", "near duplicate", "leak", "audit", "face recognition", "identity",
        "metadata", "exif",
    ]  # fmt: skip
    FUNCTION = "check"
    RETURN_TYPES = (ALBUM, "STRING", "INT", "STRING", "IMAGE")
    RETURN_NAMES = ("album", "report", "leaked", "status", "photos")
    OUTPUT_TOOLTIPS = (
        "The same album, with verdicts, for Album Save.",
        "What was compared with what, and the verdict of every photo.",
        "How many photos of the album are withheld because they leaked.",
        "clean, leak or unchecked; only clean means that every photo was compared and none leaked.",
        "All photos in order, as a batch; grey cards stand for those that are withheld or not there. Reduced when it "
        "would exceed 1 GB.",
    )

    @classmethod
    def INPUT_TYPES(cls):
        return {
            "required": {
                "album": (ALBUM, {"tooltip": "From Album Render."}),
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
                "held_out": (
                    ALBUM_GALLERY,
                    {
                        "tooltip": "Pictures of the same kind that cannot have been learned from: is the album nearer "
                        "to the gallery than to these? Empty = not asked."
                    },
                ),
                "private_texts": (
                    "STRING",
                    {
                        "default": "",
                        "placeholder": "empty = personal data alone is looked for",
                        "tooltip": "A file with one private text a line, or a folder of such files, that the plan must "
                        "not repeat: a full path, or one inside the input folder. Empty = none.",
                    },
                ),
                "required": (
                    ["what the gallery allows", "copies and identities"],
                    {
                        "default": "what the gallery allows",
                        "tooltip": "what the gallery allows = a photo is clean if it passes the checks that the "
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
                        "tooltip": "How many false alarms are allowed: the share of albums that show nobody of the "
                        "gallery in which people may be flagged, and of photos that copy nothing of it that an "
                        "encoder may call copies. 0.0001 = hardly any false alarm, more leaks are missed; 0.5 = one "
                        "in every second such album, fewer leaks are missed.",
                    },
                ),
            },
        }

    @classmethod
    def IS_CHANGED(cls, private_texts="", **_others):
        """Follows the private texts, so that one that was added is looked for. Linked ones are known at run time."""
        from ..stages.errors import AlbumError
        from ..stages.leakage import folder_state

        if private_texts is None:
            return float("nan")
        if not private_texts.strip():
            return ""
        path = _path(private_texts)
        try:
            status = path.stat()
            return folder_state(path) if path.is_dir() else f"{status.st_size},{status.st_mtime_ns}"
        except (OSError, ValueError, AlbumError):
            return float("nan")  # run it, then the error is shown on the node

    def check(
        self,
        album,
        threshold_bits,
        gallery=None,
        picture_encoder=None,
        person_encoder=None,
        held_out=None,
        private_texts=None,
        required=None,
        false_alarm_target=None,
    ):
        from ..stages.leakage import CheckOptions, check_album, read_private_texts
        from .host import current_host
        from .images import photo_batch
        from .tables import leakage_report

        host = current_host()
        update = host.progress(100)
        chosen = {"required": required, "false_alarm_target": false_alarm_target}
        checked = check_album(
            album,
            gallery,
            options=CheckOptions(
                threshold_bits=threshold_bits,
                picture_encoder=picture_encoder,
                person_encoder=person_encoder,
                held_out=held_out,
                private_texts=read_private_texts(_path(private_texts)) if (private_texts or "").strip() else None,
                **{name: value for name, value in chosen.items() if value is not None},  # not linked in old graphs
            ),
            on_progress=lambda done, total: update(done, max(1, total), None),
            check_interrupt=host.raise_if_interrupted,
        )
        leaked = sum(photo.status == "withheld" for photo in checked.photos)
        status = checked.leakage.status if checked.leakage else "unchecked"
        return album, leakage_report(checked), leaked, status, photo_batch(album, checked)


def _path(text):
    from pathlib import Path

    from .host import current_host

    return current_host().input_directory() / Path(text.strip()).expanduser()
