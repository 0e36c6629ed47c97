"""Does the leakage check find what was planted, and how often does it cry wolf?

All pictures come from the drawn world, of people whom no training and no calibration saw. Prints tables and the figures
that the README claims:

    copy_tpr_min      share of planted copies found, of the worst transform
    identity_tpr      share of planted people found, by character over an album
    false_alarm_rate  share of innocent photos (copies) or characters (identities) flagged, whichever is more
    mia_auc_overfit, mia_auc_honest   of benchmarks/membership.py
    search_ratio      of benchmarks/gallery_search.py

Every share is given with its 95 % interval (Clopper & Pearson, 1934), as though the trials were independent.
"""

import argparse
import io
import json
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import numpy as np
from leakage_copies import TRANSFORMS, Transform, chain, crop, recompress, relight, resize, rotate
from leakage_world import (
    RememberingEncoder,
    WorldAlbum,
    copy_gallery,
    drawn_albums,
    people_gallery,
    planted_album,
)
from PIL import Image, ImageFilter
from synthetic_albums.models.train.world import SCENES_PER_ALBUM
from synthetic_albums.stages.encoders import builtin_person_encoder, builtin_picture_encoder
from synthetic_albums.stages.leakage.anchors import PORTRAIT_SKELETON
from synthetic_albums.stages.leakage.copy_paste import THRESHOLD as PASTE_THRESHOLD
from synthetic_albums.stages.leakage.copy_paste import find_pasted
from synthetic_albums.stages.leakage.gallery import Gallery
from synthetic_albums.stages.leakage.identities import Identities
from synthetic_albums.stages.leakage.neighbours import clopper_pearson
from synthetic_albums.stages.leakage.options import DEFAULT_TARGET, CheckOptions
from synthetic_albums.stages.leakage.photo_checks import PhotoChecks
from synthetic_albums.stages.seeds import derive_seed

SEED = 7  # of the world; the built-in model was trained and calibrated on seed 1
PLANTED_SEED = 8  # of the scenes that private people are planted in
PRIVATE = 32  # albums
INNOCENT_FIRST, INNOCENT = 32, 96
PEOPLE = 4  # of an album
FAMILY = 4  # albums of one private collection: 16 people, 32 photos
PARTS = ("copies", "identities", "paste", "membership", "search")
HERE = Path(__file__).parent


# --- transforms ---------------------------------------------------------------------------------------------------


def restyle(picture: np.ndarray, rng: np.random.Generator) -> np.ndarray:
    """Another look of the whole picture: sepia, posterised, oil-painted or washed out and tinted."""
    image, kind = Image.fromarray(picture), int(rng.integers(4))
    if kind == 0:
        grey = np.asarray(image.convert("L"), np.float64)[..., None]
        values = grey * np.array([1.0, 0.86, 0.66]) + np.array([12.0, 4.0, 0.0])
    elif kind == 1:
        levels = 4
        values = np.round(picture / 255 * (levels - 1)) / (levels - 1) * 255
    elif kind == 2:
        values = np.asarray(image.filter(ImageFilter.ModeFilter(7)), np.float64)
    else:
        soft = np.asarray(image.filter(ImageFilter.GaussianBlur(2)), np.float64)
        values = 0.55 * soft + 0.45 * 255 * rng.uniform(0.75, 1.0, 3)
    return np.clip(values, 0, 255).astype(np.uint8)


def sketch(picture: np.ndarray, rng: np.random.Generator) -> np.ndarray:
    """Outlines alone, dark on white: nothing of the light and shade is left."""
    edges = np.asarray(Image.fromarray(picture).convert("L").filter(ImageFilter.FIND_EDGES), np.float64)
    return np.repeat(np.clip(255 - 2 * edges, 0, 255).astype(np.uint8)[..., None], 3, axis=2)


def flip(picture: np.ndarray, rng: np.random.Generator) -> np.ndarray:
    """Mirrored, upside down, or both."""
    way = int(rng.integers(3))
    return np.ascontiguousarray(picture[:: -1 if way else 1, :: -1 if way != 1 else 1])


def any_crop(picture: np.ndarray, rng: np.random.Generator) -> np.ndarray:
    """A cut of 50 to 90 % of the area, anywhere, of any shape that it allows."""
    return crop(float(rng.uniform(0.5, 0.9)), keep_shape=False)(picture, rng)


COUNTED: dict[str, Transform] = {
    "exact": TRANSFORMS["same"],
    "recompressed": lambda picture, rng: recompress(int(rng.integers(10, 60)))(picture, rng),
    "resized": resize(0.2, 2.0),
    "cropped": any_crop,
    "flipped": flip,
    "relit": relight,
    "restyled": restyle,
    "combined": chain(crop(0.6, keep_shape=True), flip, relight, recompress(40)),
}
BEYOND: dict[str, Transform] = {"rotated_3_degrees": rotate(3), "sketched": sketch}  # shown, not promised


