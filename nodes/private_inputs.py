"""What a graph says of private pictures, people, folders and servers, and how it is taken out before sharing."""

from typing import Any

from .encoders import AlbumEncoderLoader, AlbumFaceEncoder
from .identity import AlbumIdentity
from .identity_library import AlbumCastLoad, AlbumCastSave
from .leakage import AlbumLeakageCheck
from .leakage_gallery import AlbumGallery
from .leakage_membership import AlbumMembershipAudit
from .leakage_pictures import AlbumPictureAudit
from .leakage_resynthesize import AlbumResynthesize
from .quality import AlbumQualityReport
from .render_diffusers import AlbumDiffusersRenderer
from .story_edit import AlbumPlanCheck
from .story_model import AlbumEndpointPlanner, AlbumLanguageModelPlanner

PRIVATE_INPUTS = {
    "AlbumGallery": ("folder", "file"),
    "AlbumIdentity": ("reference_character", "consent"),
    "AlbumCastSave": ("file_name",),
    "AlbumCastLoad": ("file_name", "mapping"),
    "AlbumLeakageCheck": ("private_texts",),
    "AlbumResynthesize": ("private_texts",),
    "AlbumQualityReport": ("reference_folder",),
    "AlbumMembershipAudit": ("members", "non_members"),
    "AlbumPictureAudit": ("folder",),
    "AlbumPlanCheck": ("deny_names_file", "private_captions_file"),
    "AlbumLanguageModelPlanner": ("model_folder",),
    "AlbumEndpointPlanner": ("base_url", "key_variable"),
    "AlbumEncoderLoader": ("folder", "calibration_file"),
    "AlbumFaceEncoder": ("folder", "calibration_file"),
    "AlbumDiffusersRenderer": (
        "checkpoint",
        "loras",
        "pose_controlnet",
        "depth_controlnet",
        "segmentation_controlnet",
        "ip_adapter",
        "image_encoder",
    ),
}
_NODES = {
    node.__name__: node
    for node in (
        AlbumGallery,
        AlbumIdentity,
        AlbumCastSave,
        AlbumCastLoad,
        AlbumLeakageCheck,
        AlbumResynthesize,
        AlbumQualityReport,
        AlbumMembershipAudit,
        AlbumPictureAudit,
        AlbumPlanCheck,
        AlbumLanguageModelPlanner,
        AlbumEndpointPlanner,
        AlbumEncoderLoader,
        AlbumFaceEncoder,
        AlbumDiffusersRenderer,
    )
}


def says_private_elsewhere(prompt: Any) -> bool:
    """Whether a private input gets its value from another node, or from the outside of a subgraph.

    Then the value stands in a node that nobody knows to be private, and only leaving the whole graph out is safe.
    """
    nodes = prompt.items() if isinstance(prompt, dict) else ()
    for node_id, node in nodes:
        private = PRIVATE_INPUTS.get(_text(node.get("class_type")), ()) if isinstance(node, dict) else ()
        given = [node["inputs"].get(name) for name in private] if private else []
        if any(isinstance(value, list) for value in given) or (":" in str(node_id) and any(given)):
            return True
    return False


def without_private_inputs(value: Any) -> Any:
    """A copy of a graph, API or editor format, that does not say where private files are or how to reach a server."""
    if isinstance(value, list):
        return [without_private_inputs(item) for item in value]
    if not isinstance(value, dict):
        return value
    copied = {key: without_private_inputs(item) for key, item in value.items()}
    private = PRIVATE_INPUTS.get(_text(copied.get("class_type")), ())
    if private and isinstance(copied.get("inputs"), dict):
        copied["inputs"].update({name: "" for name in private if name in copied["inputs"]})
    if _text(copied.get("type")) in PRIVATE_INPUTS and copied.get("widgets_values"):
        _blank_widgets(copied)
    return copied


def _blank_widgets(node):
    """Empty the private widgets of an editor node; all text, where what is there does not fit the declaration."""
    names = widget_names(_NODES[node["type"]])
    values = node["widgets_values"]
    fits = isinstance(values, list) and len(values) == len(names)
    if not fits:
        node["widgets_values"] = []
    else:
        private = PRIVATE_INPUTS[node["type"]]
        node["widgets_values"] = ["" if name in private else kept for name, kept in zip(names, values, strict=True)]
    node.pop("widgets_values_named", None)


def widget_names(node_class):
    """The inputs behind the positions of `widgets_values`; "" is the slot that the editor adds behind a seed."""
    names = []
    declared = node_class.INPUT_TYPES()
    for name, (kind, *options) in {**declared.get("required", {}), **declared.get("optional", {})}.items():
        if isinstance(kind, list) or kind in {"INT", "FLOAT", "STRING", "BOOLEAN"}:
            names.append(name)
            if options and options[0].get("control_after_generate"):
                names.append("")
    return names


def _text(value):
    return value if isinstance(value, str) else ""
