"""Quality beside privacy: agreement with reference implementations, and one table over real settings.

    python benchmarks/quality.py [--albums N] [--photos N] [--size PX] [--keep DIR] [--json FILE]

kid_difference       largest difference to torchmetrics' poly_mmd, relative, on sets of one size.
frechet_difference   largest difference to the formula with scipy's matrix square root, relative.
manifold_difference  largest difference to prdc.compute_prdc in precision, recall, density or coverage.
vendi_difference     largest difference to the eigenvalues of the whole similarity matrix, relative.
kid_interval         share of 200 pairs of 60 vectors whose 95 % interval holds the distance of their sources.
<setting>_…          a row of the table. Each setting renders the same plans; reference and real albums are drawn from
                     other plans. "copying" is the storyboard renderer, but one photo in five is a private picture.
"""

import argparse
import json
import tempfile
import time
from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np
from synthetic_albums.headless.quality_command import QualityChoices, QualityResult, measure_settings
from synthetic_albums.stages.album_folder import AlbumFolder
from synthetic_albums.stages.encoders import builtin_person_encoder, builtin_picture_encoder
from synthetic_albums.stages.identity import cast_characters
from synthetic_albums.stages.layout import lay_out_scenes
from synthetic_albums.stages.leakage import build_gallery, check_album
from synthetic_albums.stages.photo_file import decode_photo
from synthetic_albums.stages.quality import frechet_distance, kernel_distance, manifold_overlap, vendi_score
from synthetic_albums.stages.render import PhotoJob, Renderer, render_album
from synthetic_albums.stages.render.builtin import BuiltinRenderer
from synthetic_albums.stages.render.storyboard import StoryboardRenderer
from synthetic_albums.stages.seeds import derive_seed
from synthetic_albums.stages.story import plan_story

PROMPTS = (
    "a day at the beach", "a picnic in the park", "a walk through the old town", "a hike in the mountains",
    "a trip to the lake", "a morning at the market", "an evening at home", "an autumn day in the forest",
    "a rainy afternoon in a cafe", "a day on the farm", "a winter day in the snow", "a night at the campsite",
)  # fmt: skip
REAL_SEED = 9000  # of plans that no setting renders
TRIALS = 200


