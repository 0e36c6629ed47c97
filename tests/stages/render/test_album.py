import io
import json
import os
import random
import signal
import subprocess
import sys
import time
import weakref
from datetime import datetime, timedelta
from pathlib import Path

import numpy as np
import pytest
from PIL import Image
from synthetic_albums.stages.album_folder import AlbumFolder
from synthetic_albums.stages.errors import AlbumBusyError, AlbumError, InterruptedAlbumError
from synthetic_albums.stages.photo_file import decode_photo, read_statement
from synthetic_albums.stages.records import (
    AlbumLayout,
    AlbumPlan,
    Cast,
    CastEntry,
    CastMember,
    Character,
    CharacterRelation,
    Environment,
    LeakageSummary,
    Outfit,
    Scene,
    SceneLayout,
    Style,
    Verdict,
)
from synthetic_albums.stages.render import (
    load_photos,
    parse_subset,
    photo_fingerprint,
    photo_job,
    placeholder,
    render_album,
)
from synthetic_albums.stages.seeds import derive_seed

WIDTH, HEIGHT = 96, 64


class SolidRenderer:
    """One colour a photo, from its seed and scene."""

    name = "solid"

    def __init__(self, **settings):
        self.settings = settings
        self.rendered = []
        self.closed = 0

    def describe(self):
        return {"shade": 1, **self.settings}

    def render_photo(self, job, *, on_step):
        for step in (1, 2):
            on_step(step, 2)
        self.rendered.append(job.scene.id)
        color = derive_seed(job.seed, job.scene.caption) % 2**24
        pixel = np.array([color >> 16, color >> 8 & 255, color & 255], np.uint8)
        return np.broadcast_to(pixel, (job.height, job.width, 3)).copy()

    def render_portrait(self, character, member, *, size, seed):
        return np.full((size, size, 3), 7, np.uint8)

    def close(self):
        self.closed += 1


class SpoiledRenderer(SolidRenderer):
    """As solid, but what `spoil` has for a scene happens instead."""

    def __init__(self, spoil):
        super().__init__()
        self.spoil = spoil

    def render_photo(self, job, *, on_step):
        pixels = super().render_photo(job, on_step=on_step)
        spoiled = self.spoil.get(job.scene.id, pixels)
        if isinstance(spoiled, BaseException):
            raise spoiled
        return spoiled


def make_plan(count=3, **changes):
    start = datetime(2026, 6, 1, 9)
    scenes = [
        Scene(
            id=f"s{n}",
            title=f"T{n}",
            caption=f"Caption {n}",
            environment="park",
            time=start + timedelta(hours=n),
            cast=[CastEntry(character="ana", outfit="day")],
        )
        for n in range(1, count + 1)
    ]
    ana = Character(id="ana", name="Ana", outfits=[Outfit(id="day"), Outfit(id="party", top="dress")])
    rex = Character(id="rex", name="Rex", kind="animal", species="dog")
    plan = AlbumPlan(
        title="Trip",
        environments=[Environment(id="park", kind="park")],
        characters=[ana, rex],
        scenes=scenes,
        seed=5,
    )
    return plan.model_copy(update=changes)


def with_scene(plan, index, **changes):
    scenes = list(plan.scenes)
    scenes[index] = scenes[index].model_copy(update=changes)
    return plan.model_copy(update={"scenes": scenes})


def make_layout(plan, width=WIDTH, height=HEIGHT):
    return AlbumLayout(
        scenes=[
            SceneLayout(scene=scene.id, width=width, height=height, horizon=0.4, ground=0.9, light=(1, 0))
            for scene in plan.scenes
        ]
    )


def make_cast(plan, portrait=None):
    return Cast(
        members=tuple(
            CastMember(
                character=character.id,
                vector=np.eye(4, dtype=np.float32)[index],
                encoder="test@1",
                source="sampled",
                appearance=f"looks of {character.name}",
                portraits=() if portrait is None else (portrait,),
            )
            for index, character in enumerate(plan.characters)
        )
    )


