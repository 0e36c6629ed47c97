"""Settings that cannot be right are refused before anything is sampled."""

import pytest
from synthetic_albums.stages.errors import AlbumError
from synthetic_albums.stages.render.native import REGION_CHOICES, ModelSettings

NAN = float("nan")


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        ({"steps": 0}, "The number of steps must be 1 to 10000, but it is 0"),
        ({"steps": 10_001}, "The number of steps must be 1 to 10000"),
        ({"guidance": -0.1}, "The CFG must be 0 to 100, but it is -0.1"),
        ({"guidance": 100.5}, "The CFG must be 0 to 100"),
        ({"guidance": NAN}, "The CFG must be 0 to 100, but it is nan"),
        ({"denoise": 0.0}, "The denoise must be above 0 and at most 1, but it is 0"),
        ({"denoise": 1.01}, "The denoise must be above 0"),
        ({"denoise": NAN}, "The denoise must be above 0"),
        ({"region_strength": 1.5}, "The strength of regions must be 0 to 1"),
        ({"softness": 0.3}, "The softness of regions must be 0 to 0.25"),
        ({"shared_noise": -0.5}, "The share of noise in common must be 0 to 1"),
        ({"control_strength": 11.0}, "The strength of ControlNets must be 0 to 10"),
        ({"regions": "some"}, "no choice of regions 'some': choose one of auto, attention, masks, off"),
    ],
)
def test_values_out_of_range_are_refused(changes, message):
    with pytest.raises(AlbumError, match=message):
        ModelSettings(**changes)


@pytest.mark.parametrize(
    "changes",
    [
        {"steps": 1, "guidance": 0.0, "denoise": 0.01, "region_strength": 0.0, "softness": 0.0},
        {"steps": 10_000, "guidance": 100.0, "denoise": 1.0, "region_strength": 1.0, "softness": 0.25},
        {"shared_noise": 0.0, "control_strength": 0.0},
        {"shared_noise": 1.0, "control_strength": 10.0},
        *({"regions": choice} for choice in REGION_CHOICES),
    ],
)
def test_both_ends_of_every_range_are_taken(changes):
    chosen = ModelSettings(**changes)
    assert {name: getattr(chosen, name) for name in changes} == changes
