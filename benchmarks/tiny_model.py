"""A language model folder of a few hundred kilobytes with random weights, made on the spot."""

import json
from pathlib import Path
from typing import Any

_CORPUS = [
    "a day at the park with a golden retriever, two friends on the beach, then a campfire under the stars",
    json.dumps(
        {"title": "", "summary": "", "characters": [], "places": [], "caption": "", "cast": [], "pose": "standing"}
    ),
    "Grandmother bakes a cake in the kitchen; the children laugh, and the cat sleeps by the window in the sun.",
]


def make_tokenizer(size: int = 400) -> Any:
    """A byte-level BPE tokenizer, trained on three lines."""
    from tokenizers import Tokenizer, decoders, models, pre_tokenizers, trainers
    from transformers import PreTrainedTokenizerFast

    inner = Tokenizer(models.BPE())
    inner.pre_tokenizer = pre_tokenizers.ByteLevel(add_prefix_space=False)
    inner.decoder = decoders.ByteLevel()
    trainer = trainers.BpeTrainer(
        vocab_size=size, special_tokens=["<end>"], initial_alphabet=pre_tokenizers.ByteLevel.alphabet()
    )
    inner.train_from_iterator(_CORPUS * 4, trainer)
    end = "<end>"
    return PreTrainedTokenizerFast(tokenizer_object=inner, eos_token=end, pad_token=end)


def make_model(folder: Path, *, seed: int = 0, context: int = 16384) -> Path:
    """A two-layer Llama with random weights, saved with its tokenizer.

    Args:
        folder: where to, made if missing.
        seed: of the weights.
        context: longest text, tokens.
    """
    import torch
    from transformers import LlamaConfig, LlamaForCausalLM

    tokenizer = make_tokenizer()
    with torch.random.fork_rng():
        torch.manual_seed(seed)
        model = LlamaForCausalLM(
            LlamaConfig(
                vocab_size=len(tokenizer),
                hidden_size=32,
                intermediate_size=48,
                num_hidden_layers=2,
                num_attention_heads=2,
                num_key_value_heads=1,
                max_position_embeddings=context,
            )
        )
    model.save_pretrained(folder)
    tokenizer.save_pretrained(folder)
    return folder