def render(plan, folder, renderer=None, **changes):
    renderer = renderer or SolidRenderer()
    arguments = {
        "width": WIDTH,
        "height": HEIGHT,
        "subset": "",
        "attempt": 0,
        "on_progress": lambda *_: None,
        "check_interrupt": lambda: None,
        "layout": make_layout(plan),
        "cast": make_cast(plan),
        **changes,
    }
    layout, cast = arguments.pop("layout"), arguments.pop("cast")
    return render_album(plan, layout, cast, renderer, folder, **arguments)


def rendered(plan, folder, **changes):
    renderer = changes.pop("renderer", SolidRenderer())
    render(plan, folder, renderer, **changes)
    return renderer.rendered


def photo_bytes(folder):
    return {path.name: path.read_bytes() for path in (folder.path / "photos").iterdir()}


@pytest.fixture
def folder(tmp_path):
    return AlbumFolder(tmp_path / "album")


# --- a whole run --------------------------------------------------------------------------------------------------


def test_a_run_writes_every_photo_and_its_record(folder):
    plan = make_plan(3)
    renderer = SolidRenderer()
    album = render(plan, folder, renderer)
    assert album == folder.read()
    assert renderer.rendered == ["s1", "s2", "s3"]
    assert renderer.closed == 1
    assert sorted(photo_bytes(folder)) == ["s1.png", "s2.png", "s3.png"]
    assert album.renderer == {"name": "solid", "shade": 1}
    for number, photo in enumerate(album.photos, start=1):
        assert (photo.number, photo.scene, photo.status) == (number, f"s{number}", "done")
        assert photo.seed == derive_seed(5, "photo", photo.scene, 0)
        assert (photo.width, photo.height, photo.renderer) == (WIDTH, HEIGHT, "solid")
        assert [attempt.outcome for attempt in photo.attempts] == ["done"]
        assert folder.load_photo(photo).shape == (HEIGHT, WIDTH, 3)


def test_the_same_input_gives_the_same_bytes(tmp_path):
    plan = make_plan(2)
    folders = AlbumFolder(tmp_path / "a"), AlbumFolder(tmp_path / "b")
    for folder in folders:
        render(plan, folder)
    assert photo_bytes(folders[0]) == photo_bytes(folders[1])


def test_a_photo_says_what_it_is_and_what_made_it(folder):
    photo = render(make_plan(1), folder).photos[0]
    facts = read_statement(folder.photo_bytes(photo))
    assert facts["Fingerprint"] == photo.fingerprint
    assert (facts["Scene"], facts["Seed"], facts["Attempt"], facts["Renderer"]) == ("s1", str(photo.seed), "0", "solid")
    assert "synthetic" in facts["Statement"]
    assert "trainedAlgorithmicMedia" in facts["XML:com.adobe.xmp"]


def test_drawn_photos_are_called_drawn(folder):
    renderer = SolidRenderer()
    renderer.name = "storyboard"
    photo = render(make_plan(1), folder, renderer).photos[0]
    assert "digitalsourcetype/algorithmicMedia" in read_statement(folder.photo_bytes(photo))["XML:com.adobe.xmp"]


def test_progress_counts_photos_and_steps_and_shows_a_small_picture(folder):
    calls = []
    plan = make_plan(2)
    render(plan, folder, on_progress=lambda *call: calls.append(call), width=768, height=512)
    assert [call[:3] for call in calls] == [
        (0, 2, 0.0), (0, 2, 0.5), (0, 2, 1.0), (1, 2, 0.0), (1, 2, 0.5), (1, 2, 1.0), (2, 2, 0.0),
    ]  # fmt: skip
    assert [call[3].size if call[3] else None for call in calls] == [
        None,
        None,
        None,
        (512, 341),
        None,
        None,
        (512, 341),
    ]


