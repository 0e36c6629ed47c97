import json

import numpy as np
import pytest
from synthetic_albums.stages.album_folder import AlbumFolder
from synthetic_albums.stages.errors import AlbumBusyError, AlbumError, InterruptedAlbumError
from synthetic_albums.stages.photo_file import STATEMENT, read_statement
from synthetic_albums.stages.records import LeakageSummary
from synthetic_albums.stages.render import render_album
from synthetic_albums.stages.render.collected import collect_album
from synthetic_albums.stages.seeds import derive_seed


def collect(story, pictures, folder, **changes):
    arguments = {
        "subset": "",
        "seeds": [],
        "how": "",
        "on_progress": lambda *_: None,
        "check_interrupt": lambda: None,
        **changes,
    }
    return collect_album(*story.parts, pictures, folder, **arguments)


def files(folder):
    """Bytes and time of writing of everything but the lock."""
    return {
        path.relative_to(folder.path).as_posix(): (path.read_bytes(), path.stat().st_mtime_ns)
        for path in folder.path.rglob("*")
        if path.is_file() and path.suffix != ".lock"
    }


def changed(before, after):
    return {name for name in before.keys() | after.keys() if before.get(name) != after.get(name)}


def as_photo(picture):
    return np.rint(picture * 255).astype(np.uint8)


def spoiled(picture, value):
    bad = picture.copy()
    bad[3, 4, 1] = value
    return bad


# --- a whole album ------------------------------------------------------------------------------------------------


def test_pictures_become_photos_with_records_labels_and_the_plan(story, paint, folder):
    pictures = paint(3)
    album = collect(story, pictures, folder, how="SDXL, 30 steps", cast_bytes=b"cast")
    assert album == folder.read()
    assert album.plan == story.plan
    assert album.layout == story.layout
    assert [member.character for member in album.cast] == ["ana", "leo"]
    assert (folder.path / "anchors" / "cast.safetensors").read_bytes() == b"cast"
    assert album.renderer == {"name": "collected", "how": "SDXL, 30 steps", "version": 1}
    for number, (photo, picture) in enumerate(zip(album.photos, pictures, strict=True), start=1):
        assert (photo.number, photo.scene, photo.status) == (number, f"s{number}", "done")
        assert photo.renderer == "collected: SDXL, 30 steps"
        assert (photo.width, photo.height) == (96, 64)
        assert np.array_equal(folder.load_photo(photo), as_photo(picture))
        said = read_statement((folder.path / photo.file).read_bytes())
        assert said["Statement"] == STATEMENT
        assert said["Renderer"] == "collected: SDXL, 30 steps"
        assert said["Fingerprint"] == photo.fingerprint
        assert "trainedAlgorithmicMedia" in said["XML:com.adobe.xmp"]


def test_the_album_has_the_same_files_and_fields_as_a_rendered_one(story, paint, folder, tmp_path):
    class Painter:
        name = "painter"

        def describe(self):
            return {}

        def render_photo(self, job, *, on_step):
            return as_photo(paint(1)[0])

        def close(self):
            pass

    rendered = AlbumFolder(tmp_path / "rendered")
    render_album(
        *story.parts, Painter(), rendered, width=96, height=64, subset="", attempt=0,
        on_progress=lambda *_: None, check_interrupt=lambda: None, cast_bytes=b"cast",
    )  # fmt: skip
    collect(story, paint(3), folder, cast_bytes=b"cast")
    assert files(folder).keys() == files(rendered).keys()
    ours, theirs = (json.loads((one.path / "album.json").read_text()) for one in (folder, rendered))
    assert ours.keys() == theirs.keys()
    assert ours["photos"][0].keys() == theirs["photos"][0].keys()
    assert [photo["seed"] for photo in ours["photos"]] == [photo["seed"] for photo in theirs["photos"]]


def test_the_same_pictures_change_no_byte(story, paint, folder):
    collect(story, paint(3), folder, how="SDXL")
    before = files(folder)
    collect(story, paint(3), folder, how="SDXL")
    assert files(folder) == before


def test_the_same_input_gives_the_same_photos_anywhere(story, paint, folder, tmp_path):
    other = AlbumFolder(tmp_path / "other")
    for one in (folder, other):
        collect(story, paint(3), one, seeds=[1, 2, 3])
    assert folder.read().photos == other.read().photos


def test_collecting_again_replaces_just_the_given_scenes(story, paint, folder):
    collect(story, paint(3), folder)
    before, photos = files(folder), folder.read().photos
    (new,) = paint(1, shade=0.4)
    album = collect(story, [new], folder, subset="2")
    assert changed(before, files(folder)) == {"album.json", "photos/s2.png"}
    assert np.array_equal(folder.load_photo(album.photos[1]), as_photo(new))
    assert [album.photos[0], album.photos[2]] == [photos[0], photos[2]]
    assert [attempt.outcome for attempt in album.photos[1].attempts] == ["done", "done"]


