"""The shipped graph for pictures that were made elsewhere, with leaks planted among them."""

import json

import pytest
from PIL import Image
from synthetic_albums.stages.identity import cast_characters
from synthetic_albums.stages.layout import lay_out_scenes
from synthetic_albums.stages.render.renderer import photo_job
from synthetic_albums.stages.render.storyboard import StoryboardRenderer
from synthetic_albums.stages.story import plan_story

ELSEWHERE = pytest.mark.parametrize("workflow", ["audit-elsewhere"])
SIDE = 192


@pytest.fixture(scope="session")
def drawn():
    """Photos of people, as somebody else might have made them."""
    plan = plan_story("a day at the beach with Maya and Tom", photos=4, seed=5, style="natural")
    layout, cast = lay_out_scenes(plan, width=SIDE, height=SIDE), cast_characters(plan)
    return [
        Image.fromarray(
            StoryboardRenderer().render_photo(
                photo_job(
                    plan, scene, layout.scene(scene.id), tuple(cast.member(entry.character) for entry in scene.cast),
                    width=SIDE, height=SIDE, seed=1, attempt=0,
                ),
                on_step=lambda done, steps: None,
            )
        )
        for scene in plan.scenes
    ]  # fmt: skip


@pytest.fixture
def folders(tmp_path):
    """Folders inside the input folder: of what was made, and of what is private."""
    made, private = tmp_path / "in" / "made", tmp_path / "in" / "my holiday"
    for folder in (made, private):
        folder.mkdir(parents=True)
    return made, private


def verdicts(tmp_path):
    report = json.loads((tmp_path / "out" / "audit" / "reports" / "leakage.json").read_text(encoding="utf-8"))
    return report["outcome"], {photo["title"]: photo["state"] for photo in report["photos"]}


@ELSEWHERE
def test_a_planted_copy_is_found_and_stays_where_it_is(api, run_small, tmp_path, folders, drawn):
    made, private = folders
    for number, picture in enumerate(drawn[:3]):
        picture.save(made / f"{number}.png")
    drawn[1].transpose(Image.Transpose.FLIP_LEFT_RIGHT).crop((10, 0, SIDE, SIDE - 16)).save(
        private / "a.jpg", quality=80
    )
    before = {path: path.read_bytes() for path in made.iterdir()}
    ran = run_small(api, AlbumGallery={"folder": "my holiday"}, AlbumPictureAudit={"folder": "made"})
    assert ran.status == "done", ran.error
    outcome, states = verdicts(tmp_path)
    assert outcome == "leak"
    assert states["1.png"] == "leak"
    assert {path: path.read_bytes() for path in made.iterdir()} == before
    assert "my holiday" not in (tmp_path / "out" / "audit" / "reports" / "leakage.html").read_text(encoding="utf-8")


@ELSEWHERE
def test_one_unreadable_file_leaves_the_whole_unchecked(api, run_small, tmp_path, folders, drawn):
    made, private = folders
    drawn[0].save(made / "a.png")
    (made / "b.png").write_bytes((made / "a.png").read_bytes()[:700])
    stripes = Image.new("RGB", (SIDE, SIDE), "white")
    for x in range(0, SIDE, 24):
        stripes.paste("navy", (x, 0, x + 9 + x // 24, SIDE - 5 * x // 9))
    stripes.save(private / "a.png")
    assert (
        run_small(api, AlbumGallery={"folder": str(private)}, AlbumPictureAudit={"folder": str(made)}).status == "done"
    )
    outcome, states = verdicts(tmp_path)
    assert outcome == "unchecked"
    assert states == {"a.png": "clean", "b.png": "unchecked"}