def test_no_more_than_the_last_photo_is_in_memory(folder):
    made = []

    class RememberingRenderer(SolidRenderer):
        def render_photo(self, job, *, on_step):
            alive.append(sum(photo() is not None for photo in made))
            pixels = super().render_photo(job, on_step=on_step)
            made.append(weakref.ref(pixels))
            return pixels

    alive = []
    render(make_plan(8), folder, RememberingRenderer(), width=768, height=512)
    assert max(alive) <= 1
    assert len(made) == 8


def test_portraits_and_the_cast_file_are_kept_in_anchors(folder):
    plan = make_plan(1)
    portrait = np.full((8, 8, 3), 33, np.uint8)
    album = render(plan, folder, cast=make_cast(plan, portrait), cast_bytes=b"identity")
    assert [(member.character, member.portraits) for member in album.cast] == [
        ("ana", ["anchors/ana.png"]),
        ("rex", ["anchors/rex.png"]),
    ]
    assert np.array_equal(decode_photo(folder.read_bytes("anchors/ana.png")), portrait)
    assert folder.read_bytes("anchors/cast.safetensors") == b"identity"


def test_another_writer_keeps_the_run_out(folder):
    with folder.writing(), pytest.raises(AlbumBusyError):
        render(make_plan(1), folder)


# --- what is made again, and what is not --------------------------------------------------------------------------


def test_a_second_run_renders_nothing_and_changes_no_byte(folder):
    plan = make_plan(4)
    before = render(plan, folder)
    files, token = photo_bytes(folder), folder.state_token()
    assert rendered(plan, folder) == []
    assert photo_bytes(folder) == files
    assert folder.state_token() == token
    assert folder.read() == before


def test_editing_one_scene_of_twelve_renders_exactly_that_one(folder):
    plan = make_plan(12)
    render(plan, folder)
    files = photo_bytes(folder)
    assert rendered(with_scene(plan, 6, weather="rain"), folder) == ["s7"]
    changed = {name for name, data in photo_bytes(folder).items() if data != files[name]}
    assert changed == {"s7.png"}


def test_inserting_a_scene_in_the_middle_renders_exactly_that_one(folder):
    plan = make_plan(6)
    render(plan, folder)
    new = plan.scenes[2].model_copy(update={"id": "new"})
    longer = plan.model_copy(update={"scenes": [*plan.scenes[:3], new, *plan.scenes[3:]]})
    assert rendered(longer, folder) == ["new"]
    photos = folder.read().photos
    assert [(p.number, p.scene, p.file) for p in photos[2:5]] == [
        (3, "s3", "photos/s3.png"),
        (4, "new", "photos/new.png"),
        (5, "s4", "photos/s4.png"),
    ]


@pytest.mark.parametrize(
    "change",
    [
        {"title": "Another", "summary": "words", "notes": ["n"]},
        {"relations": [CharacterRelation(subject="rex", kind="pet", object="ana")]},
        {"environments": [Environment(id="park", kind="park"), Environment(id="unused", kind="beach")]},
    ],
)
def test_what_a_photo_does_not_depend_on_renders_nothing(folder, change):
    plan = make_plan(3)
    render(plan, folder)
    assert rendered(plan.model_copy(update=change), folder) == []


def test_an_outfit_that_is_not_worn_renders_nothing_and_one_that_is_renders_its_scenes(folder):
    plan = with_scene(make_plan(3), 1, cast=[CastEntry(character="ana", outfit="party")])
    render(plan, folder)
    ana = plan.characters[0]
    for outfits, expected in (
        ([*ana.outfits, Outfit(id="third")], []),
        ([ana.outfits[0], ana.outfits[1].model_copy(update={"top_color": "red"})], ["s2"]),
    ):
        changed = plan.model_copy(
            update={"characters": [ana.model_copy(update={"outfits": outfits}), plan.characters[1]]}
        )
        assert rendered(changed, folder) == expected


def test_a_new_portrait_renders_only_the_scenes_that_the_character_is_in(folder):
    plan = with_scene(make_plan(3), 1, cast=[CastEntry(character="rex")])
    render(plan, folder)
    ana = make_cast(plan).members[0]
    changed = Cast(members=(ana, make_cast(plan, np.zeros((8, 8, 3), np.uint8)).members[1]))
    assert rendered(plan, folder, cast=changed) == ["s2"]


