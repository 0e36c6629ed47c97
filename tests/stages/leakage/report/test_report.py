import hashlib
import json
import re
import shutil
import warnings
from datetime import datetime

import numpy as np
import pytest
from synthetic_albums.stages.album_folder import AlbumFolder
from synthetic_albums.stages.errors import AlbumError
from synthetic_albums.stages.leakage.report import (
    LeakageReport,
    build_report,
    report_page,
    report_picture,
    report_text,
    write_leakage_report,
    writing,
)
from synthetic_albums.stages.leakage.report.record import without_times
from synthetic_albums.stages.leakage.report.words import rate_words, threshold_words
from synthetic_albums.stages.photo_file import encode_photo
from synthetic_albums.stages.records import Album, CastRecord, PhotoRecord
from synthetic_albums.stages.verdicts import CheckFacts, Decision, Finding, LeakageSummary, Verdict

from ..remaking import START, small_plan

CHECKS = [
    CheckFacts(
        kind="near_copy", check="near-copy dct143", status="clean", references=312, threshold=8.0, encoder="",
    ),
    CheckFacts(
        kind="identity", check="identity builtin-identity@1", status="clean", references=88, encoder="builtin-identity",
        encoder_sha256="ab" * 32, calibration="drawn people", threshold=0.71, false_match_rate=(0.001, 0.0006, 0.0016),
        false_non_match_rate=(0.033, 0.02, 0.051), expected_false_alarms=0.008,
    ),
]  # fmt: skip
DECISION = Decision(
    photo=2, scene="s2", action="new_seed", attempt=1, kind="near_copy", score=3.0, threshold=8.0, seconds=1.25,
    time=datetime(2026, 7, 1), reason="It is too close to a reference.",
)  # fmt: skip


def clean(score=31.5):
    finding = Finding(
        kind="near_copy", check="near-copy dct143", status="clean", score=score, threshold=8, nearest="ab"
    )
    return Verdict(status="clean", check="near-copy dct143", score=score, threshold=8, findings=[finding])


def leak(kind="near_copy", **facts):
    facts = {"score": 3.0, "threshold": 8.0, "reason": "It is too close to a reference.", **facts}
    return Verdict(status="leak", findings=[Finding(kind=kind, check=f"{kind}@1", status="leak", **facts)])


def write_album(path, *, verdicts=None, status=None, summary="clean", plan=None, created=START, **leakage):
    """An album of six photos on disk; `verdicts` and `status` by photo number."""
    plan = plan or small_plan()
    folder = AlbumFolder(path)
    photos = []
    with folder.writing() as writer:
        for number, scene in enumerate(plan.scenes, start=1):
            state = (status or {}).get(number, "done")
            facts = {"number": number, "scene": scene.id, "status": state, "fingerprint": f"{number:064x}"}
            if state == "done":
                pixels = np.full((48, 64, 3), 40 * number, np.uint8)
                data = encode_photo(pixels, facts={"Scene": scene.id}, synthetic_source="algorithmicMedia")
                writer.write_bytes(f"photos/{scene.id}.png", data)
                facts |= {"file": f"photos/{scene.id}.png", "sha256": hashlib.sha256(data).hexdigest()}
            photos.append(PhotoRecord(verdict=(verdicts or {}).get(number, clean()), **facts))
        found = LeakageSummary(
            status=summary, **{"references": 312, "checks": CHECKS, "gallery": "c0ffee", **leakage}
        ) if summary else None  # fmt: skip
        cast = [
            CastRecord(character=c.id, encoder="e@1", source="sampled", appearance="", vector_sha256="0" * 64)
            for c in plan.characters
        ]
        writer.save(Album(created=created, plan=plan, cast=cast, photos=photos, leakage=found, versions={"numpy": "2"}))
    return folder


def report_of(folder):
    return build_report(folder, now=lambda: datetime(2026, 7, 2, 9, 30)).report


@pytest.fixture
def album(tmp_path):
    return lambda **facts: write_album(tmp_path / "album", **facts)


@pytest.fixture
def leaky(album):
    return album(
        verdicts={2: leak()},
        status={2: "withheld"},
        summary="leak",
        decisions=[DECISION],
        skipped=["1f .jpg: cut short"],
    )


def test_a_clean_album_is_called_clean_and_says_against_what(album):
    report = report_of(album())
    assert (report.outcome, report.headline) == ("clean", "No leak found")
    assert report.counts.clean == report.counts.photos == 6
    assert report.gallery.references == 312
    text = report_text(report)
    assert "takes the heads of two different people for one person about 1 time in 1,000 (95 % interval: 1 in" in text
    assert "1 in 1,700 to 1 in 620)" in text
    assert "Of 100 true matches about 3.3 would be missed (95 % interval: 2 to 5.1)" in text
    assert "flag by mistake at most 1 of 120 characters who are nobody of the gallery." in text
    assert "It may be more than that" in text  # measured: benchmarks/RESULTS.md


