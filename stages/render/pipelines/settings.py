"""What a user chooses about rendering with a checkpoint; everything here is checked before anything is loaded."""

from dataclasses import dataclass, field
from pathlib import Path
from typing import Final, Literal, get_args

from ...errors import AlbumError

SchedulerName = Literal[
    "checkpoint", "dpmpp_2m", "dpmpp_2m_karras", "dpmpp_2m_sde", "euler", "euler_ancestral", "ddim", "unipc", "heun",
    "pndm", "lcm",
]  # fmt: skip
DtypeName = Literal["auto", "float32", "float16", "bfloat16"]
DeviceName = Literal["auto", "cpu", "cuda", "mps"]
BlockChoice = Literal["decoder", "deepest", "all"]
ControlKind = Literal["pose", "depth", "segmentation"]
SCHEDULERS: Final = get_args(SchedulerName)
DTYPES: Final = get_args(DtypeName)
DEVICES: Final = get_args(DeviceName)
BLOCKS: Final = get_args(BlockChoice)
CONTROL_KINDS: Final = get_args(ControlKind)

MOST_STEPS: Final = 150
MOST_GUIDANCE: Final = 30.0


@dataclass(frozen=True)
class LoraFile:
    """A LoRA in one safetensors file; weight -4 to 4, where 0 leaves it out."""

    path: Path
    weight: float = 1.0

    def __post_init__(self) -> None:
        _within("The weight of a LoRA", self.weight, -4.0, 4.0)


@dataclass(frozen=True)
class ControlFile:
    """A ControlNet for one kind of picture: a diffusers folder or one safetensors file; weight 0 to 2."""

    kind: ControlKind
    path: Path
    weight: float = 1.0

    def __post_init__(self) -> None:
        _one_of("kind of a ControlNet", self.kind, CONTROL_KINDS)
        _within("The weight of a ControlNet", self.weight, 0.0, 2.0)


@dataclass(frozen=True)
class AnchorSettings:
    """Anchored attention.

    strength: 0 turns it off, 1 gives an anchor's tokens the weight of the photo's own, above that more. blocks: in
    which self-attention layers. until: fraction of the steps after which photos are on their own. scale: side of the
    anchors as a share of the photo's. cache_mib: of features kept on the device; as much again on the processor's
    memory where the device has its own. isolate: people do not attend to each other inside a photo.
    """

    strength: float = 1.0
    blocks: BlockChoice = "decoder"
    until: float = 0.8
    scale: float = 0.5
    cache_mib: int = 2048
    isolate: bool = True

    def __post_init__(self) -> None:
        _within("The anchors' strength", self.strength, 0.0, 4.0)
        _one_of("choice of blocks", self.blocks, BLOCKS)
        _within("The share of steps with anchors", self.until, 0.0, 1.0)
        _within("The anchors' scale", self.scale, 0.25, 1.0)
        _within("The anchors' cache in MiB", self.cache_mib, 0, 1_000_000)


@dataclass(frozen=True)
class ImageAdapter:
    """An IP-Adapter: its safetensors file, and the folder of the image encoder that it was trained with."""

    path: Path
    encoder: Path
    scale: float = 0.6

    def __post_init__(self) -> None:
        _within("The scale of the IP-Adapter", self.scale, 0.0, 2.0)


@dataclass(frozen=True)
class RenderSettings:
    """How photos are made from a checkpoint.

    checkpoint: a diffusers folder or one safetensors file, SD 1.5 or SDXL. guidance: 1 is none; above it every step
    costs twice. region_strength: share of a person's own text inside the person's region; 0 turns it off. softness:
    width of a region's edge as a share of the photo's shorter side. shared_noise: share of the starting noise's
    variance that photos of one place have in common.
    """

    checkpoint: Path
    scheduler: SchedulerName = "dpmpp_2m_karras"
    steps: int = 25
    guidance: float = 6.0
    negative: str = ""
    dtype: DtypeName = "auto"
    device: DeviceName = "auto"
    offload: bool = False
    loras: tuple[LoraFile, ...] = ()
    anchors: AnchorSettings = field(default_factory=AnchorSettings)
    region_strength: float = 0.6
    softness: float = 0.02
    controls: tuple[ControlFile, ...] = ()
    adapter: ImageAdapter | None = None
    shared_noise: float = 0.0

    def __post_init__(self) -> None:
        _one_of("scheduler", self.scheduler, SCHEDULERS)
        _one_of("dtype", self.dtype, DTYPES)
        _one_of("device", self.device, DEVICES)
        if not 1 <= self.steps <= MOST_STEPS:
            raise AlbumError(f"A photo needs 1 to {MOST_STEPS} steps, but {self.steps} were asked for.")
        _within("The guidance", self.guidance, 1.0, MOST_GUIDANCE)
        _within("The strength of regions", self.region_strength, 0.0, 1.0)
        _within("The softness of regions", self.softness, 0.0, 0.25)
        _within("The share of noise in common", self.shared_noise, 0.0, 1.0)
        kinds = [control.kind for control in self.controls]
        repeated = next((kind for kind in kinds if kinds.count(kind) > 1), None)
        if repeated:
            raise AlbumError(f"There are two ControlNets for {repeated}: give one for each kind.")


def _within(what: str, value: float, low: float, high: float) -> None:
    if not low <= value <= high:  # also false for what is not a number
        raise AlbumError(f"{what} must be {low:g} to {high:g}, but it is {value:g}.")


def _one_of(what: str, value: str, known: tuple[str, ...]) -> None:
    if value not in known:
        raise AlbumError(f"There is no {what} '{value}': choose one of {', '.join(known)}.")
