"""What must not come back, and the check that it has not."""

from .sockets import ALBUM, ALBUM_GALLERY


class AlbumGallery:
    CATEGORY = "Synthetic Albums/leakage"
    DESCRIPTION = (
        "Reads a folder of private pictures that no photo may copy. Only hashes are kept, never pictures or names."
    )
    SEARCH_ALIASES = ["private photos", "reference images", "training data", "gallery", "privacy"]
    FUNCTION = "read"
    RETURN_TYPES = (ALBUM_GALLERY, "STRING")
    RETURN_NAMES = ("gallery", "summary")
    OUTPUT_TOOLTIPS = ("For Album Leakage Check.", "How many pictures were read, and which could not be.")

    @classmethod
    def INPUT_TYPES(cls):
        return {
            "required": {
                "folder": (
                    "STRING",
                    {
                        "default": "",
                        "placeholder": "empty = no gallery, nothing is checked",
                        "tooltip": "A folder of pictures, with its sub-folders: a full path, or one inside the input "
                        "folder. Empty = no gallery: the album is then marked as not checked.",
                    },
                )
            }
        }

    @classmethod
    def IS_CHANGED(cls, folder):
        """Follows the files, so that a picture that was added is seen. A linked folder is known only at run time."""
        from ..stages.errors import AlbumError
        from ..stages.leakage import folder_state

        if folder is None:
            return float("nan")
        try:
            return folder_state(_folder(folder)) if folder.strip() else ""
        except AlbumError:
            return float("nan")  # run it, then the error is shown on the node

    def read(self, folder):
        from ..stages.leakage import build_gallery

        if not folder.strip():
            return None, "No gallery: the album will be marked as not checked."
        gallery = build_gallery(_folder(folder))
        skipped = "".join(f"\n- {line}" for line in gallery.skipped)
        return gallery, f"Pictures in the gallery: {gallery.count}; could not be used: {len(gallery.skipped)}.{skipped}"


class AlbumLeakageCheck:
    CATEGORY = "Synthetic Albums/leakage"
    DESCRIPTION = (
        "Compares every photo of an album with the gallery. Near-copies are withheld: moved out of the album folder "
        "and shown as a placeholder. What could not be compared is never called clean."
    )
    SEARCH_ALIASES = ["privacy", "copy detection", "memorization", "near duplicate", "leak", "audit"]
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
            },
        }

    def check(self, album, threshold_bits, gallery=None):
        from ..stages.leakage import check_album
        from .host import current_host
        from .images import photo_batch
        from .tables import leakage_report

        host = current_host()
        update = host.progress(100)
        checked = check_album(
            album,
            gallery,
            threshold_bits=threshold_bits,
            on_progress=lambda done, total: update(done, max(1, total), None),
            check_interrupt=host.raise_if_interrupted,
        )
        leaked = sum(photo.status == "withheld" for photo in checked.photos)
        status = checked.leakage.status if checked.leakage else "unchecked"
        return album, leakage_report(checked), leaked, status, photo_batch(album, checked)


def _folder(folder):
    from pathlib import Path

    from .host import current_host

    return current_host().input_directory() / Path(folder.strip()).expanduser()
