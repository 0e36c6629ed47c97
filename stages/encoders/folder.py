"""Whole-picture encoders from a folder on disk: CLIP, SigLIP, DINOv2, ViT and the like, as transformers saves them."""

import hashlib
import json
import re
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import numpy as np

from ..errors import AlbumError
from .calibration_file import CALIBRATION_NAME, fitting_calibration, read_calibrations
from .interface import EncoderFacts
from .loading import file_sha256

if TYPE_CHECKING:
    from .calibration import Calibration

# What config.json may name as model_type: transformers' class, and which of its outputs is the vector. CLIP's is the
# projection that it was trained to compare; ViTs are compared by their first token (Oquab et al., TMLR 2024, section
# 4), convolutional networks by their mean over the picture.
_KINDS: Final = {
    "clip": ("CLIPVisionModelWithProjection", "image_embeds"),
    "clip_vision_model": ("CLIPVisionModelWithProjection", "image_embeds"),
    "siglip": ("SiglipVisionModel", "pooler_output"),
    "siglip_vision_model": ("SiglipVisionModel", "pooler_output"),
    **dict.fromkeys(("dinov2", "dinov2_with_registers", "dinov3_vit", "vit", "deit"), ("AutoModel", "first token")),
    **dict.fromkeys(("convnext", "convnextv2", "resnet", "regnet", "swin", "swinv2"), ("AutoModel", "pooler_output")),
}
_CONFIG: Final = "config.json"
_PREPROCESSOR: Final = "preprocessor_config.json"
_PICKLES: Final = (".bin", ".pt", ".pth", ".ckpt", ".pkl", ".torchscript")
_UNUSED: Final = re.compile(r"(^|\.)(pooler\.|mask_token$|embeddings\.position_ids$)")  # may be missing from weights
_BATCH: Final = 16


