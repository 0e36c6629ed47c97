"""Do the same people stay the same? Ours beside independent photos, and what others do against drifting.

    python benchmarks/coherence.py [--albums N] [--photos N] [--settings NAME ...] [--sheets DIR] [--json FILE]
    python benchmarks/coherence.py --stories FILE [...]     # ConsiStory+ (YAML) or ViStoryBench (JSON) prompts

Every setting paints the same albums: plans, layouts, poses and clothes are the same, what is known of who and where is
not. By the built-in model, so that everything can be judged: by the judge, which was trained apart and is never a
condition.

independent    same prompts and layouts; nothing about anybody's looks, no anchors, another seed for each photo.
shared_seed    the same, with one seed for all photos of an album.
long_prompt    looks are told in words and colours, in every photo alike; no identity vector, no place.
batch_shared   independent, all photos of an album in one batch; each attends to half of the others' tokens as well
               (consistent self-attention: Zhou et al., StoryDiffusion, NeurIPS 2024, equations 1-3).
ours           looks, portraits and their identity vectors, the sketch of the place, and the place's share of noise.
drawn          the storyboard's own pictures: what the judge says of truth.

identity_similarity   mean cosine of heads of one character in two photos of an album, by the judge.
identity_ratio        ours / drawn; identity_ratio_<setting>: the others.
right_cast            of photos with faces: everybody is nearest to the own portrait, of all portraits of the album.
confusion             of heads in photos with several people: nearer to the portrait of another one in that photo.
place_similarity      mean cosine of two photos of one place, by the copy encoder; place_gain: ours - independent.
faithfulness          mean share of places, lights, things and counts that are as planned; _ratio: to independent.
diversity             mean distance (1 - cosine) of two photos of different places; _ratio: to independent.
box_variance          variance of where heads are found and how large, by the head detector; _ratio: to independent.
pasted                most that a portrait's pixels correlate with a photo at its head; mean over heads.
seconds, peak_mib     of a photo (without loading), and most memory that a process of its own had.
"""

import argparse
import json
import subprocess
import sys
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from itertools import combinations
from pathlib import Path
from typing import Any, Final

import numpy as np
import torch
from memory import peak_mib
from PIL import Image
from synthetic_albums.models.train.dataset import album_jobs
from synthetic_albums.models.train.judging import Verdicts, judge_scenes, portrait_vectors
from synthetic_albums.stages.encoders import (
    PORTRAIT_REACH,
    builtin_person_encoder,
    builtin_picture_encoder,
    head_window,
    load_judge,
)
from synthetic_albums.stages.errors import AlbumError
from synthetic_albums.stages.layout import lay_out_scene
from synthetic_albums.stages.render.builtin import BUILTIN_FOLDER, BuiltinRenderer
from synthetic_albums.stages.render.builtin.renderer import job_noise
from synthetic_albums.stages.render.builtin.sampler import BuiltinModel, Sampling, load_builtin, refine, sample
from synthetic_albums.stages.render.pasting import pasted_score
from synthetic_albums.stages.render.renderer import PhotoJob
from synthetic_albums.stages.render.storyboard.renderer import drawn_view
from synthetic_albums.stages.render.storyboard.scene import paint_photo
from synthetic_albums.stages.seeds import derive_seed
from synthetic_albums.stages.story import plan_story
from torch.nn import functional

SIZE: Final = 256
PROMPTS: Final = (
    "a day at the beach with Maya and Tom", "Leo and his sister Ana on a hike in the mountains",
    "an afternoon in the park with two friends", "a family of three at the market in the old town",
    "Nina and her grandfather on the farm", "two friends spend an evening at home and cook",
    "a couple on a trip to the lake", "three friends in a cafe, then a walk through the city",
)  # fmt: skip
SHARED_TOKENS: Final = 0.5  # of every other photo's, as StoryDiffusion samples them
TARGETS: Final = {
    "identity_ratio": ">= 0.9", "right_cast": ">= 0.9", "confusion": "<= 0.05", "diversity_ratio": ">= 0.9",
    "faithfulness_ratio": ">= 0.98", "place_gain": "> 0",
}  # fmt: skip


