"""A storyboard and its blueprints: what will be in each picture, before any model is asked."""

from .description import Column, in_columns, note, part

NOTE = """## A storyboard, without any model

1. Write the story into **Album Story Planner**. `photos` = 0 takes as many pictures as the story needs.
2. Choose the shape of the pictures in **Album Layout**.
3. Press **Run**. Everything is drawn on the processor, about a second a picture.

**Album Layout Control** gives what ControlNets read: OpenPose skeletons, depth and ADE20K colours, one picture for \
each scene. Lead its outputs to *Apply ControlNet* of your own graph, or put *Save Image* behind them.

When the storyboard is right, put *Album Builtin Renderer* or *Album Diffusers Renderer* in the place of **Album \
Storyboard Renderer**: the plan and the layout stay, and only the pixels are made anew.
"""

STORYBOARD_ONLY = in_columns(
    "storyboard-only",
    [
        Column(
            "Story",
            "story",
            400,
            [
                part(
                    "planner", "AlbumStoryPlanner", 300,
                    prompt="A boy and his dog build a kite in the garden, fly it on a windy hill, and warm up "
                    "by the fireplace in the evening",
                    seed=3,
                ),
            ],
            note("note", 300, "Start here", NOTE),
        ),
        Column(
            "Layout and cast",
            "stage",
            320,
            [
                part("layout", "AlbumLayout", 170, plan=("planner", "plan"), width=768, height=432),
                part("renderer", "AlbumStoryboardRenderer", 60),
                part(
                    "identity", "AlbumIdentity", 330, plan=("planner", "plan"), renderer=("renderer", "renderer"),
                ),
            ],
        ),
        Column(
            "Blueprints",
            "stage",
            340,
            [
                part("control", "AlbumLayoutControl", 80, plan=("planner", "plan"), layout=("layout", "layout")),
                part("pose", "PreviewImage", 250, "OpenPose", images=("control", "pose")),
                part("depth", "PreviewImage", 250, "Depth", images=("control", "depth")),
                part("segmentation", "PreviewImage", 250, "Segmentation", images=("control", "segmentation")),
            ],
        ),
        Column(
            "Draw",
            "render",
            340,
            [
                part(
                    "render", "AlbumRender", 600,
                    plan=("planner", "plan"), layout=("layout", "layout"), cast=("identity", "cast"),
                    renderer=("renderer", "renderer"), album_name="storyboard",
                ),
            ],
        ),
        Column(
            "Look",
            "look",
            520,
            [
                part("pictures", "PreviewImage", 420, "The storyboard", images=("render", "photos")),
                part("sheet", "AlbumContactSheet", 110, album=("render", "album"), columns=3, tile=384),
                part("picture", "PreviewImage", 420, "The contact sheet", images=("sheet", "sheet")),
            ],
        ),
        Column("Save", "save", 460, [part("save", "AlbumSave", 500, album=("render", "album"), columns=3)]),
    ],
)  # fmt: skip
