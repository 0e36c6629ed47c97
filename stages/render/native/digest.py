"""What the host's weights are, in a hash: part of every photo's fingerprint.

The host says nothing of files, and hashing gigabytes for every run would take longer than a photo. So of every tensor
the name, shape, type and some evenly spread values count; patches such as LoRAs count likewise, and what replaces
parts of the model or hangs into its passes counts by its name.
"""

import hashlib
from collections.abc import Iterable, Mapping
from typing import Any, Final

_VALUES: Final = 32  # of each tensor
# SD 1.5 checkpoints lack it, nothing reads it there, and ComfyUI leaves it as the memory happened to be.
_UNSET: Final = "clip_l.transformer.text_projection.weight"


def weights_digest(*patchers: Any) -> str:
    """Hash of models with all that is patched onto them, 16 hexadecimal digits.

    Args:
        patchers: each with `model`, and where they are there `patches`, `backup`, `object_patches` and
            `model_options`, as ComfyUI's ModelPatcher has them; or a network itself.
    """
    digest = hashlib.sha256()
    for patcher in patchers:
        for line in _lines(patcher):
            digest.update(line.encode())
    return digest.hexdigest()[:16]


def _lines(patcher: Any) -> Iterable[str]:
    network = getattr(patcher, "model", patcher)
    backup = getattr(patcher, "backup", None) or {}
    weights = ((name, value) for name, value in network.state_dict().items() if not name.endswith(_UNSET))
    for name, value in sorted(weights):
        # A LoRA may have been added to the weights for the last run; the weight itself was set aside then.
        yield f"{name}={_tensor(getattr(backup.get(name), 'weight', value))}\n"
    for name, patches in sorted((getattr(patcher, "patches", None) or {}).items()):
        yield f"patch {name}: {'; '.join(_patch(patch) for patch in patches)}\n"
    for name, part in sorted((getattr(patcher, "object_patches", None) or {}).items()):
        yield f"part {name}: {_part(part)}\n"
    options = (getattr(patcher, "model_options", None) or {}).items()
    yield from (f"option {name}: {_named(value)}\n" for name, value in sorted(options, key=lambda item: str(item[0])))
    for kind, by_key in sorted((getattr(patcher, "wrappers", None) or {}).items()):
        yield f"wrapper {kind}: {_named(by_key)}\n"


def _tensor(value: Any) -> str:
    if not hasattr(value, "shape"):
        return repr(value)
    flat = value.detach().reshape(-1)
    step = max(1, flat.numel() // _VALUES)
    try:
        some = flat[::step][:_VALUES].to("cpu").double().tolist()
    except (RuntimeError, TypeError, NotImplementedError):  # packed weights of other packs have no values to read
        some = [type(value).__name__]
    return f"{tuple(value.shape)} {value.dtype} {some}"


def _patch(patch: Any) -> str:
    """(strength, what, strength of the model, …), where what is tensors in tuples and adapters."""
    parts = list(patch) if isinstance(patch, (tuple, list)) else [patch]
    return ", ".join(_value(part) for part in parts)


def _value(value: Any) -> str:
    if hasattr(value, "shape"):
        return _tensor(value)
    if isinstance(value, (tuple, list)):
        return f"({', '.join(_value(one) for one in value)})"
    if hasattr(value, "weights"):  # an adapter
        return f"{type(value).__name__}{_value(value.weights)}"
    return value if isinstance(value, str) else repr(value) if _plain(value) else _name(value)


def _part(part: Any) -> str:
    """What stands in for a part of the model, such as another noise schedule."""
    numbers = {}
    for name in ("sigma_min", "sigma_max", "shift", "multiplier", "sigma_data"):
        value = getattr(part, name, None)
        if _plain(value) or hasattr(value, "shape"):
            numbers[name] = _tensor(value)
    return f"{_name(part)} {numbers}"


def _named(value: Any) -> str:
    if isinstance(value, Mapping):
        inner = sorted(value.items(), key=lambda item: str(item[0]))
        return "{" + ", ".join(f"{name}: {_named(one)}" for name, one in inner) + "}"
    if isinstance(value, (tuple, list)):
        return f"[{', '.join(_named(one) for one in value)}]"
    return _tensor(value) if hasattr(value, "shape") else repr(value) if _plain(value) else _name(value)


def _plain(value: Any) -> bool:
    return value is None or isinstance(value, (bool, int, float, str))


def _name(value: Any) -> str:
    kind = value if hasattr(value, "__qualname__") else type(value)
    return f"{getattr(kind, '__module__', '')}.{kind.__qualname__}"
