"""The story room: a prompt becomes an album plan."""

from .clean import MAX_PROMPT_CHARS
from .looks import TARGET_MIX
from .plan_text import MAX_PLAN_BYTES, plan_json, read_plan
from .planner import plan_story

__all__ = ["MAX_PLAN_BYTES", "MAX_PROMPT_CHARS", "TARGET_MIX", "plan_json", "plan_story", "read_plan"]