def rate_sentences(kind, share, photos=40):
    facts = CheckFacts(kind=kind, check=kind, status="clean", references=9, expected_false_alarms=share)
    return " ".join(rate_words(facts, photos))


def test_a_bound_on_false_alarms_says_of_what_and_is_no_estimate():
    copies = rate_sentences("near_copy", 0.01)
    assert copies == (
        "By the calibration, all comparisons together flag by mistake at most 1 of 100 photos that copy nothing of the "
        "gallery; of the 40 photos here, at most 0.4."
    )
    assert "far fewer than one" in rate_sentences("near_copy", 0.001)
    albums = rate_sentences("neighbours", 0.005)
    assert albums.endswith("at most 1 of 200 albums that nothing of the gallery went into.")
    assert "depend on one another" in albums
    assert "photos here" not in rate_sentences("identity", 0.01) + albums


def test_a_threshold_that_was_chosen_on_something_is_not_said_to_be_unmeasured():
    facts = CheckFacts(kind="copy_paste", check="ncc", status="clean", calibration="drawn albums")
    (said,) = rate_words(facts, 4)
    assert said == "Its threshold was chosen on drawn albums; how often it errs on other pictures is not known."
    nearer = CheckFacts(kind="neighbours", check="neighbours", status="clean", threshold=0.5)
    assert threshold_words(nearer) == "surely more than 50% of the photos"


@pytest.mark.parametrize("why", ["Not checked: the check was stopped before its end.", "Not checked as a whole: x."])
def test_leaks_that_were_withheld_do_not_hide_that_the_check_was_not_whole(leaky, why):
    stored = leaky.read()
    leaky.update(stored.model_copy(update={"leakage": stored.leakage.model_copy(update={"incomplete": why})}))
    report = report_of(leaky)
    assert (report.outcome, report.headline) == ("unchecked", "Not fully checked")
    assert why in report.summary


def test_what_was_not_checked_is_said(album):
    said = "\n".join(report_of(album()).not_checked)
    for missing in ("own portraits", "Personal data", "Data left", "Nearness", "Membership", "Quality"):
        assert missing in said
    assert "People of the gallery" not in said


def test_the_limits_speak_of_the_gdpr_and_of_drawn_worlds(album):
    said = "\n".join(report_of(album()).limits)
    assert "not a statement that the album is anonymous in the sense of the GDPR" in said
    assert "say nothing about photographs of real people" in said


def test_withheld_leaks_are_not_a_clean_album(leaky):
    report = report_of(leaky)
    assert (report.outcome, report.headline) == ("withheld", "Leaks found and withheld")
    assert (report.counts.withheld, report.counts.clean, report.counts.made_again) == (1, 5, 1)
    assert "1 file of the gallery could not be used" in "\n".join(report.not_checked)
    assert "Photos were made again until a check passed" in "\n".join(report.limits)


def test_an_album_that_was_never_checked_is_no_pass(album):
    folder = album(summary=None, verdicts=dict.fromkeys(range(1, 7)))
    report = report_of(folder)
    assert (report.outcome, report.headline) == ("unchecked", "Not checked")
    assert "never checked" in report.summary
    assert report_text(report).startswith("NOT CHECKED")
    assert build_report(folder).thumbnails == {}


def test_a_check_without_a_gallery_is_no_pass(album):
    folder = album(summary="unchecked", references=0, checks=[], reason="Not checked: no gallery was connected.")
    report = report_of(folder)
    assert report.headline == "Not checked"
    assert "no gallery was connected" in report.summary


def test_a_check_that_was_stopped_is_no_pass(album):
    folder = album(summary="unchecked", verdicts={5: None, 6: None}, reason="Not checked: the check was stopped.")
    report = report_of(folder)
    assert (report.outcome, report.headline) == ("unchecked", "Not fully checked")
    assert report.counts.unchecked == 2
    assert "the check was stopped" in report.summary


def test_verdicts_that_outlived_their_summary_are_no_pass(album):
    report = report_of(album(summary=None))
    assert report.outcome == "unchecked"
    assert "changed after its last check" in report.summary


