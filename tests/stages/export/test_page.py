from html.parser import HTMLParser

import pytest
from synthetic_albums.stages.export import render_page
from synthetic_albums.stages.export.page import page_content, relative_url
from synthetic_albums.stages.records import CastRecord
from synthetic_albums.stages.verdicts import CheckFacts, Finding

HOSTILE = [
    "<script>alert(1)</script>",
    '" onerror="alert(1)" x="',
    "'><img src=x onerror=alert(1)>",
    "{{ 7 * 7 }}{% raw %}",
    "</style></title><svg onload=alert(1)>",
    "a\u202egnp.exe\u2066 \x00\x1b[31m",
]


class Tags(HTMLParser):
    """Every tag with its attributes, and all text outside of style."""

    def __init__(self, page):
        super().__init__()
        self.tags, self.text, self._open = [], [], []
        self.feed(page)

    def handle_starttag(self, tag, attrs):
        self.tags.append((tag, dict(attrs)))
        self._open.append(tag)

    def handle_endtag(self, tag):
        self._open = self._open[: len(self._open) - 1 - self._open[::-1].index(tag)]

    def handle_data(self, data):
        if "style" not in self._open:
            self.text.append(data)

    def attributes(self, tag):
        return [attributes for name, attributes in self.tags if name == tag]

    @property
    def said(self):
        return " ".join(" ".join(self.text).split())


def read(album):
    return Tags(render_page(album))


def test_the_page_tells_the_story(make_album):
    page = read(make_album(5, portraits=True))
    for words in (
        "A road trip along the coast", "Two days, one van", "13–14 June 2026", "Saturday, 13 June 2026", "8:30",
        "Cannon Beach", "golden hour, rain", "Packing the van", "Ana , Rusty", "golden retriever",
    ):  # fmt: skip
        assert words in page.said
    assert [a["src"] for a in page.attributes("img")] == [
        "anchors/ana.png", "anchors/rusty.png", *(f"photos/s{n}.png" for n in range(5)),
    ]  # fmt: skip


def test_details_say_how_each_photo_was_made(make_album, clean_verdict):
    page = read(make_album(2, verdict=clean_verdict)).said
    for words in ("Seed 2000", "480 × 360 pixels", "storyboard", "1: done", "Sharpness 0.812", "distance 31.5"):
        assert words in page


def test_the_page_says_that_it_is_synthetic(make_album):
    said = read(make_album()).said
    assert "Every picture on this page was made by software" in said
    assert "This is a synthetic picture made by software" in said


def test_no_script_and_nothing_from_the_network(make_album):
    page = read(make_album(portraits=True))
    names = {tag for tag, _ in page.tags}
    assert not names & {"script", "iframe", "object", "embed", "link", "form", "base"}
    policy = next(a["content"] for a in page.attributes("meta") if a.get("http-equiv") == "Content-Security-Policy")
    assert policy.startswith("default-src 'none'; img-src 'self' file: data:; style-src 'unsafe-inline'")
    assert "http:" not in render_page(make_album())
    assert "https:" not in render_page(make_album())


def test_every_picture_has_an_alternative_text_and_loads_lazily(make_album):
    images = read(make_album(portraits=True)).attributes("img")
    assert all(image["alt"] and image["loading"] == "lazy" for image in images)
    assert len({image["alt"] for image in images[2:]}) > 1


@pytest.mark.parametrize("text", HOSTILE)
def test_hostile_text_stays_text(make_album, text):
    harmless, hostile = (read(make_album(3, hostile=value, portraits=True)) for value in ("harmless", text))
    assert [tag for tag, _ in hostile.tags] == [tag for tag, _ in harmless.tags]
    assert [sorted(a) for _, a in hostile.tags] == [sorted(a) for _, a in harmless.tags]
    assert "\u202e" not in hostile.said
    assert "\x1b" not in hostile.said


@pytest.mark.parametrize(
    "file", ["/etc/passwd", "../secret.png", "photos/../../x.png", "..\\x.png", "", "C:\\x.png", "//host/x.png"]
)
def test_paths_that_leave_the_album_are_not_shown(file):
    assert relative_url(file) == ""


@pytest.mark.parametrize("file", ["javascript:alert(1)", "https://host/x.png", "data:text/html,x", 'a" onerror="b.png'])
def test_other_schemes_become_plain_file_names(file):
    assert not set(relative_url(file)) & set(":\"' <>")


@pytest.mark.parametrize("status", ["pending", "failed", "withheld"])
def test_a_photo_that_is_not_there_has_a_placeholder_that_says_why(make_album, status):
    page = read(make_album(2, status={2: status}))
    assert len(page.attributes("img")) == 1
    expected = {"pending": "not been made yet", "failed": "could not be made", "withheld": "came too close"}
    assert expected[status] in page.said


def test_an_album_without_a_check_says_so_and_does_not_look_checked(make_album):
    page = read(make_album())
    assert "Not checked: no private gallery was connected" in page.said
    assert "check unchecked" in [a.get("class") for a in page.attributes("section")]
    assert "no near-copy found" not in page.said


def test_a_check_without_a_gallery_says_the_same(make_album, clean_summary, clean_verdict):
    nothing = clean_summary.model_copy(update={"status": "unchecked", "references": 0, "reason": ""})
    unchecked = clean_verdict.model_copy(update={"status": "unchecked", "score": None})
    assert "Not checked: no private gallery was connected" in read(make_album(leakage=nothing, verdict=unchecked)).said


