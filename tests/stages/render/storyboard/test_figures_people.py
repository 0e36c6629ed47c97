"""People: every attribute shows, poses and odd keypoints are survived, nothing leaves the body's surroundings."""

import itertools
import math
from typing import get_args

import numpy as np
import pytest
from synthetic_albums.stages import vocabulary as v
from synthetic_albums.stages.records import CastEntry, Character, Face, Hair, Outfit, Region
from synthetic_albums.stages.render.storyboard.canvas import Canvas, hex_rgb
from synthetic_albums.stages.render.storyboard.figures import draw_person, draw_portrait, palette
from synthetic_albums.stages.render.storyboard.figures.haircuts import CUTS
from synthetic_albums.stages.render.storyboard.figures.wardrobe import BOTTOMS, TOPS

GROUND = (254, 1, 254)
# x and y in head heights from the crown, for a standing adult.
STANDING = {
    "nose": (0, 0.55), "neck": (0, 1.3), "r_shoulder": (-0.72, 1.35), "r_elbow": (-0.9, 2.3), "r_wrist": (-1.0, 3.1),
    "l_shoulder": (0.72, 1.35), "l_elbow": (0.9, 2.3), "l_wrist": (1.0, 3.1), "r_hip": (-0.45, 3.05),
    "r_knee": (-0.45, 4.4), "r_ankle": (-0.45, 5.7), "l_hip": (0.45, 3.05), "l_knee": (0.45, 4.4),
    "l_ankle": (0.45, 5.7), "r_eye": (-0.18, 0.45), "l_eye": (0.18, 0.45), "r_ear": (-0.4, 0.5), "l_ear": (0.4, 0.5),
}  # fmt: skip


def person(**looks) -> Character:
    return Character(id="ana", name="Ana", outfits=[Outfit(id="o")], **looks)


def standing(*, size: int, head: float, top: float, facing: v.Facing) -> Region:
    turn = {"left": -1, "right": 1}.get(facing, 0)
    joints = STANDING | ({"nose": (0.22 * turn, 1.3 - math.sqrt(0.75**2 - 0.22**2))} if turn else {})
    points = [(0.5 + x * head / size, (top + y * head) / size, 1.0) for x, y in (joints[n] for n in v.OPENPOSE_18)]
    xs, ys = [x for x, _, _ in points], [y for _, y, _ in points]
    return Region(
        id="r", kind="character", ref="ana", box=(min(xs), min(ys), max(xs), max(ys)), depth=0.5, facing=facing,
        keypoints=points,
    )  # fmt: skip


def picture(
    character: Character, outfit: Outfit | None = None, *, emotion="neutral", pose="standing", facing="camera",
    size=120, head=17.0, top=8.0, region: Region | None = None,
) -> np.ndarray:  # fmt: skip
    canvas = Canvas(size, size, ground=GROUND)
    region = region or standing(size=size, head=head, top=top, facing=facing)
    entry = CastEntry(character="ana", pose=pose, emotion=emotion, facing=facing)
    draw_person(
        canvas, region, character, outfit or character.outfits[0], entry, tone=lambda color: color, light=(-0.6, -0.8)
    )
    return np.asarray(canvas.finished())


def face(character: Character, **how) -> np.ndarray:
    return picture(character, size=96, head=64, top=14, **how)


def all_differ(pictures: list[np.ndarray]) -> bool:
    return len({one.tobytes() for one in pictures}) == len(pictures)


def near(picture_: np.ndarray, color: tuple[int, int, int], tolerance: int) -> np.ndarray:
    return (np.abs(picture_.astype(int) - color) <= tolerance).all(axis=-1)


@pytest.mark.parametrize("facing", ["camera", "left", "away"])
def test_every_hair_style_looks_different(facing):
    assert set(CUTS) == set(get_args(v.HairStyle))
    assert all_differ([face(person(hair=Hair(style=style)), facing=facing) for style in get_args(v.HairStyle)])


def test_every_hair_color_looks_different():
    assert all_differ([face(person(hair=Hair(color=color))) for color in get_args(v.HairColor)])


@pytest.mark.parametrize("head", [64, 20])
def test_every_emotion_looks_different_also_when_small(head):
    emotions = get_args(v.Emotion)
    assert all_differ([picture(person(), emotion=one, size=96, head=head, top=14) for one in emotions])


@pytest.mark.parametrize("accessory", [one for one in get_args(v.Accessory) if one != "watch"])
def test_every_accessory_shows(accessory):
    bare, dressed = face(person()), face(person(accessories=[accessory]))
    assert np.count_nonzero((bare != dressed).any(axis=-1)) > 25


