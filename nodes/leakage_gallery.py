"""What must not come back: a folder of private pictures, a gallery file, or both."""

from .sockets import ALBUM_ENCODER, ALBUM_GALLERY


class AlbumGallery:
    CATEGORY = "Synthetic Albums/leakage"
    DESCRIPTION = (
        "Reads a folder of private pictures that no photo may copy, or a file of vectors made from them. Only hashes "
        "and vectors are kept, never pictures or names."
    )
    SEARCH_ALIASES = ["private photos", "reference images", "training data", "gallery", "privacy", "embeddings"]
    FUNCTION = "read"
    RETURN_TYPES = (ALBUM_GALLERY, "STRING")
    RETURN_NAMES = ("gallery", "summary")
    OUTPUT_TOOLTIPS = (
        "For Album Leakage Check.",
        "How many pictures and people were found, by which encoders, and which files could not be used.",
    )

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
                        "folder. Empty = no gallery: the album is then marked as not checked, unless a file is given.",
                    },
                )
            },
            "optional": {
                "picture_encoder": (
                    ALBUM_ENCODER,
                    {
                        "tooltip": "Gives every picture a vector, which finds copies that hashes miss. Without one "
                        "pictures are compared by hashes alone."
                    },
                ),
                "person_encoder": (
                    ALBUM_ENCODER,
                    {
                        "tooltip": "Gives everybody whom its detector finds in the pictures a vector. Without one "
                        "people are not compared."
                    },
                ),
                "file": (
                    "STRING",
                    {
                        "default": "",
                        "placeholder": "empty = read everything anew",
                        "tooltip": "A .safetensors file: a full path, or one inside the input folder. With a folder it "
                        "is made, and at later runs only new pictures are read. Without one the gallery in it is used; "
                        "it may be an embedding file made elsewhere. Empty = nothing is kept.",
                    },
                ),
            },
        }

    @classmethod
    def IS_CHANGED(cls, folder, picture_encoder=None, person_encoder=None, file=""):
        """Follows folder and file, so that a new picture is seen. A linked path is known only at run time."""
        from ..stages.errors import AlbumError
        from ..stages.leakage import gallery_state

        if folder is None or file is None:
            return float("nan")
        try:
            return gallery_state(_path(folder), _path(file))
        except AlbumError:
            return float("nan")  # run it, then the error is shown on the node

    def read(self, folder, picture_encoder=None, person_encoder=None, file=None):
        from ..stages.leakage import open_gallery
        from .host import current_host

        _require_kind(picture_encoder, "picture")
        _require_kind(person_encoder, "person")
        host = current_host()
        update = host.progress(1)
        gallery = open_gallery(
            _path(folder),
            _path(file or ""),
            picture_encoder=picture_encoder,
            person_encoder=person_encoder,
            on_progress=lambda done, total: update(done, max(1, total), None),
            check_interrupt=host.raise_if_interrupted,
        )
        if gallery is None:
            return None, "No gallery: the album will be marked as not checked."
        return gallery, gallery.summary()


def _path(text):
    """A path of the user's, or None where nothing is said."""
    from pathlib import Path

    from .host import current_host

    return current_host().input_directory() / Path(text.strip()).expanduser() if text.strip() else None


def _require_kind(encoder, looks_at):
    from ..stages.errors import AlbumError

    if encoder is not None and encoder.facts.looks_at != looks_at:
        raise AlbumError(
            f"The input '{looks_at}_encoder' has {encoder.facts.name}, which looks at {encoder.facts.looks_at}s: "
            f"connect an encoder of {'people' if looks_at == 'person' else 'pictures'} there."
        )