# --- copies -------------------------------------------------------------------------------------------------------


def measure_copies(albums: Sequence[WorldAlbum], innocent: Sequence[WorldAlbum], copies: int) -> dict[str, Any]:
    """Plant copies of every reference with each transform; see `COUNTED`."""
    references = [np.asarray(picture) for album in albums for picture in album.pictures]
    strangers = [np.asarray(picture) for album in innocent for picture in album.pictures]
    encoder = builtin_picture_encoder()
    gallery = copy_gallery(references, encoder.encode(references), encoder.facts)
    checks = PhotoChecks(gallery, CheckOptions(), photos=SCENES_PER_ALBUM, characters=PEOPLE)
    figures: dict[str, Any] = {"copy_references": len(references), "copy_encoder": encoder.facts.label}
    if checks.copies is not None:
        figures["copy_threshold_cosine"] = checks.copies.threshold.cosine
    print(
        f"\ncopies: {len(references)} references, {len(strangers)} innocent photos, {copies} copies of each transform"
    )
    print(f"{'transform':20}{'found':>8}  {'95 % interval':16}{'by signs':>10}{'by encoder':>12}", flush=True)
    for name, transform in {**COUNTED, **BEYOND}.items():
        made = [
            transform(references[number % len(references)], np.random.default_rng(derive_seed(name, number)))
            for number in range(copies)
        ]
        figures |= _table_row(name, *_flags(made, checks))
    found = {name: figures[f"copy_tpr_{name}"] for name in COUNTED}
    figures |= {"copy_tpr_min": min(found.values()), "copy_worst": min(found, key=lambda name: found[name])}
    started = time.perf_counter()
    signs, encoded = _flags(strangers, checks)
    figures["copy_photo_ms"] = (time.perf_counter() - started) / len(strangers) * 1000
    figures |= _table_row("(innocent)", signs, encoded)
    return figures


def _flags(photos: Sequence[np.ndarray], checks: PhotoChecks) -> tuple[np.ndarray, np.ndarray]:
    """Whether each photo is flagged by the signs, and whether by the encoder."""
    findings = [checks.near_copies(photo) for photo in photos]
    signs = np.array([any(finding.status == "leak" for finding in found[:-1]) for found in findings])
    encoded = np.array([found[-1].status == "leak" for found in findings])
    return signs, encoded


def _table_row(name: str, signs: np.ndarray, encoded: np.ndarray) -> dict[str, Any]:
    hits, count = int((signs | encoded).sum()), len(signs)
    low, high = clopper_pearson(hits, count, 0.95)
    print(
        f"{name:20}{hits / count:8.1%}  {low:7.1%} – {high:6.1%}{signs.mean():10.1%}{encoded.mean():12.1%}", flush=True
    )
    key = "copy_false_alarms" if name == "(innocent)" else f"copy_tpr_{name}"
    return {
        key: hits / count, f"{key}_interval": [low, high], f"{key}_n": count,
        f"{key}_signs": float(signs.mean()), f"{key}_encoder": float(encoded.mean()),
    }  # fmt: skip


# --- identities ---------------------------------------------------------------------------------------------------


def measure_identities(
    private: Sequence[WorldAlbum], planted: Sequence[WorldAlbum], innocent: Sequence[WorldAlbum]
) -> dict[str, Any]:
    """Plant private people in new albums; galleries of growing size, the main one of `FAMILY` albums."""
    encoder = RememberingEncoder(builtin_person_encoder())
    figures: dict[str, Any] = {"identity_encoder": encoder.inner.facts.label}
    print(f"\nidentities: encoder {encoder.inner.facts.label}, target {DEFAULT_TARGET:g} of innocent albums")
    heading = f"{'people':>7}{'threshold':>11}{'planted found':>15}  {'95 %':15}{'photos':>8}"
    print(f"{heading}{'innocent':>10}  {'95 %':15}{'photos':>8}")
    for size in (1, 2, FAMILY, 8, 16, PRIVATE):
        groups = [range(first, first + size) for first in range(0, PRIVATE, size)]
        row = _identity_row([([private[i] for i in g], [planted[i] for i in g]) for g in groups], innocent, encoder)
        _print_identities(4 * size, row)
        figures |= {f"identity_{key}_{4 * size}_people": value for key, value in row.items()}
        if size == FAMILY:
            figures |= {
                "identity_tpr": row["tpr"], "identity_false_alarms": row["far"], "identity_people": 4 * size,
            }  # fmt: skip
    return figures


