"""The story room: a prompt becomes an album plan."""

from .clean import MAX_PROMPT_CHARS
from .endpoint import EndpointWriter
from .language_model import plan_with_model
from .local_model import LocalModelWriter
from .plan_check import Finding, PlanTextReport, check_plan_text, mask_plan, read_list
from .plan_merge import merge_plans
from .plan_text import MAX_PLAN_BYTES, plan_json, read_plan
from .planner import plan_story
from .scene_edit import edit_scene
from .target_mix import TARGET_MIX

__all__ = [
    "MAX_PLAN_BYTES",
    "MAX_PROMPT_CHARS",
    "TARGET_MIX",
    "EndpointWriter",
    "Finding",
    "LocalModelWriter",
    "PlanTextReport",
    "check_plan_text",
    "edit_scene",
    "mask_plan",
    "merge_plans",
    "plan_json",
    "plan_story",
    "plan_with_model",
    "read_list",
    "read_plan",
]