def test_every_input_of_a_photo_is_in_its_fingerprint():
    plan = make_plan(2)
    members = make_cast(plan).members[:1]

    def fingerprint(plan=plan, renderer=None, layout=None, members=members, **changes):
        job = photo_job(
            plan,
            plan.scenes[0],
            layout or make_layout(plan).scenes[0],
            members,
            **{"width": WIDTH, "height": HEIGHT, "seed": 1, "attempt": 0, **changes},
        )
        return photo_fingerprint(job, renderer or SolidRenderer())

    other_name = SolidRenderer()
    other_name.name = "other"
    ana = plan.characters[0].model_copy(update={"skin_tone": 9})
    moved = CastMember("ana", np.eye(4, dtype=np.float32)[3], "test@1", "sampled", members[0].appearance)
    worded = CastMember("ana", members[0].vector, "test@1", "sampled", "other words")
    prints = [
        fingerprint(),
        fingerprint(width=128),
        fingerprint(height=128),
        fingerprint(seed=2),
        fingerprint(attempt=1),
        fingerprint(plan=plan.model_copy(update={"seed": 6})),
        fingerprint(plan=plan.model_copy(update={"style": Style(name="film")})),
        fingerprint(plan=with_scene(plan, 0, mood="calm")),
        fingerprint(plan=plan.model_copy(update={"environments": [Environment(id="park", kind="beach")]})),
        fingerprint(plan=plan.model_copy(update={"characters": [ana, plan.characters[1]]})),
        fingerprint(layout=make_layout(plan).scenes[0].model_copy(update={"horizon": 0.41})),
        fingerprint(members=(moved,)),
        fingerprint(members=(worded,)),
        fingerprint(renderer=SolidRenderer(shade=2)),
        fingerprint(renderer=other_name),
    ]
    assert len(set(prints)) == len(prints)
    assert fingerprint() == prints[0]
    assert fingerprint(plan=with_scene(plan, 1, mood="calm")) == prints[0]


def test_a_missing_file_is_made_again(folder):
    plan = make_plan(3)
    render(plan, folder)
    files = photo_bytes(folder)
    (folder.path / "photos/s2.png").unlink()
    assert rendered(plan, folder) == ["s2"]
    assert photo_bytes(folder) == files


def test_a_changed_file_is_moved_aside_and_made_again(folder):
    plan = make_plan(2)
    render(plan, folder)
    path = folder.path / "photos/s2.png"
    original = path.read_bytes()
    path.write_bytes(original + b"edited by hand")
    assert rendered(plan, folder) == ["s2"]
    assert path.read_bytes() == original
    kept = list(folder.path.with_name("album.removed").iterdir())
    assert [file.read_bytes() for file in kept] == [original + b"edited by hand"]


def test_a_picture_of_the_users_own_is_moved_aside_and_never_overwritten(folder):
    (folder.path / "photos").mkdir(parents=True)
    buffer = io.BytesIO()
    Image.new("RGB", (4, 4)).save(buffer, "PNG")
    for name, data in (("s1", buffer.getvalue()), ("s2", b"not even a picture")):
        (folder.path / f"photos/{name}.png").write_bytes(data)
    render(make_plan(2), folder)
    kept = {path.read_bytes() for path in folder.path.with_name("album.removed").iterdir()}
    assert kept == {buffer.getvalue(), b"not even a picture"}


def test_a_scene_that_leaves_keeps_its_file_beside_the_album_and_takes_it_back(folder):
    plan = make_plan(3)
    render(plan, folder)
    files = photo_bytes(folder)
    shorter = plan.model_copy(update={"scenes": [plan.scenes[0], plan.scenes[2]]})
    assert rendered(shorter, folder) == []
    assert sorted(photo_bytes(folder)) == ["s1.png", "s3.png"]
    assert [photo.scene for photo in folder.read().photos] == ["s1", "s3"]
    assert [path.read_bytes() for path in folder.path.with_name("album.removed").iterdir()] == [files["s2.png"]]
    assert rendered(plan, folder) == []
    assert photo_bytes(folder) == files