class FolderPictureEncoder:
    """A vision network of the user's own. Loads nothing until it encodes."""

    def __init__(self, folder: Path, calibration_file: Path | None = None, *, device: str = "cpu") -> None:
        self.folder, self.device = Path(folder), device
        self._calibration_file = calibration_file
        self._config = _read_json(self.folder / _CONFIG)
        self._kind = _kind(self._config, self.folder)
        self._weights = _weight_files(self.folder)
        _read_json(self.folder / _PREPROCESSOR)  # fails here and not after a minute of loading
        self._facts: EncoderFacts | None = None
        self._state: tuple[tuple[str, int, int], ...] = ()
        self._network: Any = None
        self._processor: Any = None

    @property
    def facts(self) -> EncoderFacts:
        """Name, hash, dimensions and licence. The weights are hashed once, at about a gigabyte a second."""
        if self._facts is None:
            self._state = self._files_state()
            name, dim = _plain(self.folder.resolve().name), _dimensions(self._config, self.folder)
            self._facts = EncoderFacts(name, self._hashed(), dim, "picture", license=_license(self.folder))
        return self._facts

    @property
    def calibration(self) -> "Calibration | None":
        """Of the file that was given, else of calibration.json beside the weights; None where there is neither.

        Raises:
            AlbumError: the file is missing, not valid, of another version, or was made for other weights.
        """
        path = self._calibration_file or self.folder / CALIBRATION_NAME
        if self._calibration_file is None and not path.is_file():
            return None
        return fitting_calibration(read_calibrations(path), self.facts, None, source=path)

    def encode(self, pictures: Sequence[np.ndarray]) -> np.ndarray:
        """Vectors of pictures, prepared as the folder's preprocessor_config.json says.

        Args:
            pictures: (height, width, 3) uint8 of any sizes.

        Returns:
            (pictures, dim) float32 of unit length.

        Raises:
            AlbumError: transformers or torch is missing, the weights do not fit the network, were changed while in
                use, or give values that are no numbers.
        """
        import torch

        self._load()
        found = [np.zeros((0, self.facts.dim), np.float32)]
        with torch.inference_mode():
            for first in range(0, len(pictures), _BATCH):
                part = [_checked(picture) for picture in pictures[first : first + _BATCH]]
                inputs = self._processor(images=part, return_tensors="pt", input_data_format="channels_last")
                output = self._network(pixel_values=inputs["pixel_values"].to(self.device))
                found.append(_vectors(output, self._kind[1]).float().cpu().numpy().astype(np.float32))
        return _unit(np.concatenate(found), self.facts)

    def close(self) -> None:
        """Give memory back; the next call loads again."""
        self._network = self._processor = None

    def _files_state(self) -> tuple[tuple[str, int, int], ...]:
        """What changes when a file is written: a name, its size and time."""
        paths = [*self._weights, self.folder / _CONFIG, self.folder / _PREPROCESSOR]
        stats = [(path.name, path.stat()) for path in paths]
        return tuple((name, stat.st_size, stat.st_mtime_ns) for name, stat in stats)

    def _hashed(self) -> str:
        """One hash over all that the vectors depend on: weights, configuration and preparation."""
        whole = hashlib.sha256()
        for path in [*self._weights, self.folder / _CONFIG, self.folder / _PREPROCESSOR]:
            try:
                digest = file_sha256(path)
            except OSError as error:
                raise AlbumError(f"The encoder's file {path} cannot be read ({error}).") from error
            whole.update(f"{path.name}\0{digest}\0".encode())
        return whole.hexdigest()

    def _load(self) -> None:
        if self._network is not None:
            return
        known = self.facts
        if self._files_state() != self._state:
            raise AlbumError(
                f"The files of the encoder in {self.folder} were changed while they were in use, so new vectors could "
                "not be compared with the earlier ones: run the whole check again."
            )
        try:
            import transformers
            from safetensors import SafetensorError
        except ImportError as error:
            raise AlbumError(
                f"The encoder {known.name} needs the package '{error.name}': pip install transformers torch."
            ) from error
        self._processor = _processor(transformers, self.folder)
        said = transformers.logging.get_verbosity()
        transformers.logging.set_verbosity_error()  # it would list every part of CLIP's text tower as left over
        try:
            network, found = getattr(transformers, self._kind[0]).from_pretrained(
                self.folder, config=_vision_config(transformers, self.folder), local_files_only=True,
                use_safetensors=True, trust_remote_code=False, output_loading_info=True,
            )  # fmt: skip
        except (OSError, ValueError, KeyError, TypeError, RuntimeError, AttributeError, SafetensorError) as error:
            raise AlbumError(f"The encoder in {self.folder} cannot be loaded: {_short(error)}.") from error
        finally:
            transformers.logging.set_verbosity(said)
        missing = [name for name in found["missing_keys"] if not self._may_miss(name)]
        if missing or found.get("mismatched_keys"):
            raise AlbumError(
                f"The weights in {self.folder} lack {len(missing)} parts of a {self._config['model_type']} model, e.g. "
                f"{', '.join(sorted(missing)[:3]) or 'of the right shape'}: it would encode with random values. Give "
                "the whole model."
            )
        self._network = network.float().to(self.device).eval()

    def _may_miss(self, name: str) -> bool:
        """A pooler that is not read may be missing, as it is in many files of ViTs."""
        return self._kind[1] == "first token" and bool(_UNUSED.search(name))


def picture_encoder_from_folder(folder: Path, calibration_file: Path | None = None) -> FolderPictureEncoder:
    """An encoder of whole pictures from a folder with config.json, preprocessor_config.json and safetensors weights.

    CLIP, SigLIP, DINOv2, DINOv3, ViT, DeiT, ConvNeXt, ResNet, RegNet and Swin are known. Nothing is downloaded, and no
    code of the folder is run.

    Args:
        folder: of the model.
        calibration_file: to use instead of calibration.json beside the weights.

    Raises:
        AlbumError: the folder or a file is missing, the weights are pickles, or the kind of network is not known.
    """
    return FolderPictureEncoder(folder, calibration_file)


def _read_json(path: Path) -> dict[str, Any]:
    if not path.parent.is_dir():
        raise AlbumError(f"There is no folder {path.parent}: give the folder of a vision model.")
    try:
        data = json.loads(path.read_text(encoding="utf-8"))
    except FileNotFoundError as error:
        raise AlbumError(
            f"The folder {path.parent} has no {path.name}, so it is not a model as transformers saves it: download the "
            "whole model folder and not the weights alone."
        ) from error
    except (OSError, ValueError, RecursionError) as error:
        raise AlbumError(f"The file {path} cannot be read as JSON ({error}): download it again.") from error
    if not isinstance(data, dict):
        raise AlbumError(f"The file {path} holds no settings: download it again.")
    return data


