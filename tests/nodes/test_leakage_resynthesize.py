import json

import pytest
from PIL import Image
from synthetic_albums.nodes.leakage_gallery import AlbumGallery
from synthetic_albums.nodes.leakage_resynthesize import CHECK_INPUTS, AlbumResynthesize, _check_options
from synthetic_albums.stages.errors import AlbumError
from synthetic_albums.stages.leakage import CheckOptions
from synthetic_albums.stages.verdicts import Finding, LeakageSummary, Verdict


@pytest.fixture
def gallery_of(host):
    """A gallery of these pictures."""
    folder = host.input_directory() / "private"
    folder.mkdir()

    def build(*pictures):
        for number, pixels in enumerate(pictures):
            Image.fromarray(pixels).save(folder / f"private-{number}.png")
        from synthetic_albums.stages.leakage import build_gallery

        return build_gallery(folder)

    return build


@pytest.fixture
def heal(plan, layout, cast, renderer):
    """Run AlbumResynthesize with some inputs changed."""

    def run(album, gallery, **changes):
        inputs = {"plan": plan, "layout": layout, "cast": cast, "renderer": renderer, "gallery": gallery}
        inputs |= {"max_tries": 2, "lower_weight": True, "allow_new_identity": True, "remake_unchecked": False}
        return AlbumResynthesize().remake(album, **inputs | {"max_photos": 50} | changes)

    return run


def test_a_copy_is_made_again_and_the_album_is_clean(render, heal, gallery_of, renderer):
    album, _, _ = render()
    before = album.load_photo(album.read().photos[1])
    album_out, plan, cast, log, withheld = heal(album, gallery_of(before))
    record = album.read()
    assert album_out is album
    assert withheld == 0
    assert record.leakage.status == "clean"
    assert record.photos[1].attempt == 1
    assert (album.load_photo(record.photos[1]) != before).any()
    assert [decision.action for decision in record.leakage.decisions] == ["new_seed", "released"]
    assert log.startswith("CLEAN")
    assert "photo 2 (s2): new_seed, attempt 1" in log
    assert plan.seed == record.plan.seed
    assert renderer.closed >= 2
    assert {member.character for member in cast.members} == {"ana", "leo"}

    healed, made = record.photos[1].sha256, len(renderer.photos)
    render()  # the same graph again keeps what was healed
    assert len(renderer.photos) == made
    assert album.read().photos[1].sha256 == healed


def test_nothing_allowed_withholds_at_once(render, heal, gallery_of, renderer):
    album, _, _ = render()
    made = len(renderer.photos)
    gallery = gallery_of(album.load_photo(album.read().photos[1]))
    *_, log, withheld = heal(album, gallery, max_tries=0, lower_weight=False, allow_new_identity=False)
    assert withheld == 1
    assert "withheld" in log
    assert len(renderer.photos) == made


def test_without_a_gallery_nothing_is_made_again(render, heal, renderer):
    album, _, _ = render()
    made = len(renderer.photos)
    *_, log, withheld = heal(album, AlbumGallery().read("")[0], remake_unchecked=True)
    assert (withheld, len(renderer.photos)) == (0, made)
    assert log.startswith("UNCHECKED")


def test_the_limit_of_photos_is_heeded(render, heal, gallery_of, renderer):
    album, _, _ = render()
    made = len(renderer.photos)
    photos = [album.load_photo(photo) for photo in album.read().photos]
    heal(album, gallery_of(*photos), max_photos=1)
    assert len(renderer.photos) == made + 1


def test_an_interrupted_run_goes_on(render, heal, gallery_of, renderer, host, monkeypatch):
    album, _, _ = render()
    gallery = gallery_of(album.load_photo(album.read().photos[1]))
    calls = []

    def stop():
        calls.append(1)
        if len(calls) == 8:
            raise KeyboardInterrupt

    with monkeypatch.context() as patched:
        patched.setattr(host, "raise_if_interrupted", stop)
        with pytest.raises(KeyboardInterrupt):
            heal(album, gallery)
    assert json.loads((album.path / "reports/resynthesis.json").read_text())["finished"] is False
    heal(album, gallery)
    assert album.read().leakage.status == "clean"


def test_choices_of_the_check_that_were_not_made_keep_its_defaults(host):
    assert vars(_check_options(dict.fromkeys(CHECK_INPUTS))) == vars(CheckOptions())
    assert _check_options({"threshold_bits": 3, "private_texts": ""}).threshold_bits == 3


def test_private_texts_are_found_in_the_input_folder(host):
    (host.input_directory() / "texts.txt").write_text("the quick brown fox jumps over the lazy dog of my neighbour\n")
    assert _check_options({"private_texts": "texts.txt"}).private_texts is not None
    with pytest.raises(AlbumError):
        _check_options({"private_texts": "nowhere.txt"})


def test_a_recognised_character_gets_a_new_look_in_all_photos(render, heal, plan, cast, monkeypatch):
    from synthetic_albums.stages import leakage

    def check(folder, gallery, **_):
        """Recognises Ana as she was planned."""
        with folder.writing() as writer:
            album = writer.album
            known = album.plan.character("ana") == plan.character("ana")
            found = Finding(kind="identity", check="faces", status="leak" if known else "clean", subject="ana")
            photos = []
            for photo in album.photos:
                shown = "ana" in {entry.character for entry in album.plan.scene(photo.scene).cast}
                verdict = Verdict(status=found.status if shown else "clean", findings=[found] if shown else [])
                leaked = photo.status == "done" and verdict.status == "leak"
                photo = writer.withhold(photo) if leaked else photo
                photos.append(photo.model_copy(update={"verdict": verdict}))
            summary = LeakageSummary(status=found.status, references=1, findings=[found])
            writer.save(album.model_copy(update={"photos": photos, "leakage": summary}))
            return writer.album

    album, _, _ = render()
    monkeypatch.setattr(leakage, "check_album", check)
    _, new_plan, new_cast, log, withheld = heal(album, None)
    record = album.read()
    assert withheld == 0
    assert record.leakage.status == "clean"
    assert record.plan == new_plan
    assert new_plan.character("ana") != plan.character("ana")
    assert new_plan.character("leo") == plan.character("leo")
    assert (new_cast.member("ana").vector != cast.member("ana").vector).any()
    changed = [scene.id for scene in plan.scenes if "ana" in {entry.character for entry in scene.cast}]
    assert [d.scene for d in record.leakage.decisions if d.action == "new_identity"] == changed
    assert "new_identity (ana)" in log
