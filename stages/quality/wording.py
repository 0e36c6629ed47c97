"""A quality report in words."""

from .record import Interval, QualityReport


def quality_text(report: QualityReport) -> str:
    """The report for people: numbers with their encoder first, then what to make of them."""
    lines = [
        f"Quality of {report.photos.pictures} photos ({_albums(report.photos.albums)}) beside "
        f"{report.reference.pictures} reference pictures.",
        f"Encoder of every number: {report.encoder_label}.",
        "",
        f"KID {_shown(report.kid, 4)}: 0 = cannot be told from the reference; {report.kid_photos} photos, "
        f"{report.kid_reference} reference pictures.",
        f"Fréchet distance {report.frechet:.2f}"
        + (": too few pictures, comes out too high." if report.frechet_biased else "."),
        *_manifold_lines(report),
        *_diversity_lines(report),
        *_utility_lines(report),
        *_cast_lines(report),
    ]
    if report.notes:
        lines += ["", *(f"- {note}" for note in report.notes)]
    return "\n".join(lines)


def _manifold_lines(report: QualityReport) -> list[str]:
    found = report.manifold
    if found is None:
        return []
    return [
        f"Precision {_shown(found.precision, 2)}: share of photos that lie among the reference (k = {found.k}).",
        f"Recall {_shown(found.recall, 2)}: share of the reference that lies among the photos.",
        f"Coverage {_shown(found.coverage, 2)}: share of the reference with a photo nearby. Density "
        f"{found.density:.2f}: how much of the reference lies around a photo; 1 = as around a reference picture.",
    ]


def _diversity_lines(report: QualityReport) -> list[str]:
    found = report.diversity
    within = f", {found.within_album:.3f} within an album" if found.within_album is not None else ""
    return [
        f"Mean distance of two photos {found.pairwise:.3f}{within}; of two reference pictures "
        f"{found.reference_pairwise:.3f}.",
        f"Vendi score {found.vendi:.1f}, of as many reference pictures {found.reference_vendi:.1f} "
        f"({found.vendi_pictures} each): how many different pictures it amounts to.",
    ]


def _utility_lines(report: QualityReport) -> list[str]:
    found = report.utility
    if found is None:
        return []
    lines = ["", f"Utility ({found.probe}; {found.real_photos} photos of {found.real_albums} real albums):"]
    for task in found.tasks:
        ratio = f"utility {_shown(task.utility, 2)}" if task.utility else "no ratio"
        lines.append(
            f"  {task.task}: {_shown(task.synthetic, 2)} learned from {task.train} synthetic, {_shown(task.real, 2)} "
            f"from as many real, {task.baseline:.2f} by always guessing the same; {ratio}."
        )
    return lines


def _cast_lines(report: QualityReport) -> list[str]:
    cast = report.cast
    if cast is None:
        return []
    lines = ["", f"Cast: {cast.people} people in {_albums(cast.albums)}."]
    for name, found in cast.attributes.items():
        if not found.everybody:
            continue
        counts = ", ".join(f"{value.replace('_', ' ')} × {count}" for value, count in found.everybody.items())
        tested = f" (leads against the target mix: p = {found.p:.3g})" if found.p is not None else ""
        lines.append(f"  {name.replace('_', ' ')}: {counts}{tested}")
    return lines


def _shown(interval: Interval, digits: int) -> str:
    return f"{interval.value:.{digits}f} [{interval.low:.{digits}f}, {interval.high:.{digits}f}]"


def _albums(count: int) -> str:
    return "1 album" if count == 1 else f"{count} albums"