class CopyingRenderer(StoryboardRenderer):
    """The storyboard renderer, but one photo in five is a private picture, as an overfit model would give."""

    def __init__(self, private: list[np.ndarray]) -> None:
        super().__init__()
        self._private = private

    def describe(self) -> dict[str, str | int | float | bool | None]:
        """What fingerprints depend on."""
        return {**super().describe(), "copying": True}

    def render_photo(self, job: PhotoJob, *, on_step: Callable[[int, int], None]) -> np.ndarray:
        """Draw, or copy."""
        number = derive_seed("copy", job.seed)
        if number % 5 == 0:
            return self._private[number // 5 % len(self._private)]
        return super().render_photo(job, on_step=on_step)


@dataclass(frozen=True)
class Sizes:
    """albums: of a setting, photos: of each. size: pixels. places: how many prompts take turns."""

    albums: int
    photos: int
    size: int
    places: int


def agreement() -> dict[str, float]:
    """Largest differences to the reference implementations, over sets of several sizes and shifts."""
    import prdc
    import scipy.linalg
    import torch
    from torchmetrics.image.kid import poly_mmd

    worst = dict.fromkeys(("kid_difference", "frechet_difference", "manifold_difference", "vendi_difference"), 0.0)

    def note(name: str, ours: float, theirs: float, *, relative: bool = True) -> None:
        worst[name] = max(worst[name], abs(ours - theirs) / (abs(theirs) if relative else 1.0))

    for seed, (count, dim, shift) in enumerate([(60, 16, 0.0), (200, 64, 0.3), (400, 192, 0.1), (300, 32, 1.0)]):
        rng = np.random.default_rng(seed)
        x = rng.normal(size=(count, dim)) + shift
        y = rng.normal(size=(count, dim)) * rng.uniform(0.5, 1.5, dim)
        theirs = float(poly_mmd(torch.from_numpy(y), torch.from_numpy(x)))
        note("kid_difference", kernel_distance(x, y, seed=0).value, theirs)
        if count > dim:  # the textbook root is not defined for singular covariances
            a, b = np.cov(x.T), np.cov(y.T)
            root = np.trace(np.asarray(scipy.linalg.sqrtm(a @ b)).real)
            formula = float(((x.mean(0) - y.mean(0)) ** 2).sum() + np.trace(a) + np.trace(b) - 2 * root)
            note("frechet_difference", frechet_distance(x, y), formula)
        for k in (3, 5):
            found, reference = manifold_overlap(x, y, k=k), prdc.compute_prdc(y, x, k)
            note("manifold_difference", found.density, float(reference["density"]), relative=False)
            for name in ("precision", "recall", "coverage"):
                note("manifold_difference", getattr(found, name).value, float(reference[name]), relative=False)
        unit = x / np.linalg.norm(x, axis=1, keepdims=True)
        shares = np.linalg.eigvalsh(unit @ unit.T / count)
        shares = shares[shares > 1e-12]
        note("vendi_difference", vendi_score(unit), float(np.exp(-(shares * np.log(shares)).sum())))
    return worst


def interval_coverage() -> float:
    """How often the 95 % interval of KID holds the distance of the sources."""

    def draw(seed: int, count: int, shift: float) -> np.ndarray:
        return np.random.default_rng(seed).normal(size=(count, 8)) + shift

    truth = kernel_distance(draw(10**6, 4000, 0.3), draw(10**6 + 1, 4000, 0.0), seed=0).value
    found = [kernel_distance(draw(2 * n, 60, 0.3), draw(2 * n + 1, 60, 0.0), seed=n) for n in range(TRIALS)]
    return float(np.mean([one.low <= truth <= one.high for one in found]))


def render(folder: Path, renderer: Renderer, sizes: Sizes, seed: int) -> float:
    """Write albums; gives the seconds of one photo, the first album left out because it loads the model."""
    seconds = []
    for number in range(sizes.albums):
        prompt = PROMPTS[number % sizes.places]
        plan = plan_story(prompt, photos=sizes.photos, seed=seed + number, style="natural")
        begun = time.perf_counter()
        render_album(
            plan,
            lay_out_scenes(plan, width=sizes.size, height=sizes.size),
            cast_characters(plan),
            renderer,
            AlbumFolder(folder / f"album-{number:02d}"),
            width=sizes.size,
            height=sizes.size,
            subset="",
            attempt=0,
            on_progress=lambda *_: None,
            check_interrupt=lambda: None,
        )
        seconds.append((time.perf_counter() - begun) / sizes.photos)
    return float(np.median(seconds[1:] or seconds))


def settings_table(root: Path, sizes: Sizes) -> QualityResult:
    """Render every setting, check it against the private pictures, and measure it."""
    storyboard = StoryboardRenderer()
    render(root / "private", storyboard, sizes, REAL_SEED)
    # Three albums of each place: folds are split by album, and what is asked must have been shown in another one.
    render(root / "real", storyboard, replace(sizes, albums=3 * sizes.albums), 2 * REAL_SEED)
    photos = sorted((root / "private").glob("*/photos/*.png"))
    renderers: dict[str, Renderer] = {
        "storyboard": storyboard,
        "copying": CopyingRenderer([decode_photo(path.read_bytes()) for path in photos]),
        "builtin-quality": BuiltinRenderer(quality="quality"),
        "builtin-draft": BuiltinRenderer(quality="draft"),
    }
    gallery = build_gallery(
        _only_photos(root / "private", root / "gallery"),
        picture_encoder=builtin_picture_encoder(),
        person_encoder=builtin_person_encoder(),
    )
    seconds = {}
    for name, renderer in renderers.items():
        seconds[name] = render(root / "settings" / name, renderer, sizes, 1)
        for folder in sorted((root / "settings" / name).glob("album-??")):
            check_album(AlbumFolder(folder), gallery, on_progress=lambda *_: None, check_interrupt=lambda: None)
        print(f"{name}: {seconds[name]:.2f} s a photo", flush=True)
    choices = QualityChoices(
        settings=tuple(f"{name}={root / 'settings' / name}" for name in renderers),
        reference=root / "private",
        real=root / "real",
        seconds=tuple(f"{name}={took:.4f}" for name, took in seconds.items()),
    )
    return measure_settings(choices, builtin_picture_encoder())


def _only_photos(albums: Path, target: Path) -> Path:
    """A folder of the photos alone, as a private collection would be."""
    target.mkdir()
    for path in sorted(albums.glob("*/photos/*.png")):
        (target / f"{path.parent.parent.name}-{path.name}").write_bytes(path.read_bytes())
    return target


def row_figures(result: QualityResult) -> dict[str, float]:
    """The table as flat figures."""
    figures: dict[str, float] = {}
    for row in result.table.rows:
        values = {"leaked": row.leaked, "kid": row.kid, "precision": row.precision, "recall": row.recall}
        values |= {"coverage": row.coverage} | {f"utility_{task}": ratio for task, ratio in row.utility.items()}
        figures |= {f"{row.setting}_{name}": found.value for name, found in values.items() if found is not None}
        figures |= {f"{row.setting}_withheld": row.withheld, f"{row.setting}_seconds": row.seconds or 0.0}
    return figures


def main() -> None:
    """Measure, print, and write the figures."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--albums", type=int, default=8, help="of each setting; three times as many on the real side")
    parser.add_argument("--photos", type=int, default=8, help="of each album")
    parser.add_argument("--size", type=int, default=256, help="pixels")
    parser.add_argument("--keep", type=Path, help="an empty folder to keep the albums in")
    parser.add_argument("--json", type=Path)
    options = parser.parse_args()
    figures = agreement()
    figures["kid_interval"] = interval_coverage()
    for name, value in figures.items():
        print(f"{name:28s} {value:.3g}", flush=True)
    with tempfile.TemporaryDirectory() as scratch:
        result = settings_table(
            options.keep or Path(scratch),
            Sizes(options.albums, options.photos, options.size, min(options.albums, len(PROMPTS))),
        )
    print(result.table.to_text())
    for name, report in result.reports.items():
        print(name, *(f"{task.task} {task.synthetic.value:.2f}/{task.real.value:.2f}/{task.baseline:.2f}"
                      for task in (report.utility.tasks if report.utility else [])))  # fmt: skip
    if options.json:
        options.json.write_text(json.dumps(figures | row_figures(result), indent=1), encoding="utf-8")


if __name__ == "__main__":
    main()