def test_an_album_can_be_collected_bit_by_bit(story, paint, folder):
    pictures = paint(3)
    album = collect(story, pictures[1:2], folder, subset="2")
    assert [photo.status for photo in album.photos] == ["pending", "done", "pending"]
    album = collect(story, [pictures[0], pictures[2]], folder, subset="1,3")
    assert [photo.status for photo in album.photos] == ["done"] * 3
    for photo, picture in zip(album.photos, pictures, strict=True):
        assert np.array_equal(folder.load_photo(photo), as_photo(picture))


@pytest.mark.parametrize("change", ["pixels", "seed", "words"])
def test_whatever_a_photo_depends_on_gives_it_another_fingerprint(story, paint, folder, change):
    first = collect(story, paint(3), folder, seeds=[1, 2, 3]).photos
    pictures = paint(3, shade=0.01) if change == "pixels" else paint(3)
    seeds = [4, 5, 6] if change == "seed" else [1, 2, 3]
    second = collect(story, pictures, folder, seeds=seeds, how="other words" if change == "words" else "").photos
    assert not {photo.fingerprint for photo in first} & {photo.fingerprint for photo in second}


def test_photos_are_recognised_when_the_record_is_lost(story, paint, folder):
    pictures = paint(3)
    collect(story, pictures, folder)
    before = files(folder)
    (folder.path / "album.json").unlink()
    album = collect(story, pictures, folder)
    assert [photo.status for photo in album.photos] == ["done"] * 3
    assert changed(before, files(folder)) == {"album.json"}


def test_a_withheld_photo_stays_withheld_until_its_pixels_change(story, paint, folder):
    album = collect(story, paint(3), folder)
    with folder.writing() as writer:
        record = writer.withhold(album.photos[0])
        writer.save(album.model_copy(update={"photos": [record, *album.photos[1:]]}))
    assert collect(story, paint(3), folder).photos[0].status == "withheld"
    assert collect(story, paint(1, shade=0.3), folder, subset="1").photos[0].status == "done"


def test_what_the_check_said_goes_with_the_photos_that_it_checked(story, paint, folder):
    album = collect(story, paint(3), folder)
    folder.update(album.model_copy(update={"leakage": LeakageSummary(status="unchecked", reason="x", check="none")}))
    assert collect(story, paint(3), folder).leakage is not None
    assert collect(story, paint(1, shade=0.3), folder, subset="1").leakage is None


# --- seeds, words, sizes ------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("seeds", "kept"),
    [([7, 8, 9], [7, 8, 9]), ([7], [7, 7, 7]), ([2**63 - 1, 0, 1], [2**63 - 1, 0, 1]), ([], None)],
)
def test_seeds_are_kept(story, paint, folder, seeds, kept):
    album = collect(story, paint(3), folder, seeds=seeds)
    kept = kept or [derive_seed(5, "photo", scene.id, 0) for scene in story.plan.scenes]
    assert [photo.seed for photo in album.photos] == kept
    assert [photo.attempts[-1].seed for photo in album.photos] == kept


def test_the_words_name_no_folder_and_are_bounded(story, paint, folder):
    how = "weights /home/ana/secret/model.safetensors, " + "very " * 300
    album = collect(story, paint(3), folder, how=how)
    assert album.renderer["how"].startswith("weights …, very very")
    assert len(album.renderer["how"]) == 600
    assert "secret" not in (folder.path / "album.json").read_text(encoding="utf-8")
    assert b"secret" not in (folder.path / "photos" / "s1.png").read_bytes()


def test_larger_pictures_of_the_same_shape_keep_their_size(story, paint, folder):
    pictures = [paint(3)[0], paint(3, width=192, height=128)[1], paint(3)[2]]
    album = collect(story, pictures, folder)
    assert [(photo.width, photo.height) for photo in album.photos] == [(96, 64), (192, 128), (96, 64)]


def test_transparency_is_left_out_and_values_are_cut_off(story, folder):
    picture = np.full((64, 96, 4), [1.4, -0.2, 0.5, 0.0], np.float32)
    album = collect(story, [picture], folder, subset="1")
    assert folder.load_photo(album.photos[0])[0, 0].tolist() == [255, 0, 128]


# --- what is refused ----------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("count", "subset", "message"),
    [
        (2, "", r"2 pictures came for 3 photos, photo 3 \(scene 's3'\) is the first without one"),
        (0, "", r"0 pictures came for 3 photos, photo 1 \(scene 's1'\) is the first without one"),
        (4, "", r"4 pictures came for 3 photos, the last of them is photo 3 \(scene 's3'\)"),
        (3, "2", r"3 pictures came for 1 photo, the last of them is photo 2 \(scene 's2'\)"),
    ],
)
def test_too_few_and_too_many_pictures_are_refused_and_nothing_is_written(story, paint, folder, count, subset, message):
    collect(story, paint(3), folder)
    before = files(folder)
    with pytest.raises(AlbumError, match=f"{message}.*give subset the same text"):
        collect(story, paint(count, shade=0.4) if count else [], folder, subset=subset)
    assert files(folder) == before


@pytest.mark.parametrize("seeds", [[1, 2], [1, 2, 3, 4]])
def test_seeds_for_other_photos_are_refused(story, paint, folder, seeds):
    with pytest.raises(AlbumError, match=f"{len(seeds)} seeds came for 3 photos"):
        collect(story, paint(3), folder, seeds=seeds)
    assert not folder.path.exists()


