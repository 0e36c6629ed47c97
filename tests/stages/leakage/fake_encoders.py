"""Encoders of a few lines with exact answers, and galleries of them."""

import dataclasses

import numpy as np
from PIL import Image
from synthetic_albums.stages.encoders import Calibration, EncoderFacts, FoundPerson, OperatingPoint, Rate
from synthetic_albums.stages.errors import AlbumError

DIM = 48
POINTS = ((1e-2, 0.6), (1e-3, 0.7), (1e-4, 0.8))


def calibration_of(facts, points=POINTS):
    def rate(value):
        return Rate(value=value, low=value, high=value)

    return Calibration(
        encoder=facts.name, encoder_sha256=facts.sha256, looks_at=facts.looks_at, condition="test", pairs="made up",
        interval="none", subjects=100, genuine_pairs=100, impostor_pairs=10**6, equal_error_rate=rate(0.01),
        points=[
            OperatingPoint(target=r, threshold=t, false_match=rate(r), false_non_match=rate(0.02)) for r, t in points
        ],
    )  # fmt: skip


class ThumbnailEncoder:
    """A picture's vector is its 4 x 4 thumbnail without its mean, so copies are near and flips are not."""

    def __init__(self, *, sha="a", points=POINTS, broken=False):
        self.facts = EncoderFacts("thumbnail@1", sha * 64, DIM, "picture")
        self.calibration = calibration_of(self.facts, points) if points else None
        self.broken = broken

    def encode(self, pictures):
        if self.broken:
            return np.zeros((len(pictures), DIM), np.float32)
        rows = [np.asarray(Image.fromarray(p).resize((4, 4), Image.Resampling.BOX), np.float32) for p in pictures]
        flat = np.stack([row.ravel() - row.mean() for row in rows])
        return (flat / np.linalg.norm(flat, axis=1, keepdims=True)).astype(np.float32)

    def close(self):
        pass


def person(name, blur=0.0, seed=0):
    """The unit vector of somebody; with some of a stranger's mixed in."""
    own, other = (
        np.random.default_rng(list(text.encode())).normal(size=DIM) for text in (name, f"{name} {seed} blurred")
    )
    own, other = own / np.linalg.norm(own), other / np.linalg.norm(other)
    mixed = (1 - blur) * own + blur * other
    return (mixed / np.linalg.norm(mixed)).astype(np.float32)


class PaintedPeople:
    """People are squares of one colour: the pixel at the nose says who it is, and black is nobody."""

    def __init__(self, names, *, sha="b", points=POINTS, detector=False, blur=0.0):
        self.facts = EncoderFacts("painted@1", sha * 64, DIM, "person")
        self.calibration = calibration_of(self.facts, points) if points else None
        self.names, self.finds_people, self.blur, self.seen = names, detector, blur, 0

    def encode_known(self, picture, skeletons):
        return [self._at(picture, *skeleton[0][:2]) for skeleton in skeletons]

    def find(self, picture):
        if not self.finds_people:
            raise AlbumError("There is no detector.")
        found = self._at(picture, 0.5, 0.5)
        return [found] if found else []

    def close(self):
        pass

    def _at(self, picture, x, y):
        height, width = picture.shape[:2]
        red = int(picture[min(height - 1, int(y * height)), min(width - 1, int(x * width)), 0])
        if red not in self.names:
            return None
        self.seen += 1
        vector = person(self.names[red], self.blur, self.seen)
        return FoundPerson((x - 0.1, y - 0.1, x + 0.1, y + 0.1), vector)


def with_vectors(gallery, encoder, pictures_by_digest):
    """The gallery with vectors of its pictures, in the order of its digests."""
    from synthetic_albums.stages.leakage.gallery import pixel_digest, salted_digest

    rows = {salted_digest(gallery.salt, pixel_digest(p)): p for p in pictures_by_digest}
    pictures = [rows[digest.tobytes()] for digest in gallery.digests]
    return dataclasses.replace(
        gallery, vectors=encoder.encode(pictures), picture_encoder=encoder.facts, picture_handle=encoder
    )


def with_people(gallery, encoder, names):
    """The gallery with people in it."""
    return dataclasses.replace(
        gallery, people=np.stack([person(name) for name in names]), people_of=np.zeros(len(names), np.int64),
        person_encoder=encoder.facts, person_handle=encoder,
    )  # fmt: skip
