import io

import numpy as np
import pytest
from PIL import Image
from synthetic_albums.stages.leakage.anchors import PORTRAIT_SKELETON, Anchor
from synthetic_albums.stages.leakage.copy_paste import check_pasted, find_pasted


@pytest.fixture
def portrait(scene):
    return scene(900, width=96, height=96)


def pasted(photo, portrait, side, x, y, *, mirror=False, quality=None):
    small = np.asarray(Image.fromarray(portrait).resize((side, side), Image.Resampling.BILINEAR))
    made = photo.copy()
    made[y : y + side, x : x + side] = small[:, ::-1] if mirror else small
    if quality:
        file = io.BytesIO()
        Image.fromarray(made).save(file, "JPEG", quality=quality)
        made = np.asarray(Image.open(file))
    return made


@pytest.mark.parametrize(
    ("side", "x", "y", "mirror", "quality"),
    [(60, 20, 30, False, None), (97, 101, 43, True, 70), (41, 150, 9, False, 80)],
)
def test_a_pasted_portrait_is_found_and_shown(scene, portrait, side, x, y, mirror, quality):
    made = pasted(scene(1), portrait, side, x, y, mirror=mirror, quality=quality)
    finding = check_pasted(made, [Anchor("ana", "anchors/ana.png", portrait, True)])[0]
    assert finding.status == "leak"
    assert finding.subject == "ana"
    wanted = (x / 240, y / 180, (x + side) / 240, (y + side) / 180)
    assert finding.box == pytest.approx(wanted, abs=0.03)


def test_a_photo_that_is_the_portrait_is_found(portrait):
    assert find_pasted(portrait, portrait).score > 0.99


def test_brighter_and_flatter_is_still_a_copy(scene, portrait):
    made = pasted(scene(1), (portrait * 0.6 + 60).astype(np.uint8), 70, 80, 50)
    assert check_pasted(made, [Anchor("ana", "a", portrait, True)])[0].status == "leak"


def test_other_pictures_are_clean(scene, portrait):
    for seed in range(2, 6):
        finding = check_pasted(scene(seed), [Anchor("ana", "a", portrait, True)])[0]
        assert finding.status == "clean"
        assert finding.score < finding.threshold


def test_a_portrait_that_cannot_be_read_is_unchecked(scene, portrait):
    finding = check_pasted(scene(1), [Anchor("ana", "a", None, True), Anchor("leo", "b", portrait, True)])[0]
    assert finding.status == "unchecked"
    assert "1 of 2" in finding.reason


def test_a_plain_portrait_is_nowhere_and_no_portraits_are_no_finding(scene):
    assert find_pasted(scene(1), np.full((64, 64, 3), 120, np.uint8)).score == -1
    assert check_pasted(scene(1), []) == []


def test_the_head_of_a_drawn_portrait_is_where_the_skeleton_says():
    from synthetic_albums.stages.encoders import head_crop, portrait_crop

    picture = np.random.default_rng(0).integers(0, 256, (96, 96, 3), dtype=np.uint8)
    difference = head_crop(picture, PORTRAIT_SKELETON).astype(int) - portrait_crop(picture)
    assert np.abs(difference).max() <= 1