@pytest.mark.parametrize("seed", [-1, 2**63, 2**64 - 1])
def test_a_seed_that_no_album_can_keep_is_named_with_its_photo(story, paint, folder, seed):
    with pytest.raises(AlbumError, match=rf"seed of photo 2 \(scene 's2'\) is {seed}"):
        collect(story, paint(3), folder, seeds=[0, seed, 0])
    assert not folder.path.exists()


BAD = {
    "nan": (lambda good: spoiled(good, np.nan), "pixels that are not numbers"),
    "infinite": (lambda good: spoiled(good, -np.inf), "pixels that are not numbers"),
    "shape": (lambda good: good[:, :64], "is 64 x 64 pixels, but its scene is laid out for 96 x 64"),
    "small": (lambda good: good[::2, ::2], "is 48 x 32 pixels: a photo has 64 to 8192 a side"),
    "empty": (lambda good: good[:0], "is 96 x 0 pixels"),
    "grey": (lambda good: good[..., :1], "no colour picture"),
    "latent": (lambda good: good[..., 0], "no colour picture"),
}


@pytest.mark.parametrize("kind", BAD)
def test_a_bad_picture_is_named_and_the_others_are_kept(story, paint, folder, kind):
    spoil, message = BAD[kind]
    collect(story, paint(3), folder)
    before = files(folder)
    pictures = paint(3, shade=0.4)
    with pytest.raises(AlbumError) as caught:
        collect(story, [pictures[0], spoil(pictures[1]), pictures[2]], folder)
    said = str(caught.value)
    assert said.startswith("1 of 3 pictures could not be collected, the others are in the album: photo 2 (scene 's2')")
    assert message in said
    assert said.endswith("Then collect with the subset '2'.")
    assert changed(before, files(folder)) == {"album.json", "photos/s1.png", "photos/s3.png"}
    assert [photo.status for photo in folder.read().photos] == ["done"] * 3  # the second is the one from before


def test_when_every_picture_is_bad_nothing_is_written(story, paint, folder):
    with pytest.raises(AlbumError, match=r"3 of 3 pictures .* nothing was changed: photo 1 .*; photo 2 .*; photo 3 "):
        collect(story, [spoiled(picture, np.nan) for picture in paint(3)], folder)
    assert not folder.path.exists()


def test_an_album_of_another_plan_is_refused_with_its_photo(story, tell, paint, folder):
    scenes = [scene.model_copy(update={"title": f"Alps {scene.id}"}) for scene in story.plan.scenes]
    other = tell(title="The Alps", prompt="A hike in the Alps", scenes=scenes)
    collect(story, paint(3), folder)
    before = files(folder)
    with pytest.raises(AlbumError, match=r"photo 1 \(scene 's1'\) of another plan, 'The lake': .* for 'The Alps'"):
        collect(other, paint(3), folder)
    assert files(folder) == before


def test_a_plan_with_another_seed_is_another_plan(story, tell, paint, folder):
    collect(story, paint(3), folder)
    with pytest.raises(AlbumError, match="of another plan"):
        collect(tell(seed=6), paint(3), folder)


def test_an_edited_plan_is_the_same_plan(story, tell, paint, folder):
    collect(story, paint(3), folder)
    scenes = [story.plan.scenes[0].model_copy(update={"caption": "Fog."}), *story.plan.scenes[1:]]
    album = collect(tell(title="Our lake", prompt="", scenes=scenes), paint(1, shade=0.4), folder, subset="1")
    assert album.plan.title == "Our lake"
    assert [photo.status for photo in album.photos] == ["done"] * 3


def test_an_album_without_photos_may_become_another(story, tell, paint, folder):
    with pytest.raises(InterruptedAlbumError):
        collect(story, paint(3), folder, check_interrupt=stop_at(6))
    assert [photo.status for photo in folder.read().photos] == ["pending"] * 3
    collect(tell(seed=6), paint(3), folder)


def test_an_interruption_keeps_what_is_finished_and_the_next_run_goes_on(story, paint, folder):
    done = []
    with pytest.raises(InterruptedAlbumError):
        collect(
            story, paint(3), folder, on_progress=lambda *progress: done.append(progress[0]),
            check_interrupt=lambda: stop_at(0)() if 1 in done else None,
        )  # fmt: skip
    assert [photo.status for photo in folder.read().photos] == ["done", "pending", "pending"]
    before = files(folder)
    collect(story, paint(3), folder)
    assert changed(before, files(folder)) == {"album.json", "photos/s2.png", "photos/s3.png"}


def test_an_album_that_is_being_written_is_refused(story, paint, folder):
    with folder.writing(), pytest.raises(AlbumBusyError, match="is being written by another run"):
        collect(story, paint(3), folder)


def stop_at(calls):
    """Interrupt at that call."""
    left = [calls]

    def check():
        if left[0] == 0:
            raise InterruptedAlbumError("stopped")
        left[0] -= 1

    return check
