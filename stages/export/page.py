"""The album as one page that opens from disk: no network, no script, everything said in the page itself."""

from itertools import groupby
from pathlib import Path, PurePosixPath
from typing import Any, Final
from urllib.parse import quote

from ..photo_file import STATEMENT
from ..records import Album, Character, LeakageSummary, PhotoRecord, Scene, Verdict
from ..wording import clock, date_range, join_lines, long_date, readable, short_date, words

TEMPLATES: Final = Path(__file__).parent / "templates"

_PLACEHOLDERS = {
    "pending": "This photo has not been made yet.",
    "failed": "This photo could not be made.",
    "withheld": "Withheld: it came too close to a picture in the private gallery.",
    "done": "The file of this photo is not in the album.",
}
_CHECK_TITLES = {
    "clean": "Leakage check: no near-copy found",
    "leak": "Leakage check: leaks were found",
    "unchecked": "Leakage check: not checked",
}
_VERDICT_WORDS = {"clean": "no near-copy found", "leak": "too close to a reference", "unchecked": "not checked"}
_LEAK_WORDS = {
    "near_copy": "it came too close to a picture in the private gallery",
    "identity": "somebody in it resembles a person in the private gallery",
    "copy_paste": "a portrait of the cast was pasted into it",
    "text": "its text repeats private text",
    "metadata": "its file said more than it should",
    "neighbours": "it came too close to the private gallery",
}
_TEXT_WITHHELD = "[withheld: private text]"
_DIGEST_CHARS = 12