@pytest.mark.parametrize("change", ["altered", "deleted", "no picture"])
def test_a_photo_that_changed_after_the_check_is_unchecked(album, change):
    folder = album()
    file = folder.path / "photos" / "s3.png"
    if change == "altered":
        file.write_bytes((folder.path / "photos" / "s4.png").read_bytes())
    elif change == "deleted":
        file.unlink()
    else:
        file.write_bytes(b"no picture")
    parts = build_report(folder)
    assert parts.report.photos[2].state == "unchecked"
    assert parts.report.outcome == "unchecked"
    assert 3 not in parts.thumbnails


def test_a_photo_that_is_not_made_is_no_pass(album):
    report = report_of(album(status={4: "pending"}, verdicts={4: None}))
    assert (report.outcome, report.counts.not_made) == ("unchecked", 1)


def test_a_leak_that_still_lies_in_the_album_is_the_headline(album):
    folder = album(verdicts={3: leak()}, summary="leak")
    parts = build_report(folder)
    assert (parts.report.outcome, parts.report.headline) == ("leak", "Leak found")
    assert 3 not in parts.thumbnails


@pytest.mark.parametrize("kind", ["text", "identity", "metadata", "neighbours", "near_copy"])
def test_a_leak_of_the_album_as_a_whole_is_the_headline(album, kind):
    finding = Finding(kind=kind, check="x@1", status="leak", subject="ana", reason="Found.")
    report = report_of(album(summary="leak", findings=[finding]))
    assert report.outcome == "leak"
    assert "1 finding of the album as a whole stands." in report.summary


def test_a_recognised_character_who_left_with_all_photos_no_longer_counts_as_in_the_album(album):
    finding = Finding(kind="identity", check="x@1", status="leak", subject="ana", reason="Found.")
    gone = {2, 3, 5, 6}
    report = report_of(
        album(
            summary="leak",
            findings=[finding],
            status=dict.fromkeys(gone, "withheld"),
            verdicts={number: leak("identity", subject="ana") for number in gone},
        )
    )
    assert report.outcome == "withheld"


def test_withheld_pictures_never_appear(leaky):
    parts = build_report(leaky)
    assert sorted(parts.thumbnails) == [1, 3, 4, 5, 6]
    page = report_page(parts.report, parts.thumbnails)
    assert page.count("data:image/jpeg") == 5
    forged = {**parts.thumbnails, 2: parts.thumbnails[1]}
    plain, again = (np.array(report_picture(parts.report, shown)) for shown in (parts.thumbnails, forged))
    assert (plain == again).all()


def test_the_page_asks_for_nothing_and_runs_nothing(leaky):
    parts = build_report(leaky)
    page = report_page(parts.report, parts.thumbnails)
    assert "default-src 'none'; img-src data:; style-src 'unsafe-inline'" in page
    assert not re.search(r"<script|<link|<iframe|https?:|url\(", page)
    assert not re.search(r'(?:src|href)="(?!data:image/jpeg)', page)


HOSTILE = "<script>alert(1)</script>\u202eevil\u202c\u2066\x07"


def hostile_album(album):
    plan = small_plan()
    scenes = [scene.model_copy(update={"title": HOSTILE}) for scene in plan.scenes]
    people = [character.model_copy(update={"name": HOSTILE}) for character in plan.characters]
    plan = plan.model_copy(update={"title": HOSTILE, "scenes": scenes, "characters": people})
    checks = [CHECKS[1].model_copy(update={"check": HOSTILE, "encoder": HOSTILE, "calibration": HOSTILE})]
    return album(
        plan=plan,
        summary="leak",
        verdicts={2: leak(reason=HOSTILE, subject=HOSTILE, nearest=HOSTILE)},
        status={2: "withheld"},
        checks=checks,
        gallery=HOSTILE,
        skipped=[HOSTILE],
        findings=[Finding(kind="text", check=HOSTILE, status="leak", subject=HOSTILE, reason=HOSTILE)],
        decisions=[DECISION.model_copy(update={"reason": HOSTILE, "character": HOSTILE})],
    )


def test_hostile_text_stays_text(album):
    parts = build_report(hostile_album(album))
    page, text = report_page(parts.report, parts.thumbnails), report_text(parts.report)
    assert "<script" not in page
    assert "&lt;script&gt;" in page
    for written in (page, text, parts.report.model_dump_json()):
        assert not set(written) & set("\u202e\u202c\u2066\x07")
    assert report_picture(parts.report, parts.thumbnails).width == 1240


def stripped(page):
    return re.sub(r'<time.*?</time>|<span class="seconds">.*?</span>', "", page)


