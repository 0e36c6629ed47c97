"""Small encoders whose vectors are easy to foresee."""

import hashlib

import numpy as np
from PIL import Image
from synthetic_albums.stages.encoders import EncoderFacts, FoundPerson

DIM = 12


class Pictures:
    """A picture's vector is what it looks like on three by four grey tiles; remembers how many it was shown at once."""

    calibration = None

    def __init__(self, name="tiles@1", *, spoil=None):
        self.facts = EncoderFacts(name, hashlib.sha256(name.encode()).hexdigest(), DIM, "picture", "CC0-1.0")
        self.batches = []
        self.spoil = spoil
        self.closed = 0

    def encode(self, pictures):
        self.batches.append(len(pictures))
        tiles = [np.asarray(Image.fromarray(p).convert("L").resize((4, 3), Image.Resampling.BOX)) for p in pictures]
        rows = np.stack(tiles).reshape(len(pictures), DIM).astype(np.float32)
        rows -= rows.mean(axis=1, keepdims=True)
        rows /= np.linalg.norm(rows, axis=1, keepdims=True)
        return rows if self.spoil is None else self.spoil(rows)

    def close(self):
        self.closed += 1


class People:
    """As many people as the first pixel's red says, modulo three; counts the pictures that it was shown."""

    calibration = None

    def __init__(self, name="red@1", *, finds_people=True, spoil=1.0):
        self.facts = EncoderFacts(name, hashlib.sha256(name.encode()).hexdigest(), DIM, "person")
        self.finds_people = finds_people
        self.shown = 0
        self.spoil = spoil
        self.closed = 0

    def find(self, picture):
        self.shown += 1
        rng = np.random.default_rng(int(picture[0, 0, 0]))
        rows = rng.normal(size=(int(picture[0, 0, 0]) % 3, DIM))
        rows *= self.spoil / np.linalg.norm(rows, axis=1, keepdims=True)
        return [FoundPerson((0.0, 0.0, 1.0, 1.0), row) for row in rows.astype(np.float32)]

    def encode_known(self, picture, skeletons):
        return [None] * len(skeletons)

    def close(self):
        self.closed += 1
