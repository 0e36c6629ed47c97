"""The same people in two albums: saved as a file after the first, loaded for the second."""

from .description import Column, in_columns, note, part

NOTE = """## The same people in another album

1. Write two stories. Whoever has the same name in both is the same person.
2. Press **Run**. Album one is made, its cast is saved, and album two is made with it.

**Album Cast Save** writes `my people.safetensors` into the output folder: vectors, portraits, looks. Choose the name \
and state a licence there.

**Album Cast Load** lets the saved people play in the second story. They bring their looks and portraits; clothes and \
whoever is new come from the story. With other names say who plays whom in `mapping`, as in `maya=ana`.

**Regex Extract** hands the file's name on, so that it is loaded after it was saved. In a workflow of its own \
**Album Cast Load** needs no link: write the name into `file_name`. While it is linked, contact sheets do not carry \
the graph, because such names may be private.
"""

CHARACTER_LIBRARY = in_columns(
    "character-library",
    [
        Column(
            "Two stories",
            "story",
            400,
            [
                part(
                    "planner", "AlbumStoryPlanner", 260, "Story one",
                    prompt="Maya and her dog Biscuit at the beach",
                    photos=4,
                ),
                part(
                    "second", "AlbumStoryPlanner", 260, "Story two",
                    prompt="Maya at the christmas market with her grandmother Rosa",
                    photos=4,
                    seed=6,
                ),
            ],
            note("note", 320, "Start here", NOTE),
        ),
        Column(
            "Album one: cast",
            "stage",
            340,
            [
                part("renderer", "AlbumStoryboardRenderer", 60),
                part("layout", "AlbumLayout", 170, plan=("planner", "plan")),
                part("identity", "AlbumIdentity", 330, plan=("planner", "plan"), renderer=("renderer", "renderer")),
            ],
        ),
        Column(
            "Album one: render",
            "render",
            340,
            [
                part(
                    "render", "AlbumRender", 600,
                    plan=("planner", "plan"), layout=("layout", "layout"), cast=("identity", "cast"),
                    renderer=("renderer", "renderer"), album_name="album one",
                ),
            ],
        ),
        Column(
            "The library",
            "check",
            380,
            [
                part(
                    "keep", "AlbumCastSave", 150, cast=("identity", "cast"), plan=("planner", "plan"),
                    file_name="my people",
                ),
                part(
                    "name", "RegexExtract", 280, "The saved file's name", string=("keep", "summary"),
                    regex_pattern=r"([^\\/\n]+)\.safetensors", mode="First Group",
                ),
                part("load", "AlbumCastLoad", 180, file_name=("name", "STRING"), plan=("second", "plan")),
                part("portraits", "PreviewImage", 320, "The saved people", images=("load", "portraits")),
            ],
        ),
        Column(
            "Album two: render",
            "render",
            340,
            [
                part("layout2", "AlbumLayout", 170, plan=("load", "plan")),
                part(
                    "render2", "AlbumRender", 600,
                    plan=("load", "plan"), layout=("layout2", "layout"), cast=("load", "cast"),
                    renderer=("renderer", "renderer"), album_name="album two",
                ),
            ],
        ),
        Column(
            "Save",
            "save",
            520,
            [
                part("save", "AlbumSave", 480, "Album one", album=("render", "album")),
                part("save2", "AlbumSave", 480, "Album two", album=("render2", "album")),
            ],
        ),
    ],
)  # fmt: skip
