import dataclasses

import numpy as np
import pytest
from synthetic_albums.stages.leakage.neighbours import NeighbourRatios, clopper_pearson
from synthetic_albums.stages.leakage.thresholds import NotCheckedError

from .fake_encoders import ThumbnailEncoder


def gallery_like(gallery, encoder, scene, seeds):
    vectors = encoder.encode([scene(seed) for seed in seeds])
    return dataclasses.replace(gallery, vectors=vectors, picture_encoder=encoder.facts)


@pytest.fixture
def encoder():
    return ThumbnailEncoder()


@pytest.fixture
def ratios(gallery, encoder, scene):
    known = gallery_like(gallery, encoder, scene, range(12))
    return NeighbourRatios(known, gallery_like(gallery, encoder, scene, range(100, 130)), encoder)


def test_an_album_made_from_the_gallery_is_nearer_to_it(ratios, scene):
    for seed in range(12):
        ratios.look(np.clip(scene(seed).astype(int) + 12, 0, 255).astype(np.uint8))
    finding, facts = ratios.decide()
    assert finding.status == facts.status == "leak"
    assert finding.score == 1.0
    assert "12 of 12 photos" in finding.reason
    assert ratios.ratios().quantiles[1] < 0.2


def test_an_innocent_album_is_nearer_to_either_about_equally(ratios, scene):
    for seed in range(200, 224):
        ratios.look(scene(seed))
    finding, _ = ratios.decide()
    assert finding.status == "clean"
    assert 0.2 < finding.score < 0.8


def test_few_photos_prove_nothing(ratios, scene):
    ratios.look(scene(0))
    assert ratios.decide()[0].status == "unchecked"


def test_a_photo_without_a_vector_is_left_out(ratios, encoder, scene):
    encoder.broken = True
    ratios.look(scene(0))
    assert ratios.ratios().photos == 0


def test_as_many_of_either_side_are_compared(ratios):
    assert ratios.references == 12


def test_another_encoder_no_vectors_and_shared_pictures_are_reasons(gallery, encoder, scene):
    known = gallery_like(gallery, encoder, scene, range(12))
    other = gallery_like(gallery, ThumbnailEncoder(sha="d"), scene, range(100, 112))
    with pytest.raises(NotCheckedError, match="not encoded by"):
        NeighbourRatios(known, other, encoder)
    with pytest.raises(NotCheckedError, match="held-out set has no vectors"):
        NeighbourRatios(known, gallery, encoder)
    with pytest.raises(NotCheckedError, match="holds pictures of the gallery"):
        NeighbourRatios(known, gallery_like(gallery, encoder, scene, [3, 4, 105]), encoder)


@pytest.mark.parametrize(
    ("hits", "trials", "low", "high"),
    [(0, 10, 0.0, 0.3085), (10, 10, 0.6915, 1.0), (5, 20, 0.0866, 0.4910), (0, 0, 0, 1)],
)
def test_the_exact_interval_of_a_share(hits, trials, low, high):  # scipy.stats.binomtest(...).proportion_ci("exact")
    assert clopper_pearson(hits, trials, 0.95) == pytest.approx((low, high), abs=1e-4)
