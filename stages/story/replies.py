"""Finds the JSON in what a chat server answers: alone, fenced, in prose, after thinking aloud, or broken off."""

import json
import re
from typing import Any, Final

_THOUGHTS: Final = re.compile(r"<(think|thinking|reasoning)>.*?</\1>", re.S | re.I)
_FENCE: Final = re.compile(r"```[\w-]*\s*\n?(.*?)(?:```|\Z)", re.S)
_MAX_CONTENT: Final = 200_000  # characters; repairing takes longer than linear time
_MAX_DEPTH: Final = 60


def content_of(body: bytes) -> str:
    """The text of the first choice of a chat completion.

    Args:
        body: of an HTTP answer with status 200.

    Raises:
        ValueError: it is no chat completion; the message says what came instead.
    """
    try:
        data = json.loads(body.decode("utf-8"))
    except (ValueError, RecursionError) as error:
        kind = "a web page" if body.lstrip()[:1] == b"<" else "no JSON"
        raise ValueError(f"the server answered with {kind} instead of a chat completion: {shortened(body)}") from error
    choices = data.get("choices") if isinstance(data, dict) else None
    if not isinstance(choices, list) or not choices or not isinstance(choices[0], dict):
        raise ValueError(f"the answer has no choices: {shortened(body)}")
    message = choices[0].get("message")
    content = message.get("content") if isinstance(message, dict) else None
    if isinstance(content, list):  # some servers give parts
        content = "".join(str(part.get("text", "")) for part in content if isinstance(part, dict))
    if not isinstance(content, str) or not content.strip():
        refusal = message.get("refusal") if isinstance(message, dict) else None
        raise ValueError(f"the model refused: {refusal!s:.200}" if refusal else "the model's answer is empty")
    return content


def parse_reply(text: str) -> dict[str, Any]:
    """The JSON object in a model's answer.

    Args:
        text: as the model wrote it.

    Raises:
        ValueError: there is none, not even a broken one that can be mended.
    """
    text = _THOUGHTS.sub("", text[:_MAX_CONTENT])
    fenced = _FENCE.search(text)
    for candidate in ([fenced.group(1)] if fenced else []) + [text]:
        found = _strictly(candidate) or _embedded(candidate) or _mended(candidate)
        if found:
            return found
    raise ValueError(f"the answer holds no JSON object: {shortened(text.encode())}")


def _strictly(text: str) -> dict[str, Any] | None:
    try:
        data = json.loads(text)
    except (ValueError, RecursionError):
        return None
    return data if isinstance(data, dict) else None


def _embedded(text: str) -> dict[str, Any] | None:
    """The first whole object in a text."""
    at = text.find("{")
    if at < 0:
        return None
    try:
        data, _ = json.JSONDecoder().raw_decode(text, at)
    except (ValueError, RecursionError):
        return None
    return data if isinstance(data, dict) else None


def _mended(text: str) -> dict[str, Any] | None:
    """A broken object, repaired where the library for that is installed."""
    at = text.find("{")
    if at < 0 or re.search(r"[\[{]\s*" * _MAX_DEPTH, text):
        return None
    try:
        from json_repair import loads
    except ImportError:
        return None
    try:
        data: Any = loads(text[at:], skip_json_loads=True)
    except (ValueError, RecursionError):
        return None
    if isinstance(data, list):
        data = next((item for item in data if isinstance(item, dict)), None)
    return data if isinstance(data, dict) else None


def shortened(body: bytes) -> str:
    """The beginning of an answer on one line, for a message."""
    text = " ".join("".join(c if c.isprintable() else " " for c in body[:800].decode("utf-8", "replace")).split())
    return text[:160] + ("…" if len(text) > 160 else "")
