"""The chain of the quickstart as one node with five widgets."""

from .description import Blueprint, Column, Exposed, in_columns, part

PHOTO_ALBUM = Blueprint(
    "photo-album",
    "Photo album",
    "One prompt becomes one album: story, layout, cast, drawn photos, leakage check, page. Open it to put another "
    "renderer inside, or to name a gallery of private pictures that must not come back.",
    ("album", "photo album", "story", "storyboard", "synthetic albums", "contact sheet"),
    in_columns(
        "photo-album",
        [
            Column("Story", "story", 400, [part("planner", "AlbumStoryPlanner", 300)]),
            Column(
                "Layout and cast",
                "stage",
                320,
                [
                    part("layout", "AlbumLayout", 170, plan=("planner", "plan")),
                    part("renderer", "AlbumStoryboardRenderer", 60),
                    part(
                        "identity", "AlbumIdentity", 330, plan=("planner", "plan"), renderer=("renderer", "renderer"),
                    ),
                ],
            ),
            Column(
                "Render",
                "render",
                340,
                [
                    part(
                        "render", "AlbumRender", 600,
                        plan=("planner", "plan"), layout=("layout", "layout"), cast=("identity", "cast"),
                        renderer=("renderer", "renderer"),
                    ),
                ],
            ),
            Column(
                "Check",
                "check",
                340,
                [
                    part("gallery", "AlbumGallery", 170),
                    part(
                        "check", "AlbumLeakageCheck", 330, album=("render", "album"), gallery=("gallery", "gallery"),
                    ),
                ],
            ),
            Column("Save", "save", 420, [part("save", "AlbumSave", 520, album=("check", "album"))]),
        ],
    ),
    inputs=(
        Exposed("prompt", (("planner", "prompt"),)),
        Exposed("photos", (("planner", "photos"),)),
        Exposed("seed", (("planner", "seed"),)),
        Exposed("size", (("layout", "width"), ("layout", "height"))),
        Exposed("album_name", (("render", "album_name"),)),
    ),
    outputs=(("photos", "check", "photos"), ("album", "check", "album"), ("page", "save", "page")),
    size=(420, 300),
)  # fmt: skip
