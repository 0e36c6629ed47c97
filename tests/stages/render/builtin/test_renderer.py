"""The built-in renderer as the album loop sees it."""

import dataclasses
import logging
import shutil
import subprocess
import sys

import numpy as np
import pytest
from synthetic_albums.stages.errors import AlbumError, InterruptedAlbumError
from synthetic_albums.stages.render.builtin import QUALITIES, BuiltinRenderer
from synthetic_albums.stages.render.builtin.conditions import region_rows
from synthetic_albums.stages.render.builtin.renderer import job_noise, working_size
from synthetic_albums.stages.render.builtin.words import REGION_WORDS


@pytest.fixture
def renderer(tiny_builtin):
    made = BuiltinRenderer("draft", folder=tiny_builtin)
    yield made
    made.close()


def render(renderer, job):
    return renderer.render_photo(job, on_step=lambda done, steps: None)


def test_importing_it_imports_no_torch():
    code = (
        "import sys; from synthetic_albums.stages.render.builtin import BuiltinRenderer; BuiltinRenderer(); "
        "print([name for name in ('torch', 'diffusers', 'transformers', 'safetensors') if name in sys.modules])"
    )
    assert subprocess.run([sys.executable, "-c", code], capture_output=True, check=True).stdout == b"[]\n"


@pytest.mark.parametrize(("width", "height"), [(128, 128), (200, 200), (256, 160)])
def test_a_photo_has_the_size_that_was_asked_for(renderer, job, width, height):
    photo = render(renderer, job(width=width, height=height))
    assert (photo.shape, photo.dtype) == ((height, width, 3), np.uint8)
    assert photo.std() > 5


def test_the_same_job_gives_the_same_pixels_also_after_the_weights_were_given_back(renderer, job):
    first = render(renderer, job(people=("ana", "leo")))
    renderer.close()
    assert renderer._model is None
    assert renderer._encoder is None
    assert np.array_equal(render(renderer, job(people=("ana", "leo"))), first)


def test_what_changes_in_the_job_changes_the_pixels(renderer, job):
    photo = render(renderer, job())
    for changed in (job(people=("leo",)), job(lighting="night"), job(attempt=1)):
        assert not np.array_equal(render(renderer, changed), photo)


def test_it_says_what_its_pixels_depend_on(tiny_builtin, own_builtin, rewrite_hashes):
    described = {quality: BuiltinRenderer(quality, folder=tiny_builtin).describe() for quality in QUALITIES}
    assert described["quality"]["steps"] == 20
    assert described["quality"]["guidance"] > 1
    assert described["draft"]["steps"] < 10
    assert described["quality"]["weights"] == described["draft"]["weights"]
    config = own_builtin / "unet" / "config.json"
    config.write_text(config.read_text() + "\n")
    rewrite_hashes(own_builtin)
    assert BuiltinRenderer(folder=own_builtin).describe()["weights"] != described["quality"]["weights"]


def test_what_it_says_of_itself_is_the_same_before_and_after_loading(renderer, job):
    before = renderer.describe()
    render(renderer, job(people=()))
    assert renderer.describe() == before


def test_steps_are_told_before_the_model_is_loaded_and_to_the_end(renderer, job):
    seen = []

    def watch(done, steps):
        seen.append((done, steps, renderer._model is not None))

    renderer.render_photo(job(people=()), on_step=watch)
    assert seen[0] == (0, 7, False)
    assert seen[-1] == (7, 7, True)
    assert [done for done, _, _ in seen] == sorted({done for done, _, _ in seen})


def test_a_stop_between_steps_goes_through(renderer, job):
    def stop(done, steps):
        if done == 2:
            raise InterruptedAlbumError("Stopped on request.")

    with pytest.raises(InterruptedAlbumError):
        renderer.render_photo(job(people=()), on_step=stop)


def test_a_portrait_is_the_drawing_that_the_identity_is_read_from(renderer, job):
    scene = job(people=("ana",))
    portrait = renderer.render_portrait(scene.characters[0], scene.members[0], size=64, seed=1)
    assert (portrait.shape, portrait.dtype) == ((64, 64, 3), np.uint8)
    assert np.array_equal(portrait, renderer.render_portrait(scene.characters[0], scene.members[0], size=64, seed=2))
    assert renderer._model is None


