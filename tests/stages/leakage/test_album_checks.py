"""The whole check of an album with everything that a gallery can hold."""

import dataclasses
from datetime import datetime

import numpy as np
import pytest
from synthetic_albums.stages.album_folder import AlbumFolder, AlbumWriter, photo_file_name
from synthetic_albums.stages.errors import AlbumError, InterruptedAlbumError
from synthetic_albums.stages.leakage import CheckOptions, check_album, check_folder
from synthetic_albums.stages.leakage.gallery import Gallery
from synthetic_albums.stages.photo_file import encode_photo
from synthetic_albums.stages.records import (
    Album,
    AlbumLayout,
    AlbumPlan,
    CastEntry,
    CastRecord,
    Character,
    Environment,
    Outfit,
    PhotoRecord,
    Region,
    Scene,
    SceneLayout,
)
from synthetic_albums.stages.safe_files import file_digest
from synthetic_albums.stages.vocabulary import OPENPOSE_18

from .fake_encoders import PaintedPeople, ThumbnailEncoder, with_people, with_vectors

NAMES = {231: "leo", 131: "ana"}
SKELETON = [(0.5, 0.5, 1.0) for _ in OPENPOSE_18]


def album_of(folder, pictures, *, cast=("hero",), heads=(131,), captions=None, portraits=None):
    """Photo n shows everybody; the pixel at the nose of photo n is heads[n]."""
    folder = AlbumFolder(folder)
    people = [Character(id=name, name=name, outfits=[Outfit(id="day")]) for name in cast]
    captions = captions or ["c"] * len(pictures)
    scenes = [
        Scene(id=f"s{n}", title="t", caption=captions[n], environment="park", time=datetime(2026, 6, 1, n),
              cast=[CastEntry(character=name) for name in cast])
        for n in range(len(pictures))
    ]  # fmt: skip
    plan = AlbumPlan(
        title="Album", environments=[Environment(id="park", kind="park")], scenes=scenes, characters=people
    )
    regions = [
        Region(id=name, kind="character", ref=name, box=(0.2, 0.2, 0.8, 0.8), depth=0.5, keypoints=SKELETON)
        for name in cast
    ]
    layouts = [
        SceneLayout(scene=s.id, width=240, height=180, horizon=0.5, ground=0.9, light=(0, -1), regions=regions)
        for s in scenes
    ]
    records, kept = [], []
    with folder.writing() as writer:
        for n, picture in enumerate(pictures):
            pixels = picture.copy()
            pixels[88:93, 118:123] = heads[n % len(heads)]
            data = encode_photo(pixels, facts={"Scene": f"s{n}"}, synthetic_source="algorithmicMedia")
            writer.write_bytes(photo_file_name(f"s{n}"), data)
            records.append(
                PhotoRecord(number=n + 1, scene=f"s{n}", status="done", file=photo_file_name(f"s{n}"),
                            fingerprint=f"{n:064x}", sha256=file_digest(data), width=240, height=180)
            )  # fmt: skip
        for name, portrait in (portraits or {}).items():
            file = f"anchors/{name}.png"
            data = encode_photo(portrait, facts={"Character": name}, synthetic_source="algorithmicMedia")
            writer.write_bytes(file, data)
            kept.append(
                CastRecord(
                    character=name, encoder="e@1", source="sampled", appearance="", vector_sha256="0" * 64,
                    portraits=[file],
                )
            )  # fmt: skip
        writer.save(
            Album(
                created=datetime(2026, 6, 2), plan=plan, layout=AlbumLayout(scenes=layouts), photos=records, cast=kept
            )
        )
    return folder


@pytest.fixture
def strangers(scene):
    return [scene(300 + n) for n in range(3)]


@pytest.fixture
def full(gallery, references):
    """A gallery with signatures, vectors, and Leo in it."""
    return with_people(with_vectors(gallery, ThumbnailEncoder(), references), PaintedPeople(NAMES), ["leo", "another"])


@pytest.fixture
def light(full):
    """The same without signatures: the slow comparison is not what most tests are about."""
    return Gallery(
        np.zeros((0, 0, 0), np.uint8), np.zeros((0, 32), np.uint8), b"s" * 32, vectors=full.vectors,
        picture_encoder=full.picture_encoder, picture_handle=full.picture_handle, people=full.people,
        people_of=full.people_of, person_encoder=full.person_encoder, person_handle=full.person_handle,
    )  # fmt: skip


