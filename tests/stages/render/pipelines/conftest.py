"""Tiny checkpoints with random weights, made once, and photo jobs with portraits and plates."""

import importlib.util
import shutil
from dataclasses import replace
from datetime import datetime
from pathlib import Path

import numpy as np
import pytest
import synthetic_albums
from synthetic_albums.stages.identity import cast_characters
from synthetic_albums.stages.layout import lay_out_scene
from synthetic_albums.stages.records import (
    AlbumPlan,
    CastEntry,
    Character,
    Environment,
    Hair,
    Outfit,
    Scene,
    SceneObject,
)
from synthetic_albums.stages.render.pipelines import AnchorSettings, DiffusersRenderer, RenderSettings
from synthetic_albums.stages.render.renderer import photo_job
from synthetic_albums.stages.seeds import derive_seed

ROOT = Path(synthetic_albums.__file__).parent
SIZE = 64


def _script(name):
    spec = importlib.util.spec_from_file_location(name, ROOT / "benchmarks" / f"{name}.py")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.fixture(scope="session", autouse=True)
def _one_thread():
    """Tiny networks gain nothing from threads and lose much to them where the machine is busy."""
    import torch

    before = torch.get_num_threads()
    torch.set_num_threads(1)
    yield
    torch.set_num_threads(before)


@pytest.fixture(scope="session")
def tiny():
    """The module that makes tiny checkpoints."""
    return _script("tiny_checkpoint")


@pytest.fixture(scope="session")
def checkpoints(tiny, tmp_path_factory):
    """Paths by family and form: ("sd15", "folder"), ("sdxl", "file") and so on."""
    root = tmp_path_factory.mktemp("checkpoints")
    found = {}
    for family in ("sd15", "sdxl"):
        found[family, "folder"] = tiny.make_folder(root / family, family)
        found[family, "file"] = tiny.make_file(root / f"{family}.safetensors", family)
    return found


@pytest.fixture
def own_folder(checkpoints, tmp_path):
    """A copy of the SD 1.5 folder that the test may spoil."""
    return shutil.copytree(checkpoints["sd15", "folder"], tmp_path / "own")


def picture(name, side=64):
    """A subject of one colour on light gray; which colour and where depends on the name."""
    values = np.random.default_rng(derive_seed(name))
    pixels = np.full((side, side, 3), 210, np.uint8)
    pixels[side // 8 : -side // 8, side // 4 : -side // 4] = values.integers(0, 160, 3)
    return pixels


def make_job(
    *, people=("ana", "leo"), size=SIZE, height=None, portraits=True, plate=True, weight=1.0, scene="s1", **kept
):
    """A scene in a park; `kept` changes fields of the job."""
    plan = AlbumPlan(
        title="A walk",
        seed=5,
        characters=[
            Character(
                id="ana", name="Ana", gender="female", hair=Hair(style="long", color="red"), accessories=["glasses"],
                outfits=[Outfit(id="day", top="t_shirt", top_color="blue")],
            ),
            Character(id="leo", name="Leo", gender="male", skin_tone=9, outfits=[Outfit(id="day", top_color="red")]),
        ],
        environments=[Environment(id="place", kind="park", features=["red bandstand"])],
        scenes=[
            Scene(
                id=scene, title="t", caption="Ana and Leo at the bandstand.", environment="place",
                time=datetime(2026, 6, 14, 9, 30), cast=[CastEntry(character=name, outfit="day") for name in people],
                objects=[SceneObject(id="toy", kind="ball", color="yellow")],
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
        lay_out_scene(plan, plan.scenes[0], width=size, height=height or size),
        tuple(members),
        width=size,
        height=height or size,
        seed=derive_seed(plan.seed, "photo", scene, 0),
        attempt=0,
        weight=weight,
        plate=picture("plate") if plate else None,
    )
    return replace(job, **kept)


@pytest.fixture
def job():
    return make_job


@pytest.fixture(scope="session")
def loaded():
    """Models by checkpoint, loaded once for all tests that do not change their weights."""
    return {}


def _shared(loaded, settings):
    from synthetic_albums.stages.render.pipelines.anchors import AnchorStudio, FeatureCache
    from synthetic_albums.stages.render.pipelines.loading import load_model, make_scheduler

    plain = RenderSettings(settings.checkpoint, scheduler="checkpoint")
    if settings.checkpoint not in loaded:
        model = load_model(plain)
        loaded[settings.checkpoint] = model, model.pipe.scheduler
    model, scheduler = loaded[settings.checkpoint]
    model.pipe.scheduler = make_scheduler(settings.scheduler, scheduler)
    return model, AnchorStudio(model, FeatureCache(model.device, settings.anchors.cache_mib, 0))


@pytest.fixture
def open_renderer(loaded):
    """Make renderers that are closed after the test; those without additions share their weights unless `fresh`."""
    made, borrowed = [], []

    def make(checkpoint, *, anchors=None, control_pictures=None, fresh=False, **changes):
        chosen = {"steps": 1, "guidance": 3.0, "anchors": AnchorSettings(**anchors or {})} | changes
        pictures = {} if control_pictures is None else {"control_pictures": control_pictures}
        renderer = DiffusersRenderer(RenderSettings(Path(checkpoint), **chosen), **pictures)
        if not fresh and not {"loras", "controls", "adapter", "dtype", "device", "offload"} & changes.keys():
            renderer._model, renderer._studio = _shared(loaded, renderer.settings)
            borrowed.append(renderer)
        made.append(renderer)
        return renderer

    yield make
    for renderer in borrowed:
        renderer._model = None  # it is not this renderer's to give back
    for renderer in made:
        renderer.close()


PLAIN = {"anchors": {"strength": 0.0}, "region_strength": 0.0}


@pytest.fixture
def plain():
    """Settings without anchors and regions, for what has nothing to do with them: four times as fast."""
    return PLAIN


@pytest.fixture
def render():
    return lambda renderer, job: renderer.render_photo(job, on_step=lambda done, steps: None)
