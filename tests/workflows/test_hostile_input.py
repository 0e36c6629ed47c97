"""Whatever is typed into a shipped graph stays text: it runs nothing and writes nowhere else."""

from html.parser import HTMLParser

import pytest
from PIL import Image

from .conftest import NAMES, WORKFLOWS, read

# Audits of pictures that are there have no prompt.
STORIES = [name for name in NAMES if "AlbumStoryPlanner" in str(read(WORKFLOWS / "api" / f"{name}.json"))]
HOSTILE = {
    "html": '<script>alert(1)</script><img src=x onerror=alert(1)>"><svg/onload=alert(1)> a walk with <b>Ana</b>',
    "shell": "a walk in the forest; $(touch owned) `touch owned` && touch owned | tee owned # with Ana",
    "path": "../../owned /etc/passwd C:\\owned file:///owned a picnic with ../../Ana at the beach",
    "template": "{{ 7*7 }} {% include 'owned' %} ${7*7} %s %(x)s a day at the lake with Ana",
    "control": "a walk\x1b[31m in\x00 the\r forest\u202e with\u2066 Ana\u200b\ufeff\x07",
}


LIVE_TAGS = ("script", "iframe", "object", "embed", "form", "base", "svg", "link")
OWN_TARGETS = ("#", "photos/", "anchors/")


class LiveParts(HTMLParser):
    """What in a page a browser would run or fetch."""

    def __init__(self, text):
        super().__init__()
        self.found = []
        self.feed(text)

    def handle_starttag(self, tag, attrs):
        self.found += [tag] * (tag in LIVE_TAGS)
        for name, value in attrs:
            leads_out = name in ("href", "src") and not (value or "").startswith(OWN_TARGETS)
            if leads_out or name.startswith("on"):
                self.found.append(f"{tag} {name}={value}")


@pytest.mark.parametrize("workflow", STORIES)
@pytest.mark.parametrize("prompt", HOSTILE.values(), ids=HOSTILE)
def test_a_hostile_prompt_becomes_a_harmless_album(api, albums, run_small, prompt, tmp_path, monkeypatch):
    (tmp_path / "here").mkdir()
    monkeypatch.chdir(tmp_path / "here")
    result = run_small(api, AlbumStoryPlanner={"prompt": prompt}, AlbumRender={"monitor": "off"})
    assert result.status == "done", result.error
    written = {path.relative_to(tmp_path).parts[0:2] for path in tmp_path.rglob("*") if path.is_file()}
    assert {name for top, name in written if top == "out"} == {*albums, *saved_casts(api), *drawn_albums(api)}
    assert {top for top, _ in written} == {"out"} | ({"previews"} if shows_pictures(api) else set())
    for album in albums:
        page = (tmp_path / "out" / album / "index.html").read_text(encoding="utf-8")
        assert LiveParts(page).found == []
        assert not {character for character in page if not character.isprintable()} - {"\n"}
        assert "Ana" in page
    assert all(ord(character) >= 32 for _, text in said(tmp_path) for character in text)


def saved_casts(api):
    saving = [node for node in api.values() if node["class_type"] == "AlbumCastSave"]
    return {f"{node['inputs']['file_name']}.safetensors" for node in saving}


def drawn_albums(api):
    """Of the drawing that stands for what core's own nodes would sample."""
    return {"drawn" for node in api.values() if node["class_type"] == "AlbumCollect"}


def shows_pictures(api):
    return any(node["class_type"] == "PreviewImage" for node in api.values())


def said(tmp_path):
    """What the files of the photos say about themselves."""
    for photo in (tmp_path / "out").glob("*/photos/*.png"):
        text = Image.open(photo).text
        yield from ((key, value) for key, value in text.items() if not key.startswith("XML"))


def test_a_live_part_in_a_page_is_noticed():
    assert LiveParts("<p>a</p><script>").found == ["script"]
    assert LiveParts("<img src='x' onerror='y'>").found == ["img src=x", "img onerror=y"]
    assert LiveParts("<a href='javascript:x'>").found == ["a href=javascript:x"]


@pytest.mark.parametrize("workflow", STORIES)
@pytest.mark.parametrize(
    "changes",
    [{"AlbumRender": {"album_name": "../owned"}}, {"AlbumStoryPlanner": {"style": "<script>"}}],
    ids=["album_name", "style"],
)
def test_a_value_that_no_node_takes_makes_no_album(api, run_small, changes, tmp_path):
    result = run_small(api, **changes)
    named = {node["class_type"] for node in result.node_errors.values()}
    assert named == {*changes}
    # What does not depend on the node is still made: previews of the layout, a saved cast.
    written = {path.relative_to(tmp_path) for path in tmp_path.rglob("*") if path.is_file()}
    assert {path.name for path in written if path.parts[0] != "previews"} <= saved_casts(api)
    assert result.status == ("done" if written else "invalid")


@pytest.mark.parametrize("workflow", STORIES)
@pytest.mark.parametrize("prompt", ["", " \u200b ", "a walk " * 14_286], ids=["empty", "invisible", "huge"])
def test_a_prompt_that_cannot_be_planned_fails_on_its_node(api, run_small, prompt, tmp_path):
    result = run_small(api, AlbumStoryPlanner={"prompt": prompt})
    assert result.status == "failed"
    assert result.error["node_type"] == "AlbumStoryPlanner"
    assert result.error["exception_message"].startswith("The prompt ")
    assert list(tmp_path.rglob("*")) == []
