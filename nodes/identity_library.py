"""The character library: people who star in more than one album."""

from .identity import PORTRAIT_SIZE, cast_pictures
from .sockets import ALBUM_CAST, ALBUM_ENCODER, ALBUM_PLAN


class AlbumCastSave:
    CATEGORY = "Synthetic Albums/identity"
    DESCRIPTION = (
        "Saves a cast as one .safetensors file: vectors, portraits, looks, consent, and how it was made, so that the "
        "same people can star in another album."
    )
    SEARCH_ALIASES = ["character library", "save character", "export cast", "safetensors", "identity"]
    FUNCTION = "save"
    OUTPUT_NODE = True
    RETURN_TYPES = ("STRING",)
    RETURN_NAMES = ("summary",)
    OUTPUT_TOOLTIPS = ("Where the file is, and who is in it.",)

    @classmethod
    def INPUT_TYPES(cls):
        return {
            "required": {
                "cast": (ALBUM_CAST, {"tooltip": "From Album Identity or Album Cast Load."}),
                "plan": (ALBUM_PLAN, {"tooltip": "The plan of that cast: it says how everybody looks."}),
                "file_name": (
                    "STRING",
                    {
                        "default": "casts/my cast",
                        "tooltip": "A name inside the output folder, e.g. 'casts/ana'; .safetensors is added. A cast "
                        "file of that name is replaced, any other file is not.",
                    },
                ),
                "license": (
                    "STRING",
                    {
                        "default": "",
                        "placeholder": "e.g. CC-BY-4.0, or: only for our own album",
                        "tooltip": "Under what others may use these people, in your own words. Empty = not stated.",
                    },
                ),
            },
            "optional": {
                "encoder": (
                    ALBUM_ENCODER,
                    {"tooltip": "The encoder that Album Identity used: its hash and licence are written down."},
                ),
            },
        }

    def save(self, cast, plan, file_name, license, encoder=None):  # noqa: A002  # the id of the input
        from ..stages.identity import cast_file_path, save_cast_file
        from .host import current_host
        from .identity import require_same_looks

        require_same_looks(cast, plan)
        path = cast_file_path(current_host().output_directory(), file_name)
        encoders = [encoder.facts] if encoder is not None else []
        save_cast_file(path, cast, characters=plan.characters, license=license, encoders=encoders)
        who = ", ".join(character.name for character in plan.characters)
        return (f"{path}\n{who}",)


class AlbumCastLoad:
    CATEGORY = "Synthetic Albums/identity"
    DESCRIPTION = (
        "Reads a cast that Album Cast Save wrote. With a plan, its people play characters of that plan: they bring "
        "their looks, vectors and portraits, and keep the story's names and clothes."
    )
    SEARCH_ALIASES = ["character library", "load character", "import cast", "safetensors", "reuse character"]
    FUNCTION = "load"
    RETURN_TYPES = (ALBUM_CAST, ALBUM_PLAN, "IMAGE", "STRING")
    RETURN_NAMES = ("cast", "plan", "portraits", "summary")
    OUTPUT_TOOLTIPS = (
        "For Album Render: everybody of the plan, the saved people in their parts. Without a plan, the saved people.",
        "The plan with their looks, for Album Layout and Album Render. Nothing without a plan.",
        "One portrait of each, as a batch; a single grey picture where there is none.",
        "What the file says of itself: who, from what, licence, consent, encoders.",
    )

    @classmethod
    def INPUT_TYPES(cls):
        return {
            "required": {
                "file_name": (
                    "STRING",
                    {
                        "default": "casts/my cast",
                        "tooltip": "The file inside the output folder, or else inside the input folder, e.g. "
                        "'casts/ana'. Only .safetensors files are read.",
                    },
                ),
            },
            "optional": {
                "plan": (ALBUM_PLAN, {"tooltip": "The story that they are to play in."}),
                "mapping": (
                    "STRING",
                    {
                        "default": "",
                        "placeholder": "ana=maria",
                        "tooltip": "Who plays whom: saved=planned, by id or name, several apart by commas or lines. "
                        "Empty = whoever has the same id or name. Needs a plan.",
                    },
                ),
            },
        }

    @classmethod
    def IS_CHANGED(cls, file_name, **_others):
        """Follows the file."""
        from ..stages.errors import AlbumError

        try:
            path = _existing(file_name) if file_name is not None else None
            status = path.stat() if path is not None else None
        except (AlbumError, OSError):
            return float("nan")  # run it, then the error is shown on the node
        return float("nan") if status is None else f"{path} {status.st_size} {status.st_mtime_ns}"

    def load(self, file_name, plan=None, mapping=None):
        from ..stages.errors import AlbumError
        from ..stages.identity import bring_into_plan, read_cast_file

        mapping = mapping or ""
        document = read_cast_file(_existing(file_name))
        cast = document.cast
        if plan is not None:
            plan, cast = bring_into_plan(plan, document, mapping)
        elif mapping.strip():
            raise AlbumError("A mapping says who plays whom in a plan: connect the plan, or leave the mapping empty.")
        portraits, _ = cast_pictures(cast, PORTRAIT_SIZE)
        return cast, plan, portraits, _summary(document)


def _existing(file_name):
    from ..stages.identity import cast_file_path
    from .host import current_host

    host = current_host()
    paths = [cast_file_path(root, file_name) for root in (host.output_directory(), host.input_directory())]
    return next((path for path in paths if path.is_file()), paths[0])


def _summary(document):
    lines = []
    for member in document.cast.members:
        look = document.character(member.character)
        consent = f" Consent: {member.consent}" if member.consent else ""
        name = look.name if look else member.character
        lines.append(f"{name} ({member.character}): {member.source}, {member.encoder}.{consent}")
    about = document.about
    lines += [f"{key}: {about[key]}" for key in ("license", "software") if about.get(key)]
    for encoder in about.get("encoders", []):
        if isinstance(encoder, dict):
            lines.append(f"encoder: {encoder.get('name')} {str(encoder.get('sha256'))[:12]} {encoder.get('license')}")
    return "\n".join(lines)
