import dataclasses
import io

import numpy as np
import pytest
from PIL import Image, ImageFilter
from synthetic_albums.stages.errors import AlbumError
from synthetic_albums.stages.leakage import DEFAULT_THRESHOLD_BITS, check_photos, summarise
from synthetic_albums.stages.leakage.gallery import pixel_digest, salted_digest


def check(photo, gallery, bits=DEFAULT_THRESHOLD_BITS):
    return check_photos([photo], gallery, threshold_bits=bits)[0]


def jpeg(pixels, quality):
    file = io.BytesIO()
    Image.fromarray(np.ascontiguousarray(pixels)).save(file, "JPEG", quality=quality)
    return np.array(Image.open(file))


def crop(pixels, left, top, width, height):
    h, w = pixels.shape[:2]
    y, x = round(top * h), round(left * w)
    return pixels[y : y + round(height * h), x : x + round(width * w)]


def resized(pixels, width, height):
    return np.array(Image.fromarray(pixels).resize((width, height), Image.Resampling.LANCZOS))


def relit(pixels):
    side = np.linspace(0.8, 1.2, pixels.shape[1])[None, :, None]
    return np.clip((pixels / 255) ** 1.5 * 1.15 * side * (1.05, 1.0, 0.85) * 255, 0, 255).astype(np.uint8)


def framed(pixels):
    return np.pad(pixels, ((20, 20), (30, 30), (0, 0)), constant_values=240)


def pasted_into(pixels, ground):
    ground = ground.copy()
    small = resized(pixels, 190, 142)
    ground[20 : 20 + 142, 30 : 30 + 190] = small
    return ground


ATTACKS = {
    "the file itself": lambda p: p,
    "recompressed": lambda p: jpeg(p, 12),
    "one bit changed": lambda p: p ^ np.eye(p.shape[0], p.shape[1], dtype=np.uint8)[..., None],
    "smaller": lambda p: resized(p, 77, 58),
    "larger": lambda p: resized(p, 500, 375),
    "squeezed": lambda p: resized(p, 200, 200),
    "mirrored": lambda p: p[:, ::-1],
    "upside down": lambda p: p[::-1],
    "quarter turn": np.rot90,
    "mirrored quarter turn": lambda p: np.rot90(p[:, ::-1]),
    "cropped to 90 %": lambda p: crop(p, 0.03, 0.02, 0.95, 0.95),
    "cropped to half, corner": lambda p: crop(p, 0.0, 0.0, 0.71, 0.71),
    "cropped to half, off the grid": lambda p: crop(p, 0.13, 0.21, 0.71, 0.71),
    "cropped to half, a wide strip": lambda p: crop(p, 0.0, 0.3, 1.0, 0.51),
    "cropped, mirrored, recompressed": lambda p: jpeg(crop(p, 0.11, 0.07, 0.8, 0.75)[:, ::-1], 30),
    "relit": relit,
    "cropped and relit": lambda p: relit(crop(p, 0.17, 0.1, 0.8, 0.85)),
    "in grey": lambda p: np.repeat(np.array(Image.fromarray(p).convert("L"))[..., None], 3, axis=2),
    "blurred": lambda p: np.array(Image.fromarray(p).filter(ImageFilter.GaussianBlur(2))),
    "noisy": lambda p: np.clip(p + np.random.default_rng(0).normal(0, 15, p.shape), 0, 255).astype(np.uint8),
    "framed": framed,
}


@pytest.mark.parametrize("attack", ATTACKS.values(), ids=ATTACKS.keys())
def test_no_copy_of_a_reference_gets_past_the_check(attack, references, gallery):
    for reference in references[::2]:
        verdict = check(np.ascontiguousarray(attack(reference)), gallery)
        assert verdict.status == "leak", verdict


def test_a_reference_pasted_into_another_picture_is_found(references, gallery, scene):
    assert check(pasted_into(references[0], scene(900)), gallery).status == "leak"


def test_a_leak_names_the_reference_it_copies_by_its_salted_digest(references, gallery):
    digest = salted_digest(gallery.salt, pixel_digest(references[2])).hex()
    assert check(jpeg(references[2], 40)[:, ::-1], gallery).nearest == digest[:16]


def test_other_pictures_are_clean(gallery, scene):
    verdicts = check_photos([scene(500 + n) for n in range(6)], gallery, threshold_bits=DEFAULT_THRESHOLD_BITS)
    assert [verdict.status for verdict in verdicts] == ["clean"] * 6
    assert all(verdict.score > verdict.threshold for verdict in verdicts)


