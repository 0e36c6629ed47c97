"""A language model from a local Hugging Face folder, as a writer of drafts."""

import json
import logging
from pathlib import Path
from types import TracebackType
from typing import Any, Final

from ..errors import AlbumError
from .constrained import Vocabulary, longest_closing, read_vocabulary, write_json
from .draft import DraftT, read_draft, schema_of

_PICKLES: Final = (".bin", ".pt", ".pth", ".ckpt", ".pkl")
_BUDGET: Final = 1400  # tokens of one step; a full scene in English takes about 400
_LEAST: Final = 64  # tokens of free text without which a step is not worth its name
_log = logging.getLogger(__name__)


class LocalModelWriter:
    """Writes with a causal language model of a local folder; nothing is downloaded and no code of the folder runs.

    Use it in a `with` block: the model is loaded on entry, and its memory is freed on leaving.

    Args:
        folder: Hugging Face model folder with config.json, tokenizer files and safetensors weights.
        device: "auto" (CUDA when there is one), "cpu", "cuda", "cuda:1" or "mps".
        temperature: 0 always takes the likeliest word, 1 is as varied as the model learnt; 0 to 2.

    Raises:
        AlbumError: (on entry) the folder is missing, is not of a causal language model, has only pickled weights,
            its files are damaged or incomplete, tokenizer and model do not match, or memory is too small.
            (when writing) the context is too short for the prompt, or the weights give numbers that are not finite.
    """

    def __init__(self, folder: Path | str, *, device: str = "auto", temperature: float = 0.8) -> None:
        if not 0.0 <= temperature <= 2.0:
            raise AlbumError(f"The temperature must be from 0 to 2, but it is {temperature}.")
        self._folder = Path(folder).expanduser()
        self._device = device
        self._temperature = temperature
        self._model: Any = None
        self._tokenizer: Any = None
        self._vocabulary: Vocabulary | None = None

    @property
    def name(self) -> str:
        """The folder's name; never its path, which may tell who the user is."""
        return self._folder.resolve().name

    def __enter__(self) -> "LocalModelWriter":
        check_folder(self._folder)
        try:
            self._tokenizer, self._model = _load(self._folder, _device(self._device))
            size = int(self._model.get_output_embeddings().weight.shape[0])
            self._vocabulary = read_vocabulary(self._tokenizer, size=size)
        except AlbumError as error:
            self._free()
            raise AlbumError(f"{error} (model folder {self._folder})") from error
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._free()

    def write(self, messages: list[dict[str, str]], form: type[DraftT], *, seed: int) -> DraftT:
        """Fill in a form.

        Args:
            messages: role ("system" or "user") and content of each.
            form: what to fill in.
            seed: 0 to 2**63 - 1; the same seed gives the same draft on the same machine.
        """
        if self._model is None or self._vocabulary is None:
            raise AlbumError('The language model is not loaded: write inside "with LocalModelWriter(...)".')
        schema = schema_of(form)
        prompt = self._tokens(messages)
        budget = self._room(prompt.shape[1], longest_closing(schema))
        try:
            data = write_json(
                self._model, self._vocabulary, prompt, schema, temperature=self._temperature, seed=seed, budget=budget
            )
        except AlbumError as error:
            raise AlbumError(f"{error} (model folder {self._folder})") from error
        except RuntimeError as error:  # torch's out-of-memory errors are RuntimeErrors too
            raise AlbumError(
                f"The language model in {self._folder} stopped: {str(error)[:300]} "
                "Free memory, choose a smaller model, or run it on the CPU."
            ) from error
        try:
            return read_draft(form, data)
        except ValueError as error:
            raise AlbumError(f"The language model in {self._folder} wrote an unusable draft: {error}") from error

    def _tokens(self, messages: list[dict[str, str]]) -> Any:
        text = chat_text(self._tokenizer, messages)
        marks = not self._tokenizer.chat_template  # templates write the begin mark themselves
        return self._tokenizer(text, add_special_tokens=marks, return_tensors="pt")["input_ids"].to(self._model.device)

    def _room(self, prompt: int, closing: int) -> int:
        context = _context(self._model.config)
        room = context - prompt - closing
        if room < _LEAST:
            raise AlbumError(
                f"The context of the language model in {self._folder} is too short: {context:,} tokens, but this step "
                f"needs about {prompt + closing + _LEAST:,}. Shorten the prompt or use a model with a longer context."
            )
        return min(_BUDGET, room)

    def _free(self) -> None:
        import gc

        import torch

        self._model = self._tokenizer = self._vocabulary = None
        gc.collect()
        if torch.cuda.is_available():
            torch.cuda.empty_cache()


def check_folder(folder: Path) -> None:
    """Refuse a folder that cannot be a causal language model in safetensors, before anything is loaded.

    Raises:
        AlbumError: it is missing, a pipeline, without config or tokenizer, or has no safetensors weights.
    """
    if not folder.is_dir():
        raise AlbumError(f"There is no model folder {folder}: give the folder of a Hugging Face language model.")
    if (folder / "model_index.json").is_file():
        raise AlbumError(f"{folder} is an image pipeline, not a language model: give the folder of a causal model.")
    config = _config(folder)
    if not any((folder / name).is_file() for name in ("tokenizer.json", "tokenizer.model", "vocab.json")):
        raise AlbumError(f"{folder} has no tokenizer (tokenizer.json): copy it from where the model came from.")
    if not any(folder.glob("*.safetensors")):
        pickles = sorted(path.name for path in folder.iterdir() if path.suffix in _PICKLES)
        if pickles:
            raise AlbumError(
                f"{folder} has its weights only as pickle ({pickles[0]}). Such files can run code and are not opened; "
                "use a safetensors version of the model."
            )
        raise AlbumError(f"{folder} has no weights: it needs a *.safetensors file.")
    if "auto_map" in config and not config.get("model_type"):
        raise AlbumError(f"{folder} needs Python code of its own, which is not run: choose another model.")


