"""Words and references that a model is given."""

import numpy as np
import pytest
import torch
from synthetic_albums.stages.errors import AlbumError
from synthetic_albums.stages.render.native.families import Family
from synthetic_albums.stages.render.native.telling import (
    encode,
    photo_references,
    side_words,
    until,
    with_references_named,
    with_values,
)
from synthetic_albums.stages.render.pipelines.anchors import Anchor

from .doubles import Clip, values

MARK = "<|vision_start|><|image_pad|><|vision_end|>"
TEMPLATE = f"<|im_start|>system\nLook.<|im_end|>\n<|im_start|>user\n{MARK}{{}}<|im_end|>\n"


def family(most=4, label="image {}"):
    return Family("Any", "reference", label, most)


@pytest.fixture
def anchors(paint):
    """Of two people, the first with two portraits, and of the place."""
    ana, more, leo = (Anchor(paint(name), whole=False, text=name) for name in ("ana", "ana2", "leo"))
    return (ana, more), (leo,), (Anchor(paint("plate"), whole=True, text="park"),)


def test_the_cast_comes_in_the_scenes_order_and_then_the_place(job, anchors):
    found = photo_references(job(), anchors, family())
    assert [one.anchor for one in found] == [anchors[0][0], anchors[1][0], anchors[2][0]]
    assert [one.name.split(",")[0] for one in found] == ["Ana", "Leo", "the place"]
    assert found[0].name.startswith("Ana, the woman ")
    assert found[2].name == "the place, park"


def test_several_people_are_told_by_where_they_are_and_one_alone_is_not(job, anchors):
    both = job()
    for reference, region in zip(photo_references(both, anchors, family()), both.layout.regions, strict=False):
        assert reference.name.endswith((" on the left", " on the right", " in the middle", "park")), region
    sides = {one.name.rpartition(" on the ")[2] for one in photo_references(both, anchors, family())[:2]}
    assert sides == {"left", "right"}
    (alone, _place) = photo_references(job(people=("leo",)), (anchors[1], anchors[2]), family())
    assert alone.name == "Leo, the man"


@pytest.mark.parametrize(("box", "words"), [
    ((0.0, 0.0, 0.5, 1.0), "on the left"),
    ((0.3, 0.0, 0.7, 1.0), "in the middle"),
    ((0.5, 0.0, 0.9, 1.0), "on the right"),
])  # fmt: skip
def test_sides_are_told_by_the_middle_of_a_region(job, box, words):
    region = job().layout.regions[0].model_copy(update={"box": box})
    assert side_words(region) == words


@pytest.mark.parametrize(
    ("most", "left"), [(4, ["Ana", "Leo", "the place"]), (2, ["Ana", "Leo"]), (1, ["Ana"]), (0, [])]
)
def test_the_place_is_the_first_to_be_left_out_and_then_the_last_of_the_cast(job, anchors, most, left):
    assert [one.name.split(",")[0] for one in photo_references(job(), anchors, family(most))] == left


def test_whoever_has_no_portrait_is_no_reference(job, anchors):
    found = photo_references(job(), ((), anchors[1], anchors[2]), family())
    assert [one.anchor for one in found] == [anchors[1][0], anchors[2][0]]
    assert [one.name.split(",")[0] for one in found] == ["Leo", "the place"]
    assert photo_references(job(), ((), (), ()), family()) == []


@pytest.mark.parametrize("label", ["image {}", "Picture {}"])
def test_the_prompt_names_every_reference_as_the_family_calls_it(job, anchors, label):
    references = photo_references(job(), anchors, family(label=label))
    text = with_references_named("two people", references, family(label=label))
    assert text.startswith(f"two people. {label.format(1)}: Ana, ")
    assert f"; {label.format(2)}: Leo, " in text
    assert f"; {label.format(3)}: the place, park. " in text
    assert with_references_named("two people", [], family(label=label)) == "two people"


def test_an_encoder_without_pictures_gets_the_text_alone(paint):
    clip = Clip()
    plain = encode(clip, "a park")
    shown = encode(clip, "a park", [paint("ana")])
    assert clip.encoded == ["a park", "a park"]
    assert clip.shown == []
    assert torch.equal(plain[0][0], shown[0][0])
    assert plain is not shown
    assert plain[0] is not shown[0]


@pytest.mark.parametrize("many", [1, 3])
def test_an_encoder_that_reads_pictures_gets_them_with_a_mark_for_each(paint, many):
    clip = Clip(template=TEMPLATE)
    pictures = [paint(str(number)) for number in range(many)]
    encode(clip, "Picture 1: Ana in the park", pictures)
    ((text, more),) = clip.shown
    assert text == "".join(f"Picture {number}: {MARK}" for number in range(1, many + 1)) + "Picture 1: Ana in the park"
    assert more["llama_template"] == TEMPLATE.replace(MARK, "")
    assert more["llama_template"].format("x").count("x<|im_end|>") == 1
    assert text.count("<|image_pad|>") + more["llama_template"].count("<|image_pad|>") == many == len(more["images"])
    for given, picture in zip(more["images"], pictures, strict=True):
        assert given.shape == (1, 64, 64, 3)
        assert np.array_equal((given[0] * 255).round().byte().numpy(), picture)


def test_without_pictures_its_own_template_stays(paint):
    clip = Clip(template=TEMPLATE)
    encode(clip, "a park")
    assert clip.shown == []


@pytest.mark.parametrize("given", [[], [[None, {}]]])
def test_an_encoder_that_gives_nothing_is_named(given):
    clip = Clip()
    clip.encode_from_tokens_scheduled = lambda tokens: given
    with pytest.raises(AlbumError, match="The text encoder gave nothing: connect the CLIP"):
        encode(clip, "a park")


def test_more_is_said_without_changing_what_it_was_made_of():
    before = [[values(1, 2, 3), {"pooled_output": 1}]]
    after = with_values(before, reference_latents=[2])
    assert before[0][1] == {"pooled_output": 1}
    assert after[0][1] == {"pooled_output": 1, "reference_latents": [2]}
    assert after[0][0] is before[0][0]


def test_steps_are_shared_between_two_conditionings():
    first, second = [[values(1, 2, 3), {"a": 1}]], [[values(1, 2, 3, seed=1), {"b": 1}]]
    parts = until(first, 0.4, second)
    assert [facts for _, facts in parts] == [
        {"a": 1, "start_percent": 0.0, "end_percent": 0.4},
        {"b": 1, "start_percent": 0.4, "end_percent": 1.0},
    ]
    assert (parts[0][0] is first[0][0], parts[1][0] is second[0][0]) == (True, True)
    assert until(first, 1.0, second) is first
