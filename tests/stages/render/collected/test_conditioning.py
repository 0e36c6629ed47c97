"""Against an encoder that keeps what it was asked; the real ones are in tests/comfyui."""

import pytest
from synthetic_albums.stages.errors import AlbumError
from synthetic_albums.stages.render.collected import encode_scene, pick_scenes, require_text_encoder, window_count
from synthetic_albums.stages.render.pipelines.prompts import TOKENS


class Windows:
    """Reads `size` words at a time, under the names of its encoders."""

    def __init__(self, **sizes):
        self.sizes = sizes

    def tokenize(self, text):
        read = text.split()
        return {
            name: [read[start : start + size] for start in range(0, max(1, len(read)), size)]
            for name, size in self.sizes.items()
        }

    def encode_from_tokens_scheduled(self, tokens):
        said = tuple(word for window in next(iter(tokens.values())) for word in window)
        return [[" ".join(said), {"pooled_output": len(said)}]]


class Scheduled(Windows):
    """Gives two entries for each text, as encoders with hooks do."""

    def encode_from_tokens_scheduled(self, tokens):
        ((said, facts),) = super().encode_from_tokens_scheduled(tokens)
        return [[said, {**facts, "clip_start_percent": start}] for start in (0.0, 0.5)]


def test_the_whole_picture_comes_first_without_a_mask_and_regions_have_theirs():
    made = encode_scene(Windows(l=77), "a lake", [("red hair", "M1"), ("a ball", "M2")], strength=1.5, bounds=True)
    limits = {"set_area_to_bounds": True, "mask_strength": 1.5}
    assert made == [
        ["a lake", {"pooled_output": 2}],
        ["red hair", {"pooled_output": 2, "mask": "M1", **limits}],
        ["a ball", {"pooled_output": 2, "mask": "M2", **limits}],
    ]


def test_every_entry_of_a_text_gets_the_mask():
    made = encode_scene(Scheduled(l=77), "a lake", [("red hair", "M1")], strength=1.0, bounds=False)
    assert [(facts["clip_start_percent"], facts.get("mask")) for _, facts in made] == [
        (0.0, None), (0.5, None), (0.0, "M1"), (0.5, "M1"),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("sizes", "text", "fits"),
    [
        ({"l": 3}, "one two three", True),
        ({"l": 3}, "one two three four", False),
        ({"l": 3, "g": 3}, "one two three four", False),
        ({"l": 3, "t5xxl": 99999}, "one two three four", True),
        ({"l": 3}, "", True),
        ({}, "one two three four", True),
    ],
)
def test_a_text_fits_where_one_encoder_reads_it_in_one_go(sizes, text, fits):
    assert (window_count(Windows(**sizes))(text) <= TOKENS) == fits


def test_fitted_texts_take_one_window_and_whole_ones_do_not(story):
    clip = Windows(l=24)
    (fitted,) = pick_scenes(*story.parts, subset="2", regional=True, count=window_count(clip))
    (whole,) = pick_scenes(*story.parts, subset="2", regional=True)
    said = [fitted.prompt, *(region.text for region in fitted.regions)]
    assert all(said)
    assert {len(clip.tokenize(text)["l"]) for text in said} == {1}
    assert len(clip.tokenize(whole.prompt)["l"]) > 1


def test_a_checkpoint_without_an_encoder_is_named():
    with pytest.raises(AlbumError, match=r"The clip input is empty.*Load CLIP"):
        require_text_encoder(None)


@pytest.mark.parametrize("thing", ["a text", object()])
def test_what_is_no_encoder_is_named(thing):
    with pytest.raises(AlbumError, match=f"of the type {type(thing).__name__}, which encodes no text"):
        require_text_encoder(thing)


def test_an_encoder_is_handed_on():
    clip = Windows(l=77)
    assert require_text_encoder(clip) is clip