def _config(folder: Path) -> dict[str, Any]:
    try:
        config = json.loads((folder / "config.json").read_text(encoding="utf-8"))
    except FileNotFoundError as error:
        raise AlbumError(f"{folder} has no config.json, so it is not a Hugging Face model folder.") from error
    except (OSError, ValueError) as error:
        raise AlbumError(f"{folder / 'config.json'} cannot be read: {error}") from error
    if not isinstance(config, dict):
        raise AlbumError(f"{folder / 'config.json'} is not a model's configuration.")
    return config


def _device(wish: str) -> Any:
    import torch

    if wish == "auto":
        return torch.device("cuda" if torch.cuda.is_available() else "cpu")
    try:
        device = torch.device(wish)
        torch.zeros(1, device=device)
    except (RuntimeError, AssertionError, NotImplementedError) as error:
        raise AlbumError(f'The device "{wish}" is not there: choose auto, cpu or cuda.') from error
    return device


def _load(folder: Path, device: Any) -> tuple[Any, Any]:
    """Tokenizer and model, complete and in evaluation mode."""
    try:
        import torch
        from safetensors import SafetensorError
        from transformers import AutoConfig, AutoModelForCausalLM, AutoTokenizer
    except ImportError as error:
        raise AlbumError(
            f"A local language model needs torch and transformers ({error}): "
            'pip install "synthetic-albums[standalone]".'
        ) from error
    local: dict[str, Any] = {"local_files_only": True, "trust_remote_code": False}
    try:
        config = AutoConfig.from_pretrained(folder, **local)
        _check_causal(config)
        tokenizer = AutoTokenizer.from_pretrained(folder, use_fast=True, **local)
    except AlbumError:
        raise
    except (OSError, ValueError, KeyError, TypeError, AttributeError, ImportError, RuntimeError) as error:
        raise AlbumError(f"Config or tokenizer cannot be read: {_short(error)}") from error
    if not getattr(tokenizer, "is_fast", False):
        raise AlbumError("The tokenizer has no fast version: the folder needs a tokenizer.json.")
    half_on_cpu = device.type == "cpu" and getattr(config, "dtype", None) == torch.float16
    try:
        loaded: Any = AutoModelForCausalLM.from_pretrained(
            folder,
            config=config,
            use_safetensors=True,
            dtype=torch.float32 if half_on_cpu else "auto",
            output_loading_info=True,
            **local,
        )
        model, report = loaded
        missing = sorted(report["missing_keys"])
        if missing:
            raise AlbumError(f"The weights are incomplete: {len(missing)} tensors are missing, e.g. {missing[0]}.")
        return tokenizer, model.to(device).eval()
    except SafetensorError as error:
        raise AlbumError(f"The weights are damaged: {_short(error)}. Fetch the files again.") from error
    except (OSError, ValueError, KeyError, TypeError, AttributeError, ImportError, RuntimeError) as error:
        raise AlbumError(f"The model cannot be loaded: {_short(error)}") from error


def _check_causal(config: Any) -> None:
    from transformers.models.auto.modeling_auto import MODEL_FOR_CAUSAL_LM_MAPPING_NAMES

    known = MODEL_FOR_CAUSAL_LM_MAPPING_NAMES.get(config.model_type)
    built = set(getattr(config, "architectures", None) or [])
    listed = {known} if isinstance(known, str) else set(known or ())
    if getattr(config, "is_encoder_decoder", False) or not listed or (built and not built & listed):
        kind = next(iter(sorted(built)), config.model_type)
        raise AlbumError(
            f"This is not a causal language model but {kind}: choose one whose config.json says …ForCausalLM."
        )


def _context(config: Any) -> int:
    lengths = [getattr(config, name, None) for name in ("max_position_embeddings", "n_positions", "n_ctx")]
    return int(next((length for length in lengths if length), 1 << 20))


def chat_text(tokenizer: Any, messages: list[dict[str, str]]) -> str:
    """The messages as the text that the model continues: its own chat template, else plain paragraphs."""
    if not tokenizer.chat_template:
        return "\n\n".join(message["content"] for message in messages) + "\n\nJSON:\n"
    from jinja2 import TemplateError

    merged = [{"role": "user", "content": "\n\n".join(message["content"] for message in messages)}]
    for attempt in (messages, merged):  # some templates refuse a system message
        try:
            return tokenizer.apply_chat_template(
                attempt, tokenize=False, add_generation_prompt=True, enable_thinking=False
            )
        except TemplateError as error:
            _log.debug("chat template refused %d messages: %s", len(attempt), error)
    raise AlbumError("The chat template of the tokenizer cannot be used: remove it from the folder.")


def _short(error: BaseException) -> str:
    return " ".join(str(error).split())[:300]
