"""Close-ups of people and things for the detailer, with a spoilt picture of what another network made of them."""

import random
from dataclasses import replace
from typing import Final

import numpy as np
from PIL import Image

from ...stages.render.builtin.closeups import Subject, closeup_sketch, subjects_of, thing_pixels, window_of
from .batches import Cut, Dropping, Example, Scenes, mirrored_at_times, windowed
from .dataset import SIZE, Shard

# It is to follow words and identities, so they are hardly ever left out.
CLOSEUP_DROPPING: Final = Dropping(everything=0.06, text=1.0, scene=0.04, looks=0.3, vector=0.2, sketch=0.06)
SKETCH: Final = 32  # pixels of the spoilt picture's side
_SHARES: Final = {"head": 0.5, "figure": 0.2, "animal": 0.1, "thing": 0.2}
_NOWHERE: Final = 0.04  # of close-ups have no subject
_HEADLESS: Final = 0.9  # of sketches do not show heads as they are
_FACELESS: Final = 0.15  # of people have no portrait
_THINGLESS: Final = 0.15  # of sketches show things as blurred as the rest
_COARSEST, _FINEST = 4, 28  # pixels to which a picture is reduced before it is told


def cut_closeup(scenes: Scenes, example: Example, rng: random.Random) -> Cut:
    """Show one head, figure, animal or thing of an example, or any part of one that has none.

    Its sketch is the picture itself, blurred and off in its colours, as the denoiser would have painted it, mostly with
    things in a light that is off but otherwise as they are, and with portraits in the place of heads, or nothing.
    """
    found = subjects_of(scenes.shards[example.shard].layouts[example.scene], SIZE, SIZE)
    kinds = sorted({subject.kind for subject in found})
    if not kinds or rng.random() < _NOWHERE:
        side = rng.randrange(48, 160)
        x, y = rng.randrange(SIZE - side + 1), rng.randrange(SIZE - side + 1)
    else:
        kind = rng.choices(kinds, [_SHARES[name] for name in kinds])[0]
        x, y, side = _near(rng.choice([subject for subject in found if subject.kind == kind]), rng)
    picture = scenes.picture(example)[y : y + side, x : x + side]
    layout = scenes.shards[example.shard].layouts[example.scene]
    things = thing_pixels(layout, scenes.raster(example).instance)[y : y + side, x : x + side]
    sketch = _spoilt(picture, rng)
    if rng.random() >= _THINGLESS:
        sketch = _with_things(sketch, picture, things, rng)
    if rng.random() < _HEADLESS:
        shard = scenes.shards[example.shard]
        portraits = {
            name: np.asarray(shard.portraits[face, rng.randrange(2)])
            for name, face in zip(_characters(shard, example.scene), example.faces, strict=True)
            if rng.random() >= _FACELESS
        }
        sketch = closeup_sketch(sketch, layout, portraits, (x, y, side), SIZE, SIZE)
    return mirrored_at_times(windowed(scenes, example, x, y, side, sketch), rng)


def _characters(shard: Shard, scene: int) -> list[str]:
    """Ids of the cast of a scene, in the order of its job."""
    per_album = len(shard.layouts) // len(shard.albums)
    return [entry.character for entry in shard.albums[scene // per_album].scenes[scene % per_album].cast]


def _near(subject: Subject, rng: random.Random) -> tuple[int, int, int]:
    """About the window in which the subject is painted anew."""
    aside = 0.08 * subject.size
    moved = replace(
        subject,
        x=subject.x + rng.uniform(-aside, aside),
        y=subject.y + rng.uniform(-aside, aside),
        size=subject.size * rng.uniform(0.7, 1.25),
    )
    return window_of(moved, SIZE, SIZE)


def _spoilt(picture: np.ndarray, rng: random.Random) -> np.ndarray:
    """Few pixels of it, with colours that are a little off, (SKETCH, SKETCH, 3) uint8."""
    few = round(_COARSEST * (_FINEST / _COARSEST) ** rng.random())
    small = Image.fromarray(np.ascontiguousarray(picture)).resize((few, few), Image.Resampling.BOX)
    noise = np.random.default_rng(rng.getrandbits(32))
    gains = noise.normal(1.0, 0.05, 3)
    off = np.asarray(small, np.float32) * gains + noise.normal(0.0, 6.0, 3) + noise.normal(0.0, 8.0, (few, few, 3))
    back = Image.fromarray(np.clip(off, 0, 255).astype(np.uint8))
    return np.asarray(back.resize((SKETCH, SKETCH), Image.Resampling.BICUBIC))


def _with_things(sketch: np.ndarray, picture: np.ndarray, things: np.ndarray, rng: random.Random) -> np.ndarray:
    """Things as sharp as the sketch can be, each pixel by its share of them, in another light than the picture's."""
    if not things.any():
        return sketch
    side = len(sketch)
    noise = np.random.default_rng(rng.getrandbits(32))
    gains = noise.normal(1.0, 0.15) * noise.normal(1.0, 0.04, 3)
    sharp = Image.fromarray(np.ascontiguousarray(picture)).resize((side, side), Image.Resampling.BOX)
    share = Image.fromarray(things.astype(np.uint8) * 255).resize((side, side), Image.Resampling.BOX)
    part = np.asarray(share, np.float32)[..., None] / 255
    mixed = sketch * (1 - part) + np.asarray(sharp, np.float32) * gains * part
    return np.clip(mixed + 0.5, 0, 255).astype(np.uint8)
