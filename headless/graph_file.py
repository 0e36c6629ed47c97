"""Reading an API-format graph from a file, with a sentence for everything that can be wrong with it."""

import json
import sys
from pathlib import Path
from typing import Any

from ..stages.errors import AlbumError
from .graph import Graph

MAX_GRAPH_BYTES = 64 * 2**20  # far beyond any graph; a picture or model given by mistake is larger


def read_graph(source: str) -> tuple[Graph, dict[str, Any]]:
    """Read a graph, and the `extra_data` that came with it.

    Args:
        source: a path, or "-" for standard input. Accepted are a graph in API format, and the body that scripts send
            to ComfyUI's `POST /prompt`.

    Raises:
        AlbumError: the file is missing, unreadable, too big, not JSON, or in another format.
    """
    name = "standard input" if source == "-" else f"'{source}'"
    data = _parse(_read_bytes(source, name), name)
    if not isinstance(data, dict):
        raise AlbumError(f"{name} holds {_kind(data)}, not a graph: export the workflow in API format.")
    if isinstance(data.get("nodes"), list) and "links" in data:
        raise AlbumError(
            f"{name} is a workflow in the editor's format. In ComfyUI choose Workflow > Export (API) and run that file."
        )
    if isinstance(data.get("prompt"), dict) and "class_type" not in data["prompt"]:
        extra_data = data.get("extra_data")
        return data["prompt"], extra_data if isinstance(extra_data, dict) else {}
    return data, {}


def _read_bytes(source: str, name: str) -> bytes:
    try:
        if source == "-":
            data = sys.stdin.buffer.read(MAX_GRAPH_BYTES + 1)
        else:
            with Path(source).open("rb") as file:
                data = file.read(MAX_GRAPH_BYTES + 1)
    except FileNotFoundError as error:
        raise AlbumError(f"There is no file {name}. Check the path.") from error
    except IsADirectoryError as error:
        raise AlbumError(f"{name} is a folder, not a graph file.") from error
    except (OSError, ValueError) as error:  # ValueError: a path with a zero character
        raise AlbumError(f"Cannot read {name}: {error}.") from error
    if len(data) > MAX_GRAPH_BYTES:
        raise AlbumError(f"{name} is larger than {MAX_GRAPH_BYTES // 2**20} MiB, so it is no graph.")
    return data


def _parse(data: bytes, name: str) -> Any:
    try:
        return json.loads(data.decode("utf-8-sig"))
    except UnicodeDecodeError as error:
        raise AlbumError(f"{name} is not text in UTF-8, so it is no graph in API format.") from error
    except json.JSONDecodeError as error:
        raise AlbumError(f"{name} is not JSON: {error.msg}, line {error.lineno}, column {error.colno}.") from error
    except (RecursionError, ValueError) as error:
        raise AlbumError(f"{name} is JSON that cannot be read: {error}.") from error


def _kind(data: Any) -> str:
    return {list: "a list", str: "a text", type(None): "null"}.get(type(data), "a single value")
