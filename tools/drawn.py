"""Shipped graphs as they can be run anywhere: drawn by the storyboard, without the models that they ask for."""

import copy
from typing import Any

from synthetic_albums.headless.model_nodes import MODEL_NODES
from synthetic_albums.nodes.render import AlbumRender

RENDERERS = ("AlbumStoryboardRenderer", "AlbumBuiltinRenderer", "AlbumDiffusersRenderer", "AlbumModelRenderer")
PHOTOS = AlbumRender.RETURN_NAMES.index("photos")


def as_drawn(graph: dict[str, Any]) -> dict[str, Any]:
    """The graph in API format with the storyboard in the place of models, without the nodes that then nobody asks.

    Where core's own nodes sample, an album of the same story gives the pictures in their place.
    """
    graph = copy.deepcopy(graph)
    for key, node in list(graph.items()):
        if node["class_type"] in RENDERERS:
            node.update(class_type="AlbumStoryboardRenderer", inputs={})
        elif node["class_type"] == "AlbumCollect":
            story = {name: node["inputs"][name] for name in ("plan", "layout", "cast")}
            drawing = {"album_name": "drawn", "subset": "", "attempt": 0, "renderer": [f"{key}:renderer", 0]}
            graph[f"{key}:renderer"] = {"class_type": "AlbumStoryboardRenderer", "inputs": {}}
            graph[f"{key}:render"] = {"class_type": "AlbumRender", "inputs": {**story, **drawing}}
            node["inputs"]["images"] = [f"{key}:render", PHOTOS]
    needing: set[str] = set()
    while more := {key for key in graph.keys() - needing if _needs_model(graph[key], needing)}:
        needing |= more
    return {key: node for key, node in graph.items() if key not in needing}


def _needs_model(node: dict[str, Any], needing: set[str]) -> bool:
    links = {value[0] for value in node["inputs"].values() if isinstance(value, list)}
    return node["class_type"] in MODEL_NODES or bool(links & needing)
