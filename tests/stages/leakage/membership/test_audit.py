"""The whole audit: what is found, what is said of it, and what is refused."""

import json

import numpy as np
import pytest
from PIL import Image
from synthetic_albums.stages.errors import AlbumError
from synthetic_albums.stages.leakage.membership import (
    Candidates,
    MembershipReport,
    audit_album,
    audit_membership,
    read_candidates,
    report_text,
    roc_picture,
)
from synthetic_albums.stages.leakage.membership.blind import blind_scores
from synthetic_albums.stages.leakage.membership.distances import image_scores
from synthetic_albums.stages.leakage.membership.picture import HEIGHT, WIDTH
from synthetic_albums.stages.leakage.membership.roc import auc_interval
from synthetic_albums.stages.record_base import parse_record

NOTHING = Candidates()


@pytest.fixture
def album(tmp_path, write_album):
    return lambda pictures: write_album(tmp_path / "album", pictures)


def both(sides):
    return read_candidates(sides[0], "members"), read_candidates(sides[1], "non-members")


def test_a_model_that_remembers_is_found_out_and_the_report_says_so(sides, toy):
    model = toy(sides[2], 0.5)
    report = audit_membership(*both(sides), NOTHING, model=model)
    assert report.finding == "leak_shown"
    assert {attack.name for attack in report.attacks if not attack.detail} == {"loss", "pia", "sima"}
    assert report.attack("loss").auc.value > 0.95
    assert report.attack(report.strongest).auc.value == max(a.auc.value for a in report.attacks if not a.detail)
    assert report.model.sha256 == "0" * 64
    assert report.encoder is None
    assert any("No encoder was given" in note for note in report.notes)
    assert any("nothing is known but their pixels" in note for note in report.notes)
    assert model.closed == 1
    assert all(condition is None for _, _, conditions in model.asked for condition in conditions)


def test_a_model_that_remembers_nothing_is_not_called_safe(sides, toy):
    report = audit_membership(*both(sides), NOTHING, model=toy(sides[2], 0.0))
    assert report.finding == "no_leak_shown"
    assert "that does not show that nothing leaks" in report.reason
    for attack in report.attacks:
        assert attack.auc.low <= 0.5 + 0.1
    assert any("no proof of privacy" in limit for limit in report.limits)


def test_released_copies_are_found_by_distance_alone(sides, album, encoder, pictures):
    rng = np.random.default_rng(0)
    copies = np.clip(sides[2][:90].astype(int) + rng.integers(-9, 10, (90, 6, 6, 3)), 0, 255).astype(np.uint8)
    folder = album(list(copies))
    report = audit_album(folder, sides[0], sides[1], encoder=encoder())
    assert {attack.name for attack in report.attacks} == {"nearest", "nearest, relative"}
    assert all(attack.auc.low > 0.7 for attack in report.attacks)
    assert all(attack.access == "images" and attack.model_calls == 0 for attack in report.attacks)
    assert any("weak lower bound" in limit for limit in report.limits)
    assert any("the attacks that find most" in note for note in report.notes)
    assert (report.released, report.released_that_are_members) == (90, 0)


def test_released_photos_that_are_members_are_counted(sides, album, encoder):
    report = audit_album(album(list(sides[2][:3])), sides[0], sides[1], encoder=encoder())
    assert report.released_that_are_members == 3
    assert "3 of the released photos are members, equal in every pixel." in report.notes


def test_a_released_photo_that_cannot_be_read_is_said(sides, album, encoder, pictures):
    folder = album(list(pictures(9, 5)))
    (folder.path / "photos" / "s2.png").write_bytes(b"no picture")
    report = audit_album(folder, sides[0], sides[1], encoder=encoder())
    assert report.released == 4
    assert any(note.startswith("1 finished photos of the album are gone or were changed") for note in report.notes)


