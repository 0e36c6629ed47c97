import numpy as np
import pytest
import torch
from synthetic_albums.stages.encoders import load_judge
from synthetic_albums.stages.encoders.judge import Judge
from synthetic_albums.stages.errors import AlbumError

WORDS = {
    "places": ["park", "beach", "kitchen"], "lights": ["daylight", "night"], "kinds": ["ball", "kite"],
    "slots": [["hair", ["bald", "short", "long"]], ["age", ["child", "adult"]]], "accessories": ["glasses", "cap"],
    "colors": ["red", "blue"],
}  # fmt: skip


@pytest.fixture(scope="module")
def judge():
    torch.manual_seed(0)
    return Judge(**WORDS, most=3, dim=16).eval()


def noise(count, height, width):
    return np.random.default_rng(0).integers(0, 256, (count, height, width, 3), dtype=np.uint8)


def test_heads_get_a_vector_and_probabilities_for_every_word(judge):
    found = judge.judge_heads(noise(3, 64, 64))
    assert np.linalg.norm(found.vectors, axis=1) == pytest.approx(np.ones(3), abs=1e-5)
    assert {name: values.shape for name, values in found.slots.items()} == {"hair": (3, 3), "age": (3, 2)}
    for values in (*found.slots.values(), found.tops):
        assert values.sum(axis=1) == pytest.approx(np.ones(3), abs=1e-5)
    assert found.accessories.shape == found.tops.shape == (3, 2)
    assert ((found.accessories > 0) & (found.accessories < 1)).all()


def test_scenes_and_things_of_any_size(judge):
    found = judge.judge_scenes([*noise(2, 128, 128), *noise(1, 90, 200)])
    assert (found.places.shape, found.lights.shape, found.counts.shape) == ((3, 3), (3, 2), (3, 4))
    assert judge.judge_things(noise(70, 30, 30)).shape == (70, 3)


def test_the_map_of_people_says_where_and_adds_to_the_count(judge):
    with torch.inference_mode():
        logits, density = judge.scenes(torch.zeros(2, 3, 128, 128))
    assert density.shape == (2, 16, 16)
    assert (density >= 0).all()
    assert [part.shape[1] for part in logits] == [3, 2, 4]


def test_it_is_saved_with_its_words_and_loaded_the_same(judge, tmp_path):
    judge.save_pretrained(tmp_path / "judge")
    again, crops = load_judge(tmp_path / "judge"), noise(2, 64, 64)
    assert [list(slot) for slot in again.config.slots] == WORDS["slots"]
    assert again.judge_heads(crops).vectors == pytest.approx(judge.judge_heads(crops).vectors, abs=1e-6)
    for name, values in judge.judge_heads(crops).slots.items():
        assert again.judge_heads(crops).slots[name] == pytest.approx(values, abs=1e-6)
    assert again.judge_things(crops) == pytest.approx(judge.judge_things(crops), abs=1e-6)


def test_no_pictures_and_damaged_weights_are_errors(judge):
    with pytest.raises(AlbumError, match="no pictures"):
        judge.judge_scenes([])
    damaged = Judge(**WORDS)
    with torch.no_grad():
        damaged.things.leave.bias[0] = float("nan")
    with pytest.raises(AlbumError, match="not numbers"):
        damaged.judge_things(noise(1, 64, 64))