def _kind(config: dict[str, Any], folder: Path) -> tuple[str, str]:
    named = str(config.get("model_type", ""))
    if named not in _KINDS:
        raise AlbumError(
            f"The model in {folder} is of the type '{named:.40}', which is not known as an encoder of pictures. Known "
            f"are: {', '.join(sorted(_KINDS))}."
        )
    return _KINDS[named]


def _weight_files(folder: Path) -> list[Path]:
    files = sorted(path for path in folder.iterdir() if path.is_file())
    weights = [path for path in files if path.suffix == ".safetensors"]
    if weights:
        return weights
    pickles = [path.name for path in files if path.suffix in _PICKLES]
    if pickles:
        raise AlbumError(
            f"The weights in {folder} are pickles ({', '.join(pickles[:3])}), which can run any code when they are "
            "loaded, so they are refused: give the same model as .safetensors."
        )
    raise AlbumError(f"The folder {folder} holds no .safetensors weights: download the whole model folder.")


def _processor(transformers: Any, folder: Path) -> Any:
    """The folder's own preparation, always by Pillow: others round differently, and one of them needs torchvision."""
    new = int(transformers.__version__.partition(".")[0]) >= 5
    options: dict[str, Any] = {"backend": "pil"} if new else {"use_fast": False}
    try:
        return transformers.AutoImageProcessor.from_pretrained(
            folder, local_files_only=True, trust_remote_code=False, **options
        )  # fmt: skip
    except (OSError, ValueError, KeyError, TypeError, ImportError) as error:
        raise AlbumError(f"The file {folder / _PREPROCESSOR} cannot be used: {_short(error)}.") from error


def _vision_config(transformers: Any, folder: Path) -> Any:
    """The configuration of the part that looks at pictures."""
    whole = transformers.AutoConfig.from_pretrained(folder, local_files_only=True, trust_remote_code=False)
    vision = getattr(whole, "vision_config", None)
    if vision is None:
        return whole
    if hasattr(whole, "projection_dim"):  # the tower's own may be a default that its weights do not have
        vision.projection_dim = whole.projection_dim
    return vision


def _dimensions(config: dict[str, Any], folder: Path) -> int:
    vision = config.get("vision_config") or config
    if config["model_type"].startswith("clip"):
        found = config.get("projection_dim") or vision.get("projection_dim", 512)
    elif config["model_type"] in ("swin", "swinv2"):
        found = vision.get("embed_dim", 96) * 2 ** (len(vision.get("depths", (2, 2, 6, 2))) - 1)
    else:
        found = (vision.get("hidden_sizes") or [vision.get("hidden_size", 768)])[-1]
    if not isinstance(found, int) or not 1 <= found <= 65536:
        raise AlbumError(f"The file {folder / _CONFIG} gives no usable vector length ({found!r:.40}).")
    return found


def _vectors(output: Any, which: str) -> Any:
    if which == "first token":
        return output.last_hidden_state[:, 0]
    return getattr(output, which).flatten(1)


def _unit(vectors: np.ndarray, facts: EncoderFacts) -> np.ndarray:
    norms = np.linalg.norm(vectors, axis=1, keepdims=True)
    if vectors.shape[1] != facts.dim:
        raise AlbumError(f"The encoder {facts.label} gave vectors of {vectors.shape[1]} numbers, not {facts.dim}.")
    if not (np.isfinite(norms).all() and (norms > 0).all()):
        raise AlbumError(
            f"The encoder {facts.label} gave vectors that are zero or not numbers: its weights may be damaged."
        )
    return vectors / norms


def _checked(picture: np.ndarray) -> np.ndarray:
    if picture.ndim != 3 or picture.shape[2] != 3 or picture.dtype != np.uint8 or 0 in picture.shape:
        raise AlbumError(f"An encoder reads (height, width, 3) uint8 and not {picture.shape} {picture.dtype}.")
    return picture


def _license(folder: Path) -> str:
    """What the model card's header names."""
    try:
        with (folder / "README.md").open(encoding="utf-8") as file:
            head = file.read(4000)
    except (OSError, ValueError):
        return ""
    found = re.search(r"\A---\n(?:.*\n)*?license:\s*([\w.\- ]{1,60})\n", head)
    return found[1].strip() if found else ""


def _plain(name: str) -> str:
    return re.sub(r"[^\w.\- ]", "_", name)[:80] or "encoder"


def _short(error: BaseException) -> str:
    return f"{' '.join(str(error).split()):.300}".rstrip(".") or type(error).__name__
