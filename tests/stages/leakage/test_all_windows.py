import numpy as np
import pytest
from synthetic_albums.stages.leakage import CheckOptions
from synthetic_albums.stages.leakage.all_windows import WINDOWS_CHECK, second_look
from synthetic_albums.stages.leakage.photo_checks import PhotoChecks


def in_two_tones(picture):
    return (np.round(picture / 255) * 255).astype(np.uint8)


def looked_at(photo, gallery, bits):
    return PhotoChecks(gallery, CheckOptions(threshold_bits=bits), photos=1, characters=0).near_copies(photo)


@pytest.mark.parametrize("flip", [np.s_[:, :], np.s_[:, ::-1], np.s_[::-1], np.s_[::-1, ::-1]])
def test_a_copy_in_other_tones_is_found_by_its_parts(gallery, references, flip):
    whole, again = looked_at(in_two_tones(references[4][flip]), gallery, 8)
    assert whole.status == "clean"
    assert 8 < whole.score <= 16
    assert again.status == "leak"
    assert again.check == WINDOWS_CHECK
    assert again.nearest == whole.nearest
    assert again.score <= again.threshold == 20


def test_light_and_shade_alone_are_no_copy(gallery, references, scene):
    """A blur of a reference under another picture: near as a whole, strange in its parts."""
    mixed = (0.5 * references[1] + 0.5 * scene(802)).astype(np.uint8)
    whole = looked_at(mixed, gallery, 8)
    assert 8 < whole[0].score <= 16
    assert [finding.status for finding in whole] == ["clean"]


def test_only_what_is_near_is_looked_at_again(gallery, references, scene):
    far = looked_at(scene(500), gallery, 8)[0]
    assert far.score > 16
    assert second_look(scene(500), far, gallery, threshold_bits=8) is None
    sure = looked_at(references[0], gallery, 8)
    assert [finding.status for finding in sure] == ["leak"]
