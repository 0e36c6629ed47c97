import dataclasses

import numpy as np
import pytest
from synthetic_albums.stages.render.builtin.conditions import (
    MAX_LOOKS,
    MAX_WORDS,
    job_sketch,
    region_rows,
    rows_in_window,
    stack_conditions,
)
from synthetic_albums.stages.render.builtin.raster import blueprint_raster
from synthetic_albums.stages.render.builtin.words import REGION_WORDS, region_text, scene_words

IDS = {word: index for index, word in enumerate(REGION_WORDS, start=1)}
NAMES = {index: word for word, index in IDS.items()}


def said(row):
    return tuple(NAMES[index] for index in row if index)


def row_of(scene, ref):
    return 1 + [region.ref for region in scene.layout.regions].index(ref)


def test_the_first_row_is_the_scene_and_the_others_follow_the_layout_word_by_word(job):
    scene = job(people=("ana", "leo"), features=["old oak tree"])
    rows = region_rows(scene, IDS)
    assert rows.words.shape == (1 + len(scene.layout.regions), MAX_WORDS)
    assert rows.looks.shape == (1 + len(scene.layout.regions), MAX_LOOKS)
    assert said(rows.words[0]) == scene_words(scene)
    assert (rows.boxes[0].tolist(), rows.cast[0]) == ([0, 0, 1, 1], -1)
    for number, region in enumerate(scene.layout.regions, start=1):
        text = region_text(scene, region)
        assert said(rows.words[number]) == text.scene
        assert said(rows.looks[number]) == text.looks
        people = ["ana", "leo"]
        assert rows.cast[number] == (people.index(region.ref) if region.ref in people else -1)


def test_unknown_words_leave_no_gap(job):
    scene = job(people=("ana",))
    fewer = {word: index for word, index in IDS.items() if word != "kind:person"}
    row = region_rows(scene, fewer).words[row_of(scene, "ana")]
    assert "kind:person" not in said(row)
    assert row[0] != 0
    assert "age:adult" in said(row)


def test_scenes_are_padded_to_one_batch_and_vectors_go_to_their_regions(job):
    scenes = [job(people=("ana", "leo")), job(people=())]
    rows = [region_rows(scene, IDS) for scene in scenes]
    vector = np.eye(8, dtype=np.float32)[2]
    arrays = stack_conditions(
        rows,
        [blueprint_raster(scene.layout, width=32, height=32) for scene in scenes],
        [[None, vector, None], [None]],
        horizons=[scene.layout.horizon for scene in scenes],
        lights=[scene.layout.light for scene in scenes],
        identity_dim=8,
    )
    count = [len(one.words) for one in rows]
    assert arrays["present"].sum(axis=1).tolist() == count
    assert arrays["words"].shape == (2, max(count), MAX_WORDS + MAX_LOOKS)
    leo = row_of(scenes[0], "leo")
    assert np.array_equal(arrays["known"], np.eye(max(count), dtype=np.float32)[[leo]] * [[1], [0]])
    assert np.array_equal(arrays["identity"][0, leo], vector)
    assert arrays["instance"].shape == (2, 32, 32)
    assert 0 <= arrays["nearness"].min() <= arrays["nearness"].max() <= 1


def test_a_sketch_is_half_as_large_as_the_maps_and_says_where_there_is_none(job):
    scene = job(people=("ana",))
    shown = job_sketch(scene, 32, 48)
    assert shown.shape == (24, 16, 3)
    arrays = stack_conditions(
        [region_rows(scene, IDS)] * 2,
        [blueprint_raster(scene.layout, width=32, height=48)] * 2,
        [[None, None]] * 2,
        horizons=[0.5] * 2,
        lights=[(0.0, -1.0)] * 2,
        identity_dim=8,
        sketches=[None, shown],
    )
    assert arrays["sketch"].shape == (2, 4, 24, 16)
    assert not arrays["sketch"][0].any()
    assert (arrays["sketch"][1, 3] == 1).all()
    back = ((arrays["sketch"][1, :3] + 1) * 127.5).round().astype(np.uint8)
    assert np.array_equal(back.transpose(1, 2, 0), shown)


def test_the_rows_of_a_window_have_their_boxes_in_it(job):
    rows = region_rows(job(), IDS)
    part = rows_in_window(rows, (10, 20, 50), 100, 200)
    assert part.boxes[0].tolist() == pytest.approx([-10 / 50, -20 / 50, 90 / 50, 180 / 50])
    assert np.array_equal(part.words, rows.words)


def test_boxes_far_outside_the_picture_are_clipped(job):
    scene = job()
    far = [region.model_copy(update={"box": (-9.0, -9.0, 9.0, 9.0)}) for region in scene.layout.regions]
    scene = dataclasses.replace(scene, layout=scene.layout.model_copy(update={"regions": far}))
    boxes = region_rows(scene, IDS).boxes
    assert boxes.min() == -0.5
    assert boxes.max() == 1.5
