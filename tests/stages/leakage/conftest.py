import numpy as np
import pytest
from PIL import Image, ImageDraw


def draw_scene(seed, width=240, height=180):
    """A picture with a sky, a ground and a dozen shapes; another seed gives another scene."""
    rng = np.random.default_rng(seed)
    image = Image.new("RGB", (width, height), tuple(int(v) for v in rng.integers(90, 256, 3)))
    draw = ImageDraw.Draw(image)
    draw.rectangle(
        (0, rng.uniform(0.4, 0.7) * height, width, height), fill=tuple(int(v) for v in rng.integers(0, 200, 3))
    )
    for _ in range(14):
        x, y = rng.uniform(0, width), rng.uniform(0, height)
        w, h = rng.uniform(0.06, 0.3, 2) * (width, height)
        shape = draw.ellipse if rng.random() < 0.5 else draw.rectangle
        shape((x - w, y - h, x + w, y + h), fill=tuple(int(v) for v in rng.integers(0, 256, 3)))
    return np.array(image)


@pytest.fixture(scope="session")
def scene():
    return draw_scene


@pytest.fixture(scope="session")
def references():
    return [draw_scene(number) for number in range(6)]


@pytest.fixture(scope="session")
def reference_folder(references, tmp_path_factory):
    folder = tmp_path_factory.mktemp("private")
    for number, pixels in enumerate(references):
        Image.fromarray(pixels).save(folder / f"family_{number}.png")
    return folder


@pytest.fixture(scope="session")
def gallery(reference_folder):
    from synthetic_albums.stages.leakage import build_gallery

    return build_gallery(reference_folder)