def test_a_plate_is_a_draft_of_the_empty_place_whatever_the_quality(tiny_builtin, job):
    scene = job()
    plates = [
        BuiltinRenderer(quality, folder=tiny_builtin).render_plate(
            scene.environment, scene.style, album_seed=7, width=160, height=128
        )
        for quality in ("quality", "draft")
    ]
    assert plates[0].shape == (128, 160, 3)
    assert np.array_equal(*plates)


def test_people_have_vectors_that_tell_them_apart_and_animals_have_none(renderer, job):
    scene = job(people=("ana", "leo"))
    ana, leo, rex = (renderer.identity_vector(character) for character in scene.characters)
    assert rex is None
    assert np.linalg.norm(ana) == pytest.approx(1, abs=1e-3)
    assert not np.allclose(ana, leo)
    renamed = scene.characters[0].model_copy(update={"name": "Bea", "role": "sister"})
    assert renderer.identity_vector(renamed) is ana


def referenced(scene, seed=0):
    """The scene with somebody else's picture as Ana's reference."""
    portrait = np.random.default_rng(seed).integers(0, 256, (96, 96, 3), np.uint8)
    ana = dataclasses.replace(scene.members[0], source="reference", portraits=(portrait,), consent="I am Ana myself.")
    return dataclasses.replace(scene, members=(ana, *scene.members[1:]))


def test_who_comes_from_a_picture_has_its_vector_and_not_the_plans_looks(renderer, job):
    scene = job(people=("ana", "leo"))
    planned, shown, other = (
        renderer.identity_vectors(one) for one in (scene, referenced(scene), referenced(scene, seed=1))
    )
    assert not np.allclose(shown[0], planned[0])
    assert not np.allclose(shown[0], other[0])
    assert np.array_equal(shown[1], planned[1])
    assert shown[2] is None
    words = {word: index for index, word in enumerate(REGION_WORDS, start=1)}
    rows, plain = region_rows(referenced(scene), words), region_rows(scene, words)
    ana, leo = (list(rows.cast).index(member) for member in (0, 1))
    assert not rows.looks[ana].any()
    assert np.array_equal(rows.colours[ana], plain.clothes[ana])
    assert np.array_equal(rows.looks[leo], plain.looks[leo])
    assert np.array_equal(rows.words, plain.words)


def test_the_weight_of_references_scales_the_vectors_and_nothing_lets_go_of_them(renderer, job):
    scene = referenced(job(people=("ana", "leo")))
    full, half, none = (
        renderer.identity_vectors(dataclasses.replace(scene, weight=weight)) for weight in (1.0, 0.5, 0.0)
    )
    for index in (0, 1):
        assert np.allclose(half[index], 0.5 * full[index])
    assert none == [None, None, None]
    assert not np.array_equal(render(renderer, scene), render(renderer, dataclasses.replace(scene, weight=0.0)))


@pytest.mark.parametrize(("width", "height"), [(64, 128), (128, 127), (1025, 1024), (2048, 2048)])
def test_a_size_that_it_does_not_know_is_refused_by_name(renderer, job, width, height):
    with pytest.raises(
        AlbumError, match=r"Scene 's1' cannot be rendered with a (width|height) of \d+ pixels: .*128 to 1024"
    ):
        render(renderer, job(width=width, height=height))
    assert renderer._model is None  # it is said before anything is loaded


@pytest.mark.parametrize(("width", "height"), [(512, 128), (128, 257)])
def test_a_shape_that_is_too_slim_is_refused(renderer, job, width, height):
    with pytest.raises(
        AlbumError, match=rf"at {width} x {height} pixels: the built-in model knows shapes up to 2 to 1"
    ):
        render(renderer, job(width=width, height=height))


@pytest.mark.parametrize("width", [128, 192, 256])
def test_the_working_size_keeps_the_area_and_nearly_the_shape(job, width):
    across, down = working_size(job(width=width, height=128))
    assert across % 16 == down % 16 == 0
    assert across * down == pytest.approx(128 * 128, rel=0.1)
    assert across / down == pytest.approx(width / 128, rel=0.1)