def _identity_row(
    pairs: Sequence[tuple[list[WorldAlbum], list[WorldAlbum]]],
    innocent: Sequence[WorldAlbum],
    encoder: RememberingEncoder,
) -> dict[str, Any]:
    found: list[bool] = []
    alarms: list[bool] = []
    found_photos: list[bool] = []
    alarm_photos: list[bool] = []
    thresholds, unknown = [], 0
    for owners, guests in pairs:
        gallery, known = people_gallery(owners, encoder)
        thresholds.append(_identities(gallery).threshold.cosine)
        everybody = {key for album in owners for key in album.people.values()}
        for album in guests:
            flags, photos = _character_flags(album, _identities(gallery))
            unknown += sum(album.people[who] not in known for who in flags)
            found += [flag for who, flag in flags.items() if album.people[who] in known]
            shown = {who for who in flags if album.people[who] in known}
            found_photos += [flag for present, flag in photos if present & shown]
        for album in innocent:
            if not everybody & set(album.people.values()):
                flags, photos = _character_flags(album, _identities(gallery))
                alarms += list(flags.values())
                alarm_photos += [flag for present, flag in photos if present]
    return {
        "tpr": float(np.mean(found)), "tpr_interval": list(clopper_pearson(sum(found), len(found), 0.95)),
        "planted": len(found), "not_seen_in_gallery": unknown, "photos_found": float(np.mean(found_photos)),
        "far": float(np.mean(alarms)), "far_interval": list(clopper_pearson(sum(alarms), len(alarms), 0.95)),
        "innocent": len(alarms), "photos_alarmed": float(np.mean(alarm_photos)),
        "threshold": float(np.mean(thresholds)),
    }  # fmt: skip


def _identities(gallery: Gallery) -> Identities:
    """The check as an album of eight photos with four people gets it."""
    targets = CheckOptions().targets(photos=SCENES_PER_ALBUM, characters=PEOPLE)
    return Identities(gallery, character_target=targets.characters, photo_target=targets.heads)


def _character_flags(album: WorldAlbum, check: Identities) -> tuple[dict[str, bool], list[tuple[set[str], bool]]]:
    """Whether each character of an album that can be seen is flagged; and of each photo who is in it, and its flag."""
    photos = []
    for scene, picture in enumerate(album.pictures):
        findings = check.look(np.asarray(picture), album.expected[scene])
        present = {finding.subject for finding in findings if finding.status != "unchecked"}
        photos.append((present, any(finding.status == "leak" for finding in findings)))
    for who, portrait in album.portraits.items():
        check.look_at_portrait(who, portrait, PORTRAIT_SKELETON)
    flags = {finding.subject: finding.status == "leak" for finding in check.characters(album.people)}
    return flags, [(present, alone or any(flags[who] for who in present)) for present, alone in photos]


def _print_identities(people: int, row: dict[str, Any]) -> None:
    low, high = row["tpr_interval"]
    first, last = row["far_interval"]
    print(
        f"{people:7}{row['threshold']:11.3f}{row['tpr']:9.1%} of {row['planted']:<3}  {low:6.1%} – {high:6.1%}"
        f"{row['photos_found']:8.1%}{row['far']:10.2%}  {first:6.2%} – {last:6.2%}{row['photos_alarmed']:8.2%}",
        flush=True,
    )


# --- copy and paste -----------------------------------------------------------------------------------------------


def measure_pasting(albums: Sequence[WorldAlbum], count: int) -> dict[str, Any]:
    """Paste portraits into photos, recompressed and some mirrored; honest photos show the same people."""
    honest, pasted = [], []
    jobs = [(album, scene, who) for album in albums for scene in range(len(album.pictures)) for who in album.portraits]
    shown = [(a, n, who) for a, n, who in jobs if who in {person.character for person in a.expected[n]}][:count]
    for number, (album, scene, who) in enumerate(shown):
        photo, portrait = np.asarray(album.pictures[scene]), album.portraits[who]
        honest.append(find_pasted(photo, portrait).score)
        pasted.append(find_pasted(_with_paste(photo, portrait, np.random.default_rng(number)), portrait).score)
    hits, alarms = (int((np.array(scores) >= PASTE_THRESHOLD).sum()) for scores in (pasted, honest))
    tpr, far = clopper_pearson(hits, len(pasted), 0.95), clopper_pearson(alarms, len(honest), 0.95)
    print(f"\ncopy-paste: {len(shown)} photos with the person of the portrait, threshold {PASTE_THRESHOLD}")
    print(f"pasted portraits found {hits / len(pasted):.1%} ({tpr[0]:.1%} – {tpr[1]:.1%})", end="; ")
    print(f"honest photos flagged {alarms / len(honest):.2%} ({far[0]:.2%} – {far[1]:.2%})", flush=True)
    return {
        "paste_found": hits / len(pasted), "paste_found_interval": list(tpr), "paste_n": len(pasted),
        "paste_false_alarms": alarms / len(honest), "paste_false_alarms_interval": list(far),
    }  # fmt: skip