def test_two_runs_give_the_same_but_for_times(tmp_path):
    pages, records, texts, pictures = [], [], [], []
    for number, name in enumerate("ab"):
        decision = DECISION.model_copy(update={"seconds": 1.0 + number, "time": datetime(2026, 7, 1 + number)})
        created = START.replace(month=6 + number)
        folder = write_album(
            tmp_path / name / "album", verdicts={2: leak()}, status={2: "withheld"}, summary="leak",
            decisions=[decision], created=created,
        )  # fmt: skip
        written = write_leakage_report(folder, now=lambda number=number: datetime(2026, 8, 1 + number))
        pages.append(written.page.read_text(encoding="utf-8"))
        records.append(json.loads((folder.path / "reports/leakage.json").read_bytes()))
        texts.append(report_text(written.parts.report))
        pictures.append(report_picture(written.parts.report, written.parts.thumbnails).tobytes())
    assert pages[0] != pages[1]
    assert stripped(pages[0]) == stripped(pages[1])
    assert without_times(records[0]) == without_times(records[1])
    assert texts[0] == texts[1]
    assert pictures[0] == pictures[1]


def test_the_json_is_the_report(leaky):
    written = write_leakage_report(leaky)
    data = (leaky.path / "reports/leakage.json").read_bytes()
    assert LeakageReport.model_validate_json(data) == written.parts.report
    assert str(leaky.path.parent) not in data.decode() + written.page.read_text(encoding="utf-8")


def test_another_album_has_another_content_hash(tmp_path):
    hashes = {
        report_of(write_album(tmp_path / str(score) / "album", verdicts={1: clean(score)})).content_sha256
        for score in (20.0, 21.0)
    }
    assert len(hashes) == 2


@pytest.mark.parametrize("full_at", [1, 2])
def test_a_full_disk_leaves_the_old_report(leaky, monkeypatch, full_at):
    write_leakage_report(leaky)
    files = sorted((leaky.path / "reports").iterdir())
    before = [file.read_bytes() for file in files]
    leaky.update(leaky.read().model_copy(update={"leakage": None}))
    write, calls = writing.write_atomically, []

    def full(target, data):
        calls.append(target)
        if len(calls) == full_at:
            raise AlbumError("Cannot write: the disk is full.")
        write(target, data)

    with monkeypatch.context() as patched:
        patched.setattr(writing, "write_atomically", full)
        with pytest.raises(AlbumError, match="disk is full"):
            write_leakage_report(leaky)
    assert sorted((leaky.path / "reports").iterdir()) == files
    assert [file.read_bytes() for file in files] == before


def test_a_folder_that_is_no_album_is_refused_and_not_made(tmp_path):
    with pytest.raises(AlbumError, match="no album"):
        write_leakage_report(AlbumFolder(tmp_path / "nowhere"))
    assert not (tmp_path / "nowhere").exists()


@pytest.mark.parametrize("name", ["membership", "quality"])
@pytest.mark.parametrize("damage", [b"{", b"[]", b'{"version": 1}', b"\xff"])
def test_damaged_results_of_others_are_named_and_not_trusted(album, name, damage):
    folder = album()
    folder.write_bytes(f"reports/{name}.json", damage)
    report = report_of(folder)
    assert (report.membership, report.quality) == (None, None)
    assert sum("cannot be understood" in line for line in report.not_checked) == 1


def test_a_damaged_journal_does_not_hide_the_decisions(leaky):
    leaky.write_bytes("reports/resynthesis.json", b"{")
    assert [decision.scene for decision in report_of(leaky).decisions] == ["s2"]


def test_a_long_album_keeps_its_picture_bounded(album):
    report = report_of(album())
    many = report.model_copy(
        update={"photos": [report.photos[0].model_copy(update={"number": n}) for n in range(1, 1001)]}
    )
    picture = report_picture(many, {})
    assert picture.height < 16384


def test_results_of_older_checks_are_shown_too(album):
    old = Verdict(status="clean", check="near-copy dct143", score=20.0, threshold=8, nearest="ab12")
    folder = album(verdicts=dict.fromkeys(range(1, 7), old), checks=[], check="near-copy dct143", threshold=8)
    report = report_of(folder)
    assert report.outcome == "clean"
    assert [check.facts.check for check in report.checks] == ["near-copy dct143"]
    assert report.photos[0].findings[0].nearest == "ab12"


def test_private_text_is_not_repeated_in_the_report(album):
    plan = small_plan()
    scenes = [scene.model_copy(update={"title": "Call Jane"}) if scene.id == "s2" else scene for scene in plan.scenes]
    people = [character.model_copy(update={"name": "Jane Doe"}) for character in plan.characters]
    plan = plan.model_copy(update={"title": "Secret garden", "scenes": scenes, "characters": people})
    fields = ["title", "scenes[1].title", "characters[0].name", "characters[1].name"]
    findings = [Finding(kind="text", check="t@1", status="leak", subject=field, reason="Found.") for field in fields]
    parts = build_report(album(plan=plan, summary="leak", findings=findings))
    page, text = report_page(parts.report, parts.thumbnails), report_text(parts.report)
    for written in (page, text, parts.report.model_dump_json()):
        assert "Jane" not in written
        assert "Secret" not in written