@pytest.mark.parametrize("quality", ["", "best", "QUALITY", None])
def test_an_unknown_quality_is_refused_with_the_known_ones(quality):
    with pytest.raises(AlbumError, match="one of quality, draft"):
        BuiltinRenderer(quality)


def test_photos_of_one_place_share_noise_until_one_is_tried_again(job):
    shapes = (32, 32, 48)
    noises = [job_noise(job(scene=name), *shapes).ravel() for name in ("s1", "s2")]
    again = job_noise(job(scene="s1", attempt=1), *shapes).ravel()
    assert np.corrcoef(noises)[0, 1] == pytest.approx(0.75, abs=0.02)
    assert np.corrcoef(noises[0], again)[0, 1] == pytest.approx(0, abs=0.02)
    for noise in (*noises, again):
        assert noise.mean() == pytest.approx(0, abs=0.02)
        assert noise.std() == pytest.approx(1, abs=0.02)


def test_without_an_identity_encoder_people_are_refused_and_places_are_painted(own_builtin, rewrite_hashes, job):
    shutil.rmtree(own_builtin / "identity_encoder")
    rewrite_hashes(own_builtin)
    renderer = BuiltinRenderer("draft", folder=own_builtin)
    assert render(renderer, job(people=())).shape == (128, 128, 3)
    with pytest.raises(AlbumError, match=r"has no 'identity_encoder' in .*: install the pack again"):
        render(renderer, job(people=("ana",)))


def test_an_encoder_of_another_length_is_refused(renderer, job, monkeypatch):
    class Longer:
        def encode(self, crops):
            return np.ones((len(crops), 64), np.float32)

    renderer._loaded()
    monkeypatch.setattr(renderer, "_encoder", Longer())
    with pytest.raises(AlbumError, match=r"does not fit the built-in model: it gave \(64,\) for 'Ana' and not 128"):
        render(renderer, job(people=("ana",)))


def test_a_missing_model_is_said_with_its_path_and_the_way_out(tmp_path, job):
    renderer = BuiltinRenderer(folder=tmp_path / "nowhere")
    for act in (renderer.describe, lambda: render(renderer, job(people=()))):
        with pytest.raises(AlbumError, match=r"nowhere.hashes\.json is missing; .*--renderer storyboard"):
            act()


def test_words_that_the_model_does_not_know_are_warned_of_once(renderer, job, caplog):
    odd = job(people=(), features=["zeppelin mast"])
    with caplog.at_level(logging.INFO):
        render(renderer, odd)
        render(renderer, odd)
    said = [record.getMessage() for record in caplog.records if record.levelno == logging.WARNING]
    assert len(said) == 1
    assert "does not know 'zeppelin', 'mast' (in scene 's1')" in said[0]
    assert [r.getMessage() for r in caplog.records if "Loading the built-in model" in r.getMessage()]


def test_unknown_words_change_no_pixel(renderer, job):
    plain, odd = job(people=()), job(people=(), features=["zeppelin"])
    assert np.array_equal(render(renderer, plain), render(renderer, odd))


def test_a_model_with_an_older_vocabulary_paints_what_it_knows(make_builtin, job, caplog):
    from synthetic_albums.stages.render.builtin.words import REGION_WORDS

    older = [word for word in REGION_WORDS if word not in ("object:ball", "species:dog")]
    renderer = BuiltinRenderer("draft", folder=make_builtin(words=older))
    assert render(renderer, job(people=(), width=256, height=256)).shape == (256, 256, 3)
    assert "was not taught object 'ball', species 'dog'" in caplog.text


def test_a_package_that_is_not_installed_is_named(renderer, job, monkeypatch):
    monkeypatch.delitem(sys.modules, "synthetic_albums.stages.render.builtin.sampler", raising=False)
    monkeypatch.setitem(sys.modules, "transformers", None)
    with pytest.raises(AlbumError, match=r"The built-in model needs the package 'transformers', .*pip install"):
        render(renderer, job(people=()))