def _with_paste(photo: np.ndarray, portrait: np.ndarray, rng: np.random.Generator) -> np.ndarray:
    side = int(len(photo) * rng.uniform(0.16, 0.7))
    small = np.asarray(Image.fromarray(portrait).resize((side, side), Image.Resampling.BILINEAR))
    x, y = rng.integers(0, len(photo) - side, 2)
    made = photo.copy()
    made[y : y + side, x : x + side] = small[:, ::-1] if rng.random() < 0.5 else small
    file = io.BytesIO()
    Image.fromarray(made).save(file, "JPEG", quality=60)
    return np.asarray(Image.open(file))


# --- the whole ----------------------------------------------------------------------------------------------------


def other_script(name: str, *arguments: str | Path) -> dict[str, Any]:
    """Figures of another benchmark of this folder, run by itself."""
    script = HERE / name
    if not script.is_file():
        print(f"\n{name} is not there: its figures are left out")
        return {}
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "figures.json"
        subprocess.run([sys.executable, str(script), *map(str, arguments), "--json", str(file)], check=True)
        return json.loads(file.read_text(encoding="utf-8"))


def membership(twin: Path | None, world: Path | None) -> dict[str, Any]:
    """The attacks of benchmarks/membership.py, where there is an overfit twin to attack."""
    if twin is None or world is None:
        print("\nmembership needs --twin and --world, see benchmarks/membership.py: its figures are left out")
        return {}
    return other_script("membership.py", "--twin", twin, "--world", world)


def main() -> None:
    """Read the command line, measure, print, and write the figures."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("folder", type=Path, help="where the world is drawn; what lies there is used again")
    parser.add_argument("--parts", nargs="+", choices=PARTS, default=PARTS)
    parser.add_argument("--references", type=int, default=16, metavar="ALBUMS", help="of 8 photos, to copy from")
    parser.add_argument("--copies", type=int, default=300, help="of each transform")
    parser.add_argument("--twin", type=Path, help="for membership.py: model folder of the overfit twin")
    parser.add_argument("--world", type=Path, help="for membership.py: folder of the drawn world of seed 1")
    parser.add_argument("--workers", type=int, default=1, help="processes that draw")
    parser.add_argument("--json", type=Path, help="write the figures here; what is there of other parts is kept")
    options = parser.parse_args()
    figures: dict[str, Any] = {}
    if options.json and options.json.is_file():
        figures = json.loads(options.json.read_text(encoding="utf-8"))
    for part in options.parts:
        figures |= _parts(options)[part]()
        if options.json:
            options.json.write_text(json.dumps(figures, indent=2) + "\n", encoding="utf-8")
    alarms = [figures[key] for key in ("copy_false_alarms", "identity_false_alarms") if key in figures]
    if alarms:
        figures["false_alarm_rate"] = max(alarms)
    print()
    names = "copy_tpr_min identity_tpr false_alarm_rate mia_auc_overfit mia_auc_honest search_ratio"
    for name in names.split():
        print(f"[{name}] {figures[name]:.4f}" if name in figures else f"[{name}] not measured")
    if options.json:
        options.json.write_text(json.dumps(figures, indent=2) + "\n", encoding="utf-8")


def _parts(options: argparse.Namespace) -> dict[str, Callable[[], dict[str, Any]]]:
    def drawn(first: int, count: int) -> list[WorldAlbum]:
        return drawn_albums(options.folder, first, count, seed=SEED, workers=options.workers)

    def planted() -> list[WorldAlbum]:
        return [
            planted_album(options.folder, album, number, seed=PLANTED_SEED)
            for number, album in enumerate(drawn(0, PRIVATE))
        ]

    return {
        "copies": lambda: measure_copies(drawn(0, options.references), drawn(INNOCENT_FIRST, INNOCENT), options.copies),
        "identities": lambda: measure_identities(drawn(0, PRIVATE), planted(), drawn(INNOCENT_FIRST, INNOCENT)),
        "paste": lambda: measure_pasting(drawn(INNOCENT_FIRST, INNOCENT), 300),
        "membership": lambda: membership(options.twin, options.world),
        "search": lambda: other_script("gallery_search.py"),
    }


if __name__ == "__main__":
    main()