def membership_json(released_digest):
    share = {"value": 0.61, "low": 0.52, "high": 0.69}
    rate = {"target_fpr": 0.01, "threshold": 1.5, "tpr": share, "fpr": share, "tpr_low": 0.0, "tpr_high": 0.2}
    attack = {
        "name": "nearest photo", "access": "images", "source": "a paper", "auc": share, "auc_low_of_all": 0.5,
        "auc_high_of_all": 0.7, "rates": [rate], "members_median": 0.1, "non_members_median": 0.2,
    }  # fmt: skip
    people = {"pictures": 40, "with_conditions": 0, "digest": "ab" * 32}
    return {
        "software": "x", "members": people, "non_members": people, "released": 6, "released_digest": released_digest,
        "seed": 0, "blind": share, "attacks": [attack], "strongest": "nearest photo", "finding": "no_leak_shown",
        "reason": "Nothing was shown.", "limits": ["Image-only attacks are weak."],
    }  # fmt: skip


def test_a_membership_audit_is_taken_in(album):
    folder = album()
    digests = sorted(
        hashlib.sha256(b"64x48\x00" + folder.load_photo(photo).tobytes()).hexdigest() for photo in folder.read().photos
    )
    now = hashlib.sha256("\n".join(digests).encode()).hexdigest()
    folder.write_text("reports/membership.json", json.dumps(membership_json(now)))
    parts = build_report(folder)
    assert parts.report.membership.of_these_photos
    assert parts.report.membership.rows[0].found_at_one_percent == (0.61, 0.52, 0.69)
    for written in (report_page(parts.report, {}), report_text(parts.report)):
        assert "0.610 (0.520 to 0.690)" in written
        assert "lower bound of what could be inferred" in written


def test_an_audit_of_other_photos_is_told_apart(album):
    folder = album()
    folder.write_text("reports/membership.json", json.dumps(membership_json("cd" * 32)))
    report = report_of(folder)
    assert not report.membership.of_these_photos
    assert "The membership audit is of other photos than those that are in the album now." in report.not_checked


def test_a_quality_report_is_taken_in(album):
    folder = album()
    kid = {"value": 0.0123, "low": 0.01, "high": 0.015}
    quality = {
        "encoder": "builtin-copy@1", "encoder_sha256": "ab" * 32, "photos": {"pictures": 6},
        "reference": {"pictures": 40}, "kid": kid, "manifold": {"recall": {"value": 0.5, "low": 0.4, "high": 0.6}},
        "diversity": {"pairwise": 0.4, "reference_pairwise": 0.5}, "utility": None,
    }  # fmt: skip
    folder.write_text("reports/quality.json", json.dumps(quality))
    parts = build_report(folder)
    assert [row.measure for row in parts.report.quality.rows][:2] == ["KID", "recall"]
    for written in (report_page(parts.report, {}), report_text(parts.report)):
        assert "0.012" in written
        assert "0.400 to 0.600" in written
    assert not [line for line in parts.report.not_checked if "Quality" in line]


@pytest.mark.browser
@pytest.mark.parametrize("width", [390, 1200])
def test_it_opens_from_disk_and_asks_nobody(album, width):
    chromium = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None)
    if chromium is None:
        warnings.warn("The report was not tried in a browser: there is no Chromium.", stacklevel=1)
        pytest.skip("there is no Chromium: the report was not tried in a browser")
    sync_api = pytest.importorskip("playwright.sync_api")
    page_file = write_leakage_report(hostile_album(album)).page
    with sync_api.sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium, args=["--no-sandbox"])
        page = browser.new_page(viewport={"width": width, "height": 900})
        said, asked = [], []
        page.on("console", lambda message: said.append(message.text))
        page.on("pageerror", lambda error: said.append(str(error)))
        page.on("dialog", lambda dialog: said.append(dialog.message))
        page.on("request", lambda request: asked.append(request.url))
        page.goto(page_file.as_uri())
        page.wait_for_function("[...document.images].every(image => image.complete && image.naturalWidth > 0)")
        assert said == []
        assert [url for url in asked if not url.startswith("data:")] == [page_file.as_uri()]
        assert page.evaluate("document.documentElement.scrollWidth") <= width
        browser.close()
