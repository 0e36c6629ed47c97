"""Writes JSON with a causal language model so that it fits a schema, whatever the model's weights are.

Every token is chosen among those that the grammar allows. Tokens that the grammar leaves no choice about (keys,
brackets) are fed in one piece, and past its budget a text is closed as fast as the grammar allows. A model with
random weights therefore gives a valid document too, in bounded time.
"""

import json
from dataclasses import dataclass
from typing import Any, Final

import numpy as np

from ..errors import AlbumError

_CLOSERS: Final = ('"', "]", "}")  # what ends a string, a list and an object


@dataclass(frozen=True, eq=False)
class Vocabulary:
    """A tokenizer as llguidance needs it. closing: (token ids,) the tokens that end something, by `_CLOSERS`."""

    tokenizer: Any
    size: int
    closing: tuple[np.ndarray, ...]


def read_vocabulary(tokenizer: Any, *, size: int) -> Vocabulary:
    """Prepare a tokenizer for constrained writing.

    Args:
        tokenizer: a fast Hugging Face tokenizer.
        size: number of logits that the model gives, at least the tokenizer's highest id + 1.

    Raises:
        AlbumError: llguidance is not installed, the tokenizer has more tokens than the model, or it has none of
            the tokens that JSON needs.
    """
    try:
        from llguidance.hf import from_tokenizer
    except ImportError as error:
        raise AlbumError(
            'Planning with a local language model needs llguidance: pip install "synthetic-albums[planner]".'
        ) from error
    texts = tokenizer.get_vocab()
    if max(texts.values(), default=-1) >= size:
        raise AlbumError(
            f"The vocabularies do not match: the tokenizer has token ids up to {max(texts.values()):,}, the model only "
            f"{size:,} tokens. Put the tokenizer that the model was trained with into its folder."
        )
    try:
        prepared = from_tokenizer(tokenizer, n_vocab=size)
    except (ValueError, TypeError, AttributeError, RuntimeError) as error:
        raise AlbumError(f"This tokenizer cannot be used for constrained writing: {error}") from error
    closing = tuple(
        np.array(sorted(number for text, number in texts.items() if text == mark), dtype=np.int64) for mark in _CLOSERS
    )
    if any(len(numbers) == 0 for numbers in closing):
        raise AlbumError('The tokenizer has no tokens for the marks ", ] and }, so the model cannot write JSON.')
    return Vocabulary(prepared, size, closing)


def longest_closing(schema: dict[str, Any]) -> int:
    """Bytes, and so at most tokens, that end a document of this schema from any point, once strings are cut."""
    return _shortest(schema, schema.get("$defs", {}))


def _shortest(node: dict[str, Any], defs: dict[str, Any]) -> int:
    if "$ref" in node:
        return _shortest(defs[node["$ref"].rsplit("/", 1)[-1]], defs)
    if "anyOf" in node:
        return max(_shortest(option, defs) for option in node["anyOf"])
    if "enum" in node or "const" in node:
        return max(len(json.dumps(value)) for value in node.get("enum", [node.get("const")]))
    kind = node.get("type")
    if kind == "object":
        return 2 + sum(len(json.dumps(key)) + 4 + _shortest(part, defs) for key, part in node["properties"].items())
    if kind == "array":  # the item that was begun, and what the schema still wants
        items = node.get("items")
        return 4 + (max(1, node.get("minItems", 0)) * (_shortest(items, defs) + 2) if items else 0)
    return 16  # a string: the rest of an escape or a character and the quotation mark; a number: its digits


def write_json(
    model: Any,
    vocabulary: Vocabulary,
    prompt: Any,
    schema: dict[str, Any],
    *,
    temperature: float,
    seed: int,
    budget: int,
) -> Any:
    """Let a model write one JSON document that fits a schema.

    Args:
        model: a causal language model with a key-value cache, in evaluation mode.
        vocabulary: of its tokenizer.
        prompt: (1, tokens) int64 token ids on the model's device.
        schema: JSON Schema whose strings and arrays are bounded.
        temperature: 0 takes the likeliest token, 1 samples as the model learnt.
        seed: 0 to 2**63 - 1; no global generator is touched.
        budget: tokens after which the document is closed as fast as possible.

    Returns:
        The parsed document.

    Raises:
        AlbumError: the model gives numbers that are not finite, or the grammar and the tokenizer do not go together.
    """
    import torch
    from llguidance import LLMatcher

    grammar = LLMatcher.grammar_from_json_schema(schema, defaults={"whitespace_flexible": False})
    matcher = LLMatcher(vocabulary.tokenizer, grammar)
    generator = torch.Generator().manual_seed(seed)
    written: list[int] = []
    cache, fresh = None, prompt
    limit = budget + longest_closing(schema)
    while True:
        forced = matcher.compute_ff_tokens()
        if forced:
            _consume(matcher, forced)
            written += forced
            fresh = torch.cat([fresh, torch.tensor([forced], dtype=torch.int64, device=prompt.device)], dim=1)
        if matcher.is_accepting() or matcher.is_stopped():
            return _parsed(vocabulary, written)
        if len(written) >= limit:
            raise AlbumError("The document did not end: the tokenizer does not go with the grammar library.")
        with torch.inference_mode():
            reply = model(input_ids=fresh, past_key_values=cache, use_cache=True)
        cache = reply.past_key_values
        token = _choose(
            reply.logits[0, -1], matcher, vocabulary, temperature, generator, closing=len(written) >= budget
        )
        _consume(matcher, [token])
        written.append(token)
        fresh = torch.tensor([[token]], dtype=torch.int64, device=prompt.device)


def _consume(matcher: Any, tokens: list[int]) -> None:
    if not matcher.consume_tokens(tokens) or matcher.is_error():
        raise AlbumError(f"The tokenizer does not go with the grammar library: {matcher.get_error()[:300]}")


def _choose(
    logits: Any, matcher: Any, vocabulary: Vocabulary, temperature: float, generator: Any, *, closing: bool
) -> int:
    import torch

    bits = np.frombuffer(matcher.compute_bitmask(), dtype=np.uint8)
    allowed = np.unpackbits(bits, bitorder="little")[: vocabulary.size].astype(bool)
    if not allowed.any():
        raise AlbumError(f"The tokenizer does not go with the grammar library: {matcher.get_error()[:300]}")
    if closing:
        for numbers in vocabulary.closing:
            ends = numbers[allowed[numbers]]
            if len(ends):
                return int(ends[0])
    scores = logits[: vocabulary.size].float().cpu()
    if bool(torch.isnan(scores).any()) or bool((scores == torch.inf).any()):
        raise AlbumError("The model gives numbers that are not finite: its weights are damaged or of the wrong type.")
    scores = scores.masked_fill(~torch.from_numpy(allowed), -torch.inf)
    if bool(torch.isinf(scores).all()):
        scores = torch.where(torch.from_numpy(allowed), 0.0, -torch.inf)
    if temperature == 0:
        return int(scores.argmax())
    chances = torch.softmax((scores - scores.max()) / temperature, dim=0)
    return int(torch.multinomial(chances, 1, generator=generator))


def _parsed(vocabulary: Vocabulary, written: list[int]) -> Any:
    text = vocabulary.tokenizer.decode_bytes(written).decode("utf-8", "replace")
    return json.loads(text)
