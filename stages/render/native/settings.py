"""What a user chooses about rendering with the host's own model."""

from dataclasses import dataclass, field
from typing import Final, Literal, get_args

from ...errors import AlbumError
from ..pipelines.settings import AnchorSettings

RegionChoice = Literal["auto", "attention", "masks", "off"]
REGION_CHOICES: Final = get_args(RegionChoice)
MOST_STEPS: Final = 10_000  # as KSampler has it
MOST_GUIDANCE: Final = 100.0


@dataclass(frozen=True)
class ModelSettings:
    """How photos are made with the host's model.

    sampler, scheduler: names that the host knows. guidance: 1 is none. denoise: 1 starts from noise; below it a photo
    starts from the storyboard's drawing of its scene, and keeps the more of it the lower this is. negative: what no
    photo should show. extra: words behind every prompt. regions: "attention" lets each person's text act in that
    person's region of the cross-attention of a UNet; "masks" samples every person's text apart and mixes the
    predictions by masks, with any model; "auto" takes the first where it can and neither elsewhere. region_strength: 0
    turns either off. softness: width of a region's edge as a share of the photo's shorter side. shared_noise: share of
    the starting noise's variance that photos of one place have in common; 0 takes the very noise that KSampler takes.
    control_strength: of all ControlNets.
    """

    sampler: str = "dpmpp_2m"
    scheduler: str = "karras"
    steps: int = 25
    guidance: float = 6.0
    denoise: float = 1.0
    negative: str = ""
    extra: str = ""
    anchors: AnchorSettings = field(default_factory=AnchorSettings)
    regions: RegionChoice = "auto"
    region_strength: float = 0.6
    softness: float = 0.02
    shared_noise: float = 0.0
    control_strength: float = 0.8

    def __post_init__(self) -> None:
        _within("The number of steps", self.steps, 1, MOST_STEPS)
        _within("The CFG", self.guidance, 0.0, MOST_GUIDANCE)
        _within("The strength of regions", self.region_strength, 0.0, 1.0)
        _within("The softness of regions", self.softness, 0.0, 0.25)
        _within("The share of noise in common", self.shared_noise, 0.0, 1.0)
        _within("The strength of ControlNets", self.control_strength, 0.0, 10.0)
        if not 0.0 < self.denoise <= 1.0:
            raise AlbumError(f"The denoise must be above 0 and at most 1, but it is {self.denoise:g}.")
        if self.regions not in REGION_CHOICES:
            raise AlbumError(
                f"There is no choice of regions '{self.regions}': choose one of {', '.join(REGION_CHOICES)}."
            )


def _within(what: str, value: float, low: float, high: float) -> None:
    if not low <= value <= high:  # also false for what is not a number
        raise AlbumError(f"{what} must be {low:g} to {high:g}, but it is {value:g}.")