@dataclass(frozen=True)
class Setting:
    """How albums are painted.

    vectors: whether identity vectors and portraits are given. shared: share of the noise that photos of a place have in
    common. seed: whether one seed is used for all photos. batched: whether photos attend to one another.
    """

    sampling: Sampling
    vectors: bool
    shared: float
    seed: bool = False
    batched: bool = False


_ALONE: Final = Setting(Sampling(sketch=False, looks=False), vectors=False, shared=0.0)
SETTINGS: Final[dict[str, Setting]] = {
    "independent": _ALONE,
    "shared_seed": replace(_ALONE, seed=True),
    "long_prompt": replace(_ALONE, sampling=Sampling(sketch=False)),
    "batch_shared": replace(_ALONE, batched=True),
    "ours": Setting(Sampling(), vectors=True, shared=0.75),
}


class SharedAttention:
    """Self-attention in which every photo sees its own tokens and a sample of all others'.

    Args:
        photos: of the batch; with guidance the batch holds each of them twice.
    """

    def __init__(self, photos: int) -> None:
        self.photos = photos

    def __call__(self, attn: Any, hidden_states: torch.Tensor, *_args: Any, **_options: Any) -> torch.Tensor:
        """(batch, tokens, channels), of photos in order, once or twice."""
        batch, tokens, _ = hidden_states.shape
        chosen = torch.randperm(tokens, generator=torch.Generator().manual_seed(tokens))[: int(SHARED_TOKENS * tokens)]
        seen = []
        for first in range(0, batch, self.photos):
            group = hidden_states[first : first + self.photos]
            for index in range(len(group)):
                others = [group[other, chosen] for other in range(len(group)) if other != index]
                seen.append(torch.cat([group[index], *others]))
        context = torch.stack(seen)
        query, key, value = attn.to_q(hidden_states), attn.to_k(context), attn.to_v(context)
        query, key, value = (part.unflatten(-1, (attn.heads, -1)).transpose(1, 2) for part in (query, key, value))
        found = functional.scaled_dot_product_attention(query, key, value).transpose(1, 2).flatten(-2)
        return attn.to_out[1](attn.to_out[0](found))


class Painter:
    """Paints albums with the built-in model in one of the settings."""

    def __init__(self, folder: Path) -> None:
        self.model: BuiltinModel = load_builtin(folder)
        self.renderer = BuiltinRenderer(folder=folder)

    def paint(self, jobs: Sequence[PhotoJob], setting: Setting) -> list[np.ndarray]:
        """Photos of one album, (SIZE, SIZE, 3) uint8."""
        model, cells = self.model, self.model.size // self.model.patch
        if setting.seed:
            jobs = [replace(job, seed=derive_seed(job.album_seed, "one seed")) for job in jobs]
        channels = 3 * model.patch**2
        noise = [torch.from_numpy(job_noise(job, cells, cells, channels, shared=setting.shared)) for job in jobs]
        vectors = [self._vectors(job, setting) for job in jobs]
        if setting.batched:
            with _sharing(model, len(jobs)):
                small = list(sample(model, jobs, vectors, torch.cat(noise), setting.sampling)[:, None])
        else:
            small = [
                sample(model, [job], [known], start, setting.sampling)
                for job, known, start in zip(jobs, vectors, noise, strict=True)
            ]
        large = [
            refine(model, job, known, one, setting.sampling, self._portraits(job, setting))
            for job, known, one in zip(jobs, vectors, small, strict=True)
        ]
        return [((one[0] * 0.5 + 0.5) * 255 + 0.5).byte().movedim(0, -1).numpy() for one in large]

    def _portraits(self, job: PhotoJob, setting: Setting) -> list[np.ndarray | None]:
        return self.renderer.anchor_portraits(job) if setting.vectors else []

    def _vectors(self, job: PhotoJob, setting: Setting) -> list[np.ndarray | None]:
        if not setting.vectors:
            return [None] * len(job.characters)
        return self.renderer.identity_vectors(job)


