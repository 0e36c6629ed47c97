import numpy as np
import pytest
import torch
from synthetic_albums.nodes import images
from synthetic_albums.nodes.render_scenes import AlbumSceneConditioning, AlbumScenePick
from synthetic_albums.stages.errors import AlbumError, InterruptedAlbumError
from synthetic_albums.stages.layout import draw_depth, draw_openpose, draw_segmentation, lay_out_scenes, scene_masks


@pytest.fixture
def pick(host, plan, layout, cast):
    def run(**changes):
        inputs = {"plan": plan, "layout": layout, "cast": cast, "scenes": "", "negative": "blurry", "attempt": 0}
        return dict(zip(AlbumScenePick.RETURN_NAMES, AlbumScenePick().pick(**inputs | changes), strict=True))

    return run


@pytest.fixture
def encode(host, plan, layout, cast, small_clip):
    def run(**changes):
        inputs = {"clip": small_clip, "plan": plan, "layout": layout, "cast": cast, "scenes": ""}
        inputs |= {"region_strength": 1.0, "region_area": "default", "prompt_length": "fitted"}
        return AlbumSceneConditioning().encode(**inputs | changes)

    return run


# --- Album Scene Pick ---------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("scenes", "chosen"), [("", ["s1", "s2", "s3"]), ("all", ["s1", "s2", "s3"]), ("2", ["s2"])])
def test_every_output_is_a_list_with_one_entry_a_scene(pick, scenes, chosen):
    picked = pick(scenes=scenes)
    assert picked["scene"] == chosen
    assert {len(values) for values in picked.values()} == {len(chosen)}
    assert AlbumScenePick.OUTPUT_IS_LIST == (True,) * 9
    assert set(picked["negative"]) == {"blurry"}
    assert {*picked["width"], *picked["height"]} == {64}


def test_the_seeds_are_those_of_album_render(pick, render):
    _, _, table = render()
    assert [line.split("\t")[3] for line in table.splitlines()[1:]] == [str(seed) for seed in pick()["seed"]]


def test_control_pictures_are_images_of_one(pick, plan):
    layout = lay_out_scenes(plan, width=96, height=64)
    picked = pick(layout=layout)
    for name, draw in (
        ("pose", lambda scene: draw_openpose(scene, 96, 64)),
        ("depth", lambda scene: draw_depth(scene, plan, width=96, height=64)),
        ("segmentation", lambda scene: draw_segmentation(scene, plan, width=96, height=64)),
    ):
        for picture, scene in zip(picked[name], layout.scenes, strict=True):
            assert picture.shape == (1, 64, 96, 3)
            assert np.array_equal((picture[0].numpy() * 255).round(), draw(scene))


def test_control_pictures_of_a_long_album_are_reduced(pick, monkeypatch):
    monkeypatch.setattr(images, "MAX_BATCH_BYTES", 3 * 32 * 32 * 12)
    picked = pick()
    assert {tuple(picture.shape) for picture in picked["pose"]} == {(1, 32, 32, 3)}
    assert picked["width"] == [64] * 3


def test_extra_words_go_behind_every_prompt(pick):
    assert all(prompt.endswith(", <grain>") for prompt in pick(extra_prompt="<grain>")["prompt"])


def test_a_text_encoder_bounds_the_prompts(pick, small_clip):
    bounded, whole = pick(clip=small_clip)["prompt"], pick()["prompt"]
    assert max(len(prompt.split()) for prompt in bounded) <= 75
    assert all(bounded)
    assert all(len(short) <= len(long) for short, long in zip(bounded, whole, strict=True))


@pytest.mark.parametrize("scenes", ["4", "0", "2-1", "one"])
def test_scenes_that_are_not_there_are_refused(pick, encode, scenes):
    for run in (pick, encode):
        with pytest.raises(AlbumError, match="Photos to make"):
            run(scenes=scenes)


def test_an_interruption_stops_the_drawing(pick, host):
    host.interrupt()
    with pytest.raises(InterruptedAlbumError):
        pick()


