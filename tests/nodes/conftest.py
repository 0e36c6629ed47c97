import importlib.util
import json
import threading
from datetime import datetime
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from types import SimpleNamespace

import numpy as np
import pytest
import synthetic_albums
from PIL import Image
from synthetic_albums.headless.host import HeadlessHost
from synthetic_albums.nodes.host import hosted_by
from synthetic_albums.stages.encoders.interface import EncoderFacts
from synthetic_albums.stages.identity import cast_characters
from synthetic_albums.stages.layout import lay_out_scenes
from synthetic_albums.stages.records import AlbumPlan, CastEntry, Character, Environment, Outfit, Scene
from synthetic_albums.stages.seeds import derive_seed

ROOT = Path(synthetic_albums.__file__).parent
SIZE = 64


class NoiseRenderer:
    """Photos are noise of their own seed, so that no two are alike; counts what it was asked for."""

    name = "noise"

    def __init__(self):
        self.photos, self.portraits, self.closed = [], [], 0

    def describe(self):
        return {"version": 1}

    def render_photo(self, job, *, on_step):
        on_step(1, 2)
        self.photos.append(job.scene.id)
        return noise(job.seed, job.height, job.width)

    def render_portrait(self, character, member, *, size, seed):
        self.portraits.append(character.id)
        return noise(seed, size, size)

    def close(self):
        self.closed += 1


