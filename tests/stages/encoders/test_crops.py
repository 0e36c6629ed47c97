import math

import numpy as np
import pytest
from synthetic_albums.stages.encoders import CROP, PORTRAIT_REACH, head_crop, head_window, portrait_crop, square_crop
from synthetic_albums.stages.errors import AlbumError
from synthetic_albums.stages.records import Character, Face, Hair, Outfit
from synthetic_albums.stages.render.storyboard.figures import draw_portrait
from synthetic_albums.stages.vocabulary import OPENPOSE_18

NAMES = list(OPENPOSE_18)


def skeleton(nose, *, unit=0.1, tilt=0.0):
    """A head of `unit` (fraction of a square picture) whose crown leans `tilt` degrees clockwise."""
    turn = math.radians(tilt)
    up, across = (math.sin(turn), -math.cos(turn)), (math.cos(turn), math.sin(turn))
    points = [(0.0, 0.0, 0.0)] * 18
    places = {"nose": (0, 0), "neck": (0, -0.75), "r_ear": (-0.42, 0.02), "l_ear": (0.42, 0.02)}
    for name, (x, y) in places.items():
        at = (nose[0] + unit * (across[0] * x + up[0] * y), nose[1] + unit * (across[1] * x + up[1] * y), 1.0)
        points[NAMES.index(name)] = at
    return points


def dotted(points, size=400):
    """A black picture with a red crown and a green chin."""
    picture = np.zeros((size, size, 3), np.uint8)
    for (x, y), color in points:
        picture[round(y * size) - 4 : round(y * size) + 5, round(x * size) - 4 : round(x * size) + 5] = color
    return picture


def middle(picture, channel):
    y, x = np.nonzero(picture[..., channel] > 90)
    return x.mean(), y.mean()


@pytest.mark.parametrize("tilt", [0, 2, 35, -90, 180])
def test_heads_are_upright_and_in_the_middle_whatever_their_tilt(tilt):
    turn, unit = math.radians(tilt), 0.1
    nose = (0.45, 0.55)
    crown = (nose[0] + 0.55 * unit * math.sin(turn), nose[1] - 0.55 * unit * math.cos(turn))
    neck = (nose[0] - 0.75 * unit * math.sin(turn), nose[1] + 0.75 * unit * math.cos(turn))
    crop = head_crop(dotted([(crown, (255, 0, 0)), (neck, (0, 255, 0))]), skeleton(nose, unit=unit, tilt=tilt))
    assert crop.shape == (CROP, CROP, 3)
    red, green = middle(crop, 0), middle(crop, 1)
    pixels = CROP / PORTRAIT_REACH  # of a head height
    assert red == pytest.approx((CROP / 2, CROP / 2 - 0.62 * pixels), abs=2.2)
    assert green == pytest.approx((CROP / 2, CROP / 2 + 0.68 * pixels), abs=2.2)


def test_the_window_knows_size_and_tilt():
    window = head_window(skeleton((0.5, 0.5), unit=0.2, tilt=30), 100, 100)
    assert window.unit == pytest.approx(20)
    assert window.tilt == pytest.approx(30)


def test_a_turned_head_is_centered_on_its_ears_unless_they_were_not_found():
    turned = skeleton((0.5, 0.5))
    for name in ("r_ear", "l_ear"):
        x, y, flag = turned[NAMES.index(name)]
        turned[NAMES.index(name)] = (x - 0.02, y, flag)
    assert head_window(turned, 100, 100).x == pytest.approx(48)
    for name in ("r_ear", "l_ear"):
        turned[NAMES.index(name)] = (0.0, 0.0, 0.0)
    assert head_window(turned, 100, 100).x == pytest.approx(50)


def test_a_portrait_is_cut_like_the_same_head_in_a_scene():
    person = Character(
        id="p", name="P", skin_tone=6, hair=Hair(style="afro", color="red"), face=Face(facial_hair="beard"),
        outfits=[Outfit(id="a")],
    )  # fmt: skip
    portrait = np.asarray(draw_portrait(person, None, size=192).convert("RGB"))
    scene = np.full((400, 400, 3), portrait[0, 0], np.uint8)
    scene[100:292, 60:252] = portrait
    unit, nose = 0.44 * 192, (60 + 96, 100 + 0.47 * 192)
    points = skeleton((nose[0] / 400, nose[1] / 400), unit=unit / 400)
    cut = head_crop(scene, points).astype(int)
    alone = portrait_crop(portrait).astype(int)
    assert np.abs(cut - alone)[2:-2, 2:-2].mean() < 1.5
    assert np.abs(alone - np.roll(alone, 4, axis=1)).mean() > 5  # a shift would have been seen


def test_the_border_is_repeated_beyond_the_picture():
    picture = np.zeros((50, 50, 3), np.uint8)
    picture[:, 0] = 200
    crop = square_crop(picture, 0, 25, 20, 10)
    assert (crop[:, :4] == 200).all()
    assert (crop[:, 7:] == 0).all()
    far = square_crop(picture, -300, -300, 20, 10)
    assert (far == 200).all()


def test_shrinking_averages():
    checks = np.indices((64, 64)).sum(axis=0) % 2 * 255
    crop = square_crop(np.repeat(checks[..., None], 3, axis=2).astype(np.uint8), 32, 32, 60, 10)
    assert np.abs(crop.astype(int) - 127).max() < 12


def test_what_is_no_skeleton_is_refused():
    picture = np.zeros((64, 64, 3), np.uint8)
    with pytest.raises(AlbumError, match="18 joints"):
        head_crop(picture, [(0.5, 0.5, 1.0)] * 17)
    with pytest.raises(AlbumError, match="one point"):
        head_crop(picture, [(0.5, 0.5, 1.0)] * 18)