def check(album, gallery, **options):
    return check_album(
        album, gallery, options=CheckOptions(**options), on_progress=lambda done, total: None,
        check_interrupt=lambda: None,
    )  # fmt: skip


def verdicts(album):
    return [photo.verdict.status for photo in album.photos]


def kinds(findings, status):
    return {finding.kind for finding in findings if finding.status == status}


def test_an_innocent_album_is_clean_and_says_what_was_checked(tmp_path, full, strangers):
    checked = check(album_of(tmp_path / "album", strangers), full)
    assert verdicts(checked) == ["clean"] * 3
    assert checked.leakage.status == "clean"
    assert "Nobody of the gallery was recognised" in checked.leakage.reason
    facts = {(fact.kind, fact.encoder): fact.status for fact in checked.leakage.checks}
    assert (
        facts[("near_copy", "")] == facts[("near_copy", "thumbnail@1")] == facts[("identity", "painted@1")] == "clean"
    )
    assert facts[("text", "")] == facts[("metadata", "")] == "clean"
    assert len(checked.leakage.gallery) == 32


def test_a_recognised_character_takes_all_of_its_photos_along(tmp_path, light, strangers):
    album = album_of(tmp_path / "album", strangers, heads=(231, 0, 231))
    checked = check(album, light)
    assert [photo.status for photo in checked.photos] == ["withheld"] * 3
    assert all("identity" in kinds(photo.verdict.findings, "leak") for photo in checked.photos)
    decision = [finding for finding in checked.leakage.findings if finding.subject == "hero"]
    assert [(finding.kind, finding.status) for finding in decision] == [("identity", "leak")]
    assert checked.leakage.status == "leak"
    assert "a person of the gallery" in checked.leakage.reason
    assert len(list((tmp_path / "album.withheld").iterdir())) == 3


def test_who_cannot_be_seen_counts_only_where_everybody_is_required(tmp_path, light, strangers):
    allowed = check(album_of(tmp_path / "a", strangers, heads=(131, 0, 131)), light)
    assert verdicts(allowed) == ["clean"] * 3
    assert "unchecked" in {finding.status for finding in allowed.photos[1].verdict.findings}
    strict = check(album_of(tmp_path / "b", strangers, heads=(131, 0, 131)), light, required="copies and identities")
    assert verdicts(strict) == ["clean", "unchecked", "clean"]
    assert strict.leakage.status == "unchecked"


def test_a_gallery_without_vectors_says_what_was_not_checked(tmp_path, gallery, strangers):
    checked = check(album_of(tmp_path / "a", strangers), gallery)
    assert checked.leakage.status == "clean"
    assert "no encoder has looked for people in the gallery" in checked.leakage.reason
    strict = check(album_of(tmp_path / "b", strangers), gallery, required="copies and identities")
    assert strict.leakage.status == "unchecked"
    assert "no encoder has looked for people" in strict.photos[0].verdict.reason


@pytest.mark.parametrize("kind", ["picture", "person"])
def test_an_encoder_that_is_missing_uncalibrated_or_another_is_never_a_pass(tmp_path, light, strangers, kind):
    handle = {"picture": "picture_handle", "person": "person_handle"}[kind]
    option = f"{kind}_encoder"
    makers = {"picture": ThumbnailEncoder, "person": lambda **given: PaintedPeople(NAMES, **given)}
    missing = dataclasses.replace(light, **{handle: None})
    bare = dataclasses.replace(light, **{handle: makers[kind](points=None)})
    cases = [
        (missing, {}, "connect"),
        (bare, {}, "no calibration"),
        (light, {option: makers[kind](sha="e")}, "compared"),
    ]
    for number, (gallery, options, why) in enumerate(cases):
        checked = check(album_of(tmp_path / str(number), strangers), gallery, **options)
        assert verdicts(checked) == ["unchecked"] * 3
        assert checked.leakage.status == "unchecked"
        assert why in checked.photos[0].verdict.reason


def test_vectors_alone_are_compared_by_the_encoder_alone(tmp_path, light, strangers, references):
    checked = check(album_of(tmp_path / "a", [strangers[0], references[2]], heads=(131,)), light)
    assert verdicts(checked) == ["clean", "leak"]
    assert checked.photos[1].verdict.nearest.startswith("row-")


def test_a_gallery_that_changed_meanwhile_clears_nothing(tmp_path, light, strangers):
    def changed():
        raise AlbumError("The folder has changed since it was read.")

    checked = check(album_of(tmp_path / "a", strangers), dataclasses.replace(light, unchanged=changed))
    assert verdicts(checked) == ["unchecked"] * 3
    assert checked.leakage.status == "unchecked"
    assert "has changed" in checked.leakage.reason