def render_page(album: Album) -> str:
    """Write the album's page.

    All text of the plan is escaped and kept apart from its surroundings; a policy in the page forbids scripts and
    every request but for pictures beside it. Photos and portraits are named by their paths relative to the page.

    Args:
        album: photos whose scene the plan does not have are shown without caption.

    Returns:
        UTF-8 HTML text.
    """
    from jinja2 import Environment, FileSystemLoader, StrictUndefined

    environment = Environment(
        loader=FileSystemLoader(TEMPLATES),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    return environment.get_template("index.html.j2").render(**page_content(album))


def page_content(album: Album) -> dict[str, Any]:
    """Everything that the page says, as plain text and lists."""
    plan = album.plan
    scenes = {scene.id: scene for scene in plan.scenes}
    times = [scene.time for scene in plan.scenes]
    shown = [(photo, scenes[photo.scene]) for photo in album.photos if photo.scene in scenes]
    private = _private_fields(album)
    days = [
        {
            "title": long_date(day),
            "short": short_date(day),
            "photos": [_photo(album, photo, scene) for photo, scene in group],
        }
        for day, group in groupby(shown, key=lambda pair: pair[1].time.date())
    ]
    return {
        "title": _TEXT_WITHHELD if "title" in private else readable(plan.title),
        "summary": _TEXT_WITHHELD if "summary" in private else readable(plan.summary),
        "dates": date_range(min(times).date(), max(times).date()),
        "photo_count": f"{len(shown)} photo" if len(shown) == 1 else f"{len(shown)} photos",
        "statement": STATEMENT,
        "cast": [_cast_entry(album, character) for character in plan.characters],
        "check": _check(album),
        "days": days,
        "prompt": _TEXT_WITHHELD if "prompt" in private else readable(plan.prompt),
        "making": _making(album),
        "notes": [readable(note) for note in plan.notes],
    }


def _photo(album: Album, photo: PhotoRecord, scene: Scene) -> dict[str, Any]:
    plan = album.plan
    place = plan.environment(scene.environment)
    names = [readable(plan.character(entry.character).name) for entry in scene.cast]
    place_name = readable(place.name) or words(place.kind)
    title, caption = _told(album, scene, "title"), _told(album, scene, "caption")
    described = [title, place_name, f"with {join_lines(names)}" if names else ""]
    leaked = photo.verdict is not None and photo.verdict.status == "leak"
    return {
        "number": photo.number,
        "status": f"{photo.status} leaked" if leaked else photo.status,
        "source": relative_url(photo.file) if photo.status == "done" and not leaked else "",
        "alt": "Synthetic photo: " + ", ".join(part for part in described if part),
        "placeholder": _placeholder(photo),
        "width": photo.width,
        "height": photo.height,
        "ratio": f"{photo.width} / {photo.height}" if photo.width and photo.height else "",
        "title": title,
        "caption": caption,
        "iso": scene.time.isoformat(),
        "clock": clock(scene.time),
        "place": place_name,
        "air": f"{words(scene.lighting)}, {words(scene.weather)}",
        "names": names,
        "warning": _warning(album, photo),
        "details": _details(photo, scene),
    }


def _told(album: Album, scene: Scene, field: str) -> str:
    """A text of a scene, unless the check found private text in it."""
    path = f"scenes[{album.plan.scenes.index(scene)}].{field}"
    return _TEXT_WITHHELD if path in _private_fields(album) else readable(getattr(scene, field))


def _private_fields(album: Album) -> set[str]:
    """Fields of the plan in which the check found private text, by their paths."""
    findings = album.leakage.findings if album.leakage is not None else []
    return {found.subject for found in findings if found.kind == "text" and found.status == "leak"}


def _placeholder(photo: PhotoRecord) -> str:
    leaks = [found.kind for found in photo.verdict.findings if found.status == "leak"] if photo.verdict else []
    leaked = photo.verdict is not None and photo.verdict.status == "leak"
    if photo.status == "done" and leaked:
        return "Not shown: it leaks, and could not be moved out of the album."
    if photo.status != "withheld" or not leaks:
        return _PLACEHOLDERS[photo.status]
    return f"Withheld: {join_lines([_LEAK_WORDS[kind] for kind in dict.fromkeys(leaks)])}."


def _warning(album: Album, photo: PhotoRecord) -> str:
    """What must be seen without opening the details. Where nothing at all was checked, the top of the page says so."""
    if photo.status == "failed":
        return readable(photo.attempts[-1].reason) if photo.attempts else ""
    if photo.status != "done" or album.leakage is None or album.leakage.references == 0:
        return ""
    if photo.verdict is None:
        return "Not checked for leakage."
    if photo.verdict.status == "clean":
        return ""
    return readable(photo.verdict.reason) or f"Leakage: {_VERDICT_WORDS[photo.verdict.status]}."


def _details(photo: PhotoRecord, scene: Scene) -> list[tuple[str, str]]:
    camera = scene.camera
    rows = [
        ("Camera", f"{words(camera.shot)}, {words(camera.angle)}, {camera.lens_mm} mm"),
        ("Mood", words(scene.mood)),
        ("Renderer", readable(photo.renderer)),
        ("Size", f"{photo.width} × {photo.height} pixels" if photo.width and photo.height else ""),
        ("Seed", str(photo.seed) if photo.status != "pending" else ""),
        ("Fingerprint", (photo.fingerprint or "")[:_DIGEST_CHARS]),
        ("Attempts", "; ".join(f"{a.attempt + 1}: {a.outcome}{_because(a.reason)}" for a in photo.attempts)),
        ("Leakage", _verdict_words(photo.verdict)),
    ]
    rows += [(words(name).capitalize(), f"{value:.3g}") for name, value in sorted(photo.scores.items())]
    return [(readable(name), value) for name, value in rows if value]


def _verdict_words(verdict: Verdict | None) -> str:
    if verdict is None:
        return _VERDICT_WORDS["unchecked"]
    parts = [_VERDICT_WORDS[verdict.status]]
    kinds = {found.kind for found in verdict.findings if found.status == "clean"}
    if verdict.status == "clean" and "identity" in kinds:
        parts.append("nobody recognised")
    if verdict.score is not None:
        parts.append(_score_words(verdict))
    return "; ".join(parts) + _because(verdict.reason)


def _score_words(verdict: Verdict) -> str:
    """Hashes of pictures differ by bits, the fewer the nearer; encoders give similarities, the more the nearer."""
    worst = verdict.findings[0] if verdict.findings else None
    alike = worst is not None and (worst.kind != "near_copy" or worst.threshold is None or abs(worst.threshold) < 1)
    if alike:
        limit = f", counts from {verdict.threshold:.3g}" if verdict.threshold is not None else ""
        return f"similarity {verdict.score:.3g}{limit}"
    limit = f", counts as a copy up to {verdict.threshold:g}" if verdict.threshold is not None else ""
    return f"distance {verdict.score:g}{limit}"


def _because(reason: str) -> str:
    return f" ({readable(reason)})" if reason else ""


def _check(album: Album) -> dict[str, Any]:
    """The check in plain words. A clean summary does not outlive photos that were made after it."""
    summary = album.leakage
    if summary is None:
        reason = (
            "Not checked: no private gallery was connected, so nothing is known about near-copies of real pictures."
        )
        return {
            "status": "unchecked",
            "title": _CHECK_TITLES["unchecked"],
            "reason": reason,
            "notes": [],
            "skipped": [],
        }
    status, reason, notes = summary.status, readable(summary.reason), []
    done = [photo for photo in album.photos if photo.status == "done"]
    uncleared = [photo for photo in done if photo.verdict is None or photo.verdict.status != "clean"]
    if status == "clean" and uncleared:
        status = "unchecked"
        reason = f"Not checked: {len(uncleared)} of {len(done)} photos have no clean verdict. Run the check again."
    if status == "unchecked" and summary.references == 0:
        reason = (
            "Not checked: no private gallery was connected, so nothing is known about near-copies of real pictures."
        )
    withheld = sum(photo.status == "withheld" for photo in album.photos)
    if withheld:
        notes.append(f"{withheld} withheld: kept out of this album.")
    if summary.references:
        limit = f", threshold {summary.threshold:g}" if summary.threshold is not None else ""
        notes.append(f"Compared with {summary.references} reference pictures ({readable(summary.check)}{limit}).")
    if status == "clean" and not _people_were_compared(summary):
        notes.append("The check finds near-copies of whole pictures; it does not compare faces or text.")
    skipped = [readable(line) for line in summary.skipped]
    return {"status": status, "title": _CHECK_TITLES[status], "reason": reason, "notes": notes, "skipped": skipped}


def _people_were_compared(summary: LeakageSummary) -> bool:
    return any(check.kind == "identity" and check.status == "clean" for check in summary.checks)


def _cast_entry(album: Album, character: Character) -> dict[str, str]:
    name = readable(character.name)
    files = [path for member in album.cast if member.character == character.id for path in member.portraits]
    if character.id in _leaked_people(album):
        files = []
    role = readable(character.role)
    return {
        "name": name,
        "initial": name[:1].upper(),
        "role": role if role.casefold() != name.casefold() else "",
        "portrait": relative_url(files[0]) if files else "",
    }


def _leaked_people(album: Album) -> set[str]:
    """Characters whose portrait resembles somebody, or copies a picture, of the gallery: it is not shown either."""
    findings = album.leakage.findings if album.leakage is not None else []
    return {found.subject for found in findings if found.kind in {"identity", "near_copy"} and found.status == "leak"}


def _making(album: Album) -> list[tuple[str, str]]:
    plan = album.plan
    style = f"{words(plan.style.name)}{_because(plan.style.description)}"
    rows = [
        ("Made", f"{long_date(album.created.date())}, {clock(album.created)}"),
        ("Software", readable(album.software)),
        ("Planner", readable(plan.planner)),
        ("Renderer", readable(str(album.renderer.get("name", "")))),
        ("Style", style),
        ("Album seed", str(plan.seed)),
    ]
    rows += [(readable(name), readable(version)) for name, version in sorted(album.versions.items())]
    return [(name, value) for name, value in rows if value]


def relative_url(file: str) -> str:
    """A path inside the album folder as a URL; empty for anything else, so that nothing outside is ever loaded."""
    path = PurePosixPath(file)
    outside = path.is_absolute() or ".." in path.parts or "\\" in file or not path.parts
    return "" if outside else quote(path.as_posix())
