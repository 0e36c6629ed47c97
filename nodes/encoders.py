"""Encoders that compare photos with private pictures: the built-in ones, and the user's own."""

from .sockets import ALBUM_ENCODER
from .weight_files import files_token

# Folders of ComfyUI that relative paths are looked for in.
_VISION = ("clip_vision",)
_FACES = ("insightface/models", "insightface")
_CALIBRATION_TOOLTIP = (
    "The file that synthetic-albums calibrate wrote: a full path, or one inside the folder of such models. Empty = "
    "calibration.json beside the weights, where there is one. Without a calibration nothing is ever called clean."
)


class AlbumBuiltinEncoder:
    CATEGORY = "Synthetic Albums/encoders"
    DESCRIPTION = (
        "The encoders that come with the pack, calibrated: one compares whole pictures, one compares people. Both "
        "learned from drawn worlds only; for photographs connect a model of your own."
    )
    SEARCH_ALIASES = ["encoder", "embedding", "similarity", "copy detection", "identity", "calibration"]
    FUNCTION = "make"
    RETURN_TYPES = (ALBUM_ENCODER, "STRING")
    RETURN_NAMES = ("encoder", "facts")
    OUTPUT_TOOLTIPS = (
        "For Album Gallery, Album Leakage Check and Album Quality Report. It is loaded when it is needed.",
        "Name, hash, licence, and at which similarity it errs how often.",
    )

    @classmethod
    def INPUT_TYPES(cls):
        return {
            "required": {
                "looks_at": (
                    ["people", "pictures"],
                    {
                        "default": "pictures",
                        "tooltip": "people = heads, to tell whether somebody of the gallery is in a photo. pictures = "
                        "whole pictures, to tell whether a photo is a changed copy.",
                    },
                ),
                "gallery_of": (
                    ["scenes", "portraits"],
                    {
                        "default": "scenes",
                        "tooltip": "For people: what the gallery shows, since error rates differ. scenes = people in "
                        "their surroundings, portraits = head and shoulders.",
                    },
                ),
            }
        }

    def make(self, looks_at, gallery_of):
        from ..stages.encoders import builtin_person_encoder, builtin_picture_encoder

        if looks_at == "people":
            condition = "scene_to_portrait" if gallery_of == "portraits" else "scene_to_scene"
            encoder = builtin_person_encoder(condition=condition)
        else:
            encoder = builtin_picture_encoder()
        return encoder, _facts_text(encoder)


class AlbumEncoderLoader:
    CATEGORY = "Synthetic Albums/encoders"
    DESCRIPTION = (
        "Compares whole pictures with a vision model of your own: CLIP, SigLIP, DINOv2, DINOv3, ViT, ConvNeXt, ResNet "
        "and others, from a folder as transformers saves it. Nothing is downloaded and no code of the folder is run."
    )
    SEARCH_ALIASES = ["CLIP", "DINOv2", "SSCD", "vision model", "encoder", "embedding", "transformers"]
    FUNCTION = "load"
    RETURN_TYPES = (ALBUM_ENCODER, "STRING")
    RETURN_NAMES = ("encoder", "facts")
    OUTPUT_TOOLTIPS = (
        "For Album Gallery, Album Leakage Check and Album Quality Report. It is loaded when it is needed.",
        "Name, hash, licence, and at which similarity it errs how often.",
    )

    @classmethod
    def INPUT_TYPES(cls):
        return {
            "required": {
                "folder": (
                    "STRING",
                    {
                        "default": "",
                        "placeholder": "folder with config.json and safetensors",
                        "tooltip": "A folder with config.json, preprocessor_config.json and .safetensors weights: a "
                        "full path, or one inside models/clip_vision.",
                    },
                ),
                "calibration_file": ("STRING", {"default": "", "tooltip": _CALIBRATION_TOOLTIP}),
            }
        }

    @classmethod
    def IS_CHANGED(cls, folder, calibration_file):
        """Follows the files."""
        return _files_token(_VISION, folder, calibration_file)

    def load(self, folder, calibration_file):
        from ..stages.encoders import picture_encoder_from_folder

        encoder = picture_encoder_from_folder(_model_folder(_VISION, folder), _calibration(_VISION, calibration_file))
        return encoder, _facts_text(encoder)


