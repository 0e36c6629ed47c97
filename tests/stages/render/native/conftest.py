"""A renderer over stand-ins for the host's model, and photo jobs with portraits and plates."""

from dataclasses import replace
from datetime import datetime

import numpy as np
import pytest
from synthetic_albums.stages.identity import cast_characters
from synthetic_albums.stages.layout import lay_out_scene
from synthetic_albums.stages.records import AlbumPlan, CastEntry, Character, Environment, Hair, Outfit, Scene
from synthetic_albums.stages.render.native import ModelRenderer, ModelSettings
from synthetic_albums.stages.render.pipelines import AnchorSettings
from synthetic_albums.stages.render.renderer import photo_job
from synthetic_albums.stages.seeds import derive_seed

WIDTH, HEIGHT = 96, 64


def picture(name, side=64):
    """A subject of one colour on light gray; which colour depends on the name."""
    pixels = np.full((side, side, 3), 210, np.uint8)
    colour = np.random.default_rng(derive_seed(name)).integers(0, 160, 3)
    pixels[side // 8 : -side // 8, side // 4 : -side // 4] = colour
    return pixels


def make_job(
    *, people=("ana", "leo"), scene="s1", width=WIDTH, height=HEIGHT, portraits=True, plate=True, weight=1.0, **kept
):
    """Two people in a park; `kept` changes fields of the job."""
    plan = AlbumPlan(
        title="A walk",
        seed=5,
        characters=[
            Character(id="ana", name="Ana", gender="female", hair=Hair(color="red"), outfits=[Outfit(id="day")]),
            Character(id="leo", name="Leo", gender="male", skin_tone=9, outfits=[Outfit(id="day", top_color="red")]),
        ],
        environments=[Environment(id="place", kind="park", features=["red bandstand"])],
        scenes=[
            Scene(
                id=scene, title="t", caption="Ana and Leo at the bandstand.", environment="place",
                time=datetime(2026, 6, 14, 9, 30), cast=[CastEntry(character=one, outfit="day") for one in people],
            )
        ],
    )  # fmt: skip
    cast = cast_characters(plan)
    members = [cast.member(name) for name in people]
    if portraits:
        members = [replace(member, portraits=(picture(member.character),)) for member in members]
    job = photo_job(
        plan,
        plan.scenes[0],
        lay_out_scene(plan, plan.scenes[0], width=width, height=height),
        tuple(members),
        width=width,
        height=height,
        seed=derive_seed(plan.seed, "photo", scene, 0),
        attempt=0,
        weight=weight,
        plate=picture("plate") if plate else None,
    )
    return replace(job, **kept)


@pytest.fixture(scope="session", autouse=True)
def _one_thread():
    """Tiny networks gain nothing from threads."""
    import torch

    before = torch.get_num_threads()
    torch.set_num_threads(1)
    yield
    torch.set_num_threads(before)


@pytest.fixture(autouse=True)
def _same_weights():
    """Every test draws the weights of its networks from one seed."""
    import torch

    with torch.random.fork_rng():
        torch.manual_seed(3)
        yield


@pytest.fixture
def job():
    return make_job


@pytest.fixture
def paint():
    return picture


@pytest.fixture
def unet():
    """A MODEL that is a UNet."""
    from .doubles import Patcher, made_as

    return Patcher(made_as("SD15_Model"))


@pytest.fixture
def other():
    """Make a MODEL of a class of that name, with a network that is no UNet."""
    from .doubles import Patcher, Transformer, made_as

    return lambda *names, channels=4: Patcher(
        made_as(*names, network=Transformer(channels), config="Known"), channels=channels
    )


@pytest.fixture
def build(unet):
    """Make a renderer of three steps; `anchors` and the rest change settings, objects take the place of stand-ins."""
    from .doubles import Clip, Host, Vae

    def make(model=None, *, clip=None, vae=None, host=None, anchors=None, objects=None, **changes):
        chosen = {"steps": 3, "guidance": 2.0, "anchors": AnchorSettings(**anchors or {})} | changes
        return ModelRenderer(
            unet if model is None else model,
            Clip() if clip is None else clip,
            Vae() if vae is None else vae,
            ModelSettings(**chosen),
            Host() if host is None else host,
            **objects or {},
        )

    return make


@pytest.fixture
def render():
    return lambda renderer, job: renderer.render_photo(job, on_step=lambda done, steps: None)