def noise(seed, height, width):
    """Smooth noise: with frequencies that the leakage check compares."""
    small = np.random.default_rng(seed).integers(0, 256, (8, 8, 3), dtype=np.uint8)
    return small.repeat(height // 8, axis=0).repeat(width // 8, axis=1)


def build_plan(scenes=3, *, people=("ana", "leo")):
    return AlbumPlan(
        title="Three walks",
        seed=7,
        characters=[Character(id=name, name=name.title(), outfits=[Outfit(id="day")]) for name in people],
        environments=[Environment(id="park", kind="park")],
        scenes=[
            Scene(
                id=f"s{number}",
                title=f"Walk {number}",
                caption=f"The walk number {number}.",
                environment="park",
                time=datetime(2026, 6, 14, 9 + number),
                cast=[CastEntry(character=name, outfit="day") for name in people[: number % 3]],
            )
            for number in range(1, scenes + 1)
        ],
    )


class ChatServer:
    """A chat completions server that gives the scripted (status, text) in turn, the last one for ever."""

    def __init__(self, *replies):
        self.requests, self.keys = [], []
        server = self

        class Handler(BaseHTTPRequestHandler):
            def do_POST(self):
                server.requests.append(json.loads(self.rfile.read(int(self.headers["Content-Length"]))))
                server.keys.append(self.headers["Authorization"])
                status, text = replies[min(len(server.requests), len(replies)) - 1]
                body = text if status != 200 else json.dumps({"choices": [{"message": {"content": text}}]})
                self.send_response(status)
                self.send_header("Content-Length", str(len(body)))
                self.end_headers()
                self.wfile.write(body.encode())

            def log_message(self, *_):
                """Quiet: the test looks at the requests."""

        self.http = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.url = f"http://127.0.0.1:{self.http.server_port}/v1"
        threading.Thread(target=self.http.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True).start()


def load_script(file):
    spec = importlib.util.spec_from_file_location(file.stem, file)
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.fixture(scope="session")
def contract():
    """The module that freezes the contract, which is a script too."""
    return load_script(ROOT / "tools" / "freeze_contract.py")


@pytest.fixture(scope="session")
def language_model(tmp_path_factory):
    """The folder of a tiny model of a real class, with random weights."""
    return load_script(ROOT / "benchmarks" / "tiny_model.py").make_model(tmp_path_factory.mktemp("models") / "tiny")


@pytest.fixture
def serve():
    """Start a chat server with some replies; gives it, with its url and what it was sent."""
    servers = []

    def start(*replies):
        servers.append(ChatServer(*replies))
        return servers[-1]

    yield start
    for server in servers:
        server.http.shutdown()
        server.http.server_close()


@pytest.fixture
def host(tmp_path):
    """Folders of a run; nodes that are called in the test see it."""
    host = HeadlessHost(tmp_path / "out", tmp_path / "in")
    (tmp_path / "in").mkdir()
    with hosted_by(host):
        yield host


@pytest.fixture
def plan():
    return build_plan()


@pytest.fixture
def layout(plan):
    return lay_out_scenes(plan, width=SIZE, height=SIZE)


@pytest.fixture
def cast(plan):
    return cast_characters(plan)


@pytest.fixture
def renderer():
    return NoiseRenderer()


@pytest.fixture
def render(host, plan, layout, cast, renderer):
    """Run AlbumRender on the small album with some inputs changed; gives (album, photos, table)."""
    from synthetic_albums.nodes.render import AlbumRender

    def run(**changes):
        inputs = {"plan": plan, "layout": layout, "cast": cast, "renderer": renderer}
        inputs |= {"album_name": "walks", "subset": "", "attempt": 0}
        return AlbumRender().render(**inputs | changes)

    return run


@pytest.fixture
def make_plan():
    return build_plan


@pytest.fixture
def a_picture():
    """Any picture by a name: the same for the same name."""
    return lambda name, size=SIZE: noise(derive_seed(name), size, size)


class SmallClip:
    """Embeddings are the words of a text; windows have 75 of them."""

    def __init__(self):
        self.encoded = []

    def tokenize(self, text):
        words = text.split()
        return {"l": [words[start : start + 75] for start in range(0, max(1, len(words)), 75)]}

    def encode_from_tokens_scheduled(self, tokens):
        import torch

        text = " ".join(word for window in tokens["l"] for word in window)
        self.encoded.append(text)
        return [[torch.full((1, 77, 4), float(len(text))), {"pooled_output": torch.zeros(1, 4)}]]


class ThumbnailEncoder:
    """Vectors are tiny grey copies of the pictures."""

    calibration = None

    def __init__(self, looks_at="picture"):
        self.facts = EncoderFacts("thumbnails@1", "cd" * 32, 16, looks_at)

    def encode(self, pictures):
        small = [Image.fromarray(picture).convert("L").resize((4, 4)) for picture in pictures]
        return np.stack([np.asarray(grey, np.float32).ravel() + 1 for grey in small])

    def close(self):
        """Holds nothing."""


@pytest.fixture
def quality_inputs(host, render):
    """Inputs of AlbumQualityReport for an album of eight photos and as many private pictures; some may be changed."""
    pytest.importorskip("torchmetrics")
    pytest.importorskip("prdc")
    plan = build_plan(8)
    layout, cast = lay_out_scenes(plan, width=SIZE, height=SIZE), cast_characters(plan)
    private = host.input_directory() / "grandma"
    private.mkdir()
    for number in range(8):
        Image.fromarray(noise(1000 + number, SIZE, SIZE)).save(private / f"grandma_{number}.png")

    def inputs(**changes):
        album = render(plan=plan, layout=layout, cast=cast)[0]
        given = {"album": album, "reference_folder": "grandma", "k": 2, "seed": 0}
        return given | {"picture_encoder": ThumbnailEncoder()} | changes

    return inputs


@pytest.fixture
def thumbnail_encoder():
    return ThumbnailEncoder


@pytest.fixture
def membership_folders(host):
    """Two folders of 100 pictures each inside the input folder, "used" and "unused"; gives the host."""
    rng = np.random.default_rng(0)
    for name in ("used", "unused"):
        (host.input_directory() / name).mkdir()
        for number in range(100):
            pixels = rng.integers(0, 256, (4, 4, 3), dtype=np.uint8).repeat(4, axis=0).repeat(4, axis=1)
            Image.fromarray(pixels).save(host.input_directory() / name / f"secret {number}.png")
    return host


@pytest.fixture
def membership_inputs(membership_folders, render):
    """What the membership audit is run with."""
    return lambda: {
        "album": render()[0], "members": "used", "non_members": "unused", "seed": 0,
        "picture_encoder": ThumbnailEncoder(),
    }  # fmt: skip


@pytest.fixture
def vision_model(host):
    """A tiny vision model where relative names start from."""
    import torch
    import transformers

    torch.manual_seed(0)
    folder = host.model_path(("clip_vision",), "tiny-dino")
    config = transformers.Dinov2Config(
        hidden_size=16, num_hidden_layers=1, num_attention_heads=2, image_size=32, patch_size=8
    )
    transformers.Dinov2Model(config).save_pretrained(folder)
    preprocessor = {"image_processor_type": "BitImageProcessor", "size": {"shortest_edge": 32}}
    (folder / "preprocessor_config.json").write_text(json.dumps(preprocessor))
    return folder


@pytest.fixture
def face_model(tmp_path):
    """A folder with a tiny detector and recogniser."""
    for package in ("onnx", "onnxruntime"):
        pytest.importorskip(package)
    from ..tiny_faces import write_detector, write_recogniser

    write_detector(tmp_path / "det_10g.onnx")
    write_recogniser(tmp_path / "w600k_r50.onnx")
    return tmp_path


@pytest.fixture
def small_clip():
    """What a loader gives as CLIP, as far as nodes use it."""
    return SmallClip()


@pytest.fixture
def small_model():
    """What a loader gives as MODEL, as far as it is looked at before sampling: no UNet, four channels."""
    network, latent = SimpleNamespace(state_dict=dict), SimpleNamespace(latent_channels=4)
    inner = SimpleNamespace(diffusion_model=network, state_dict=dict)
    return SimpleNamespace(model=inner, get_model_object=lambda name: latent)


@pytest.fixture
def small_vae():
    """What a loader gives as VAE, likewise."""
    return SimpleNamespace(latent_channels=4, decode=lambda latent: latent)
