"""What the renderer needs of the program that loaded the model; ComfyUI is one such program."""

from collections.abc import Callable, Mapping
from typing import Any, Protocol

Attend = Callable[..., Any]  # (query, key, value, heads, mask or None, extra options) to the attended values
StepDone = Callable[[int, Any], None]  # (steps done, latent as it is); may raise to stop


class ModelHost(Protocol):
    """Sampling, encoding and memory, as the host does them for its own nodes."""

    def sample(
        self,
        model: Any,
        noise: Any,
        latent: Any,
        positive: Any,
        negative: Any,
        *,
        sampler: str,
        scheduler: str,
        steps: int,
        guidance: float,
        denoise: float,
        seed: int,
        on_step: StepDone,
    ) -> Any:
        """Exactly what the host's own sampler node does; gives the latent."""
        ...

    def empty_latent(self, model: Any, width: int, height: int, cell: int) -> Any:
        """Zeros of the model's own shape for a picture of (height, width) pixels, `cell` pixels a cell."""
        ...

    def noise(self, latent: Any, seed: int) -> Any:
        """Standard normal noise of the latent's shape, as the host's own sampler node draws it."""
        ...

    def encode(self, vae: Any, pixels: Any) -> Any:
        """The latent of (1, height, width, 3) float32 pixels, 0 to 1."""
        ...

    def decode(self, vae: Any, latent: Any) -> Any:
        """(1, height, width, 3) float32 pixels, 0 to 1."""
        ...

    def load_device(self, model: Any) -> Any:
        """Where the model computes, a torch device."""
        ...

    def attend(self, query: Any, key: Any, value: Any, heads: int, mask: Any, extra: Mapping[str, Any]) -> Any:
        """The host's own attention over (batch, tokens, channels), mask (queries, keys) added to the logits."""
        ...

    def on_prediction(self, model: Any, key: str, wrapper: Callable[..., Any]) -> None:
        """Call `wrapper(executor, latent, sigma, options, seed)` around every prediction of a patched copy."""
        ...

    def predict(self, inner: Any, conditioning: Any, latent: Any, sigma: Any, options: Any) -> None:
        """One pass of the loaded model, in the midst of sampling, for what it shows to patches."""
        ...

    def relieve(self) -> None:
        """Free what can be freed, after memory ran out."""
        ...

    def out_of_memory(self, error: BaseException) -> bool:
        """Whether an error says that the device's memory does not suffice."""
        ...
