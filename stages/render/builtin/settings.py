"""How the built-in model samples; apart from the sampler, which imports torch."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Sampling:
    """How to sample. steps: of the Euler method. guidance: 1 is none; above it every step costs twice.

    closeup_steps: of every close-up. sketch: whether a model that knows sketches is shown one. looks: whether people's
    looks are said in words and colours; else their identity vectors alone say who they are.
    """

    steps: int = 20
    guidance: float = 1.5
    closeup_steps: int = 2
    sketch: bool = True
    looks: bool = True