def fact(checked, kind):
    return next(one for one in checked.leakage.checks if one.kind == kind)


@pytest.mark.parametrize("which", ["gallery", "held_out"])
def test_where_private_files_lie_is_not_written_into_the_album(tmp_path, light, strangers, which):
    def changed():
        raise AlbumError("Files in the gallery folder '/home/jane/Private Photos' came or went.")

    bound = dataclasses.replace(light, unchanged=changed)
    given = {"gallery": (bound, {}), "held_out": (light, {"held_out": bound})}[which]
    album = album_of(tmp_path / "a", strangers)
    checked = check(album, given[0], **given[1])
    assert checked.leakage.status == "unchecked"
    assert verdicts(checked) == ["unchecked"] * 3
    assert "jane" not in (album.path / "album.json").read_text()


class Unreadable(PaintedPeople):
    @property
    def calibration(self):
        raise AlbumError("The calibration /home/jane/models/c.json cannot be read (x): write it anew.")

    @calibration.setter
    def calibration(self, value):
        """Never there."""


def test_where_an_encoder_lies_is_not_written_into_the_album_either(tmp_path, light, strangers):
    album = album_of(tmp_path / "a", strangers)
    checked = check(album, dataclasses.replace(light, person_handle=Unreadable(NAMES)))
    assert "calibration … cannot be read" in checked.photos[0].verdict.reason
    assert "jane" not in (album.path / "album.json").read_text()


def test_an_identity_check_that_saw_nobody_is_not_called_clean(tmp_path, light, strangers):
    checked = check(album_of(tmp_path / "a", strangers, heads=(0,)), light)
    assert verdicts(checked) == ["clean"] * 3  # asked for is what can be compared
    assert fact(checked, "identity").status == "unchecked"
    assert "Nobody of the gallery was recognised" not in checked.leakage.reason


def test_a_check_of_the_files_does_not_vouch_for_one_that_is_gone(tmp_path, light, strangers, scene):
    portrait = scene(901, width=96, height=96)
    album = album_of(tmp_path / "a", strangers, portraits={"hero": portrait})
    whole = check(album, light)
    assert (fact(whole, "metadata").status, fact(whole, "metadata").references) == ("clean", 4)
    assert fact(whole, "copy_paste").status == "clean"
    (album.path / "photos" / "s1.png").unlink()
    lacking = check(album, light)
    assert (fact(lacking, "metadata").status, fact(lacking, "metadata").references) == ("unchecked", 3)
    assert fact(lacking, "copy_paste").status == "unchecked"


def test_a_check_that_found_a_copied_portrait_says_that_it_found_something(tmp_path, light, strangers, references):
    album = album_of(tmp_path / "a", strangers, portraits={"hero": references[4]})
    checked = check(album, light)
    assert verdicts(checked) == ["clean"] * 3
    assert fact(checked, "near_copy").status == "leak"


def put_into_anchors(album, name, pixels):
    data = encode_photo(pixels, facts={"Place": "park"}, synthetic_source="algorithmicMedia")
    with album.writing() as writer:
        writer.write_bytes(f"anchors/{name}", data)


def test_plates_are_part_of_the_album_and_checked(tmp_path, light, strangers, references, scene):
    album = album_of(tmp_path / "a", strangers)
    put_into_anchors(album, "place~park.png", scene(777))
    put_into_anchors(album, "cast.safetensors", scene(778))  # the pack's own name, and no picture
    checked = check(album, light)
    assert checked.leakage.status == "clean"
    assert fact(checked, "metadata").references == 4
    put_into_anchors(album, "place~park.png", references[3])
    checked = check(album, light)
    assert checked.leakage.status == "leak"
    found = [finding for finding in checked.leakage.findings if finding.status == "leak"]
    assert [finding.subject for finding in found] == ["anchors/place~park.png"]


@pytest.mark.parametrize("data", [b"GIF89a", b""])
def test_what_lies_among_the_anchors_and_cannot_be_looked_at_is_a_gap(tmp_path, light, strangers, data):
    album = album_of(tmp_path / "a", strangers)
    with album.writing() as writer:
        writer.write_bytes("anchors/old.gif", data)
    checked = check(album, light)
    assert checked.leakage.status == "unchecked"
    assert "anchors/old.gif" in checked.leakage.reason


