import dataclasses

import numpy as np
import pytest
from synthetic_albums.stages.leakage.encoded_copies import EncodedCopies
from synthetic_albums.stages.leakage.thresholds import NotCheckedError

from .fake_encoders import ThumbnailEncoder, with_vectors


@pytest.fixture
def encoded(gallery, references):
    return with_vectors(gallery, ThumbnailEncoder(), references)


@pytest.fixture
def check(encoded):
    return EncodedCopies(encoded, target=0.01)


def test_a_copy_is_found_and_named_by_its_hash(check, encoded, references):
    finding = check.look(references[3])
    assert finding.status == "leak"
    assert finding.score == pytest.approx(1.0, abs=1e-3)
    assert finding.nearest in [encoded.label(row) for row in range(6)]
    assert finding.box is None


@pytest.mark.parametrize("flip", [np.s_[:, ::-1], np.s_[::-1], np.s_[::-1, ::-1]])
def test_a_flipped_copy_is_found_by_an_encoder_that_minds_flips(check, references, flip):
    assert check.look(references[3][flip]).status == "leak"


def test_a_reference_in_a_larger_picture_is_found_and_shown(check, references, scene):
    collage = scene(77, width=480, height=360)
    collage[:260, :346] = np.asarray(_enlarged(references[1], (346, 260)))
    finding = check.look(collage)
    assert finding.status == "leak"
    assert finding.box == pytest.approx((0, 0, 0.72, 0.72))


def test_a_stranger_is_clean_and_has_a_score(check, scene):
    finding = check.look(scene(500))
    assert finding.status == "clean"
    assert finding.score < finding.threshold


@pytest.mark.parametrize("bad", [0.0, np.nan, np.inf])
def test_a_gallery_with_unfit_vectors_is_not_checked(encoded, bad):
    vectors = encoded.vectors.copy()
    vectors[2] = bad
    with pytest.raises(NotCheckedError):
        EncodedCopies(dataclasses.replace(encoded, vectors=vectors), target=0.01)


def test_a_photo_without_a_vector_is_unchecked(check, scene):
    check.encoder.broken = True
    finding = check.look(scene(500))
    assert finding.status == "unchecked"
    assert "thumbnail@1" in finding.reason


def test_an_encoder_that_is_not_connected_is_a_reason(encoded):
    with pytest.raises(NotCheckedError, match="connect that encoder"):
        EncodedCopies(dataclasses.replace(encoded, picture_handle=None), target=0.01)


def test_no_calibration_is_no_check(gallery, references):
    with pytest.raises(NotCheckedError, match="no calibration"):
        EncodedCopies(with_vectors(gallery, ThumbnailEncoder(points=None), references), target=0.01)


def test_facts_say_what_was_compared_at_which_rates(check):
    facts = check.facts("clean")
    assert facts.references == 6
    assert facts.encoder_sha256 == "a" * 64
    assert facts.threshold == check.threshold.cosine
    assert facts.false_match_rate[0] == pytest.approx(0.01 / (6 * 14))  # seven views and their mirror images
    assert facts.expected_false_alarms == pytest.approx(0.01)


def _enlarged(picture, size):
    from PIL import Image

    return Image.fromarray(picture).resize(size, Image.Resampling.BILINEAR)
