import numpy as np
from synthetic_albums.models.train.dataset import read_shard
from synthetic_albums.models.train.heads import STORED, TOP_COLORS, gather_heads
from synthetic_albums.models.train.looks import look_codes
from synthetic_albums.models.train.people import identity_key
from synthetic_albums.models.train.seen import seen_people


def test_every_visible_face_and_every_portrait_is_a_head(people_world):
    heads, shard = gather_heads(people_world, "train"), read_shard(people_world, "train", 0)
    people = [character for character in shard.albums[0].characters if character.kind == "person"]
    faces = [
        (job, seen)
        for job, maps in zip(shard.jobs(), shard.maps, strict=True)
        for seen in seen_people(job, maps[0])
        if seen.face
    ]
    assert heads.pictures.shape == (len(faces) + 2 * len(people), STORED, STORED, 3)
    assert heads.portrait.sum() == 2 * len(people)
    assert [identity_key(person) for person in heads.people] == list(
        dict.fromkeys(identity_key(job.characters[seen.member]) for job, seen in faces)
    )
    for row, (job, seen) in enumerate(faces):
        person = job.characters[seen.member]
        assert identity_key(heads.people[heads.identity[row]]) == identity_key(person)
        assert (heads.codes[heads.identity[row]] == look_codes(person)).all()
        assert TOP_COLORS[heads.top[row]] == job.outfits[seen.member].top_color
        assert heads.pixels[row] >= 9


def test_twins_of_an_album_are_found_with_their_attribute(people_world):
    heads = gather_heads(people_world, "train")
    assert [name for *_, name in heads.twins] == ["face.facial_hair"]
    first, second, _ = heads.twins[0]
    assert (heads.codes[first] != heads.codes[second]).sum() == 1


def test_the_rows_of_identities_cover_all_heads_once(people_world):
    heads = gather_heads(people_world, "train")
    rows = heads.of_identity()
    assert sorted(np.concatenate(rows)) == list(range(len(heads.identity)))
    for number, own in enumerate(rows):
        assert (heads.identity[own] == number).all()
    scenes = heads.of_identity(portraits=False)
    assert sorted(np.concatenate(scenes)) == list(np.flatnonzero(~heads.portrait))


def test_splits_share_no_identity(people_world):
    keys = [{identity_key(p) for p in gather_heads(people_world, split).people} for split in ("train", "held_out")]
    assert keys[0]
    assert keys[1]
    assert not keys[0] & keys[1]
