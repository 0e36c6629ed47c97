"""Look at the plan, change it, render, and redo what is not good enough."""

from .description import Column, in_columns, note, part

NOTE = """## You have the last word

1. Write the two stories; the second one continues the first.
2. Look at *The plan* and *The blueprints* before anything is rendered: select one of them and press the play button \
in the bar above it, which runs only what leads there.
3. Change what you do not like, in the group *Change*.
4. Press **Run**. Photos appear one by one.

**Your own corrections** is empty and passes the plan on. To change anything that no node offers, copy *The plan* into \
it and edit there; mistakes are named by field.

**Album Scene Edit** changes one scene: here the third gets balloons and is seen from below. Only that photo is made \
again. Put more of them in a row for more scenes.
"""
REDO_NOTE = """## Redo chosen photos

Photo 3 is not good enough? `subset` = `3`, `attempt` = `1`, **Run**. Still not? `attempt` = `2`. All others stay \
as they are. More at once: `3,7-9`.

With an empty `subset` and `attempt` = `0` later runs keep what you chose.
"""

HUMAN_IN_THE_LOOP = in_columns(
    "human-in-the-loop",
    [
        Column(
            "Two stories",
            "story",
            400,
            [
                part(
                    "planner", "AlbumStoryPlanner", 260, "The story",
                    prompt="Maya and Tom in the mountains: a hike in the morning, a picnic by the lake and a campfire "
                    "at night",
                    photos=5,
                ),
                part(
                    "sequel", "AlbumStoryPlanner", 260, "How it goes on",
                    prompt="Maya and Tom at the market the next morning, then coffee in a café",
                    photos=3,
                    seed=1,
                ),
            ],
            note("note", 340, "Start here", NOTE),
        ),
        Column(
            "Change",
            "story",
            400,
            [
                part("own", "AlbumPlanEdit", 160, "Your own corrections", plan=("planner", "plan")),
                part(
                    "edit", "AlbumSceneEdit", 500, plan=("own", "plan"), scene=3, camera_angle="low",
                    objects_add="3 red balloons",
                ),
                part("merge", "AlbumPlanMerge", 60, first=("edit", "plan"), second=("sequel", "plan")),
                part("text", "PreviewAny", 320, "The plan", source=("merge", "plan_json")),
            ],
        ),
        Column(
            "Layout and cast",
            "stage",
            360,
            [
                part("layout", "AlbumLayout", 170, plan=("merge", "plan")),
                part("blueprints", "PreviewImage", 360, "The blueprints", images=("layout", "blueprints")),
                part("renderer", "AlbumStoryboardRenderer", 60),
                part("identity", "AlbumIdentity", 330, plan=("merge", "plan"), renderer=("renderer", "renderer")),
            ],
        ),
        Column(
            "Render and redo",
            "render",
            360,
            [
                part(
                    "render", "AlbumRender", 600,
                    plan=("merge", "plan"), layout=("layout", "layout"), cast=("identity", "cast"),
                    renderer=("renderer", "renderer"), album_name="my choice",
                ),
            ],
            note("redo_note", 180, "Redo", REDO_NOTE),
        ),
        Column(
            "Look",
            "look",
            520,
            [
                part("photos", "PreviewImage", 640, "The photos", images=("render", "photos")),
                part("table", "PreviewAny", 260, "Numbers, seeds, attempts", source=("render", "table")),
            ],
        ),
        Column("Save", "save", 520, [part("save", "AlbumSave", 640, album=("render", "album"))]),
    ],
)  # fmt: skip
