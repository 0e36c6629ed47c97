"""Several people in one photo, each at their own place, and a monitor that says when they are mixed up."""

from .description import Column, in_columns, note, part

NOTE = """## Five people, none of them mixed up

1. Write the story into **Album Story Planner**: name everybody who is to be there.
2. Press **Run**.
3. Read *Tries and measures*: who was recognised where, and which photos were made again.

**Album Identity** keeps the people apart: with the encoder connected, whoever looks like somebody else is recast. So \
take the plan from it, not from the planner.

**Album Layout** gives everybody their own region. Wide pictures leave more room for groups.

**Album Render** compares everybody with their portrait. A photo with the wrong people at a place is made again, up to \
`max_tries` times; if every try fails, the best is kept and called *BELOW THE BAR*.

**Album Builtin Encoder** knows drawn people only. For photographs connect *Album Face Encoder*, calibrated, in its \
place.
"""

TWO_FAMILIES = in_columns(
    "two-families",
    [
        Column(
            "Story",
            "story",
            400,
            [
                part(
                    "planner", "AlbumStoryPlanner", 300,
                    prompt="Two families at the zoo: Anna, Paul and their daughter Lena, and Grace with her son Noah. "
                    "They look at the animals, take photos and dance to street music in the old town",
                    photos=6,
                    seed=2,
                ),
            ],
            note("note", 320, "Start here", NOTE),
        ),
        Column(
            "Cast, kept apart",
            "stage",
            360,
            [
                part("renderer", "AlbumStoryboardRenderer", 60),
                part("people", "AlbumBuiltinEncoder", 130, "People encoder", looks_at="people"),
                part(
                    "identity", "AlbumIdentity", 330, plan=("planner", "plan"), renderer=("renderer", "renderer"),
                    encoder=("people", "encoder"), anchors="all",
                ),
                part("portraits", "PreviewImage", 320, "The cast", images=("identity", "portraits")),
            ],
        ),
        Column(
            "Layout",
            "stage",
            360,
            [
                part("layout", "AlbumLayout", 170, plan=("identity", "plan"), width=768, height=512),
                part("blueprints", "PreviewImage", 320, "Who stands where", images=("layout", "blueprints")),
            ],
        ),
        Column(
            "Render, watched",
            "render",
            360,
            [
                part(
                    "render", "AlbumRender", 600,
                    plan=("identity", "plan"), layout=("layout", "layout"), cast=("identity", "cast"),
                    renderer=("renderer", "renderer"), person_encoder=("people", "encoder"),
                    album_name="two families", monitor="on", max_tries=4,
                ),
            ],
        ),
        Column(
            "Look",
            "look",
            520,
            [
                part("photos", "PreviewImage", 560, "The photos", images=("render", "photos")),
                part("table", "PreviewAny", 260, "Tries and measures", source=("render", "table")),
            ],
        ),
        Column("Save", "save", 520, [part("save", "AlbumSave", 560, album=("render", "album"), columns=3)]),
    ],
)  # fmt: skip