class _sharing:  # noqa: N801 - used as a statement
    """The denoiser with shared self-attention, and as it was afterwards."""

    def __init__(self, model: BuiltinModel, photos: int) -> None:
        self.unet: Any = model.unet
        self.photos = photos

    def __enter__(self) -> None:
        self.before = dict(self.unet.attn_processors)
        shared = SharedAttention(self.photos)
        self.unet.set_attn_processor(
            {name: shared if ".attn1." in name else old for name, old in self.before.items()}
        )  # fmt: skip

    def __exit__(self, *_: object) -> None:
        self.unet.set_attn_processor(self.before)


def albums_of(prompts: Sequence[str], photos: int) -> list[list[PhotoJob]]:
    """The photo jobs of one album a prompt."""
    albums = []
    for number, prompt in enumerate(prompts):
        plan = plan_story(prompt, photos=photos, seed=100 + number, style="natural")
        layouts = [lay_out_scene(plan, scene, width=SIZE, height=SIZE) for scene in plan.scenes]
        albums.append(list(album_jobs(plan, layouts)))
    return albums


def drawn(jobs: Sequence[PhotoJob]) -> list[np.ndarray]:
    """The storyboard's pictures."""
    return [paint_photo(job, lambda done, of: None) for job in jobs]


@dataclass(frozen=True, eq=False)
class Seen:
    """What is seen in the photos of one album. heads: vectors by the judge; people: who each head should be."""

    jobs: Sequence[PhotoJob]
    pictures: Sequence[np.ndarray]
    verdicts: Verdicts
    places: np.ndarray
    boxes: np.ndarray

    @property
    def people(self) -> list[str]:
        return [person.id for person in self.verdicts.head_people]

    @property
    def heads(self) -> np.ndarray:
        return self.verdicts.heads.vectors if self.verdicts.heads else np.zeros((0, 1))


class Looker:
    """The judge, the copy encoder and the head detector."""

    def __init__(self, folder: Path) -> None:
        self.judge = load_judge(folder / "judge")
        self.pictures = builtin_picture_encoder(folder)
        self.finder = builtin_person_encoder(folder)
        self.cast: dict[str, np.ndarray] = {}

    def look(self, jobs: Sequence[PhotoJob], pictures: Sequence[np.ndarray]) -> Seen:
        """Everything about one album that figures are made of."""
        boxes = [
            (found.box[0], found.box[1], found.box[2] - found.box[0], found.box[3] - found.box[1])
            for picture in pictures
            for found in self.finder.find(picture)
        ]
        return Seen(
            jobs=jobs,
            pictures=pictures,
            verdicts=judge_scenes(self.judge, list(pictures), jobs),
            places=self.pictures.encode(list(pictures)),
            boxes=np.array(boxes, float).reshape(-1, 4),
        )

    def portraits(self, jobs: Sequence[PhotoJob]) -> tuple[list[str], np.ndarray]:
        """Ids of an album's people and the judge's vectors of their portraits."""
        people = {one.id: one for job in jobs for one in job.characters if one.kind == "person"}
        return list(people), portrait_vectors(self.judge, list(people.values()))


def figures_of(looker: Looker, albums: Sequence[Seen]) -> dict[str, float]:
    """Figures of one setting over all albums; see above."""
    same, right, confused, places, apart, pasted = [], [], [], [], [], []
    for album in albums:
        heads, people = album.heads, album.people
        photo = album.verdicts.head_picture
        same += [
            float(heads[a] @ heads[b])
            for a, b in combinations(range(len(people)), 2)
            if people[a] == people[b] and photo[a] != photo[b]
        ]
        names, portraits = looker.portraits(album.jobs)
        nearest = [names[index] for index in (heads @ portraits.T).argmax(axis=1)] if people else []
        for number, job in enumerate(album.jobs):
            here = [row for row in range(len(people)) if photo[row] == number]
            if here:
                right.append(all(nearest[row] == people[row] for row in here))
            others = {one.id for one in job.characters if one.kind == "person"}
            if len(others) > 1:
                confused += [nearest[row] != people[row] and nearest[row] in others for row in here]
        for a, b in combinations(range(len(album.jobs)), 2):
            alike = float(album.places[a] @ album.places[b])
            (places if album.jobs[a].environment.id == album.jobs[b].environment.id else apart).append(alike)
        pasted += list(_pasted(album))
    verdicts = [album.verdicts.figures() for album in albums]
    weights = {"place_accuracy": "pictures", "light_accuracy": "pictures", "count_accuracy": "pictures"}
    told = [
        np.average([one[name] for one in verdicts], weights=[one[weight] for one in verdicts])
        for name, weight in weights.items()
    ]
    things = [(one["props_found"], one["things"]) for one in verdicts if one["things"]]
    told.append(np.average([share for share, _ in things], weights=[count for _, count in things]))
    boxes = np.concatenate([album.boxes for album in albums])
    return {
        "identity_similarity": float(np.mean(same)),
        "right_cast": float(np.mean(right)),
        "confusion": float(np.mean(confused)),
        "place_similarity": float(np.mean(places)),
        "faithfulness": float(np.mean(told)),
        "diversity": 1.0 - float(np.mean(apart)),
        "box_variance": float(boxes.var(axis=0).sum()),
        "pasted": float(np.mean(pasted)),
        "pairs": float(len(same)),
        "photos_with_faces": float(len(right)),
        "heads_among_several": float(len(confused)),
    }


