"""The audit: every attack that the given model and encoder allow, on the same members and non-members."""

import json
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from typing import Any, Final

import numpy as np

from ...album_folder import AlbumFolder
from ...encoders.interface import PictureEncoder
from ...errors import AlbumError
from ...score_model import ScoreModel
from .attacks import LOSS_DRAWS, MODEL_ATTACKS, Batch
from .blind import blind_scores, thumbnail
from .candidates import Candidates, Source, read_candidates, released_photos, require_disjoint
from .distances import IMAGE_ATTACKS, encoded, image_scores
from .picture import roc_picture
from .report import MembershipReport
from .roc import auc_interval
from .summary import Facts, Run, summarise

JSON_FILE: Final = "reports/membership.json"
PICTURE_FILE: Final = "reports/membership.png"
_BATCH: Final = 16

Progress = Callable[[int, int], None]
_Item = tuple[int, str, Any, np.ndarray]  # place, digest, condition, picture as the model sees it


def audit_album(
    folder: AlbumFolder,
    members: Path,
    non_members: Path,
    *,
    model: ScoreModel | None = None,
    encoder: PictureEncoder | None = None,
    seed: int = 0,
    on_progress: Progress = lambda done, total: None,
    check_interrupt: Callable[[], None] = lambda: None,
) -> MembershipReport:
    """Audit a released album and write `reports/membership.json` and `reports/membership.png` into its folder.

    Args:
        folder: of the album; its finished photos are what is released.
        members: folder of pictures that the generator was trained on, or that the album was made from.
        non_members: folder of pictures of the same kind that it has certainly never seen.
        model: as for `audit_membership`, like all that follow.
        encoder: likewise.
        seed: likewise.
        on_progress: likewise.
        check_interrupt: likewise.

    Raises:
        AlbumError: as `audit_membership`; a folder cannot be used, see `read_candidates`; or the model has other
            weights than when it made the album.
        AlbumBusyError: another run is writing this album.
    """
    _require_means(model, encoder)
    if model is not None:
        _require_maker(model, folder)
    released = released_photos(folder)
    sides = read_candidates(members, "members"), read_candidates(non_members, "non-members")
    report = audit_membership(
        *sides, released, model=model, encoder=encoder, seed=seed, on_progress=on_progress,
        check_interrupt=check_interrupt,
    )  # fmt: skip
    with folder.writing() as writer:
        text = json.dumps(report.model_dump(mode="json"), indent=1, ensure_ascii=False)
        writer.write_text(JSON_FILE, text + "\n")
        writer.write_bytes(PICTURE_FILE, _png(report))
    return report


def audit_membership(
    members: Candidates,
    non_members: Candidates,
    released: Candidates,
    *,
    model: ScoreModel | None = None,
    encoder: PictureEncoder | None = None,
    seed: int = 0,
    on_progress: Progress = lambda done, total: None,
    check_interrupt: Callable[[], None] = lambda: None,
) -> MembershipReport:
    """Run every attack and say how well each tells members from non-members.

    Args:
        members: of `read_candidates`.
        non_members: likewise; they must share no picture with the members.
        released: what an attacker without the model sees; only needed with an encoder.
        model: asked by the loss attack, PIA and SimA; None leaves them out.
        encoder: measures distances to released pictures; None leaves these attacks out.
        seed: of the noises and of the folds.
        on_progress: told candidates done, and all there are.
        check_interrupt: called between batches; what it raises stops the audit, and nothing is written.

    Returns:
        The report; its attacks are sorted as they were run, the strongest is named.

    Raises:
        AlbumError: neither model nor encoder is given, the encoder looks at people, the sets share pictures, there are
            no released photos to measure distances to, or model or encoder give values that cannot be ranked.
    """
    _require_means(model, encoder)
    require_disjoint(members, non_members)
    if encoder is not None and not released.count:
        raise AlbumError("The album has no finished photo that a distance could be measured to: render it first.")
    sources = [*members.sources.items(), *non_members.sources.items()]
    steps = _Steps(len(sources) * ((model is not None) + 1), on_progress, check_interrupt)
    try:
        features = _features(sources, encoder, steps)
        scores = image_scores(features, _vectors(released, encoder)) if encoder is not None else {}
        asked = _ask(model, sources, seed, steps) if model is not None else {}
    finally:
        for one in (model, encoder):
            if one is not None:
                one.close()
    is_member = np.arange(len(sources)) < members.count
    groups = [_group(digest, source) for digest, source in sources]
    blind = blind_scores(features, is_member, groups, seed)
    facts = Facts(
        members, non_members, released, model.facts if model else None, encoder.facts if encoder else None, seed,
        auc_interval(blind[is_member], blind[~is_member]),
    )  # fmt: skip
    return summarise(_runs(scores, asked, members.count), facts)


