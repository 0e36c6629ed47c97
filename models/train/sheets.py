"""Sample sheets: what the model paints beside what was drawn."""

import json
import shutil
from collections.abc import Sequence
from pathlib import Path
from typing import Any, Final

import numpy as np
import torch
from PIL import Image

from ...stages.render.builtin.hashes import write_hashes
from ...stages.render.builtin.sampler import BuiltinModel, Sampling, load_builtin, refine, sample
from ...stages.render.renderer import PhotoJob
from ...stages.render.storyboard.renderer import drawn_view
from .batches import Scenes
from .dataset import PORTRAIT

_NOISE_SEED: Final = 7
SHIFT: Final = 2.0  # of the sampler's times towards strong noise (Esser et al., ICML 2024, equation 23)


def assemble(
    average: Path,
    *,
    upsampler: Path | None = None,
    detailer: Path | None = None,
    identity_encoder: Path | None = None,
    half: bool = False,
) -> None:
    """Complete a folder of trained networks: scheduler, index, hashes.

    Args:
        average: folder with unet/, conditioner/, text_encoder/ and tokenizer/.
        upsampler: folder that is copied in.
        detailer: folder of its unet/ and conditioner/, which become detail_unet/ and detail_conditioner/.
        identity_encoder: likewise.
        half: store the weights of the generator in half precision; loaders turn them back.
    """
    from diffusers import FlowMatchEulerDiscreteScheduler

    FlowMatchEulerDiscreteScheduler(num_train_timesteps=1000, shift=SHIFT).save_pretrained(average / "scheduler")
    copied = {"upsampler": upsampler, "identity_encoder": identity_encoder}
    for name in ("unet", "conditioner"):
        copied[f"detail_{name}"] = None if detailer is None else detailer / name
    for name, source in copied.items():
        if source is not None:
            shutil.copytree(source, average / name, dirs_exist_ok=True)
    if half:
        for path in sorted(average.rglob("*.safetensors")):
            _halve(path)
    package = __name__.rpartition(".models.")[0]
    networks = f"{package}.stages.render.builtin.networks"
    index = {
        "_class_name": "AlbumPipeline",
        "unet": ["diffusers", "UNet2DConditionModel"],
        "scheduler": ["diffusers", "FlowMatchEulerDiscreteScheduler"],
        "text_encoder": ["transformers", "CLIPTextModel"],
        "tokenizer": ["transformers", "PreTrainedTokenizerFast"],
        "conditioner": [networks, "AlbumConditioner"],
        "upsampler": [networks, "AlbumUpsampler"],
    }
    if (average / "detail_unet").is_dir():
        index |= {f"detail_{name}": index[name] for name in ("unet", "conditioner")}
    (average / "model_index.json").write_text(json.dumps(index, indent=2) + "\n", encoding="utf-8")
    write_hashes(average)


def _halve(path: Path) -> None:
    """Store floating-point weights in half precision; what reads them turns them back."""
    from safetensors.torch import load_file, save_file

    tensors = load_file(path)
    halved = {name: value.half() if value.is_floating_point() else value for name, value in tensors.items()}
    save_file(halved, path, metadata={"format": "pt"})


def paint(
    model: BuiltinModel,
    jobs: Sequence[PhotoJob],
    vectors: Sequence[Sequence[np.ndarray | None]],
    *,
    sampling: Sampling,
    seed: int = _NOISE_SEED,
    batch: int = 16,
    portraits: bool = True,
) -> np.ndarray:
    """Render jobs at the denoiser's size and refine or enlarge them once where the model can.

    Args:
        model: of `load_builtin`.
        jobs: what to render.
        vectors: for each job the identity vector of each of its characters, or None.
        sampling: how.
        seed: of the noise.
        batch: jobs at once.
        portraits: whether the detailer is shown drawn portraits of the cast.

    Returns:
        (jobs, 256, 256, 3) uint8, or (jobs, 128, 128, 3) without an upsampler.
    """
    generator = torch.Generator().manual_seed(seed)
    cells = model.size // model.patch
    pictures: list[np.ndarray] = []
    for first in range(0, len(jobs), batch):
        part = list(jobs[first : first + batch])
        noise = torch.randn(len(part), 3 * model.patch**2, cells, cells, generator=generator)
        made = sample(model, part, vectors[first : first + batch], noise.to(model.unet.device), sampling)
        for job, known, picture in zip(part, vectors[first : first + batch], made, strict=True):
            large = picture[None]
            if model.upsampler is not None:
                large = refine(model, job, known, large, sampling, _portraits(job) if portraits else ())
            pictures.append(_bytes(large[0]))
    return np.stack(pictures)


def _portraits(job: PhotoJob) -> list[np.ndarray | None]:
    people = [character if character.kind == "person" else None for character in job.characters]
    return [one and drawn_view(one, "front", PORTRAIT) for one in people]


def vectors_of(scenes: Scenes, chosen: Sequence[int]) -> list[list[np.ndarray | None]]:
    """Identity vectors of the casts of examples, from their first portraits; None where they were not encoded."""
    found: list[list[np.ndarray | None]] = []
    for index in chosen:
        example = scenes.examples[index]
        known = scenes.vectors.get(example.shard)
        found.append([None if known is None else known[face, 0] for face in example.faces])
    return found


def jobs_of(scenes: Scenes, chosen: Sequence[int]) -> list[PhotoJob]:
    """The photo jobs of examples."""
    jobs: dict[int, list[PhotoJob]] = {}
    for index in chosen:
        shard = scenes.examples[index].shard
        if shard not in jobs:
            jobs[shard] = list(scenes.shards[shard].jobs())
    return [jobs[scenes.examples[index].shard][scenes.examples[index].scene] for index in chosen]


def write_sheet(folder: Path, scenes: Scenes, path: Path, *, count: int = 24, upsampler: bool = False) -> None:
    """A sheet of held-out scenes: drawn above, sampled below, eight to a row.

    Args:
        folder: of the model.
        scenes: held-out ones.
        path: of the PNG.
        count: scenes, a multiple of eight.
        upsampler: whether the model has one.
    """
    model = load_builtin(folder, upsampler=upsampler)
    step = max(1, len(scenes.examples) // count)
    chosen = list(range(0, step * count, step))
    made = paint(model, jobs_of(scenes, chosen), vectors_of(scenes, chosen), sampling=Sampling())
    side = made.shape[1]
    drawn = np.stack([_at(scenes.picture(scenes.examples[index]), side) for index in chosen])
    rows = []
    for first in range(0, count, 8):
        rows += [np.concatenate(list(one[first : first + 8]), axis=1) for one in (drawn, made)]
    Image.fromarray(np.concatenate(rows)).save(path)


def _at(picture: np.ndarray, side: int) -> np.ndarray:
    return np.asarray(Image.fromarray(np.array(picture)).resize((side, side), Image.Resampling.BOX))


def _bytes(picture: Any) -> np.ndarray:
    return ((picture.float().cpu().numpy() * 0.5 + 0.5) * 255 + 0.5).astype(np.uint8).transpose(1, 2, 0)