def _pasted(album: Seen) -> Sequence[float]:
    found = []
    for number, member in zip(album.verdicts.head_picture, album.verdicts.head_member, strict=True):
        job = album.jobs[number]
        character = job.characters[member]
        region = next(one for one in job.layout.regions if one.ref == character.id)
        head = head_window(region.keypoints, SIZE, SIZE)
        portrait = drawn_view(character, "front", 128)
        found.append(
            pasted_score(album.pictures[number], portrait, x=head.x, y=head.y, side=PORTRAIT_REACH * head.unit)
        )
    return found


def ratios(found: dict[str, dict[str, float]]) -> dict[str, float]:
    """What the issue asks for, from the figures of every setting."""
    ours, alone, truth = found["ours"], found["independent"], found["drawn"]
    told = {
        "identity_ratio": ours["identity_similarity"] / truth["identity_similarity"],
        "right_cast": ours["right_cast"],
        "confusion": ours["confusion"],
        "place_gain": ours["place_similarity"] - alone["place_similarity"],
        "faithfulness_ratio": ours["faithfulness"] / alone["faithfulness"],
        "diversity_ratio": ours["diversity"] / alone["diversity"],
        "box_variance_ratio": ours["box_variance"] / alone["box_variance"],
    }
    for name in found.keys() - {"ours", "drawn"}:
        told[f"identity_ratio_{name}"] = found[name]["identity_similarity"] / truth["identity_similarity"]
    return told


def read_stories(path: Path) -> list[str]:
    """Prompts of a file that the user has: one album each.

    ConsiStory+ (YAML): mappings with `subject` and `settings` (a list) below any headings. ViStoryBench (JSON): a list
    or mapping of stories with `Shots`, each with a `Plot Correspondence` or `Static Shot Description`.

    Raises:
        AlbumError: the file is neither.
    """
    text = path.read_text(encoding="utf-8")
    if path.suffix.lower() in (".yaml", ".yml"):
        try:
            import yaml
        except ImportError as error:
            raise AlbumError("Reading YAML needs PyYAML: pip install pyyaml, or save the file as JSON.") from error
        content = yaml.safe_load(text)
    else:
        content = json.loads(text)
    stories = list(_stories(content))
    if not stories:
        raise AlbumError(
            f"{path} holds no stories: ConsiStory+ has mappings with 'subject' and 'settings', ViStoryBench 'Shots'."
        )
    return stories


def _stories(content: Any) -> Any:
    if isinstance(content, list):
        for one in content:
            yield from _stories(one)
    elif isinstance(content, dict):
        settings, shots = content.get("settings"), content.get("Shots") or content.get("shots")
        if isinstance(settings, list) and "subject" in content:
            yield f"{content['subject']}: " + ", then ".join(str(one) for one in settings)
        elif isinstance(shots, list):
            keys = ("Plot Correspondence", "Static Shot Description")
            plots = [next((shot[key] for key in keys if shot.get(key)), "") for shot in shots if isinstance(shot, dict)]
            yield ". ".join(str(plot) for plot in plots if plot)
        else:
            for one in content.values():
                yield from _stories(one)


