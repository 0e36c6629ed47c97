"""The shipped graph that turns one prompt into one album, filled in from the command line."""

import hashlib
import json
import re
import unicodedata
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from ..stages.errors import AlbumError
from ..stages.safe_files import album_path
from .graph import Graph, is_link

QUICKSTART = Path(__file__).parent.parent / "workflows" / "api" / "quickstart.json"
RENDERERS = {  # name on the command line: the node that makes it
    "builtin": "AlbumBuiltinRenderer",
    "storyboard": "AlbumStoryboardRenderer",
}
RENDERER_INPUTS: dict[str, dict[str, Any]] = {"builtin": {"quality": "quality"}}  # what its node must be given
MAX_SLUG_CHARS = 48


@dataclass(frozen=True)
class AlbumChoices:
    """What the command line says; None leaves the graph's own value."""

    prompt: str
    folder: Path
    photos: int | None = None
    seed: int | None = None
    style: str | None = None
    width: int | None = None
    height: int | None = None
    renderer: str | None = None
    quality: str | None = None
    gallery: Path | None = None


def fill_quickstart(choices: AlbumChoices) -> Graph:
    """The shipped graph with these choices.

    Raises:
        AlbumError: the renderer is unknown or has no quality to choose, the folder's name cannot name an album, or the
            graph is not there.
    """
    graph = _read_shipped()
    _set(
        graph, "AlbumStoryPlanner", prompt=choices.prompt, photos=choices.photos, seed=choices.seed, style=choices.style
    )
    _set(graph, "AlbumLayout", width=choices.width, height=choices.height)
    _set(graph, "AlbumRender", album_name=_album_name(choices.folder))
    if choices.renderer is not None:
        _use_renderer(graph, choices.renderer)
    if choices.quality is not None:
        _choose_quality(graph, choices.quality)
    if choices.gallery is None:
        _remove(graph, "AlbumGallery")
    else:
        place = "file" if choices.gallery.is_file() else "folder"
        _set(graph, "AlbumGallery", **{place: str(choices.gallery.absolute())})
    return graph


def slug(prompt: str, *choices: object) -> str:
    """A folder name from a prompt: its first words in ASCII.

    A short hash tells apart what the words do not: a prompt that is longer or has other letters, and the same prompt
    under another seed or style.

    Args:
        prompt: of the album.
        choices: seed, style and the like; None where nothing was chosen.
    """
    ascii_text = unicodedata.normalize("NFKD", prompt[:500]).encode("ascii", "ignore").decode()
    words = re.findall(r"[a-z0-9]+", ascii_text.lower())
    name = ""
    for word in words:
        longer = f"{name}-{word}" if name else word[:MAX_SLUG_CHARS]
        if len(longer) > MAX_SLUG_CHARS:
            break
        name = longer
    whole = name and name == "-".join(re.findall(r"\w+", prompt.lower()))
    if whole and all(choice is None for choice in choices):
        return name
    told = repr((prompt, *choices)).encode("utf-8", "replace")
    return f"{name or 'album'}-{hashlib.sha256(told).hexdigest()[:8]}"


def _read_shipped() -> Graph:
    try:
        return json.loads(QUICKSTART.read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        raise AlbumError(f"The shipped graph {QUICKSTART} cannot be read ({error}): install the pack again.") from error


def _album_name(folder: Path) -> str:
    if album_path(folder.parent, folder.name) != folder:
        raise AlbumError(
            f"The folder name '{folder.name}' cannot name an album: use letters, digits, spaces, '-' and '_'."
        )
    return folder.name


def _nodes_of(graph: Graph, class_type: str) -> list[str]:
    return [node_id for node_id, node in graph.items() if node["class_type"] == class_type]


def _set(graph: Graph, class_type: str, **values: Any) -> None:
    nodes = _nodes_of(graph, class_type)
    if not nodes:
        raise AlbumError(f"The shipped graph {QUICKSTART} has no {class_type} node: install the pack again.")
    for node_id in nodes:
        graph[node_id]["inputs"].update({name: value for name, value in values.items() if value is not None})


def _use_renderer(graph: Graph, name: str) -> None:
    if name not in RENDERERS:
        raise AlbumError(f"There is no renderer '{name}'. Known: {', '.join(sorted(RENDERERS))}.")
    for other in set(RENDERERS.values()) - {RENDERERS[name]}:
        for node_id in _nodes_of(graph, other):
            graph[node_id] = {"class_type": RENDERERS[name], "inputs": dict(RENDERER_INPUTS.get(name, {}))}


def _choose_quality(graph: Graph, quality: str) -> None:
    """Set it where a renderer of the graph takes it; which values there are is the node's to say."""
    if not _nodes_of(graph, RENDERERS["builtin"]):
        raise AlbumError("Only the renderer 'builtin' has a quality: leave out --quality, or use --renderer builtin.")
    _set(graph, RENDERERS["builtin"], quality=quality)


def _remove(graph: Graph, class_type: str) -> None:
    """Take nodes out, and the links to them: the inputs they fed are optional."""
    gone = set(_nodes_of(graph, class_type))
    for node_id in gone:
        del graph[node_id]
    for node in graph.values():
        node["inputs"] = {k: v for k, v in node["inputs"].items() if not (is_link(v) and v[0] in gone)}
