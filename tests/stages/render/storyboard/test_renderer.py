import itertools

import numpy as np
import pytest
from synthetic_albums.stages.errors import AlbumError, InterruptedAlbumError
from synthetic_albums.stages.records import Character, Outfit, Region
from synthetic_albums.stages.render.storyboard import StoryboardRenderer
from synthetic_albums.stages.render.storyboard import renderer as renderer_module
from synthetic_albums.stages.vocabulary import ENVIRONMENT_KINDS, LIGHTINGS, STYLE_NAMES, WEATHERS

BALL = {"ball": (0.42, 0.7, 0.58, 0.86)}


def closest(photos, difference):
    return min(
        ((difference(photos[a], photos[b]), a, b) for a, b in itertools.combinations(photos, 2)), key=lambda row: row[0]
    )


def test_a_photo_has_the_size_and_type_that_was_asked_for(job):
    photo = StoryboardRenderer().render_photo(job(size=(100, 72)), on_step=lambda done, steps: None)
    assert photo.shape == (72, 100, 3)
    assert photo.dtype == np.uint8


@pytest.mark.parametrize("options", [{}, {"weather": "storm", "lighting": "night"}, {"style": "film"}])
def test_the_same_job_gives_the_same_bytes(photo, options):
    assert np.array_equal(photo("lake", things=BALL, **options), photo("lake", things=BALL, **options))


def test_every_environment_looks_like_no_other(photo, difference):
    distance, first, second = closest({kind: photo(kind) for kind in ENVIRONMENT_KINDS}, difference)
    assert distance > 9, (first, second)


@pytest.mark.parametrize("kind", ["park", "living_room"])
def test_every_lighting_looks_like_no_other(photo, difference, kind):
    distance, first, second = closest({light: photo(kind, lighting=light) for light in LIGHTINGS}, difference)
    assert distance > 4, (first, second)


def test_every_weather_looks_like_no_other_outdoors(photo, difference):
    distance, first, second = closest({weather: photo("meadow", weather=weather) for weather in WEATHERS}, difference)
    assert distance > 4, (first, second)


def test_every_weather_shows_through_the_windows(photo, difference):
    photos = {weather: photo("living_room", weather=weather, size=(160, 160)) for weather in WEATHERS}
    distance, first, second = closest(photos, difference)
    assert distance > 0.04, (first, second)


@pytest.mark.parametrize("kind", ["city_street", "station"])
def test_every_style_looks_like_no_other(photo, difference, kind):
    distance, first, second = closest({style: photo(kind, style=style) for style in STYLE_NAMES}, difference)
    assert distance > 3, (first, second)


def test_black_and_white_has_no_colour(photo):
    picture = photo("market", style="black_and_white")
    assert np.ptp(picture, axis=2).max() == 0


def test_night_is_darker_than_day_and_still_readable(photo):
    day, night = photo("mountain").mean(), photo("mountain", lighting="night").mean()
    assert 18 < night < 0.7 * day


def test_snow_whitens_the_ground(photo):
    bare, white = photo("park")[70:], photo("park", weather="snow")[70:]
    assert white.mean() > bare.mean() + 40


def test_a_place_stays_the_same_in_another_scene_of_the_album(photo):
    first = photo("old_town", scene="s1", seed=1, things=BALL)
    second = photo("old_town", scene="s2", seed=99, things={"ball": (0.1, 0.7, 0.26, 0.86)})
    sky_and_walls = np.s_[:60]
    assert np.corrcoef(first[sky_and_walls].ravel(), second[sky_and_walls].ravel())[0, 1] > 0.98


def test_a_place_looks_different_in_another_album(photo, difference):
    assert difference(photo("park", album_seed=7), photo("park", album_seed=8)) > 4


def test_a_lower_horizon_moves_the_place_and_not_its_content(photo):
    high, low = photo("lake", horizon=0.40), photo("lake", horizon=0.50)
    moved = np.corrcoef(high[20:80].ravel(), low[30:90][:60].ravel())[0, 1]
    assert moved > 0.8


def test_close_ups_blur_what_is_behind(photo):
    sharp, soft = photo("market", size=(160, 160)), photo("market", shot="close_up", size=(160, 160))
    detail = [np.abs(np.diff(picture, axis=1)).mean() for picture in (sharp, soft)]
    assert detail[1] < 0.75 * detail[0]


def test_the_seed_of_the_attempt_moves_only_what_may_vary(photo, difference):
    first, second = photo("park", weather="snow", seed=1), photo("park", weather="snow", seed=2)
    assert 0 < difference(first, second) < 12


