"""What the host's weights are, in a hash: part of every photo's fingerprint.

The host says nothing of files, and hashing gigabytes for every run would take longer than a photo. So of every tensor
the name, shape, type and some evenly spread values count; patches such as LoRAs count likewise, and what replaces
parts of the model or hangs into its passes counts by its name.
"""

import contextlib
import hashlib
from collections.abc import Iterable, Mapping
from types import ModuleType
from typing import Any, Final

_VALUES: Final = 32  # of each tensor
# SD 1.5 checkpoints lack it, nothing reads it there, and ComfyUI leaves it as the memory happened to be.
_SCHEDULE: Final = "model_sampling"  # the part that other packs exchange
_DEEP: Final = 3  # functions in functions that are looked into
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


def control_digest(control: Any) -> str:
    """Hash of a ControlNet, Control-LoRA or T2I-Adapter as the host has loaded it, 16 hexadecimal digits."""
    network = getattr(control, "control_model", None) or getattr(control, "t2i_model", None)
    stored = network.state_dict() if network is not None else getattr(control, "control_weights", None) or {}
    digest = hashlib.sha256(f"{_name(control)} {_named(getattr(control, 'extra_args', None))}".encode())
    for name, value in sorted(stored.items()):
        digest.update(f"{name}={_tensor(value)}\n".encode())
    return digest.hexdigest()[:16]


def _lines(patcher: Any) -> Iterable[str]:
    network = getattr(patcher, "model", patcher)
    backup = getattr(patcher, "backup", None) or {}
    # What stands in for a part lies in the network while it is loaded, and is patched onto it before and after.
    parts = {_SCHEDULE, *(getattr(patcher, "object_patches", None) or {})}
    parts |= set(getattr(patcher, "object_patches_backup", None) or {})
    apart = tuple(f"{name}." for name in parts)
    weights = (
        (name, value)
        for name, value in network.state_dict().items()
        if not name.endswith(_UNSET) and not name.startswith(apart)
    )
    for name, value in sorted(weights):
        # A LoRA may have been added to the weights for the last run; the weight itself was set aside then.
        yield f"{name}={_tensor(getattr(backup.get(name), 'weight', value))}\n"
    for name, patches in sorted((getattr(patcher, "patches", None) or {}).items()):
        yield f"patch {name}: {'; '.join(_patch(patch) for patch in patches)}\n"
    find = getattr(patcher, "get_model_object", None)
    for name in sorted(parts):
        with contextlib.suppress(AttributeError):  # networks that are no denoisers have no schedule
            yield f"part {name}: {_part(find(name) if find else getattr(network, name))}\n"
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
    """What stands in for a part of the model, such as another noise schedule: its classes, numbers and tensors."""
    kinds = [kind.__qualname__ for kind in type(part).__mro__]
    values = dict(part.state_dict()) if hasattr(part, "state_dict") else {}
    values |= {name: value for name, value in getattr(part, "__dict__", {}).items() if not name.startswith("_")}
    told = {name: value for name, value in values.items() if _plain(value) or hasattr(value, "shape")}
    return f"{kinds} {_named(told)}"


def _named(value: Any, depth: int = 0) -> str:
    if isinstance(value, Mapping):
        inner = sorted(value.items(), key=lambda item: str(item[0]))
        return "{" + ", ".join(f"{name}: {_named(one, depth)}" for name, one in inner) + "}"
    if isinstance(value, (tuple, list)):
        return f"[{', '.join(_named(one, depth) for one in value)}]"
    if hasattr(value, "shape"):
        return _tensor(value)
    return repr(value) if _plain(value) else _acting(value, depth)


def _acting(value: Any, depth: int) -> str:
    """A patch by its name and by the numbers that it was made with: those it closed over, or holds."""
    if depth >= _DEEP:
        return _name(value)
    held: list[Any] = list(getattr(value, "__defaults__", None) or ())
    for cell in getattr(value, "__closure__", None) or ():
        with contextlib.suppress(ValueError):  # empty
            held.append(cell.cell_contents)
    owner = getattr(value, "__self__", None if hasattr(value, "__qualname__") else value)
    fields = getattr(owner, "__dict__", {}) if owner is not None and not isinstance(owner, ModuleType) else {}
    held += [(name, one) for name, one in sorted(fields.items()) if _plain(one) or hasattr(one, "shape")]
    return f"{_name(value)}{[_named(one, depth + 1) for one in held]}"


def _plain(value: Any) -> bool:
    return value is None or isinstance(value, (bool, int, float, str))


def _name(value: Any) -> str:
    kind = value if hasattr(value, "__qualname__") else type(value)
    return f"{getattr(kind, '__module__', '')}.{kind.__qualname__}"