def test_a_folder_with_a_copied_portrait_or_plate_is_no_pass(tmp_path, light, strangers, references, scene):
    portrait = scene(901, width=96, height=96)
    clean = album_of(tmp_path / "a", strangers, portraits={"hero": portrait})
    put_into_anchors(clean, "place~park.png", scene(777))
    assert check_folder(clean.path, light, threshold_bits=8)["status"] == "clean"
    put_into_anchors(clean, "place~park.png", references[3])
    found = check_folder(clean.path, light, threshold_bits=8)
    assert found["status"] == "leak"
    assert {photo["status"] for photo in found["photos"]} == {"clean"}
    copied = album_of(tmp_path / "b", strangers, portraits={"hero": references[3]})
    assert check_folder(copied.path, light, threshold_bits=8)["status"] == "leak"
    (copied.path / "anchors" / "hero.png").write_bytes(b"damaged")
    found = check_folder(copied.path, light, threshold_bits=8)
    assert found["status"] == "unchecked"
    assert "hero.png is gone or damaged" in found["reason"]


def test_a_folder_asks_for_everybody_as_the_album_does(tmp_path, light, strangers):
    album = album_of(tmp_path / "a", strangers, cast=("hero",), heads=(131,))
    plan = album.read().plan
    others = [*plan.characters, Character(id="absent", name="absent", outfits=[Outfit(id="day")])]
    album.update(album.read().model_copy(update={"plan": plan.model_copy(update={"characters": others})}))
    allowed, strict = CheckOptions(), CheckOptions(required="copies and identities")
    assert check_folder(album.path, light, threshold_bits=8, options=allowed)["status"] == "clean"
    assert check_folder(album.path, light, threshold_bits=8, options=strict)["status"] == "unchecked"
    assert check(album, light, required="copies and identities").leakage.status == "unchecked"


class SpoiltAt(ThumbnailEncoder):
    """Fails on pictures of one width alone."""

    width = 96

    def encode(self, pictures):
        if any(picture.shape[1] == self.width for picture in pictures):
            raise AlbumError("The encoder gave values that are not numbers.")
        return super().encode(pictures)


def test_a_portrait_that_the_encoder_cannot_compare_is_a_gap(tmp_path, light, strangers, scene):
    album = album_of(tmp_path / "a", strangers, portraits={"hero": scene(901, width=96, height=96)})
    checked = check(album, dataclasses.replace(light, picture_handle=SpoiltAt()))
    assert verdicts(checked) == ["clean"] * 3
    assert checked.leakage.status == "unchecked"
    assert "The portrait of hero" in checked.leakage.reason


def test_a_check_that_was_stopped_behind_a_leak_is_not_whole(tmp_path, light, strangers, references):
    album = album_of(tmp_path / "a", [references[2], *strangers])
    calls = iter([None, None, InterruptedAlbumError("Stopped.")])

    def interrupt():
        if (error := next(calls)) is not None:
            raise error

    with pytest.raises(InterruptedAlbumError):
        check_album(album, light, on_progress=lambda done, total: None, check_interrupt=interrupt)
    stored = album.read()
    assert (stored.leakage.status, stored.photos[0].status) == ("leak", "withheld")
    assert "stopped before its end" in stored.leakage.incomplete
    finished = check(album, light)
    assert (finished.leakage.status, finished.leakage.incomplete) == ("leak", "")


def test_encoders_give_their_memory_back_also_when_the_check_is_stopped(tmp_path, light, strangers):
    closed = []
    pictures, people = ThumbnailEncoder(), PaintedPeople(NAMES)
    pictures.close, people.close = (lambda: closed.append("pictures")), (lambda: closed.append("people"))
    bound = dataclasses.replace(light, picture_handle=pictures, person_handle=people)
    album = album_of(tmp_path / "a", strangers)
    check(album, bound)
    assert closed == ["pictures", "people"]

    def interrupt():
        raise InterruptedAlbumError("Stopped.")

    with pytest.raises(InterruptedAlbumError):
        check_album(album, bound, on_progress=lambda done, total: None, check_interrupt=interrupt)
    assert closed == ["pictures", "people"] * 2


