import json
from pathlib import Path

import pytest
from synthetic_albums.headless import quickstart
from synthetic_albums.headless.quickstart import AlbumChoices, fill_quickstart, slug
from synthetic_albums.stages.errors import AlbumError

SHIPPED = {
    "1": {"class_type": "AlbumStoryPlanner", "inputs": {"prompt": "?", "photos": 0, "seed": 5, "style": "auto"}},
    "2": {"class_type": "AlbumLayout", "inputs": {"plan": ["1", 0], "width": 512, "height": 512}},
    "3": {"class_type": "AlbumStoryboardRenderer", "inputs": {}},
    "4": {"class_type": "AlbumRender", "inputs": {"plan": ["1", 0], "renderer": ["3", 0], "album_name": "album"}},
    "5": {"class_type": "AlbumGallery", "inputs": {"folder": ""}},
    "6": {"class_type": "AlbumLeakageCheck", "inputs": {"album": ["4", 0], "gallery": ["5", 0]}},
}


@pytest.fixture(autouse=True)
def shipped(tmp_path, monkeypatch):
    path = tmp_path / "quickstart.json"
    path.write_text(json.dumps(SHIPPED))
    monkeypatch.setattr(quickstart, "QUICKSTART", path)
    return path


def test_choices_go_to_their_nodes():
    graph = fill_quickstart(
        AlbumChoices(
            "a day", Path("/albums/My day"), photos=3, seed=7, style="watercolor", width=640, height=480,
            gallery=Path("/private"),
        )
    )  # fmt: skip
    assert graph["1"]["inputs"] == {"prompt": "a day", "photos": 3, "seed": 7, "style": "watercolor"}
    assert graph["2"]["inputs"] == {"plan": ["1", 0], "width": 640, "height": 480}
    assert graph["4"]["inputs"]["album_name"] == "My day"
    assert graph["5"]["inputs"]["folder"] == "/private"


def test_what_is_not_said_stays_as_shipped():
    graph = fill_quickstart(AlbumChoices("a day", Path("/albums/x"), renderer="storyboard", gallery=Path("/g")))
    assert graph["1"]["inputs"] == {"prompt": "a day", "photos": 0, "seed": 5, "style": "auto"}
    assert graph["2"] == SHIPPED["2"]
    assert graph["3"] == SHIPPED["3"]


def test_a_relative_gallery_is_found_from_here():
    graph = fill_quickstart(AlbumChoices("a day", Path("/albums/x"), gallery=Path("private")))
    assert graph["5"]["inputs"]["folder"] == str(Path.cwd() / "private")


def test_without_a_gallery_its_node_and_link_go():
    graph = fill_quickstart(AlbumChoices("a day", Path("/albums/x")))
    assert "5" not in graph
    assert graph["6"]["inputs"] == {"album": ["4", 0]}


def test_an_unknown_renderer_is_refused_with_the_known_ones():
    with pytest.raises(AlbumError, match=r"no renderer 'dalle'. Known: builtin, storyboard"):
        fill_quickstart(AlbumChoices("a day", Path("/albums/x"), renderer="dalle"))


def test_another_renderer_takes_the_place_of_the_shipped_one_with_what_its_node_must_be_given():
    from synthetic_albums import NODE_CLASS_MAPPINGS

    for name, class_type in quickstart.RENDERERS.items():
        graph = fill_quickstart(AlbumChoices("a day", Path("/albums/x"), renderer=name))
        assert graph["3"] == {"class_type": class_type, "inputs": quickstart.RENDERER_INPUTS.get(name, {})}
        assert graph["4"]["inputs"]["renderer"] == ["3", 0]
        assert graph["3"]["inputs"].keys() == NODE_CLASS_MAPPINGS[class_type].INPUT_TYPES()["required"].keys()


def test_a_quality_goes_to_the_built_in_renderer():
    graph = fill_quickstart(AlbumChoices("a day", Path("/albums/x"), renderer="builtin", quality="draft"))
    assert graph["3"] == {"class_type": "AlbumBuiltinRenderer", "inputs": {"quality": "draft"}}


def test_a_quality_that_no_renderer_takes_is_refused():
    with pytest.raises(AlbumError, match=r"Only the renderer 'builtin' has a quality"):
        fill_quickstart(AlbumChoices("a day", Path("/albums/x"), renderer="storyboard", quality="draft"))


@pytest.mark.parametrize("name", ["a.b", "what?", "con", "..", " "])
def test_a_folder_name_that_cannot_name_an_album_is_refused(name):
    with pytest.raises(AlbumError, match="name"):
        fill_quickstart(AlbumChoices("a day", Path("/albums") / name))


@pytest.mark.parametrize("content", ["", "[", '{"1": {"class_type": "AlbumLayout", "inputs": {}}}'])
def test_a_broken_installation_is_named(shipped, content):
    shipped.write_text(content)
    with pytest.raises(AlbumError, match="install the pack again"):
        fill_quickstart(AlbumChoices("a day", Path("/albums/x")))


@pytest.mark.parametrize(
    ("prompt", "name"),
    [
        ("A day at the Park!", "a-day-at-the-park"),
        ("../../etc/passwd", "etc-passwd"),
    ],
)
def test_a_short_prompt_becomes_a_folder_name(prompt, name):
    assert slug(prompt) == name
    assert slug(prompt, None, None) == name


@pytest.mark.parametrize(
    ("prompt", "start"),
    [
        ("Ein schöner Tag", "ein-schoner-tag-"),
        ("x" * 200, "x" * 48 + "-"),
        ("one two " * 20, "one-two-one-two-one-two-one-two-one-two-one-two-"),
    ],
)
def test_a_name_that_does_not_say_all_of_the_prompt_ends_in_a_hash(prompt, start):
    assert slug(prompt).startswith(start)
    assert slug(prompt) == slug(prompt)
    assert slug(prompt) != slug(prompt + " and more")


def test_another_seed_or_style_gets_a_folder_of_its_own():
    names = {slug("a day"), slug("a day", 1, None), slug("a day", 2, None), slug("a day", None, "film")}
    assert len(names) == 4


@pytest.mark.parametrize("prompt", ["公園での一日", "!!!", "", "\ud800"])
def test_a_prompt_without_ascii_words_gets_a_stable_name(prompt):
    assert slug(prompt) == slug(prompt)
    assert slug(prompt).startswith("album-")
    assert slug("公園での一日") != slug("公園での二日")
