"""The figures of a finished model, as its independent judge sees them."""

from dataclasses import replace
from pathlib import Path

import numpy as np

from ...stages.encoders import load_judge
from ...stages.render.builtin.sampler import Sampling, load_builtin
from .batches import Scenes
from .judging import Verdicts, identity_top1, judge_scenes, pair_eer
from .sheets import jobs_of, paint, vectors_of

SCENES = 192  # judged


def model_figures(
    folder: Path, world: Path, *, scenes: int = SCENES, sampling: Sampling | None = None, unsketched: bool = True
) -> dict[str, float]:
    """Sample held-out scenes and have them judged beside the drawn ones.

    Args:
        folder: of the model, with its `judge/`.
        world: folder of the drawn world; its held-out split is used.
        scenes: how many, spread evenly over the split.
        sampling: the renderer's "quality" unless said otherwise.
        unsketched: whether to sample all of them once more without a sketch.

    Returns:
        identity_top1 (of 24), pair_eer, place_accuracy, light_accuracy, props_found, count_accuracy, accessory_ratio
        (F1 of accessories on heads over the ceiling's), each also as drawn_…: what the judge says of the drawn scenes,
        and as unsketched_…: of scenes that are sampled without a sketch and without portraits, by words and vectors.
    """
    split = Scenes(world, "held_out")
    chosen = np.linspace(0, split.refresh() - 1, scenes).astype(int).tolist()
    jobs = jobs_of(split, chosen)
    model, judge = load_builtin(folder), load_judge(folder / "judge")
    sampling = sampling or Sampling()
    shown = {"": sampling}
    if unsketched and sampling.sketch:
        shown["unsketched_"] = replace(sampling, sketch=False)
    vectors = vectors_of(split, chosen)
    pictures = {
        prefix: paint(model, jobs, vectors, sampling=how, portraits=how.sketch) for prefix, how in shown.items()
    }  # fmt: skip
    pictures["drawn_"] = np.stack([split.picture(split.examples[index]) for index in chosen])
    figures: dict[str, float] = {}
    for prefix, painted in pictures.items():
        verdicts = judge_scenes(judge, painted, jobs)
        found = verdicts.figures() | _identities(judge, verdicts)
        figures |= {prefix + name: value for name, value in found.items()}
    for prefix in shown:
        of_world = max(figures["drawn_accessory_f1"], 1e-9)
        figures[f"{prefix}accessory_ratio"] = figures[f"{prefix}accessory_f1"] / of_world
    return figures


def _identities(judge: object, verdicts: Verdicts) -> dict[str, float]:
    return {"identity_top1": identity_top1(judge, verdicts), "pair_eer": pair_eer(verdicts)}  # type: ignore[arg-type]