def test_a_full_disk_in_the_quarantine_loses_nothing_and_clears_nothing(
    tmp_path, gallery, strangers, references, monkeypatch
):
    album = album_of(tmp_path / "a", [strangers[0], references[1], strangers[1]])
    before = (album.path / "photos" / "s1.png").read_bytes()
    monkeypatch.setattr(AlbumWriter, "_move_beside", _full)
    with pytest.raises(AlbumError, match="could not be moved"):
        check(album, gallery)
    stored = album.read()
    assert verdicts(stored) == ["clean", "leak", "clean"]
    assert stored.leakage.status == "leak"
    assert (album.path / "photos" / "s1.png").read_bytes() == before
    monkeypatch.undo()
    assert check(album, gallery).photos[1].status == "withheld"


def test_a_pasted_portrait_a_foreign_file_and_a_copied_portrait_are_found(
    tmp_path, gallery, strangers, references, scene
):
    portrait = scene(901, width=96, height=96)
    strangers[1][20:116, 100:196] = portrait
    album = album_of(tmp_path / "a", strangers, portraits={"hero": portrait})
    checked = check(album, gallery)
    assert [photo.status for photo in checked.photos] == ["done", "withheld", "done"]
    assert kinds(checked.photos[1].verdict.findings, "leak") == {"copy_paste"}
    copied = album_of(tmp_path / "b", [scene(310)], portraits={"hero": references[4]})
    summary = check(copied, gallery).leakage
    assert summary.status == "leak"
    assert kinds(summary.findings, "leak") == {"near_copy"}
    assert summary.findings[0].subject == "hero"


def test_a_portrait_that_is_gone_is_a_gap(tmp_path, gallery, strangers, scene):
    album = album_of(tmp_path / "a", strangers, portraits={"hero": scene(901, width=96, height=96)})
    (album.path / "anchors" / "hero.png").unlink()
    checked = check(album, gallery)
    assert checked.leakage.status == "unchecked"
    assert verdicts(checked) == ["unchecked"] * 3


def test_private_text_makes_the_album_a_leak_and_no_photo(tmp_path, gallery, strangers):
    album = album_of(tmp_path / "a", strangers, captions=["fine", "write to jane@example.org", "fine"])
    checked = check(album, gallery)
    assert [photo.status for photo in checked.photos] == ["done"] * 3
    assert checked.leakage.status == "leak"
    assert "jane" not in checked.leakage.model_dump_json()


def test_distances_to_held_out_pictures_are_said_and_asked_for_in_vain(tmp_path, full, gallery, strangers, scene):
    held_out = dataclasses.replace(
        gallery, vectors=full.picture_handle.encode([scene(400 + n) for n in range(6)]),
        picture_encoder=full.picture_encoder,
    )  # fmt: skip
    many = [scene(500 + n) for n in range(12)]
    found = check(album_of(tmp_path / "a", many), full, held_out=held_out).leakage
    assert [finding.status for finding in found.findings if finding.kind == "neighbours"] == ["clean"]
    vain = check(album_of(tmp_path / "b", strangers), full, held_out=gallery).leakage
    assert vain.status == "unchecked"
    assert "held-out set has no vectors" in vain.reason


@pytest.mark.parametrize(
    "wrong", [{"required": "nothing"}, {"false_alarm_target": 0.0}, {"false_alarm_target": float("nan")}]
)
def test_options_out_of_range_are_refused(tmp_path, gallery, strangers, wrong):
    with pytest.raises(AlbumError, match=r"required|target"):
        check(album_of(tmp_path / "a", strangers), gallery, **wrong)


def test_the_same_check_again_gives_the_same_bytes(tmp_path, light, strangers):
    album = album_of(tmp_path / "a", strangers)
    check(album, light)
    before = (album.path / "album.json").read_bytes()
    check(album, light)
    assert (album.path / "album.json").read_bytes() == before


def test_a_recognised_character_stays_so_while_none_of_it_can_be_seen_any_more(tmp_path, light, strangers):
    album = album_of(tmp_path / "a", strangers, heads=(231,))
    first = check(album, light).leakage
    again = check(album, light).leakage
    assert again.findings == first.findings
    assert again.status == "leak"


def test_a_folder_is_checked_like_the_album_and_left_as_it_is(tmp_path, full, strangers):
    album = album_of(tmp_path / "a", strangers, heads=(231, 0, 231))
    found = check_folder(album.path, full, threshold_bits=8)
    assert [photo["status"] for photo in found["photos"]] == ["leak"] * 3
    assert found["status"] == "leak"
    assert [fact["kind"] for fact in found["checks"]] == ["near_copy", "near_copy", "identity"]
    assert len(list((album.path / "photos").iterdir())) == 3


def _full(*_arguments):
    raise AlbumError("Cannot move: the disk is full.")