def usable(prompts: Sequence[str], photos: int, wanted: int) -> list[list[PhotoJob]]:
    """Albums of the first prompts that the rule planner reads and casts people for."""
    found: list[list[PhotoJob]] = []
    for prompt in prompts:
        try:
            (jobs,) = albums_of([prompt], photos)
        except AlbumError as error:
            print(f"left out: {prompt[:60]!r}: {error}", flush=True)
            continue
        if any(one.kind == "person" for job in jobs for one in job.characters):
            found.append(jobs)
        if len(found) == wanted:
            break
    return found


def write_sheet(folder: Path, number: int, pictures: dict[str, Sequence[np.ndarray]]) -> None:
    """One album, a row for each setting."""
    folder.mkdir(parents=True, exist_ok=True)
    rows = [np.concatenate(list(photos), axis=1) for photos in pictures.values()]
    Image.fromarray(np.concatenate(rows)).save(folder / f"album-{number}.png")


def measure(options: argparse.Namespace) -> dict[str, float]:
    """All figures."""
    prompts = read_stories(options.stories) if options.stories else list(PROMPTS)
    albums = usable(prompts, options.photos, options.albums)
    painter, looker = Painter(options.model), Looker(options.model)
    painter.paint(albums[0][:1], SETTINGS["ours"])  # warms up
    acts: dict[str, Callable[[Sequence[PhotoJob]], list[np.ndarray]]] = {"drawn": drawn}
    for name in options.settings:
        acts[name] = lambda jobs, setting=SETTINGS[name]: painter.paint(jobs, setting)
    seen: dict[str, list[Seen]] = {name: [] for name in acts}
    seconds = dict.fromkeys(acts, 0.0)
    for number, jobs in enumerate(albums):
        pictures = {}
        for name, act in acts.items():
            begun = time.process_time()
            pictures[name] = act(jobs)
            seconds[name] += time.process_time() - begun
            seen[name].append(looker.look(jobs, pictures[name]))
        if options.sheets:
            write_sheet(options.sheets, number, pictures)
        print(f"album {number + 1} of {len(albums)}", flush=True)
    found = {name: figures_of(looker, one) for name, one in seen.items()}
    photos = sum(map(len, albums))
    for name in acts:
        found[name]["seconds"] = seconds[name] / photos
    flat = {f"{name}/{key}": value for name, one in found.items() for key, value in one.items()}
    if options.memory:
        flat |= {f"{name}/peak_mib": peak_of_setting(options, name) for name in options.settings}
    told = ratios(found) if {"ours", "independent"} <= found.keys() else {}
    return {**told, **flat, "albums": float(len(albums)), "photos": float(photos)}


def peak_of_setting(options: argparse.Namespace, setting: str) -> float:
    """Most memory that a fresh process had that painted one album."""
    command = [
        sys.executable,
        __file__,
        "--model",
        str(options.model),
        "--photos",
        str(options.photos),
        "--one",
        setting,
    ]
    return float(subprocess.run(command, capture_output=True, text=True, check=True).stdout.split()[-1])


def main() -> None:
    """Measure, print, and write the figures."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--model", type=Path, default=BUILTIN_FOLDER)
    parser.add_argument("--albums", type=int, default=8)
    parser.add_argument("--photos", type=int, default=8, help="of an album")
    parser.add_argument("--settings", nargs="+", choices=list(SETTINGS), default=list(SETTINGS))
    parser.add_argument("--stories", type=Path, help="prompts of ConsiStory+ or ViStoryBench")
    parser.add_argument("--sheets", type=Path, help="gets a picture of every album, a row for each setting")
    parser.add_argument("--memory", action="store_true", help="measure the peak of memory, too")
    parser.add_argument("--one", choices=list(SETTINGS), help=argparse.SUPPRESS)
    parser.add_argument("--json", type=Path)
    options = parser.parse_args()
    if options.one:
        Painter(options.model).paint(albums_of(PROMPTS[:1], options.photos)[0], SETTINGS[options.one])
        print(peak_mib())
        return
    figures = measure(options)
    for name, value in figures.items():
        print(f"{name:36s} {value:8.3f}   {TARGETS.get(name, '')}")
    if options.json:
        options.json.write_text(json.dumps(figures, indent=1), encoding="utf-8")


if __name__ == "__main__":
    main()
