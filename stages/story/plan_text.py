"""Plans as text: stable JSON out, JSON or YAML in."""

import json
import re
from typing import Any, Final

from ..errors import AlbumError
from ..records import MAX_SCENES, AlbumPlan, parse_record

MAX_PLAN_BYTES: Final = 2_000_000  # a plan of 1000 scenes takes about 1.2 MB
_MAX_DEPTH: Final = 40  # a plan is seven levels deep


def plan_json(plan: AlbumPlan) -> str:
    """The plan as indented JSON that is the same for the same plan, ending in a newline."""
    return json.dumps(plan.model_dump(mode="json"), ensure_ascii=False, indent=2) + "\n"


def read_plan(text: str) -> AlbumPlan:
    """Read a plan from JSON, or from YAML where it is not JSON.

    Args:
        text: at most `MAX_PLAN_BYTES` of UTF-8.

    Raises:
        AlbumError: it is empty, too large, neither JSON nor YAML, nested too deeply, uses YAML aliases or tags, or
            is not a valid plan or has over `MAX_SCENES` scenes; the message names the line or the field.
    """
    if not isinstance(text, str) or not text.strip():
        raise AlbumError("The plan is empty: give the plan as JSON or YAML text.")
    size = len(text.encode("utf-8", "replace"))
    if size > MAX_PLAN_BYTES:
        scenes = len(re.findall(r"[\"']?\benvironment[\"']?\s*:\s", text))  # one in every scene
        if scenes > MAX_SCENES:
            raise AlbumError(
                f"scenes: the plan has about {scenes:,} scenes, but an album holds {MAX_SCENES}. "
                "Split it into several plans and make an album of each."
            )
        raise AlbumError(
            f"The plan has {size:,} bytes; at most {MAX_PLAN_BYTES:,} are read. Split it into several albums."
        )
    data = _parse(text.lstrip("\ufeff"))
    scenes = data.get("scenes") if isinstance(data, dict) else None
    if isinstance(scenes, list) and len(scenes) > MAX_SCENES:
        raise AlbumError(
            f"scenes: the plan has {len(scenes):,} scenes, but an album holds {MAX_SCENES}. "
            "Split it into several plans and make an album of each."
        )
    return parse_record(AlbumPlan, data, what="plan")


def _parse(text: str) -> Any:
    try:
        data = json.loads(text)
    except RecursionError as error:
        raise AlbumError("The plan is nested too deeply to be a plan: check its brackets.") from error
    except ValueError as error:
        if text.lstrip()[:1] in {"{", "["} and '"' in text[:200]:
            where = f" (line {error.lineno}, column {error.colno})" if isinstance(error, json.JSONDecodeError) else ""
            yaml_data = _parse_yaml(text, quiet=True)
            if yaml_data is None:
                raise AlbumError(
                    f"The plan is not valid JSON: {error}{where if 'line' not in str(error) else ''}."
                ) from error
            return yaml_data
        data = _parse_yaml(text, quiet=False)
    if _depth_exceeds(data, _MAX_DEPTH):
        raise AlbumError("The plan is nested too deeply to be a plan: check its brackets.")
    return data


def _parse_yaml(text: str, *, quiet: bool) -> Any:
    try:
        import yaml
    except ImportError as error:
        raise AlbumError(
            'The plan is not JSON, and reading YAML needs PyYAML: pip install "synthetic-albums[standalone]".'
        ) from error
    if re.search(r"[\[{]\s*" * _MAX_DEPTH, text):  # PyYAML composes by recursion
        raise AlbumError("The plan is nested too deeply to be a plan: check its brackets.")
    try:
        for event in yaml.parse(text, Loader=yaml.SafeLoader):
            if isinstance(event, yaml.AliasEvent):
                raise AlbumError(
                    f"The plan uses the YAML alias *{event.anchor} in line {event.start_mark.line + 1}: write it out."
                )
        return yaml.safe_load(text)
    except RecursionError as error:
        raise AlbumError("The plan is nested too deeply to be a plan: check its brackets or indentation.") from error
    except (yaml.YAMLError, ValueError) as error:
        if quiet:
            return None
        mark = getattr(error, "problem_mark", None)
        where = f" in line {mark.line + 1}, column {mark.column + 1}" if mark else ""
        problem = getattr(error, "problem", None) or str(error)
        raise AlbumError(f"The plan is neither JSON nor YAML{where}: {problem}.") from error


def _depth_exceeds(data: Any, limit: int) -> bool:
    level = [data]
    for _ in range(limit):
        level = [
            child
            for item in level
            if isinstance(item, dict | list)
            for child in (item.values() if isinstance(item, dict) else item)
        ]
        if not level:
            return False
    return True
