"""Close-ups of people and things for the detailer, with a spoilt picture of what another network made of them."""

import random
from dataclasses import replace
from typing import Final

import numpy as np
from PIL import Image

from ...stages.render.builtin.closeups import Subject, head_mask, subjects_of, window_of
from .batches import Cut, Dropping, Example, Scenes, mirrored_at_times, windowed
from .dataset import SIZE

# It is to follow words and identities, so they are hardly ever left out.
CLOSEUP_DROPPING: Final = Dropping(everything=0.06, text=1.0, scene=0.04, looks=0.3, vector=0.2, sketch=0.06)
SKETCH: Final = 32  # pixels of the spoilt picture's side
_SHARES: Final = {"head": 0.5, "figure": 0.2, "animal": 0.1, "thing": 0.2}
_NOWHERE: Final = 0.04  # of close-ups have no subject
_HEADLESS: Final = 0.85  # of sketches
_COARSEST, _FINEST = 4, 28  # pixels to which a picture is reduced before it is told


def cut_closeup(scenes: Scenes, example: Example, rng: random.Random) -> Cut:
    """Show one head, figure, animal or thing of an example, or any part of one that has none.

    Its sketch is the picture itself, blurred and off in its colours, as the denoiser would have painted it, mostly with
    the heads left out.
    """
    found = subjects_of(scenes.shards[example.shard].layouts[example.scene], SIZE, SIZE)
    kinds = sorted({subject.kind for subject in found})
    if not kinds or rng.random() < _NOWHERE:
        side = rng.randrange(48, 160)
        x, y = rng.randrange(SIZE - side + 1), rng.randrange(SIZE - side + 1)
    else:
        kind = rng.choices(kinds, [_SHARES[name] for name in kinds])[0]
        x, y, side = _near(rng.choice([subject for subject in found if subject.kind == kind]), rng)
    shown = windowed(scenes, example, x, y, side)
    sketch = _spoilt(shown.picture, rng)
    if rng.random() < _HEADLESS:
        layout = scenes.shards[example.shard].layouts[example.scene]
        hidden = Image.fromarray(head_mask(layout, SIZE, SIZE)[y : y + side, x : x + side].astype(np.uint8) * 255)
        seen = 255 - np.asarray(hidden.resize((SKETCH, SKETCH), Image.Resampling.BOX))
        sketch = np.dstack([sketch, np.where(seen > 127, 255, 0).astype(np.uint8)])
    return mirrored_at_times(replace(shown, sketch=sketch), rng)


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
