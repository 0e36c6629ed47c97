"""Synthetic Albums: one prompt becomes one coherent synthetic photo album. This page is the table of contents."""

from .nodes.encoders import AlbumBuiltinEncoder, AlbumEncoderLoader, AlbumFaceEncoder
from .nodes.export import AlbumContactSheet, AlbumSave
from .nodes.identity import AlbumIdentity
from .nodes.identity_library import AlbumCastLoad, AlbumCastSave
from .nodes.layout import AlbumLayout
from .nodes.layout_export import AlbumLayoutControl, AlbumSceneRegions
from .nodes.leakage import AlbumLeakageCheck
from .nodes.leakage_gallery import AlbumGallery
from .nodes.leakage_membership import AlbumMembershipAudit
from .nodes.leakage_pictures import AlbumPictureAudit
from .nodes.leakage_report import AlbumLeakageReport
from .nodes.leakage_resynthesize import AlbumResynthesize
from .nodes.quality import AlbumQualityReport
from .nodes.render import AlbumBuiltinRenderer, AlbumRender, AlbumStoryboardRenderer
from .nodes.render_collect import AlbumCollect
from .nodes.render_diffusers import AlbumDiffusersRenderer
from .nodes.render_model import AlbumModelRenderer
from .nodes.render_scenes import AlbumSceneConditioning, AlbumScenePick
from .nodes.story import AlbumPlanEdit, AlbumStoryPlanner
from .nodes.story_edit import AlbumPlanCheck, AlbumPlanMerge, AlbumSceneEdit
from .nodes.story_model import AlbumEndpointPlanner, AlbumLanguageModelPlanner

# Literal, because ComfyUI-Manager and the registry read this file without running it.
NODE_CLASS_MAPPINGS = {
    "AlbumStoryPlanner": AlbumStoryPlanner,
    "AlbumPlanEdit": AlbumPlanEdit,
    "AlbumLayout": AlbumLayout,
    "AlbumIdentity": AlbumIdentity,
    "AlbumStoryboardRenderer": AlbumStoryboardRenderer,
    "AlbumRender": AlbumRender,
    "AlbumGallery": AlbumGallery,
    "AlbumLeakageCheck": AlbumLeakageCheck,
    "AlbumSave": AlbumSave,
    "AlbumContactSheet": AlbumContactSheet,
    "AlbumSceneEdit": AlbumSceneEdit,
    "AlbumPlanMerge": AlbumPlanMerge,
    "AlbumPlanCheck": AlbumPlanCheck,
    "AlbumLanguageModelPlanner": AlbumLanguageModelPlanner,
    "AlbumEndpointPlanner": AlbumEndpointPlanner,
    "AlbumLayoutControl": AlbumLayoutControl,
    "AlbumSceneRegions": AlbumSceneRegions,
    "AlbumBuiltinRenderer": AlbumBuiltinRenderer,
    "AlbumQualityReport": AlbumQualityReport,
    "AlbumDiffusersRenderer": AlbumDiffusersRenderer,
    "AlbumMembershipAudit": AlbumMembershipAudit,
    "AlbumResynthesize": AlbumResynthesize,
    "AlbumLeakageReport": AlbumLeakageReport,
    "AlbumCastSave": AlbumCastSave,
    "AlbumCastLoad": AlbumCastLoad,
    "AlbumBuiltinEncoder": AlbumBuiltinEncoder,
    "AlbumEncoderLoader": AlbumEncoderLoader,
    "AlbumFaceEncoder": AlbumFaceEncoder,
    "AlbumScenePick": AlbumScenePick,
    "AlbumSceneConditioning": AlbumSceneConditioning,
    "AlbumCollect": AlbumCollect,
    "AlbumPictureAudit": AlbumPictureAudit,
    "AlbumModelRenderer": AlbumModelRenderer,
}

NODE_DISPLAY_NAME_MAPPINGS = {
    "AlbumStoryPlanner": "Album Story Planner",
    "AlbumPlanEdit": "Album Plan Edit",
    "AlbumLayout": "Album Layout",
    "AlbumIdentity": "Album Identity",
    "AlbumStoryboardRenderer": "Album Storyboard Renderer",
    "AlbumRender": "Album Render",
    "AlbumGallery": "Album Gallery",
    "AlbumLeakageCheck": "Album Leakage Check",
    "AlbumSave": "Album Save",
    "AlbumContactSheet": "Album Contact Sheet",
    "AlbumSceneEdit": "Album Scene Edit",
    "AlbumPlanMerge": "Album Plan Merge",
    "AlbumPlanCheck": "Album Plan Check",
    "AlbumLanguageModelPlanner": "Album Language Model Planner",
    "AlbumEndpointPlanner": "Album Endpoint Planner",
    "AlbumLayoutControl": "Album Layout Control",
    "AlbumSceneRegions": "Album Scene Regions",
    "AlbumBuiltinRenderer": "Album Builtin Renderer",
    "AlbumQualityReport": "Album Quality Report",
    "AlbumDiffusersRenderer": "Album Diffusers Renderer",
    "AlbumMembershipAudit": "Album Membership Audit",
    "AlbumResynthesize": "Album Resynthesize",
    "AlbumLeakageReport": "Album Leakage Report",
    "AlbumCastSave": "Album Cast Save",
    "AlbumCastLoad": "Album Cast Load",
    "AlbumBuiltinEncoder": "Album Builtin Encoder",
    "AlbumEncoderLoader": "Album Encoder Loader",
    "AlbumFaceEncoder": "Album Face Encoder",
    "AlbumScenePick": "Album Scene Pick",
    "AlbumSceneConditioning": "Album Scene Conditioning",
    "AlbumCollect": "Album Collect",
    "AlbumPictureAudit": "Album Picture Audit",
    "AlbumModelRenderer": "Album Model Renderer",
}

WEB_DIRECTORY = "./web"

__all__ = ["NODE_CLASS_MAPPINGS", "NODE_DISPLAY_NAME_MAPPINGS", "WEB_DIRECTORY"]