def test_a_watch_is_on_the_left_wrist():
    changed = (picture(person()) != picture(person(accessories=["watch"]))).any(axis=-1)
    assert changed[:, 60:].any()
    assert not changed[:, :60].any()


def test_accessories_differ_from_each_other():
    assert all_differ([picture(person(accessories=[one])) for one in get_args(v.Accessory)])


def test_every_garment_looks_different():
    assert (set(TOPS), set(BOTTOMS)) == (set(get_args(v.Top)), set(get_args(v.Bottom)))
    ana = person()
    for field, kinds in (("top", v.Top), ("bottom", v.Bottom), ("footwear", v.Footwear), ("pattern", v.Pattern)):
        outfits = [Outfit.model_validate({"id": "o", field: kind}) for kind in get_args(kinds)]
        assert all_differ([picture(ana, outfit) for outfit in outfits]), field


def test_every_cloth_color_has_a_colour_of_its_own():
    assert set(palette.CLOTH) == set(get_args(v.Color))
    shirts = [picture(person(), Outfit(id="o", top_color=color))[45, 60] for color in get_args(v.Color)]
    assert len({tuple(one) for one in shirts}) == len(shirts)


@pytest.mark.parametrize(
    ("field", "values"),
    [("shape", v.FaceShape), ("eyes", v.EyeColor), ("facial_hair", v.FacialHair), ("freckles", None)],
)
def test_faces_show_their_features(field, values):
    options = get_args(values) if values else (False, True)
    assert all_differ([face(person(face=Face.model_validate({field: one}))) for one in options])


@pytest.mark.parametrize(("field", "values"), [("age_group", v.AgeGroup), ("build", v.Build), ("gender", v.Gender)])
def test_age_build_and_gender_show(field, values):
    grown = [one for one in get_args(values) if one != "young_adult"]  # drawn as an adult
    assert all_differ([picture(person(**{field: one})) for one in grown])


def test_skin_runs_from_light_to_dark_and_is_the_scale_colour():
    chins = [face(person(skin_tone=tone, hair=Hair(style="bald")))[67, 48] for tone in range(1, 11)]
    for tone, chin in enumerate(chins, start=1):
        assert near(chin, hex_rgb(v.MONK_SKIN_TONES[tone - 1]), 14), tone
    brightness = [palette.luma(tuple(int(c) for c in chin)) for chin in chins]
    assert brightness[0] > 200 > 60 > brightness[-1]
    assert all(earlier > later - 4 for earlier, later in itertools.pairwise(brightness))


def test_someone_facing_away_shows_no_eyes():
    green = palette.EYES["green"]
    ana = person(face=Face(eyes="green"), hair=Hair(style="short", color="brown"))
    assert near(face(ana, facing="camera"), green, 12).any()
    assert near(face(ana, facing="left"), green, 12).any()
    assert not near(face(ana, facing="away"), green, 40).any()


def test_a_face_looks_to_the_side_that_it_faces():
    ana = person(face=Face(eyes="green"))
    columns = {side: np.argwhere(near(face(ana, facing=side), palette.EYES["green"], 12))[:, 1] for side in
               ("left", "camera", "right")}  # fmt: skip
    assert columns["left"].mean() < columns["camera"].mean() < columns["right"].mean()


def test_a_sleeper_closes_the_eyes():
    ana = person(face=Face(eyes="green"))
    assert not near(face(ana, pose="sleeping"), palette.EYES["green"], 12).any()


def test_the_same_person_is_drawn_the_same_every_time():
    ana = person(hair=Hair(style="curly_long"), accessories=["glasses", "scarf"])
    assert (picture(ana) == picture(ana)).all()


def test_a_body_stays_near_its_keypoints():
    drawn = np.argwhere((picture(person(), size=160, head=16, top=30) != GROUND).any(axis=-1))
    (top, left), (bottom, right) = drawn.min(axis=0), drawn.max(axis=0)
    assert top >= 30 - 4
    assert bottom <= 30 + 6.1 * 16
    assert left >= 80 - 1.6 * 16
    assert right <= 80 + 1.6 * 16


def test_limbs_are_joined_to_the_body_in_one_piece():
    figure = (picture(person(), size=160, head=20, top=8) != GROUND).any(axis=-1)
    reached = np.zeros_like(figure)
    stack = [(35, 80)]
    while stack:
        y, x = stack.pop()
        if 0 <= y < 160 and 0 <= x < 160 and figure[y, x] and not reached[y, x]:
            reached[y, x] = True
            stack += [(y + 1, x), (y - 1, x), (y, x + 1), (y, x - 1)]
    assert reached.sum() == figure.sum()