# --- subset and attempt -------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "numbers"),
    [
        ("", [1, 2, 3, 4, 5]),
        ("  ", [1, 2, 3, 4, 5]),
        (" All", [1, 2, 3, 4, 5]),
        ("3", [3]),
        ("2, 4-5", [2, 4, 5]),
        ("5,1–2,2", [1, 2, 5]),
    ],
)
def test_a_subset_is_read(text, numbers):
    assert parse_subset(text, 5) == numbers


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("x", "'x' is not a photo number"),
        ("1,,2", "'' is not a photo number"),
        ("1-2-3", "'1-2-3' is not"),
        ("-1", "'-1' is not a photo number"),
        ("٣", "is not a photo number"),
        ("9" * 5000, "is not a photo number"),
        ("5-3", "'5-3' runs backwards. Write '3-5'"),
        ("0", "'0' is not there. The album has photos 1 to 5"),
        ("4-6", "'4-6' is not there. The album has photos 1 to 5"),
    ],
)
def test_a_bad_part_of_a_subset_is_named(text, message):
    with pytest.raises(AlbumError, match=message):
        parse_subset(text, 5)


def test_a_subset_makes_only_those_photos_and_leaves_the_others_pending(folder):
    plan = make_plan(4)
    assert rendered(plan, folder, subset="2,4") == ["s2", "s4"]
    assert [photo.status for photo in folder.read().photos] == ["pending", "done", "pending", "done"]
    assert rendered(plan, folder) == ["s1", "s3"]


def test_photos_outside_the_subset_stay_as_they_are_when_settings_change(folder):
    plan = make_plan(3)
    before = render(plan, folder)
    album = render(plan, folder, SolidRenderer(shade=9), subset="2")
    assert [album.photos[i] == before.photos[i] for i in range(3)] == [True, False, True]
    assert rendered(plan, folder, renderer=SolidRenderer(shade=9)) == ["s1", "s3"]


def test_redoing_one_photo_gives_another_picture_and_a_full_run_keeps_it(folder):
    plan = make_plan(3)
    render(plan, folder)
    first = photo_bytes(folder)
    assert rendered(plan, folder, subset="2", attempt=1) == ["s2"]
    second = photo_bytes(folder)
    assert {name for name in second if second[name] != first[name]} == {"s2.png"}
    assert [attempt.attempt for attempt in folder.read().photos[1].attempts] == [0, 1]
    assert rendered(plan, folder) == []
    assert rendered(plan, folder, subset="2", attempt=0) == ["s2"]
    assert photo_bytes(folder) == first


def test_the_history_of_a_photo_is_bounded_and_keeps_the_latest(folder):
    plan = make_plan(1)
    album = render(plan, folder)
    photo = album.photos[0]
    long_history = photo.model_copy(update={"attempts": photo.attempts * 64})
    folder.update(album.model_copy(update={"photos": [long_history]}))
    attempts = render(plan, folder, attempt=3).photos[0].attempts
    assert len(attempts) == 64
    assert attempts[-1].attempt == 3


def test_the_day_that_the_album_was_made_stays(folder):
    plan = make_plan(2)
    album = render(plan, folder)
    long_ago = album.created - timedelta(days=400)
    folder.update(album.model_copy(update={"created": long_ago}))
    assert render(with_scene(plan, 0, mood="calm"), folder).created == long_ago


# --- withheld and checked photos ----------------------------------------------------------------------------------


def test_a_withheld_photo_stays_withheld_until_its_scene_changes(folder):
    plan = make_plan(3)
    album = render(plan, folder)
    with folder.writing() as writer:
        withheld = writer.withhold(album.photos[1])
        writer.save(album.model_copy(update={"photos": [album.photos[0], withheld, album.photos[2]]}))
    assert rendered(plan, folder) == []
    assert folder.read().photos[1].status == "withheld"
    assert not (folder.path / "photos/s2.png").exists()
    assert rendered(with_scene(plan, 1, mood="calm"), folder) == ["s2"]
    assert folder.read().photos[1].verdict is None


