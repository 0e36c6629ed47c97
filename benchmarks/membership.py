r"""Membership inference against two models of which every training picture is known.

    python benchmarks/membership.py --twin DIR --world DIR [--pictures N] [--json FILE]

mia_auc_overfit   AUC of the strongest attack on the twin, which learned 200 scenes by heart. Members: these 200.
mia_auc_honest    the AUC farthest from 0.5 of the attacks that ask the shipped model. Members: scenes that it saw.
…_tpr_1           share of the members that the strongest attack finds at a false-positive rate of 1 %.
twin_…, honest_…  AUC of each attack.

The twin is made with

    python -m synthetic_albums.models.train --overfit 200 --start models/builtin --pieces denoiser assemble \
        --minutes 66 --threads 1 --world WORLD --out OUT        # DIR is then OUT/model

The world is that of seed 1, which the shipped model was trained on: shards that are not in its folder are drawn.
Members and non-members are written as album folders and read back, so what is measured is what a user gets. Released
pictures are painted in draft quality, first from 200 plans of people that no candidate shows, then, "own_plans", from
those of the members: there even a model that remembers nothing repeats their composition.
"""

import argparse
import json
import tempfile
from collections.abc import Iterator, Sequence
from datetime import datetime, timezone
from pathlib import Path

import torch
from PIL import Image
from synthetic_albums.models.train.dataset import Shard, draw_shards, read_shard
from synthetic_albums.models.train.world import SCENES_PER_ALBUM
from synthetic_albums.stages.album_folder import AlbumFolder, photo_file_name
from synthetic_albums.stages.encoders.builtin import builtin_picture_encoder
from synthetic_albums.stages.leakage.membership import (
    MembershipReport,
    audit_membership,
    read_candidates,
    report_text,
    roc_picture,
)
from synthetic_albums.stages.photo_file import encode_photo
from synthetic_albums.stages.records import Album, AlbumLayout, PhotoRecord
from synthetic_albums.stages.render.builtin import BUILTIN_FOLDER, BuiltinRenderer
from synthetic_albums.stages.safe_files import file_digest

WORLD_SEED = 1  # what the shipped weights were trained on, train shards 0 to 129
SCENES = 128  # of a shard
TWIN_MEMBERS = 200  # the first scenes of train shards 0 and 1
SEED = 1  # of the attacks
TARGETS = {"mia_auc_overfit": ">= 0.9", "mia_auc_honest": "0.5 +- 0.05"}


Place = tuple[Shard, int]  # a scene, by its place in a shard