class AlbumFaceEncoder:
    CATEGORY = "Synthetic Albums/encoders"
    DESCRIPTION = (
        "Compares the faces of photographs with a face pack of your own, such as insightface's buffalo_l or antelopev2 "
        "(pretrained packs: non-commercial research only). Needs the package onnxruntime."
    )
    SEARCH_ALIASES = ["insightface", "ArcFace", "SCRFD", "buffalo_l", "antelopev2", "face recognition", "biometrics"]
    FUNCTION = "load"
    RETURN_TYPES = (ALBUM_ENCODER, "STRING")
    RETURN_NAMES = ("encoder", "facts")
    OUTPUT_TOOLTIPS = (
        "For Album Gallery and Album Leakage Check. It is loaded when it is needed.",
        "Name, hash, licence, and at which similarity it errs how often.",
    )

    @classmethod
    def INPUT_TYPES(cls):
        return {
            "required": {
                "folder": (
                    "STRING",
                    {
                        "default": "buffalo_l",
                        "tooltip": "A folder with a recogniser and a detector as .onnx files: a full path, or one "
                        "inside models/insightface/models.",
                    },
                ),
                "calibration_file": ("STRING", {"default": "", "tooltip": _CALIBRATION_TOOLTIP}),
            }
        }

    @classmethod
    def IS_CHANGED(cls, folder, calibration_file):
        """Follows the files."""
        return _files_token(_FACES, folder, calibration_file)

    def load(self, folder, calibration_file):
        from ..stages.encoders import face_encoder_from_folder

        encoder = face_encoder_from_folder(_model_folder(_FACES, folder), _calibration(_FACES, calibration_file))
        return encoder, _facts_text(encoder)


def _model_folder(kinds, text):
    from ..stages.errors import AlbumError

    if not text.strip():
        raise AlbumError("No encoder folder is given: write the path of a folder on the computer that runs this graph.")
    return _path(kinds, text)


def _calibration(kinds, text):
    return _path(kinds, text) if text.strip() else None


def _path(kinds, text):
    from .host import current_host

    return current_host().model_path(kinds, text.strip())


def _files_token(kinds, folder, calibration_file):
    """Changes with the files; a value that equals nothing where they are not known."""
    if folder is None or calibration_file is None or not folder.strip():
        return float("nan")
    place = _path(kinds, folder)
    files = [*place.glob("*"), *place.glob("*/*")]  # face packs may lie one folder too deep
    files += [_path(kinds, calibration_file)] if calibration_file.strip() else []
    return files_token([files])


def _facts_text(encoder):
    """What is known of an encoder, in lines."""
    facts, calibration = encoder.facts, encoder.calibration
    lines = [
        f"{facts.name}, looks at {'people' if facts.looks_at == 'person' else 'whole pictures'}, {facts.dim} numbers",
        f"sha256 {facts.sha256}",
        f"Licence: {facts.license or 'not stated'}",
    ]
    if calibration is None:
        return "\n".join([*lines, "Not calibrated: nothing can be called clean by it. Run synthetic-albums calibrate."])
    lines.append(
        f"Calibration: {calibration.condition}, {calibration.subjects} subjects, {calibration.genuine_pairs} genuine "
        f"and {calibration.impostor_pairs} impostor pairs, equal error rate {calibration.equal_error_rate.value:.2%}"
    )
    lines += [
        f"- at {point.threshold:.4f}: false matches {point.false_match.value:.2g} of a comparison, misses "
        f"{point.false_non_match.value:.1%} ({point.false_non_match.low:.1%} to {point.false_non_match.high:.1%})"
        for point in calibration.points
    ]
    return "\n".join(lines)