def test_a_photo_in_the_quarantine_stays_withheld_also_when_its_record_is_lost(folder):
    plan = make_plan(3)
    album = render(plan, folder)
    with folder.writing() as writer:
        writer.withhold(album.photos[1])  # a kill came before the record was saved
    assert rendered(plan, folder) == []
    record = folder.read().photos[1]
    assert (record.status, record.verdict.status) == ("withheld", "leak")
    for file in folder.path.with_name("album.withheld").iterdir():
        file.unlink()  # the owner lets it be made and checked again
    (folder.path / "album.json").unlink()
    assert rendered(plan, folder) == ["s2"]


def test_a_photo_withheld_at_a_later_attempt_stays_withheld_in_a_full_run(folder):
    plan = make_plan(2)
    album = render(plan, folder, subset="2", attempt=1)
    with folder.writing() as writer:
        writer.save(album.model_copy(update={"photos": [album.photos[0], writer.withhold(album.photos[1])]}))
    assert rendered(plan, folder) == ["s1"]
    assert folder.read().photos[1].status == "withheld"


def test_a_verdict_holds_as_long_as_its_photo_and_the_summary_as_long_as_all(folder):
    plan = make_plan(2)
    album = render(plan, folder)
    verdict = Verdict(status="clean")
    checked = album.model_copy(
        update={
            "photos": [photo.model_copy(update={"verdict": verdict}) for photo in album.photos],
            "leakage": LeakageSummary(status="clean"),
        }
    )
    folder.update(checked)
    assert render(plan, folder) == checked
    again = render(with_scene(plan, 0, mood="calm"), folder)
    assert [photo.verdict for photo in again.photos] == [None, verdict]
    assert again.leakage is None


# --- what goes wrong ----------------------------------------------------------------------------------------------


def test_where_a_checkpoint_lies_is_not_written_into_the_album(folder, caplog):
    where = "/home/jane/Private Models/x.safetensors"
    renderer = SpoiledRenderer({"s1": AlbumError(f"There is no checkpoint {where}: choose another.")})
    with pytest.raises(AlbumError, match="There is no checkpoint"):
        render(make_plan(1), folder, renderer)
    assert "jane" not in (folder.path / "album.json").read_text()
    assert where in caplog.text  # who runs it is told


def test_photos_that_fail_are_named_and_the_others_are_made(folder):
    plan = make_plan(6)
    renderer = SpoiledRenderer(
        {
            "s2": AlbumError("no such brush"),
            "s3": MemoryError(),
            "s4": np.zeros((HEIGHT, WIDTH, 3)),
            "s5": np.zeros((WIDTH, HEIGHT, 3), np.uint8),
        }
    )
    with pytest.raises(AlbumError) as caught:
        render(plan, folder, renderer)
    message = str(caught.value)
    assert "4 of 6 photos" in message
    assert "photo 2 (scene 's2'): no such brush" in message
    assert "photo 3 (scene 's3'): not enough memory" in message
    assert "photo 4 (scene 's4'): the renderer 'solid' gave float64" in message
    assert "photo 5 (scene 's5'): the renderer 'solid' gave uint8 (96, 64, 3)" in message
    photos = folder.read().photos
    assert [photo.status for photo in photos] == ["done", "failed", "failed", "failed", "failed", "done"]
    assert photos[1].attempts[0].reason == "no such brush"
    assert renderer.closed == 1
    assert rendered(plan, folder) == ["s2", "s3", "s4", "s5"]