def test_the_report_lies_in_the_album_and_names_no_private_file(sides, album, toy, encoder, pictures):
    folder = album(list(pictures(9, 5)))
    report = audit_album(folder, sides[0], sides[1], model=toy(sides[2], 0.3), encoder=encoder(), seed=4)
    written = (folder.path / "reports" / "membership.json").read_text(encoding="utf-8")
    assert parse_record(MembershipReport, json.loads(written), what="membership report") == report
    assert "private name" not in written
    assert str(folder.path.parent) not in written
    with Image.open(folder.path / "reports" / "membership.png") as image:
        assert image.size == (WIDTH, HEIGHT)


def test_a_model_that_was_changed_since_it_made_the_album_is_refused_before_anything_is_read(album, toy, pictures):
    class Changed(toy):
        def require_maker(self, album):
            raise AlbumError(f"'{album.plan.title}' was rendered with other weights.")

    model, folder = Changed(pictures(1, 1), 0.3), album(list(pictures(9, 1)))
    with pytest.raises(AlbumError, match="'Walk' was rendered with other weights"):
        audit_album(folder, folder.path / "nowhere", folder.path / "nowhere", model=model)
    assert (model.asked, model.closed) == ([], 1)


def test_the_same_inputs_give_the_same_report(sides, album, toy, encoder, pictures):
    folder = album(list(pictures(9, 5)))
    texts = []
    for _ in range(2):
        audit_album(folder, sides[0], sides[1], model=toy(sides[2], 0.3), encoder=encoder(), seed=4)
        texts.append((folder.path / "reports" / "membership.json").read_bytes())
    assert texts[0] == texts[1]


def test_the_rate_at_a_per_mille_is_only_given_with_enough_non_members(sides, toy):
    members, others = both(sides)
    report = audit_membership(members, others, NOTHING, model=toy(sides[2], 0.3))
    assert [rate.target_fpr for rate in report.attacks[0].rates] == [0.01]
    assert any("The rate at 0.1 % FPR is not given: with 120 non-members" in limit for limit in report.limits)


def test_with_enough_non_members_the_rate_at_a_per_mille_is_given():
    from synthetic_albums.stages.leakage.membership.roc import Interval
    from synthetic_albums.stages.leakage.membership.summary import Facts, Run, summarise

    rng = np.random.default_rng(0)
    one = Candidates({"a": None})
    many = Candidates(dict.fromkeys(map(str, range(3000))))
    run = Run("loss", "model", "-", 8, False, rng.normal(1, 1, 200), rng.normal(0, 1, 3000))
    facts = Facts(_Sized(one), _Sized(many), _Sized(NOTHING), None, None, 0, Interval(0.5, 0.4, 0.6))
    report = summarise([run], facts)
    assert [rate.target_fpr for rate in report.attacks[0].rates] == [0.01, 0.001]
    assert not any("0.1 %" in limit for limit in report.limits)
    assert len(report.attacks[0].roc) <= 256


class _Sized:
    """Candidates of which only the number matters."""

    skipped, repeated, with_conditions = (), 0, 0

    def __init__(self, candidates):
        self.sources, self.count = candidates.sources, max(1, candidates.count)


def test_sets_that_differ_in_themselves_are_noticed(sides, toy, tmp_path, save):
    """Non-members that are darker: every attack would see that, and none of it is membership."""
    dark = save(tmp_path / "dark", (sides[3] * 0.6).astype(np.uint8))
    report = audit_membership(
        read_candidates(sides[0], "members"), read_candidates(dark, "non-members"), NOTHING, model=toy(sides[2], 0.0)
    )
    assert report.blind.low > 0.9
    assert any("they differ in themselves" in note for note in report.notes)
    same = audit_membership(*both(sides), NOTHING, model=toy(sides[2], 0.0))
    assert same.blind.low < 0.5 < same.blind.high
    assert not any("they differ in themselves" in note for note in same.notes)


