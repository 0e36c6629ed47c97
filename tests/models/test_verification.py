import numpy as np
import pytest
from synthetic_albums.models.train.heads import Heads
from synthetic_albums.models.train.verification import head_pairs, verification_figures

# Four people: 0 and 1 are twins. Two heads of scenes each, one portrait each; person 3 is seen once only.
IDENTITY = np.array([0, 0, 1, 1, 2, 2, 3, 0, 1, 2, 3])
PORTRAIT = np.arange(11) >= 7
HEADS = Heads(
    pictures=np.zeros((11, 1, 1, 3), np.uint8), identity=IDENTITY, codes=np.zeros((4, 3), np.uint8), people=[],
    portrait=PORTRAIT, pixels=np.full(11, 30.0, np.float32), top=np.zeros(11, np.uint8), twins=[(0, 1, "build")],
)  # fmt: skip


def vectors(twin_cosine):
    basis = np.eye(4, dtype=np.float32)
    basis[1] = twin_cosine * basis[0] + np.sqrt(1 - twin_cosine**2) * basis[1]
    return basis[IDENTITY]


def test_pairs_of_scenes_are_counted_once_and_twins_apart():
    pairs = head_pairs(HEADS, vectors(0.6))
    assert len(pairs.genuine) == 3
    assert pairs.genuine == pytest.approx(np.ones(3))
    assert len(pairs.impostor) == 8  # 2 x 2 of persons 0, 2 and 1, 2
    assert pairs.twin == pytest.approx(np.full(4, 0.6), abs=1e-6)
    assert set(pairs.attribute) == {"build"}


def test_pairs_with_portraits():
    pairs = head_pairs(HEADS, vectors(0.6), portraits=True)
    assert (len(pairs.genuine), len(pairs.impostor), len(pairs.twin)) == (6, 8, 4)


def test_people_who_are_seen_once_are_left_out_and_the_number_is_kept():
    assert len(head_pairs(HEADS, vectors(0.6), people=2).impostor) == 0
    assert verification_figures(HEADS, vectors(0.6))["people"] == 3


def test_figures_of_a_perfect_encoder_and_of_one_that_sees_no_build():
    perfect = verification_figures(HEADS, vectors(0.6))
    assert (perfect["encoder_eer"], perfect["twin_eer"], perfect["twin_accepted/build"]) == (0, 0, 0)
    blind = verification_figures(HEADS, vectors(1.0))
    assert blind["encoder_eer"] == 0
    assert blind["twin_eer"] == pytest.approx(0.5)
    assert blind["twin_accepted/build"] == 1