def _require_maker(model: ScoreModel, folder: AlbumFolder) -> None:
    """Ask before anything is read that takes long; memory is needed again only when the model is asked."""
    try:
        model.require_maker(folder.read())
    finally:
        model.close()


def _require_means(model: ScoreModel | None, encoder: PictureEncoder | None) -> None:
    if model is None and encoder is None:
        raise AlbumError(
            "A membership audit needs something to attack with: connect a picture encoder (distances to the released "
            "photos), or a renderer whose model can be asked, such as the built-in one (loss, PIA, SimA), or both."
        )
    if encoder is not None and encoder.facts.looks_at != "picture":
        raise AlbumError(
            f"The encoder {encoder.facts.name} looks at people, but distances between whole pictures are needed: "
            "connect an encoder of pictures."
        )


@dataclass
class _Steps:
    total: int
    on_progress: Progress
    check_interrupt: Callable[[], None]
    done: int = 0

    def add(self, count: int) -> None:
        self.done += count
        self.on_progress(self.done, self.total)
        self.check_interrupt()


def _features(sources: list[tuple[str, Source]], encoder: PictureEncoder | None, steps: _Steps) -> np.ndarray:
    """(candidates, dim): the encoder's vectors, or thumbnails where there is none."""
    found = []
    for batch in _batches(sources):
        pictures = [source.read() for _, source in batch]
        found.append(np.stack([thumbnail(one) for one in pictures]) if encoder is None else encoded(encoder, pictures))
        steps.add(len(batch))
    return np.concatenate(found)


def _vectors(released: Candidates, encoder: PictureEncoder) -> np.ndarray:
    batches = _batches(list(released.sources.items()))
    return np.concatenate([encoded(encoder, [source.read() for _, source in batch]) for batch in batches])


def _ask(model: ScoreModel, sources: list[tuple[str, Source]], seed: int, steps: _Steps) -> dict[str, np.ndarray]:
    """Scores of all model attacks, (candidates,) each. Batches hold pictures of one shape."""
    _ = model.facts  # loads it: what is wrong with the model itself is said before it is put down to a picture
    scores: dict[str, np.ndarray] = {}
    waiting: dict[tuple[int, ...], list[_Item]] = {}
    for index, (digest, source) in enumerate(sources):
        condition = None
        if source.album is not None and source.photo is not None:
            condition = model.condition(source.album, source.photo)
        clean = _prepared(model, source, condition)
        waiting.setdefault(clean.shape, []).append((index, digest, condition, clean))
        if len(waiting[clean.shape]) == _BATCH:
            _ask_batch(model, waiting.pop(clean.shape), seed, scores, len(sources))
            steps.add(_BATCH)
    for rest in waiting.values():
        _ask_batch(model, rest, seed, scores, len(sources))
        steps.add(len(rest))
    return scores


def _prepared(model: ScoreModel, source: Source, condition: Any) -> np.ndarray:
    picture = source.read()
    try:
        return model.prepare(picture, condition)
    except AlbumError as error:
        raise AlbumError(f"'{source.path}' cannot be audited. {error}") from error


def _ask_batch(model: ScoreModel, items: list[_Item], seed: int, scores: dict[str, np.ndarray], total: int) -> None:
    indices, digests, conditions, clean = zip(*items, strict=True)
    batch = Batch(np.stack(clean), conditions, digests)
    for attack in MODEL_ATTACKS:
        for name, values in attack.run(model, batch, seed).items():
            scores.setdefault(name, np.full(total, np.nan))[list(indices)] = values


def _runs(image: dict[str, np.ndarray], asked: dict[str, np.ndarray], members: int) -> list[Run]:
    facts = {attack.name: (attack.source, attack.calls) for attack in MODEL_ATTACKS}
    runs = []
    for name, values in asked.items():
        source, calls = facts[name.split(" ")[0]]
        detail = name not in facts
        calls = LOSS_DRAWS if detail else calls
        runs.append(Run(name, "model", source, calls, detail, values[:members], values[members:]))
    for name, values in image.items():
        runs.append(Run(name, "images", IMAGE_ATTACKS[name], 0, False, values[:members], values[members:]))
    return runs


def _group(digest: str, source: Source) -> str:
    """Photos of one album belong together; any other picture stands for itself."""
    return f"album {source.album.plan.seed} {source.album.plan.title}" if source.album is not None else digest


def _batches(sources: list[tuple[str, Source]]) -> Iterator[list[tuple[str, Source]]]:
    rest = iter(sources)
    while batch := list(islice(rest, _BATCH)):
        yield batch


def _png(report: MembershipReport) -> bytes:
    from io import BytesIO

    buffer = BytesIO()
    roc_picture(report).save(buffer, "PNG", optimize=True)
    return buffer.getvalue()