def test_verdicts_come_in_the_order_of_the_photos(references, gallery, scene):
    verdicts = check_photos([scene(501), references[1], scene(502)], gallery, threshold_bits=8)
    assert [verdict.status for verdict in verdicts] == ["clean", "leak", "clean"]


def test_a_higher_threshold_is_stricter(gallery, scene):
    photo = scene(503)
    score = check(photo, gallery).score
    assert check(photo, gallery, bits=int(score)).status == "clean"
    assert check(photo, gallery, bits=int(score) + 1).status == "leak"


def test_without_a_gallery_nothing_is_clean(references):
    verdict = check(references[0], None)
    assert verdict.status == "unchecked"
    assert "no gallery was connected" in verdict.reason


@pytest.mark.parametrize("value", [0, 255])
def test_a_photo_of_one_colour_is_unchecked(gallery, value):
    verdict = check(np.full((64, 64, 3), value, np.uint8), gallery)
    assert (verdict.status, verdict.score) == ("unchecked", None)


def test_a_plain_photo_that_is_exactly_a_reference_is_a_leak(gallery):
    plain = np.full((64, 64, 3), 200, np.uint8)
    digest = np.frombuffer(salted_digest(gallery.salt, pixel_digest(plain)), np.uint8)
    with_plain = dataclasses.replace(gallery, digests=np.vstack([digest, gallery.digests[1:]]))
    assert check(plain, with_plain).status == "leak"


def test_a_tiny_photo_is_unchecked(gallery, scene):
    assert check(scene(1)[:10], gallery).status == "unchecked"


@pytest.mark.parametrize("value", [0.0, float("nan"), float("inf")])
def test_floating_point_photos_are_refused(gallery, value):
    with pytest.raises(AlbumError, match="photo 2 is float64"):
        check_photos([np.zeros((32, 32, 3), np.uint8), np.full((32, 32, 3), value)], gallery, threshold_bits=10)


@pytest.mark.parametrize("shape", [(0, 32, 3), (32, 32), (32, 32, 4), (1, 32, 32, 3)])
def test_arrays_that_are_no_photos_are_refused_even_without_a_gallery(shape):
    with pytest.raises(AlbumError, match="photo 1"):
        check(np.zeros(shape, np.uint8), None)


@pytest.mark.parametrize("bits", [-1, 72, 9.5, float("nan"), True])
def test_a_threshold_out_of_range_is_refused(gallery, bits, scene):
    with pytest.raises(AlbumError, match="threshold"):
        check(scene(1), gallery, bits=bits)


def test_an_empty_gallery_is_refused(gallery, scene):
    empty = dataclasses.replace(gallery, signatures=gallery.signatures[:0], digests=gallery.digests[:0])
    with pytest.raises(AlbumError, match="gallery is empty"):
        check(scene(1), empty)


def test_galleries_larger_than_a_block_are_searched_to_the_end(gallery, references, monkeypatch):
    monkeypatch.setattr("synthetic_albums.stages.leakage.copies._BLOCK", 4)
    for reference in references:
        assert check(np.ascontiguousarray(crop(reference, 0.13, 0.21, 0.71, 0.71)), gallery).status == "leak"
        assert check(framed(reference), gallery).status == "leak"


def test_an_album_is_clean_only_if_every_photo_is(references, gallery, scene):
    plain = np.full((64, 64, 3), 9, np.uint8)
    clean = check_photos([scene(500), scene(501)], gallery, threshold_bits=10)
    gap = check_photos([scene(500), plain], gallery, threshold_bits=10)
    leak = check_photos([scene(500), plain, references[0]], gallery, threshold_bits=10)
    assert [summarise(v, gallery).status for v in (clean, gap, leak)] == ["clean", "unchecked", "leak"]
    assert summarise(clean, gallery).references == 6
    assert summarise(clean, gallery).threshold == 10
    assert "1 photo of 3" in summarise(leak, gallery).reason
    assert "could not be checked" in summarise(leak, gallery).reason


def test_a_summary_without_photos_or_without_a_gallery_is_unchecked(gallery):
    assert summarise([], gallery).status == "unchecked"
    no_gallery = summarise(check_photos([np.zeros((32, 32, 3), np.uint8)], None, threshold_bits=10), None)
    assert (no_gallery.status, no_gallery.references) == ("unchecked", 0)
    assert "no gallery was connected" in no_gallery.reason


def test_a_summary_keeps_to_its_bounds_with_many_skipped_files(gallery):
    many = dataclasses.replace(gallery, skipped=tuple(f"{n} .jpg: cut short" for n in range(500)))
    skipped = summarise([], many).skipped
    assert len(skipped) == 200
    assert skipped[-1] == "and 301 more"
