"""Writes the model card that lies beside the weights."""

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any, Final

from ...stages.encoders import read_calibrations
from ...stages.encoders.calibration_file import CALIBRATION_NAME
from ...stages.encoders.error_rates import TARGETS
from .people import SPLITS
from .world import SCENES_PER_ALBUM, WORLD_VERSION

_TEMPLATE: Final = """\
# The built-in model

A tiny text, blueprint and identity conditioned diffusion model, made so that a first album needs no download
and so that consistency and leakage can be measured against a training set of which every picture is known. It
paints small picture-book scenes. It is not a photo model: for photos, plug in a checkpoint of your own.

## What is in the folder

| part | class | parameters |
|---|---|---|
{parts}

All files together: {size:.1f} MiB. `hashes.json` names the sha256 of every file; the renderer refuses altered
ones.

The denoiser paints {pixels} x {pixels} pixels as {cells} x {cells} cells of {patch} x {patch} pixels (pixel
unshuffle, no autoencoder). It predicts the picture on a straight path from noise to it (flow matching: Lipman et
al., ICLR 2023; Liu et al., ICLR 2023; predicting the picture: Li & He, arXiv:2511.13720) and is sampled with
diffusers' `FlowMatchEulerDiscreteScheduler`: 20 steps with guidance ("quality") or 6 steps without ("draft"). The
upsampler doubles a picture's side, once or twice. Then the detailer, a second network of the same kind with cells of
{detail_patch} x {detail_patch} pixels, paints what is small anew from near, at {detail_pixels} pixels: things, animals,
figures, and every head, which gets twice as many, since the portrait that it follows is seen at half of them.

What it is told: the caption; the blueprint's regions, limbs, parts and depth, and what is said of each region; an
identity vector for each person, bound to that person's pixels; and a sketch at half its size: the place and the things
as the storyboard draws them by plain daylight, people as dressed mannequins without a head. So what is where, and in
which colour, is given to it; light, weather, heads and everything fine is not. The detailer sees what the denoiser
made, reduced; animals and things as the sketch has them at full size, as bright as the denoiser made them; and in the
place of each head the portrait of that person, upright and in its own light. "Not sketched"
below says what both do without sketch and portraits, by words and vectors alone.

## What it was trained on

Drawn pictures only, world version {world}, seed {seed}: {scenes} scenes ({albums} albums of {per_album}), drawn
by the storyboard from composed plans. No photograph, no artist's picture and no real person is among them. The
world holds every place, light, weather, pose, garment, colour and thing of the planner's vocabulary. An identity
is what no scene changes (age, gender, build, height, skin tone, hair, face, what is always worn); a hash of these
values alone puts it into one of {splits}, 80, 10 and 10 percent, so the splits are disjoint in every world. Draw
the same world again with
`python -m synthetic_albums.models.train --pieces world --seed {seed} --minutes 0 --out DIR`.

Training: {samples} samples in {minutes:.0f} minutes of one process on {device}.

## Figures

On held-out identities and scenes, judged by networks that were trained apart and never used as conditions
("judge/"). "drawn" is what the same judge says of the drawn pictures: its own ceiling.

| figure | model | not sketched | drawn | wanted |
|---|---|---|---|---|
{figures}

## Encoders

The encoders are calibrated on held-out people and pictures (`calibration.json`): at thresholds where one comparison of
two different ones is taken for the same in 1 %, 0.1 % and 0.01 %, this share of pairs of the same is missed. Intervals
are 95 %, by bootstrap over people or pictures. `scene_to_scene` and `scene_to_portrait` compare heads that the head
detector found with heads of which the place is known.

| compared | same | different | equal error rate | missed at 1 % | at 0.1 % | at 0.01 % |
|---|---|---|---|---|---|---|
{encoders}

## Limits

{limits}

## Licence

Apache-2.0, weights and code, like the rest of the repository.
"""


def write_card(folder: Path, figures: Mapping[str, Any], training: Mapping[str, Any], limits: str) -> None:
    """Write `README.md` into a model folder.

    Args:
        folder: of the model.
        figures: of `model_figures`; keys with "drawn_" in front are ceilings, with "unsketched_" without a sketch.
        training: seed, scenes, samples, minutes, device.
        limits: paragraphs on what it does badly, written by somebody who looked.
    """
    config, near = (
        json.loads((folder / name / "config.json").read_text(encoding="utf-8"))
        for name in ("conditioner", "detail_conditioner")
    )
    size = sum(path.stat().st_size for path in folder.rglob("*") if path.is_file()) / 2**20
    text = _TEMPLATE.format(
        parts="\n".join(_parts(folder)),
        size=size,
        pixels=config["size"],
        patch=config["patch"],
        detail_pixels=near["size"],
        detail_patch=near["patch"],
        cells=config["size"] // config["patch"],
        world=WORLD_VERSION,
        per_album=SCENES_PER_ALBUM,
        albums=training["scenes"] // SCENES_PER_ALBUM,
        splits=", ".join(SPLITS),
        figures="\n".join(_figures(figures)),
        encoders="\n".join(encoder_rows(folder / CALIBRATION_NAME)),
        limits=limits.strip(),
        **training,
    )
    (folder / "README.md").write_text(text, encoding="utf-8")


def _parts(folder: Path) -> list[str]:
    from safetensors import safe_open

    lines = []
    for path in sorted(folder.rglob("*.safetensors")):
        with safe_open(path, "np") as file:
            count = sum(_product(file.get_slice(name).get_shape()) for name in file.keys())  # noqa: SIM118
        config = json.loads((path.parent / "config.json").read_text(encoding="utf-8"))
        kind = config.get("_class_name") or ", ".join(config.get("architectures") or ["?"])
        lines.append(f"| `{path.parent.relative_to(folder).as_posix()}/` | {kind} | {count / 1e6:.2f} M |")
    return lines


def _product(shape: list[int]) -> int:
    whole = 1
    for length in shape:
        whole *= length
    return whole


WANTED: Final = {
    "identity_top1": ">= 0.97", "pair_eer": "<= 0.03", "place_accuracy": ">= 0.99", "light_accuracy": ">= 0.99",
    "props_found": ">= 0.95", "count_accuracy": ">= 0.97", "accessory_ratio": ">= 0.65", "encoder_eer": "<= 0.01",
    "twin_eer": "<= 0.10",
}  # fmt: skip


def encoder_rows(path: Path) -> list[str]:
    """Rows of the table of calibrations, those against twins left out; none where there is no calibration."""
    rows = []
    for found in read_calibrations(path) if path.is_file() else []:
        if found.condition.endswith("/twins"):
            continue
        by_target = {point.target: point.false_non_match for point in found.points}
        missed = [by_target.get(target) for target in TARGETS]
        cells = [
            f"{100 * one.value:.1f} [{100 * one.low:.1f}, {100 * one.high:.1f}] %" if one else "–" for one in missed
        ]
        same, different, equal = found.genuine_pairs, found.impostor_pairs, found.equal_error_rate.value
        rows.append(f"| {found.condition} | {same} | {different} | {equal:.2%} | {' | '.join(cells)} |")
    return rows


def _share(value: float) -> str:
    return f"{100 * value:.1f}"


def _figures(figures: Mapping[str, Any]) -> list[str]:
    lines = []
    for name, wanted in WANTED.items():
        if name in figures:
            cells = [figures.get(f"{prefix}{name}") for prefix in ("", "unsketched_", "drawn_")]
            told = " | ".join("–" if value is None else f"{value:.3f}" for value in cells)
            lines.append(f"| {name} | {told} | {wanted} |")
    return lines