def test_blind_scores_never_learn_from_the_same_album():
    """Every album has a look of its own; with albums split over the folds that would look like a difference."""
    rng = np.random.default_rng(2)
    looks = rng.normal(0, 3, (40, 20)).repeat(8, axis=0)
    features = looks + rng.normal(0, 0.3, looks.shape)
    is_member = np.arange(320) < 160
    albums = [f"album {number // 8}" for number in range(320)]
    honest = blind_scores(features, is_member, albums, 0)
    split = blind_scores(features, is_member, [str(number) for number in range(320)], 0)
    assert auc_interval(honest[is_member], honest[~is_member]).value < 0.6
    assert auc_interval(split[is_member], split[~is_member]).value > 0.75


def test_distances_are_exact_and_relative_to_the_surroundings():
    candidates = np.eye(4, dtype=np.float32)
    released = np.array([[0.6, 0.8, 0, 0], [0, 0, 1, 0]], np.float32)
    scores = image_scores(candidates, released)
    wanted = -np.sqrt([2 - 1.2, 2 - 1.6, 0.0, 2.0])
    assert scores["nearest"] == pytest.approx(wanted, abs=1e-6)
    assert scores["nearest, relative"] == pytest.approx(wanted / np.sqrt(2), abs=1e-6)


def test_the_text_says_everything_in_plain_words(sides, toy):
    text = report_text(audit_membership(*both(sides), NOTHING, model=toy(sides[2], 0.5)))
    assert text.startswith("LEAK SHOWN: The strongest of 3 attacks")
    assert "Members: 120 pictures; repeated 0, could not be used 0." in text
    assert "TPR at 1.0% FPR" in text
    assert "no statement of anonymity under the GDPR" in text
    for name in ("loss", "loss t=0.4", "pia", "sima"):
        assert f"\n{name}\tasks the model\t" in text


def test_the_picture_shows_every_curve_in_its_colour_also_where_two_are_equal(sides, toy):
    report = audit_membership(*both(sides), NOTHING, model=toy(sides[2], 0.9))
    assert [a.auc.value for a in report.attacks if not a.detail].count(1.0) >= 2
    whole = np.asarray(roc_picture(report))
    assert whole.shape == (HEIGHT, WIDTH, 3)
    plot = whole[96:656, 100:660].astype(int)
    for colour in ((0, 0x72, 0xB2), (0xD5, 0x5E, 0), (0, 0x9E, 0x73)):  # lines are three pixels wide
        assert (np.abs(plot - colour).max(axis=2) < 40).sum() > 150


def test_progress_reaches_its_end_and_an_interruption_writes_nothing(sides, album, toy, encoder, pictures):
    folder, told = album(list(pictures(9, 3))), []
    audit_album(folder, sides[0], sides[1], model=toy(sides[2], 0.3), encoder=encoder(),
                on_progress=lambda done, total: told.append((done, total)))  # fmt: skip
    assert told[-1] == (480, 480)
    (folder.path / "reports" / "membership.json").unlink()

    def stop():
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        audit_album(folder, sides[0], sides[1], model=toy(sides[2], 0.3), check_interrupt=stop)
    assert not (folder.path / "reports" / "membership.json").exists()


def test_nothing_to_attack_with_is_refused(sides, album):
    with pytest.raises(AlbumError, match="needs something to attack with"):
        audit_album(album([sides[2][0]]), sides[0], sides[1])


def test_an_encoder_of_people_is_refused(sides, album, encoder):
    with pytest.raises(AlbumError, match="looks at people"):
        audit_album(album([sides[2][0]]), sides[0], sides[1], encoder=encoder(looks_at="person"))


def test_an_album_without_photos_is_refused(sides, encoder):
    with pytest.raises(AlbumError, match="no finished photo"):
        audit_membership(*both(sides), NOTHING, encoder=encoder())


@pytest.mark.parametrize("broken", [0.0, np.nan])
def test_vectors_that_cannot_be_compared_are_refused(sides, album, encoder, broken):
    used = encoder(broken=broken)
    with pytest.raises(AlbumError, match="gave vectors that cannot be compared"):
        audit_album(album([sides[2][0]]), sides[0], sides[1], encoder=used)
    assert used.closed == 1