@pytest.mark.parametrize(
    "stop", [InterruptedAlbumError("stop"), KeyboardInterrupt(), RuntimeError("host"), MemoryError()]
)
@pytest.mark.parametrize("at_call", [4, 9, 10])
def test_an_interrupt_goes_through_and_keeps_what_is_finished(folder, stop, at_call):
    plan = make_plan(3)  # 3 calls while looking, then for each photo one before it and two steps
    calls = 0

    def check():
        nonlocal calls
        calls += 1
        if calls == at_call:
            raise stop

    renderer = SolidRenderer()
    with pytest.raises(type(stop)):
        render(plan, folder, renderer, check_interrupt=check)
    assert renderer.closed == 1
    finished = [photo.scene for photo in folder.read().photos if photo.status == "done"]
    assert finished == {4: [], 9: ["s1"], 10: ["s1", "s2"]}[at_call]
    assert rendered(plan, folder) == [s for s in ("s1", "s2", "s3") if s not in finished]


def test_a_reason_of_any_length_is_kept_in_short(folder):
    with pytest.raises(AlbumError, match="1 of 1 photos could not be made"):
        render(make_plan(1), folder, SpoiledRenderer({"s1": AlbumError("long " * 1000)}))
    assert folder.read().photos[0].attempts[0].reason == ("long " * 1000)[:600]


def test_a_full_disk_stops_the_run_and_the_next_one_goes_on(folder, monkeypatch):
    plan = make_plan(4)
    replace = os.replace

    def full_at_s3(source, target):
        if Path(target).name == "s3.png":
            raise OSError(28, "No space left on device")
        replace(source, target)

    with monkeypatch.context() as patch:
        patch.setattr(os, "replace", full_at_s3)
        with pytest.raises(AlbumError, match=r"s3\.png: the disk is full"):
            render(plan, folder)
    assert [photo.status for photo in folder.read().photos] == ["done", "done", "pending", "pending"]
    assert rendered(plan, folder) == ["s3", "s4"]


def test_a_layout_of_another_plan_is_refused(folder):
    with pytest.raises(AlbumError, match=r"another plan: it lacks scenes s3"):
        render(make_plan(3), folder, layout=make_layout(make_plan(2)))
    with pytest.raises(AlbumError, match=r"another plan: it has extra scenes s3"):
        render(make_plan(2), folder, layout=make_layout(make_plan(3)))


def test_a_layout_of_another_shape_is_refused(folder):
    plan = make_plan(1)
    with pytest.raises(AlbumError, match="Scene 's1' was laid out for 64 x 64"):
        render(plan, folder, layout=make_layout(plan, 64, 64))
    render(plan, folder, layout=make_layout(plan, WIDTH * 8, HEIGHT * 8))


def test_a_cast_without_a_character_is_refused(folder):
    plan = make_plan(1)
    with pytest.raises(AlbumError, match="nobody called 'ana'"):
        render(plan, folder, cast=Cast(members=()))
    assert not folder.path.exists()


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"width": 32}, "32 x 64 pixels"),
        ({"height": 32}, "96 x 32 pixels"),
        ({"width": 20000, "height": 20000}, "20000 x 20000 pixels"),
        ({"attempt": -1}, "attempt is -1"),
        ({"subset": "9"}, "photos 1 to 2"),
    ],
)
def test_a_request_that_cannot_be_is_refused_before_anything_is_written(folder, change, message):
    with pytest.raises(AlbumError, match=message):
        render(make_plan(2), folder, **change)
    assert not folder.path.exists()


# --- crashes ------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("damage", [None, b"", b'{"version": 1, "ti'])
def test_an_album_json_that_is_lost_or_garbled_costs_no_photo(folder, damage):
    plan = make_plan(4)
    before = render(plan, folder)
    render(plan, folder, subset="3", attempt=2)
    files = photo_bytes(folder)
    path = folder.path / "album.json"
    path.unlink() if damage is None else path.write_bytes(damage)
    assert rendered(plan, folder) == []
    after = folder.read()
    assert photo_bytes(folder) == files
    assert [photo.status for photo in after.photos] == ["done"] * 4
    for old, new in zip(before.photos, after.photos, strict=True):
        same = ("fingerprint", "sha256", "seed", "attempt", "width", "height", "renderer", "file")
        assert (new.scene == "s3") != all(getattr(old, name) == getattr(new, name) for name in same)
    assert after.photos[2].attempt == 2
    assert after.photos[2].seed == derive_seed(5, "photo", "s3", 2)


