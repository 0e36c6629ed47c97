import numpy as np
import pytest
from synthetic_albums.stages.encoders import calibrate
from synthetic_albums.stages.encoders.calibrate import Labelled, calibrate_copies, score_pairs
from synthetic_albums.stages.encoders.copy_changes import CHANGES
from synthetic_albums.stages.encoders.interface import EncoderFacts
from synthetic_albums.stages.errors import AlbumError


class MeanColor:
    """A toy: the mean colours of nine parts of a picture, which crops change and mirrors turn around."""

    facts = EncoderFacts("mean@1", "b" * 64, 27, "picture")
    calibration = None

    def encode(self, pictures):
        found = []
        for picture in pictures:
            rows = [part for band in np.array_split(picture, 3) for part in np.array_split(band, 3, axis=1)]
            found.append(np.concatenate([part.mean(axis=(0, 1)) for part in rows]) - 110)
        vectors = np.array(found, np.float32)
        return vectors / np.linalg.norm(vectors, axis=1, keepdims=True)

    def close(self):
        pass


def pictures(count, seed=0):
    rng = np.random.default_rng(seed)
    for _ in range(count):
        coarse = rng.integers(0, 256, (3, 3, 3), dtype=np.uint8)
        yield np.repeat(np.repeat(coarse, 16, axis=0), 16, axis=1)


def labelled(people, pictures_each, dim=8, seed=0):
    rng = np.random.default_rng(seed)
    subject = np.repeat(np.arange(people), pictures_each)
    vectors = rng.standard_normal((people, dim))[subject] + 0.3 * rng.standard_normal((len(subject), dim))
    vectors = (vectors / np.linalg.norm(vectors, axis=1, keepdims=True)).astype(np.float32)
    return Labelled(vectors, subject, np.arange(len(subject)))


def test_copies_are_calibrated_together_and_by_change():
    found = calibrate_copies(MeanColor(), pictures(80), told="toy")
    assert [one.condition for one in found] == ["copies", *(f"copies/{name}" for name in CHANGES)]
    whole = found[0]
    assert (whole.subjects, whole.genuine_pairs, whole.impostor_pairs) == (80, 80 * len(CHANGES), 80 * 79)
    assert [point.target for point in whole.points] == [0.01]  # 0.001 would need 30,000 pairs
    assert {tuple(point.threshold for point in one.points) for one in found} == {(whole.points[0].threshold,)}
    rates = {one.condition: one.points[0].false_non_match.value for one in found}
    assert rates["copies/recompress"] == 0
    assert rates["copies/crop"] > rates["copies/resize"]
    mean = np.mean([rates[f"copies/{name}"] for name in CHANGES])
    assert rates["copies"] == pytest.approx(mean)


def test_copies_follow_their_seed():
    first, again, other = (calibrate_copies(MeanColor(), pictures(80), told="toy", seed=seed) for seed in (1, 1, 2))
    assert first == again
    assert first != other


@pytest.mark.parametrize("count", [0, 1])
def test_one_picture_is_too_few(count):
    with pytest.raises(AlbumError, match=f"at least two pictures .* there are {count}"):
        calibrate_copies(MeanColor(), pictures(count), told="toy")


def test_a_few_pictures_are_too_few():
    with pytest.raises(AlbumError, match=r"needs at least 3000 pairs of different pictures .* there are 870"):
        calibrate_copies(MeanColor(), pictures(30), told="toy")


def test_all_pairs_are_scored_once():
    people = labelled(3, 2)
    pairs = score_pairs(people)
    whole = people.vectors @ people.vectors.T
    assert pairs.genuine == pytest.approx([whole[0, 1], whole[2, 3], whole[4, 5]], abs=1e-6)
    assert pairs.genuine_subject.tolist() == [0, 1, 2]
    assert len(pairs.impostor) == 12
    assert sorted(map(tuple, pairs.impostor_subjects)) == [(0, 1)] * 4 + [(0, 2)] * 4 + [(1, 2)] * 4
    assert pairs.subjects == 3


def test_what_is_of_one_picture_is_not_compared():
    people = labelled(2, 2)
    together = Labelled(people.vectors, people.subject, np.array([0, 1, 1, 2]))
    assert len(score_pairs(together).impostor) == 3
    again = score_pairs(together, together)  # found heads against known ones of the same pictures
    assert len(again.genuine) == 4
    assert not np.isclose(again.genuine, 1).any()


def test_people_who_look_alike_are_left_out():
    alike = np.zeros((3, 3), bool)
    alike[0, 2] = alike[2, 0] = True
    people = labelled(3, 2)
    assert sorted(set(map(tuple, score_pairs(people, alike=alike).impostor_subjects.tolist()))) == [(0, 1), (1, 2)]
    only = score_pairs(people, alike=~alike)
    assert sorted(set(map(tuple, only.impostor_subjects.tolist()))) == [(0, 2)]


def test_subjects_are_those_who_are_in_a_pair():
    people = labelled(4, 2)
    some = people.subject != 1
    pairs = score_pairs(Labelled(people.vectors[some], people.subject[some], people.picture[some]))
    assert pairs.subjects == 3
    assert sorted(set(pairs.genuine_subject.tolist())) == [0, 1, 2]


def test_of_too_many_pairs_a_seeded_share_is_taken(monkeypatch):
    monkeypatch.setattr(calibrate, "MOST_IMPOSTORS", 400)
    people = labelled(40, 2)
    first, again = score_pairs(people, seed=1), score_pairs(people, seed=1)
    assert 300 < len(first.impostor) < 500
    assert np.array_equal(first.impostor, again.impostor)
    assert len(first.genuine) == 40  # all of them
    rows, columns = calibrate._off_diagonal(60, 0)
    assert len(rows) == 400
    assert (rows != columns).all()
    assert (columns < 60).all()