# --- Album Scene Conditioning -------------------------------------------------------------------------------------


def test_entries_are_what_core_makes_of_text_and_masks(encode, plan, layout):
    encoded, masks, texts = encode(region_strength=2.0, region_area="mask bounds")
    assert len(encoded) == len(masks) == len(texts) == 3
    for conditioning, batch, said, scene in zip(encoded, masks, texts, layout.scenes, strict=True):
        whole, *regions = conditioning
        assert whole[1].keys() == {"pooled_output"}
        assert len(batch) == len(said.splitlines()) == len(conditioning) == len(scene.regions) + 1
        for number, (embedding, facts) in enumerate(regions, start=1):
            assert embedding.shape == (1, 77, 4)
            assert facts.keys() == {"pooled_output", "mask", "mask_strength", "set_area_to_bounds"}
            assert torch.equal(facts["mask"], batch[number][None])
            assert (facts["mask_strength"], facts["set_area_to_bounds"]) == (2.0, True)


def test_masks_cover_the_picture_once_with_the_ground_first(encode, layout):
    _, masks, texts = encode()
    for batch, said, scene in zip(masks, texts, layout.scenes, strict=True):
        assert batch.dtype == torch.float32
        assert (batch.sum(dim=0) == 1).all()
        drawn = scene_masks(scene, 64, 64)
        assert np.array_equal(batch[1:].numpy() * 255, drawn)
        assert [line.split(":")[0] for line in said.splitlines()[1:]] == [region.id for region in scene.regions]


def test_a_scene_with_nobody_has_one_text(encode):
    encoded, masks, texts = encode(scenes="3")
    assert [len(one) for one in encoded] == [1]
    assert masks[0].shape == (1, 64, 64)
    assert (masks[0] == 1).all()
    assert len(texts[0].splitlines()) == 1


def test_who_cannot_be_seen_costs_no_pass(encode, layout):
    scene = layout.scenes[1]
    behind = scene.regions[0].model_copy(update={"box": (0, 0, 1, 1), "mask": []})
    before = scene.regions[1].model_copy(update={"box": (0, 0, 1, 1), "mask": []})
    hidden = scene.model_copy(update={"regions": [behind, before]})
    encoded, masks, texts = encode(
        layout=layout.model_copy(update={"scenes": [layout.scenes[0], hidden, layout.scenes[2]]}), scenes="2"
    )
    assert len(encoded[0]) == len(masks[0]) == 2
    assert texts[0].splitlines()[1].startswith(f"{before.id}: ")


def test_without_strength_only_the_whole_picture_is_encoded(encode, small_clip):
    encoded, masks, _ = encode(region_strength=0.0)
    assert [len(one) for one in encoded] == [1, 1, 1]
    assert len(small_clip.encoded) == 3
    assert [len(batch) for batch in masks] == [2, 3, 1]


def test_masks_of_a_long_album_are_reduced(encode, monkeypatch):
    monkeypatch.setattr(images, "MAX_BATCH_BYTES", 6 * 32 * 32 * 12)
    _, masks, _ = encode()
    assert {tuple(batch.shape[1:]) for batch in masks} == {(32, 32)}


def test_nothing_that_was_encoded_is_cut_where_it_is_to_be_whole(encode):
    long = "grain " * 70
    fitted, whole = (encode(prompt_length=length, extra_prompt=long)[2] for length in ("fitted", "whole"))
    assert len(fitted[1].splitlines()[0]) < len(whole[1].splitlines()[0])


@pytest.mark.parametrize(
    ("clip", "message"),
    [(None, "The clip input is empty: the checkpoint"), ("text", "of the type str, which encodes no text")],
)
def test_a_missing_text_encoder_is_named(encode, clip, message):
    with pytest.raises(AlbumError, match=message):
        encode(clip=clip)


def test_an_interruption_stops_the_encoding(encode, host):
    host.interrupt()
    with pytest.raises(InterruptedAlbumError):
        encode()
