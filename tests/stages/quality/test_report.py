import json

import numpy as np
import pytest
from synthetic_albums.stages.errors import AlbumError
from synthetic_albums.stages.quality import (
    QualityReport,
    Question,
    find_albums,
    measure_quality,
    quality_chart,
    quality_text,
    report_json,
)
from synthetic_albums.stages.quality import report as room
from synthetic_albums.stages.records import parse_record
from synthetic_albums.stages.story import TARGET_MIX

for package in ("torchmetrics", "prdc", "sklearn"):
    pytest.importorskip(package)


def ask(worlds, encoder, name="honest", reference="real", **changes):
    facts = {"albums": find_albums(worlds / name), "reference": worlds / reference, "encoder": encoder, "k": 3}
    return Question(**facts | changes)


@pytest.fixture(scope="module")
def measured(worlds, make_encoder):
    return measure_quality(ask(worlds, make_encoder(), mix=TARGET_MIX))


def test_a_report_holds_every_measure_with_its_encoder(measured):
    assert (measured.encoder, measured.encoder_sha256, measured.encoder_dim) == ("colours@1", "ab" * 32, 48)
    assert (measured.photos.pictures, measured.photos.albums, measured.reference.pictures) == (48, 8, 48)
    assert measured.kid.low <= measured.kid.value <= measured.kid.high
    assert measured.manifold.k == 3
    assert measured.diversity.within_album > 0
    assert measured.cast.people == 16
    assert measured.utility is None


def test_photos_of_one_kind_come_nearer_than_others(worlds, encoder, measured):
    noise = measure_quality(ask(worlds, encoder, "noise"))
    assert measured.kid.high < noise.kid.low
    assert measured.frechet < noise.frechet
    assert measured.manifold.precision.value > noise.manifold.precision.value


def test_few_pictures_make_kid_the_headline_and_are_said(measured):
    assert measured.headline == "kid"
    assert measured.frechet_biased
    text = " ".join(measured.notes)
    assert "Read KID, not the Fréchet distance: with 48 photos and 48 reference pictures" in text
    assert "intervals are wide" in text


def test_many_pictures_make_the_frechet_distance_the_headline(worlds, encoder, monkeypatch):
    monkeypatch.setattr(room, "FRECHET_PICTURES", 40)
    found = measure_quality(ask(worlds, encoder))
    assert (found.headline, found.frechet_biased) == ("frechet", False)


def test_the_same_question_gives_the_same_report_but_for_times(worlds, encoder):
    one, two = (measure_quality(ask(worlds, encoder, seed=3)) for _ in range(2))
    plain = {"made": None, "seconds": 0.0}
    assert report_json(one.model_copy(update=plain)) == report_json(two.model_copy(update=plain))
    assert one.kid != measure_quality(ask(worlds, encoder, seed=4)).kid


def test_a_report_can_be_read_again(measured):
    assert parse_record(QualityReport, json.loads(report_json(measured)), what="report") == measured


def test_large_sets_are_compared_by_a_sample_and_say_so(worlds, encoder, monkeypatch):
    monkeypatch.setattr(room, "MOST_COMPARED", 20)
    found = measure_quality(ask(worlds, encoder))
    assert (found.kid_photos, found.kid_reference, found.manifold.photos) == (20, 20, 20)
    assert found.photos.pictures == 48
    assert any("about 20 pictures of a set" in note for note in found.notes)


def test_photos_that_are_reference_pictures_are_pointed_out(worlds, encoder):
    found = measure_quality(ask(worlds, encoder, "real"))
    assert any(note.startswith("48 photos equal a reference picture") for note in found.notes)


def test_a_k_for_which_there_are_too_few_is_said_and_not_guessed(worlds, encoder):
    found = measure_quality(ask(worlds, encoder, k=47))
    assert found.manifold is None
    assert any("k = 47 needs at least 49 pictures" in note for note in found.notes)
    assert quality_chart(found).shape[1] == 960


def test_too_few_photos_or_references_are_refused(worlds, make_album, save_picture, tmp_path, encoder):
    with pytest.raises(AlbumError, match=r"There are 4 different photos, but .* fewer than 5"):
        measure_quality(ask(worlds, encoder, albums=[make_album("short", 1, scenes=4)]))
    for number in range(4):
        save_picture(tmp_path / "few" / f"{number}.png", number)
    with pytest.raises(AlbumError, match="There are 4 different reference pictures"):
        measure_quality(ask(worlds, encoder, reference=tmp_path / "few"))
    assert encoder.closed == 2


@pytest.mark.parametrize("k", [0, -3])
def test_a_k_below_one_is_refused_before_anything_is_read(worlds, encoder, k):
    with pytest.raises(AlbumError, match=f"at least 1, but it is {k}"):
        measure_quality(ask(worlds, encoder, k=k))
    assert encoder.batches == []


def test_an_encoder_that_gives_nothing_is_refused(worlds, encoder, monkeypatch):
    monkeypatch.setattr(encoder, "encode", lambda pictures: np.zeros((len(pictures), 48), np.float32))
    with pytest.raises(AlbumError, match="zero or not made of numbers"):
        measure_quality(ask(worlds, encoder))


def test_a_run_can_be_stopped_and_shows_its_progress(worlds, encoder):
    seen = []

    def stop():
        if len(seen) == 40:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        measure_quality(ask(worlds, encoder), on_progress=lambda *at: seen.append(at), check_interrupt=stop)
    assert seen[0] == (1, 96)
    assert encoder.closed == 1


def test_the_probe_is_part_of_the_report_where_real_albums_are_given(worlds, encoder):
    found = measure_quality(ask(worlds, encoder, real=tuple(find_albums(worlds / "real"))))
    assert [task.task for task in found.utility.tasks] == ["place", "light", "people", "person"]
    text = quality_text(found)
    assert "learned from 30 synthetic" in text
    assert "by always guessing the same" in text


def test_the_words_name_the_encoder_and_every_number(measured):
    text = quality_text(measured)
    assert "colours@1 abababababab" in text
    assert f"KID {measured.kid.value:.4f}" in text
    assert "too few pictures, comes out too high" in text
    assert "age group: adult × 16" in text


def test_the_chart_is_drawn_alike_each_time(measured):
    chart = quality_chart(measured)
    assert chart.dtype == np.uint8
    assert chart.shape[1:] == (960, 3)
    assert (chart == quality_chart(measured)).all()