@pytest.mark.parametrize("size", [(64, 64), (256, 64), (64, 320), (1024, 64)])
@pytest.mark.parametrize("kind", ["beach", "city_street", "station"])
def test_tiny_and_extreme_formats_are_drawn(photo, size, kind):
    picture = photo(kind, size=size)
    assert picture.shape == (size[1], size[0], 3)
    assert picture.std() > 10


@pytest.mark.parametrize("horizon", [-0.4, 0.0, 1.0, 1.6])
@pytest.mark.parametrize("kind", ["lake", "forest", "kitchen", "market"])
def test_a_horizon_outside_the_picture_is_drawn(photo, horizon, kind):
    assert photo(kind, horizon=horizon).shape == (96, 96, 3)


@pytest.mark.parametrize("size", [(63, 96), (96, 63), (2049, 96), (96, 2049)])
def test_sizes_out_of_range_are_refused(job, size):
    drawn = job()
    object.__setattr__(drawn, "width", size[0])
    object.__setattr__(drawn, "height", size[1])
    with pytest.raises(AlbumError, match=r"Scene 's1' .* choose 64 to 2048"):
        StoryboardRenderer().render_photo(drawn, on_step=lambda done, steps: None)


def test_a_region_of_a_thing_that_is_not_in_the_scene_is_refused(job):
    drawn = job(things=BALL)
    drawn.scene.objects.clear()
    with pytest.raises(AlbumError, match="'s1' places 'ball', which is not one of its objects"):
        StoryboardRenderer().render_photo(drawn, on_step=lambda done, steps: None)


def test_a_region_of_somebody_who_is_not_in_the_cast_is_refused(job):
    drawn = job()
    drawn.layout.regions.append(Region(id="r", kind="character", ref="ana", box=(0.3, 0.3, 0.6, 0.9), depth=0.2))
    with pytest.raises(AlbumError, match="'s1' places 'ana', who is not in its cast"):
        StoryboardRenderer().render_photo(drawn, on_step=lambda done, steps: None)


def test_progress_rises_to_the_end(job):
    seen = []
    StoryboardRenderer().render_photo(job(things=BALL), on_step=lambda done, steps: seen.append((done, steps)))
    assert seen == [(1, 3), (2, 3), (3, 3)]


@pytest.mark.parametrize("stop_at", [1, 2, 3])
def test_an_interruption_passes_through(job, stop_at):
    def stop(done, steps):
        if done == stop_at:
            raise InterruptedAlbumError("stopped")

    with pytest.raises(InterruptedAlbumError, match="stopped"):
        StoryboardRenderer().render_photo(job(things=BALL), on_step=stop)


def test_a_campfire_lights_what_is_near_it_at_night(photo):
    things = {"campfire": (0.42, 0.6, 0.58, 0.76)}
    dark, lit = photo("campsite", lighting="night"), photo("campsite", lighting="night", things=things)
    assert lit[76:84, 30:66].mean() > dark[76:84, 30:66].mean() + 10


def test_things_throw_shadows_away_from_the_light(photo):
    bare, shaded = photo("beach"), photo("beach", things={"beach_umbrella": (0.3, 0.4, 0.5, 0.8)})
    right, left = np.s_[70:76, 52:62], np.s_[70:76, 18:28]
    assert (bare[right] - shaded[right]).mean() > 5
    assert abs((bare[left] - shaded[left]).mean()) < 2


def test_the_description_is_part_of_a_fingerprint():
    facts = StoryboardRenderer().describe()
    assert facts["renderer"] == "storyboard" == StoryboardRenderer.name
    assert facts["version"]


def test_portraits_are_drawn_by_the_figures(monkeypatch):
    from PIL import Image

    asked = []

    class Figures:
        VIEWS = ("front",)

        @staticmethod
        def draw_portrait(character, outfit, *, size, view):
            asked.append((character.id, outfit, size, view))
            return Image.new("RGB", (size, size), (10, 20, 30))

    monkeypatch.setattr(renderer_module, "figures", Figures)
    ana = Character(id="ana", name="Ana", outfits=[Outfit(id="blue")])
    portrait = StoryboardRenderer().render_portrait(ana, None, size=80, seed=1)
    assert asked == [("ana", None, 80, "front")]
    assert portrait.shape == (80, 80, 3)
    assert portrait.dtype == np.uint8


def test_a_closed_renderer_may_be_used_again(job):
    renderer = StoryboardRenderer()
    before = renderer.render_photo(job(), on_step=lambda done, steps: None)
    renderer.close()
    assert np.array_equal(before, renderer.render_photo(job(), on_step=lambda done, steps: None))