def test_a_clean_album_says_what_was_compared(make_album, clean_summary, clean_verdict):
    page = read(make_album(leakage=clean_summary, verdict=clean_verdict))
    assert "check clean" in [a.get("class") for a in page.attributes("section")]
    assert "120 reference pictures" in page.said
    assert "does not compare faces" in page.said


@pytest.mark.parametrize("status", [None, "unchecked", "leak"])
def test_a_clean_summary_does_not_cover_photos_without_a_clean_verdict(
    make_album, clean_summary, clean_verdict, status
):
    verdict = clean_verdict.model_copy(update={"status": status}) if status else None
    check = page_content(make_album(leakage=clean_summary, verdict=verdict))["check"]
    assert check["status"] == "unchecked"
    assert "Run the check again" in check["reason"]


def test_a_leak_is_named_at_the_top_and_at_its_photo(make_album, clean_summary, clean_verdict):
    leak = clean_verdict.model_copy(
        update={"status": "leak", "score": 2.0, "reason": "It is too close to a reference."}
    )
    summary = clean_summary.model_copy(update={"status": "leak", "reason": "8 photos of 8 too close."})
    page = read(make_album(leakage=summary, verdict=leak))
    assert "check leak" in [a.get("class") for a in page.attributes("section")]
    assert page.said.count("It is too close to a reference.") == 16  # beside each photo, and in its details


def leak_of(kind, **fields):
    return Finding(kind=kind, check="c", status="leak", **fields)


@pytest.mark.parametrize(
    ("kind", "words"),
    [("near_copy", "too close to a picture"), ("identity", "resembles a person"), ("copy_paste", "pasted into it")],
)
def test_a_withheld_photo_says_what_was_found(make_album, clean_verdict, kind, words):
    verdict = clean_verdict.model_copy(update={"status": "leak", "findings": [leak_of(kind)]})
    assert words in read(make_album(2, status={2: "withheld"}, verdict=verdict)).said


def test_a_leak_that_could_not_be_moved_is_not_shown(make_album, clean_summary, clean_verdict):
    leak = clean_verdict.model_copy(update={"status": "leak", "findings": [leak_of("near_copy")]})
    page = read(make_album(2, leakage=clean_summary.model_copy(update={"status": "leak"}), verdict=leak))
    assert not page.attributes("img")
    assert "could not be moved out" in page.said


@pytest.mark.parametrize(("kind", "shown"), [("identity", False), ("near_copy", False), ("text", True)])
def test_a_portrait_of_somebody_who_leaks_is_not_shown_either(make_album, clean_summary, clean_verdict, kind, shown):
    album = make_album(2, leakage=clean_summary, verdict=clean_verdict)
    who = album.plan.characters[0].id
    member = CastRecord(
        character=who, encoder="e@1", source="sampled", appearance="", vector_sha256="0" * 64,
        portraits=["anchors/a.png"],
    )  # fmt: skip
    album = album.model_copy(update={"cast": [member]})
    before = [entry["portrait"] for entry in page_content(album)["cast"]]
    summary = clean_summary.model_copy(update={"status": "leak", "findings": [leak_of(kind, subject=who)]})
    after = [entry["portrait"] for entry in page_content(album.model_copy(update={"leakage": summary}))["cast"]]
    assert (after == before) is shown
    assert sum(map(bool, before)) - sum(map(bool, after)) == (0 if shown else 1)


def test_private_text_is_left_out_of_the_page(make_album, clean_summary, clean_verdict):
    album = make_album(2)
    said = album.plan.scenes[1].caption
    summary = clean_summary.model_copy(
        update={"status": "leak", "findings": [leak_of("text", subject="scenes[1].caption")]}
    )
    assert said in read(make_album(2, leakage=clean_summary, verdict=clean_verdict)).said
    page = read(make_album(2, leakage=summary, verdict=clean_verdict))
    assert said not in page.said
    assert "[withheld: private text]" in page.said


def test_a_score_of_an_encoder_is_a_similarity_and_people_that_were_compared_are_said_to_be(
    make_album, clean_summary, clean_verdict
):
    person = Finding(kind="identity", check="c", status="clean", score=0.41, threshold=0.8)
    alike = clean_verdict.model_copy(
        update={"score": 0.41, "threshold": 0.8, "findings": [person], "check": "identity"}
    )
    facts = CheckFacts(kind="identity", check="c", status="clean")
    page = read(make_album(leakage=clean_summary.model_copy(update={"checks": [facts]}), verdict=alike))
    assert "similarity 0.41, counts from 0.8" in page.said
    assert "nobody recognised" in page.said
    assert "does not compare faces" not in page.said


def test_an_album_without_photos_or_people_has_a_page(make_album):
    album = make_album(1)
    plan = album.plan.model_copy(
        update={"characters": [], "scenes": [album.plan.scenes[0].model_copy(update={"cast": []})]}
    )
    page = read(album.model_copy(update={"plan": plan, "photos": []}))
    assert "0 photos" in page.said


def test_a_photo_of_a_scene_that_was_taken_out_is_left_out(make_album):
    album = make_album(2)
    stray = album.photos[1].model_copy(update={"scene": "gone"})
    assert len(read(album.model_copy(update={"photos": [album.photos[0], stray]})).attributes("img")) == 1


def test_five_hundred_photos_make_a_page(make_album):
    page = render_page(make_album(500))
    assert page.count('loading="lazy"') == 500
    assert len(page) < 2_000_000


def test_the_same_album_gives_the_same_page(make_album):
    assert render_page(make_album()) == render_page(make_album())