def test_a_photo_file_that_is_cut_short_is_not_taken_over(folder):
    plan = make_plan(2)
    render(plan, folder)
    (folder.path / "album.json").unlink()
    path = folder.path / "photos/s1.png"
    whole = path.read_bytes()
    path.write_bytes(whole[:-30])
    assert rendered(plan, folder) == ["s1"]
    assert path.read_bytes() == whole


def test_a_photo_file_of_older_content_is_not_taken_over(folder):
    plan = make_plan(2)
    render(plan, folder)
    (folder.path / "album.json").unlink()
    assert rendered(with_scene(plan, 0, mood="calm"), folder) == ["s1"]


def test_a_killed_run_loses_at_most_the_photo_being_made(tmp_path):
    rng = random.Random(3)  # noqa: S311
    whole = AlbumFolder(tmp_path / "whole")
    plan = make_plan(12)
    render(plan, whole)
    for trial in range(4):
        folder = AlbumFolder(tmp_path / f"album{trial}")
        with subprocess.Popen([sys.executable, __file__, str(folder.path)], stdout=subprocess.PIPE, text=True) as run:
            begun = [run.stdout.readline() for _ in range(1 + rng.randrange(12))]
            time.sleep(rng.random() * 0.02)
            run.send_signal(signal.SIGKILL)
            begun += run.stdout.readlines()
        assert begun[0] == "s1\n"
        left = rendered(plan, folder)
        # All photos before the last one that was begun were finished, and are not made again.
        assert len(left) <= 12 - (len(begun) - 1)
        assert photo_bytes(folder) == photo_bytes(whole)
        json.loads((folder.path / "album.json").read_text())
        assert [photo.status for photo in folder.read().photos] == ["done"] * 12
        assert not list(folder.path.rglob(".*"))


# --- showing ------------------------------------------------------------------------------------------------------


def test_photos_that_cannot_be_shown_become_cards_of_the_same_size(folder):
    plan = make_plan(4)
    album = render(plan, folder)
    with folder.writing() as writer:
        withheld = writer.withhold(album.photos[1])
    (folder.path / "photos/s3.png").write_bytes(b"changed")
    album = album.model_copy(update={"photos": [album.photos[0], withheld, *album.photos[2:]]})
    shown = list(load_photos(folder, album, size=(WIDTH, HEIGHT)))
    assert {photo.shape for photo in shown} == {(HEIGHT, WIDTH, 3)}
    assert {photo.dtype for photo in shown} == {np.dtype(np.uint8)}
    assert np.array_equal(shown[0], folder.load_photo(album.photos[0]))
    for card in shown[1:3]:
        assert (card[0, 0] == card[-1, -1]).all()
        assert (card[..., 0] == card[..., 1]).all()
        assert len(np.unique(card)) > 2  # words are on it
    reason = "withheld: too close to a private picture"
    assert np.array_equal(shown[1], placeholder(2, reason, size=(WIDTH, HEIGHT)))
    assert not np.array_equal(shown[1], shown[2])


def test_a_photo_of_another_size_is_fitted_in(folder):
    plan = make_plan(1)
    album = render(plan, folder)
    (shown,) = load_photos(folder, album, size=(100, 100))
    assert shown.shape == (100, 100, 3)
    assert np.array_equal(shown[50, 50], folder.load_photo(album.photos[0])[5, 5])


class SlowSolidRenderer(SolidRenderer):
    def render_photo(self, job, *, on_step):
        sys.stdout.write(f"{job.scene.id}\n")
        sys.stdout.flush()
        time.sleep(0.01)
        return super().render_photo(job, on_step=on_step)


if __name__ == "__main__":  # the run that is killed
    render(make_plan(12), AlbumFolder(sys.argv[1]), SlowSolidRenderer())