def test_a_tilted_head_is_drawn_tilted():
    region = standing(size=96, head=60, top=24, facing="camera")
    points = list(region.keypoints)
    neck = points[1]
    points[0] = (neck[0] + 0.75 * 60 / 96 * math.sin(0.7), neck[1] - 0.75 * 60 / 96 * math.cos(0.7), 1.0)
    tilted = region.model_copy(update={"keypoints": points})
    eyes = [np.argwhere(near(picture(person(face=Face(eyes="green")), size=96, region=one), palette.EYES["green"], 20))
            for one in (region, tilted)]  # fmt: skip
    straight, slanted = (np.ptp(one[:, 0]) for one in eyes)
    assert slanted > straight + 2


@pytest.mark.parametrize("top", [-200, -60, 40, 300])
@pytest.mark.parametrize("facing", get_args(v.Facing))
def test_a_person_cut_by_the_frame_is_drawn(top, facing):
    ana = person(accessories=["backpack", "sun_hat"], hair=Hair(style="braids"))
    assert picture(ana, Outfit(id="o", top="coat", pattern="checked"), size=64, head=90, top=top, facing=facing).shape


@pytest.mark.parametrize(
    "points",
    [
        [],
        [(0.5, 0.5, 1.0)] * 18,
        [(0.0, 0.0, 0.0)] * 18,
        [(30.0, -30.0, 0.0)] * 18,
        [(math.nan, math.inf, 1.0)] * 18,
        [(0.5, 0.5, 1.0)] * 7,
    ],
    ids=["none", "all equal", "hidden", "outside", "not finite", "too few"],
)
def test_unusable_keypoints_fall_back_to_a_body_that_fills_the_box(points):
    region = Region.model_construct(
        id="r", kind="character", ref="ana", box=(0.2, 0.1, 0.8, 0.9), depth=0.5, facing="camera", pose=None,
        keypoints=points, mask=[],
    )  # fmt: skip
    drawn = np.argwhere((picture(person(), size=96, region=region) != GROUND).any(axis=-1))
    assert drawn[:, 0].min() > 2
    assert np.ptp(drawn[:, 0]) > 60


def test_patterns_stay_on_the_garment():
    plain = picture(person(), Outfit(id="o", pattern="plain"))
    dotted = picture(person(), Outfit(id="o", pattern="dotted"))
    changed = np.argwhere((plain != dotted).any(axis=-1))
    assert changed.size
    assert changed[:, 0].min() > 8 + 17  # below the head
    assert changed[:, 0].max() < 8 + 17 * 3.6  # above the jeans' legs


def test_the_scene_tone_reaches_every_colour():
    canvas = Canvas(96, 96, ground=GROUND)
    region = standing(size=96, head=15, top=4, facing="camera")
    entry = CastEntry(character="ana")
    draw_person(
        canvas, region, person(), Outfit(id="o"), entry, tone=lambda color: (color[0], 0, 0), light=(-0.6, -0.8)
    )
    drawn = np.asarray(canvas.finished())
    inside = drawn[30:50, 44:52]
    assert (inside[..., 1:] == 0).all()


def test_light_from_the_other_side_shades_the_other_side():
    canvases = []
    for light in ((-1.0, 0.0), (1.0, 0.0)):
        canvas = Canvas(96, 96, ground=GROUND)
        region = standing(size=96, head=60, top=12, facing="camera")
        ana = person(hair=Hair(style="bald"))
        draw_person(
            canvas, region, ana, ana.outfits[0], CastEntry(character="ana"), tone=lambda color: color, light=light
        )
        canvases.append(np.asarray(canvas.finished()).astype(int).sum(axis=-1))
    left, right = canvases
    assert left[44, 29] > right[44, 29]
    assert left[44, 67] < right[44, 67]


def test_portraits_fill_their_square_and_differ():
    ana = draw_portrait(person(hair=Hair(style="bob")), None, size=96)
    ben = draw_portrait(person(hair=Hair(style="afro"), skin_tone=8), Outfit(id="x", top="suit"), size=96)
    assert (ana.size, ana.mode) == ((96, 96), "RGB")
    assert ana.tobytes() != ben.tobytes()
    assert near(np.asarray(ana), palette.skin(5), 16).mean() > 0.03


def test_a_turned_head_stays_upright_with_the_face_at_its_front():
    pixels = face(person(face=Face(eyes="green"), hair=Hair(style="bald")), facing="right")
    eyes = np.argwhere(near(pixels, palette.EYES["green"], 20))
    assert np.ptp(eyes[:, 0]) < 9  # level, not slanted
    skull = np.argwhere((pixels[20:50] != GROUND).any(axis=-1))[:, 1]
    assert eyes[:, 1].mean() > (skull.min() + skull.max()) / 2 + 7
