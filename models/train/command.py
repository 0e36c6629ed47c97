"""The command line of the training."""

import argparse
import json
import os
import shutil
from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any, Final

from .dataset import drawn_shards

PIECES: Final = (
    "world",
    "encoders",
    "heads",
    "calibration",
    "vectors",
    "denoiser",
    "detailer",
    "upsampler",
    "assemble",
    "figures",
)
# How the minutes are shared out; drawing the world and the figures take what they take.
_SHARES: Final = {
    "identity": 0.06,
    "judge": 0.07,
    "copy": 0.04,
    "heads": 0.08,
    "denoiser": 0.36,
    "detailer": 0.34,
    "upsampler": 0.05,
}
# Of the overfit twin: small steps in great number, since few pictures are to be learned to the pixel.
_OVERFIT: Final = {"batch": 8, "lr": 1e-3, "matrix_lr": 2.5e-3}
_SHARDS: Final = {"train": 128, "held_out": 6, "gallery": 2}  # of 128 scenes


def main(argv: Sequence[str] | None = None) -> int:
    """Train; returns the exit code."""
    options = _parser().parse_args(argv)
    import torch

    torch.set_num_threads(options.threads)
    device = options.device or ("cuda" if torch.cuda.is_available() else "cpu")
    run = _Run(options, device)
    for piece in options.pieces or PIECES:
        print(f"== {piece}", flush=True)
        run.pieces[piece]()
    return 0


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="python -m synthetic_albums.models.train",
        description="Train the built-in model on a drawn world. Run the same command again to go on after a stop.",
    )
    parser.add_argument("--minutes", type=float, required=True, help="of training, over all pieces; a twin takes all")
    parser.add_argument("--out", type=Path, required=True, help="folder of world, checkpoints and the finished model/")
    parser.add_argument("--pieces", nargs="+", choices=PIECES, help="only these, in this order")
    parser.add_argument("--world", type=Path, help="folder of the drawn world (default: OUT/world)")
    parser.add_argument("--seed", type=int, default=1, help="of the world and of all weights")
    parser.add_argument("--device", choices=("cpu", "cuda"), help="default: cuda where there is one")
    parser.add_argument("--threads", type=int, default=max(1, (os.cpu_count() or 2) // 2), help="of the CPU")
    parser.add_argument("--shards", type=int, default=_SHARDS["train"], help="of the training world, 128 scenes each")
    parser.add_argument("--channels", type=int, nargs=3, help="widths of the denoiser (default: 64 96 160)")
    parser.add_argument("--start", type=Path, help="a finished model to go on from instead of random weights")
    parser.add_argument(
        "--overfit", type=int, metavar="N", help="make the overfit twin: the first N pictures alone, learned by heart"
    )
    return parser


class _Run:
    """The pieces, with what they share."""

    def __init__(self, options: argparse.Namespace, device: str) -> None:
        self.options, self.device = options, device
        self.out: Path = options.out
        self.world: Path = options.world or self.out / "world"
        self.model = self.out / "model"
        self.pieces: dict[str, Callable[[], None]] = {name: getattr(self, f"_{name}") for name in PIECES}

    def _minutes(self, piece: str) -> float:
        return (1.0 if self.options.overfit else _SHARES[piece]) * self.options.minutes

    def _world(self) -> None:
        from .dataset import draw_shards

        for split, shards in {**_SHARDS, "train": self.options.shards}.items():
            workers = os.cpu_count() or 1
            draw_shards(self.world, split, range(shards), seed=self.options.seed, workers=workers)  # type: ignore[arg-type]
            print(f"{split}: {len(drawn_shards(self.world, split))} shards", flush=True)  # type: ignore[arg-type]

    def _encoders(self) -> None:
        from .encoders import train_copy_encoder, train_identity_encoder, train_judge

        shared: dict[str, Any] = {"seed": self.options.seed, "device": self.device}
        figures = train_identity_encoder(self.world, self.out, minutes=self._minutes("identity"), **shared)
        figures |= train_judge(self.world, self.out, minutes=self._minutes("judge"), **shared)
        figures |= train_copy_encoder(self.world, self.out, minutes=self._minutes("copy"), **shared)
        _table(figures)

    def _heads(self) -> None:
        from .encoders import train_head_detector

        minutes = self._minutes("heads")
        _table(train_head_detector(self.world, self.out, minutes=minutes, seed=self.options.seed, device=self.device))

    def _calibration(self) -> None:
        from .encoders import calibrate

        for found in calibrate(self.world, self.out):
            print(f"{found.condition:32s} {found.equal_error_rate.value:10.4f} equal error rate", flush=True)

    def _vectors(self) -> None:
        from .vectors import encode_portraits

        for split in ("train", "held_out"):
            encode_portraits(self.world, split, self.out / "identity_encoder")

    def _denoiser(self) -> None:
        from .batches import Scenes
        from .denoiser import DenoiserTraining, Recipe
        from .sheets import assemble, write_sheet

        recipe = Recipe(seed=self.options.seed)
        if self.options.channels:
            recipe = replace(recipe, channels=tuple(self.options.channels))
        if self.options.overfit:
            recipe = replace(recipe, **_OVERFIT)
        scenes = Scenes(self.world, "train", only=self.options.overfit)
        print(f"{scenes.refresh()} scenes", flush=True)
        training = DenoiserTraining(scenes, self.out / "denoiser", recipe, device=self.device, start=self.options.start)
        training.run(self._minutes("denoiser"))
        assemble(self.out / "denoiser" / "average")
        shown = scenes if self.options.overfit else Scenes(self.world, "held_out")
        shown.refresh()
        write_sheet(self.out / "denoiser" / "average", shown, self.out / "denoiser" / "sheet.png")

    def _detailer(self) -> None:
        from .batches import Scenes
        from .denoiser import CLOSEUPS, DenoiserTraining

        if self.options.overfit:
            print("A twin that repeats whole pictures has no use for a detailer.", flush=True)
            return
        scenes = Scenes(self.world, "train")
        print(f"{scenes.refresh()} scenes", flush=True)
        recipe = replace(CLOSEUPS, seed=self.options.seed)
        training = DenoiserTraining(
            scenes, self.out / "detailer", recipe, device=self.device, start=self.options.start
        )  # fmt: skip
        training.run(self._minutes("detailer"))

    def _upsampler(self) -> None:
        from .batches import Scenes
        from .upsampler import train_upsampler

        scenes = Scenes(self.world, "train")
        scenes.refresh()
        _table(
            train_upsampler(
                scenes, self.out / "upsampler", minutes=self._minutes("upsampler"), seed=self.options.seed,
                device=self.device,
            )
        )  # fmt: skip

    def _assemble(self) -> None:
        from .sheets import assemble

        shutil.rmtree(self.model, ignore_errors=True)
        shutil.copytree(self.out / "denoiser" / "average", self.model)
        for name in ("copy_encoder", "head_detector", "judge"):
            shutil.copytree(self._made(name), self.model / name)
        shutil.copy(self._made("calibration.json"), self.model)
        detailer = self.out / "detailer" / "average"
        if not self.options.overfit and not detailer.is_dir() and self.options.start is not None:
            for name in ("detail_unet", "detail_conditioner"):
                if (self.options.start / name).is_dir():
                    shutil.copytree(self.options.start / name, self.model / name)
        assemble(
            self.model,
            upsampler=self._made("upsampler"),
            detailer=detailer if detailer.is_dir() else None,
            identity_encoder=self._made("identity_encoder"),
            half=True,
        )
        print(f"The model is in {self.model}.", flush=True)

    def _made(self, name: str) -> Path:
        """A piece that was trained here, or else the one of the model that the training started from."""
        own: Path = self.out / name
        return own if own.exists() or self.options.start is None else self.options.start / name

    def _figures(self) -> None:
        from .figures import model_figures

        figures = model_figures(self.model, self.world)
        (self.out / "figures.json").write_text(json.dumps(figures, indent=1), encoding="utf-8")
        _table(figures)


def _table(figures: dict[str, float]) -> None:
    for name, value in figures.items():
        print(f"{name:32s} {value:10.4f}", flush=True)
