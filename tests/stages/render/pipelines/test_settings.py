"""Settings that cannot be right are refused before anything is loaded."""

from pathlib import Path

import pytest
from synthetic_albums.stages.errors import AlbumError
from synthetic_albums.stages.render.pipelines import (
    AnchorSettings,
    ControlFile,
    ImageAdapter,
    LoraFile,
    RenderSettings,
)

ANY = Path("model.safetensors")
NAN = float("nan")


@pytest.mark.parametrize(
    ("make", "message"),
    [
        (lambda: RenderSettings(ANY, steps=0), "needs 1 to 150 steps, but 0 were asked for"),
        (lambda: RenderSettings(ANY, steps=151), "needs 1 to 150 steps"),
        (lambda: RenderSettings(ANY, guidance=0.5), "The guidance must be 1 to 30"),
        (lambda: RenderSettings(ANY, guidance=NAN), "The guidance must be 1 to 30"),
        (lambda: RenderSettings(ANY, scheduler="magic"), "no scheduler 'magic': choose one of checkpoint"),
        (lambda: RenderSettings(ANY, dtype="int8"), "no dtype 'int8'"),
        (lambda: RenderSettings(ANY, device="tpu"), "no device 'tpu'"),
        (lambda: RenderSettings(ANY, region_strength=2.0), "strength of regions must be 0 to 1"),
        (lambda: RenderSettings(ANY, softness=-0.1), "softness of regions"),
        (lambda: RenderSettings(ANY, shared_noise=1.1), "share of noise in common"),
        (lambda: RenderSettings(ANY, controls=(ControlFile("pose", ANY),) * 2), "two ControlNets for pose"),
        (lambda: AnchorSettings(strength=-1.0), "anchors' strength must be 0 to 4"),
        (lambda: AnchorSettings(strength=float("inf")), "anchors' strength"),
        (lambda: AnchorSettings(blocks="some"), "no choice of blocks 'some'"),
        (lambda: AnchorSettings(until=2.0), "share of steps with anchors"),
        (lambda: AnchorSettings(scale=0.1), "anchors' scale"),
        (lambda: AnchorSettings(cache_mib=-1), "anchors' cache"),
        (lambda: LoraFile(ANY, 5.0), "weight of a LoRA"),
        (lambda: ControlFile("edges", ANY), "no kind of a ControlNet 'edges'"),
        (lambda: ControlFile("pose", ANY, 3.0), "weight of a ControlNet"),
        (lambda: ImageAdapter(ANY, ANY, 3.0), "scale of the IP-Adapter"),
    ],
)
def test_values_out_of_range_are_refused(make, message):
    with pytest.raises(AlbumError, match=message):
        make()