def scenes_of(world: Path, split: str, first: int, count: int) -> Iterator[Place]:
    """Scenes `first` to `first + count` of a split, as (shard, place in it); drawn where they are missing."""
    numbers = range(first // SCENES, (first + count - 1) // SCENES + 1)
    draw_shards(world, split, numbers, seed=WORLD_SEED, workers=2)  # type: ignore[arg-type]
    for number in numbers:
        shard = read_shard(world, split, number)  # type: ignore[arg-type]
        for place in range(SCENES):
            if first <= number * SCENES + place < first + count:
                yield shard, place


def write_albums(folder: Path, scenes: Sequence[Place], prefix: str) -> None:
    """Write drawn scenes as finished albums, each with its plan and layout."""
    albums: dict[tuple[int, int], list[int]] = {}
    shards = {id(shard): shard for shard, _ in scenes}
    for shard, place in scenes:
        albums.setdefault((id(shard), place // SCENES_PER_ALBUM), []).append(place)
    for number, ((shard_id, index), places) in enumerate(albums.items()):
        write_album(folder / f"{prefix}{number:04d}", shards[shard_id], index, places)


def write_album(path: Path, shard: Shard, index: int, places: Sequence[int]) -> None:
    """One album with some of its scenes as photos."""
    plan, first = shard.albums[index], index * SCENES_PER_ALBUM
    photos, files = [], {}
    for number, scene in enumerate(plan.scenes, start=1):
        record = PhotoRecord(number=number, scene=scene.id)
        if first + number - 1 in places:
            picture = shard.rgb[first + number - 1]
            data = encode_photo(picture, facts={}, synthetic_source="algorithmicMedia")
            name = photo_file_name(scene.id)
            files[name] = data
            height, width = picture.shape[:2]
            record = PhotoRecord(
                number=number, scene=scene.id, status="done", file=name, sha256=file_digest(data), width=width,
                height=height,
            )  # fmt: skip
        photos.append(record)
    layout = AlbumLayout(scenes=shard.layouts[first : first + SCENES_PER_ALBUM])
    with AlbumFolder(path).writing() as writer:
        for name, data in files.items():
            writer.write_bytes(name, data)
        writer.save(Album(created=datetime(2026, 1, 1, tzinfo=timezone.utc), plan=plan, layout=layout, photos=photos))


def paint(folder: Path, model: Path, scenes: Sequence[Place]) -> None:
    """What the model paints of scenes, as PNG files."""
    folder.mkdir(parents=True)
    renderer = BuiltinRenderer("draft", folder=model)
    jobs = {id(shard): list(shard.jobs()) for shard in {id(shard): shard for shard, _ in scenes}.values()}
    for number, (shard, place) in enumerate(scenes):
        picture = renderer.render_photo(jobs[id(shard)][place], on_step=lambda done, of: None)
        Image.fromarray(picture).save(folder / f"{number:04d}.png")
    renderer.close()


def audit(
    model: Path, members: Sequence[Place], others: Sequence[Place], plans: dict[str, Sequence[Place]]
) -> Iterator[tuple[str, MembershipReport]]:
    """All attacks on one model: with pictures from the first plans all of them, from the others by pictures alone."""
    with tempfile.TemporaryDirectory() as scratch:
        root = Path(scratch)
        write_albums(root / "members", members, "m")
        write_albums(root / "first", members[:TWIN_MEMBERS], "m")  # whose plans the second pictures are painted from
        write_albums(root / "others", others, "n")
        asked = BuiltinRenderer(folder=model).score_model()
        for name, released in plans.items():
            paint(root / f"released{name}", model, released)
            yield (
                name,
                audit_membership(
                    read_candidates(root / ("first" if name else "members"), "members"),
                    read_candidates(root / "others", "non-members"),
                    read_candidates(root / f"released{name}", "released photos"),
                    model=None if name else asked,
                    encoder=builtin_picture_encoder(),
                    seed=SEED,
                ),
            )


def figures_of(report: MembershipReport, name: str) -> dict[str, float]:
    """AUC of every attack; and, where the model was asked, the figures that are wanted."""
    figures = {
        f"{name}_{attack.name.replace(', ', '_').replace(' ', '_').replace('=', '')}": attack.auc.value
        for attack in report.attacks
    }
    asked = [attack for attack in report.attacks if attack.access == "model" and not attack.detail]
    if not asked:
        return figures
    figures[f"{name}_blind"] = report.blind.value
    strongest = max(asked, key=lambda attack: attack.auc.value)
    figures[f"{name}_tpr_1"] = strongest.rates[0].tpr.value
    if name == "twin":
        figures["mia_auc_overfit"] = strongest.auc.value
    else:
        figures["mia_auc_honest"] = max((one.auc.value for one in asked), key=lambda auc: abs(auc - 0.5))
    return figures


def keep(report: MembershipReport, path: Path) -> None:
    """The report and its curves, beside each other."""
    path.parent.mkdir(parents=True, exist_ok=True)
    roc_picture(report).save(path.with_suffix(".png"))
    path.with_suffix(".json").write_text(report.model_dump_json(indent=1), encoding="utf-8")


def main() -> None:
    """Measure, print, and write the figures."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--twin", type=Path, required=True, help="model folder of the overfit twin")
    parser.add_argument("--world", type=Path, required=True, help="folder of the drawn world of seed 1")
    parser.add_argument("--model", type=Path, default=BUILTIN_FOLDER, help="the honest one")
    parser.add_argument("--pictures", type=int, default=512, help="of each side, at most 768 (default: 512)")
    parser.add_argument("--only", choices=("twin", "honest"))
    parser.add_argument("--pictures-to", type=Path, help="folder that gets the ROC pictures and the reports")
    parser.add_argument("--threads", type=int, default=1)
    parser.add_argument("--json", type=Path)
    options = parser.parse_args()
    torch.set_num_threads(options.threads)
    known = list(scenes_of(options.world, "train", 0, TWIN_MEMBERS))
    # The twin's strangers: other scenes of the same split, and people whom no model was trained on.
    half = options.pictures // 2
    strangers = [*scenes_of(options.world, "train", 2 * SCENES, half), *scenes_of(options.world, "held_out", 0, half)]
    sides = {
        "twin": (options.twin, known, strangers),
        "honest": (
            options.model,
            list(scenes_of(options.world, "train", 0, options.pictures)),
            list(scenes_of(options.world, "held_out", 0, options.pictures)),
        ),
    }
    strange_plans = list(scenes_of(options.world, "gallery", 0, TWIN_MEMBERS))
    figures: dict[str, float] = {}
    for name, (model, members, others) in sides.items():
        if options.only in (None, name):
            for plans, report in audit(model, members, others, {"": strange_plans, "_own_plans": known}):
                print(f"== {name}{plans}\n{report_text(report)}\n", flush=True)
                figures |= figures_of(report, f"{name}{plans}")
                if options.pictures_to:
                    keep(report, options.pictures_to / f"{name}{plans}")
    for name, value in figures.items():
        print(f"{name:28s} {value:8.3f}  {TARGETS.get(name, '')}")
    if options.json:
        options.json.write_text(json.dumps(figures, indent=1) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
