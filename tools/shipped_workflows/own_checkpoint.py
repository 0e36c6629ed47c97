"""An album painted by the user's own SD 1.5 or SDXL checkpoint."""

from .description import Column, in_columns, note, part

CHECKPOINT = "v1-5-pruned-emaonly-fp16.safetensors"
MODEL = {
    "name": CHECKPOINT,
    "url": f"https://huggingface.co/Comfy-Org/stable-diffusion-v1-5-archive/resolve/main/{CHECKPOINT}?download=true",
    "directory": "checkpoints",
}
NOTE = """## An album with your own checkpoint

1. Put an SD 1.5 or SDXL checkpoint into `models/checkpoints` and write its file name into **Album Diffusers \
Renderer**. Named there now: [Stable Diffusion 1.5](https://huggingface.co/Comfy-Org/stable-diffusion-v1-5-archive), \
2 GB.
2. For SDXL set **Album Layout** to 1024 x 1024 and `portrait_size` of **Album Identity** to 768.
3. Write the story into **Album Story Planner**. Press **Run**.

First everybody gets portraits and every place a plate without people. All photos are painted after these, so \
people and places stay the same. Look at the portraits before the rest: another `seed` in the planner casts other \
people.

Nothing is downloaded by the pack. LoRAs, ControlNets and an IP-Adapter go into the same node.
"""
MONITOR_NOTE = """## What the monitor can say

It compares each photo with portraits and plates. The encoder that comes with the pack knows *drawn* people only, so \
`max_tries` is 1: it looks, and nothing is made again.

For photographs connect *Album Face Encoder* to `person_encoder`, calibrated with `synthetic-albums calibrate`, and \
set `max_tries` to 4: then a photo with the wrong people is made again.
"""

OWN_CHECKPOINT = in_columns(
    "own-checkpoint",
    [
        Column(
            "Story",
            "story",
            400,
            [
                part(
                    "planner", "AlbumStoryPlanner", 300,
                    prompt="Maya and Tom at the coast: breakfast in a café, a walk through the old town, a boat trip, "
                    "then sunset at the beach",
                    photos=6,
                    seed=6,
                ),
            ],
            note("note", 320, "Start here", NOTE),
        ),
        Column(
            "Checkpoint and layout",
            "stage",
            400,
            [
                part("renderer", "AlbumDiffusersRenderer", 760, models=(MODEL,), checkpoint=CHECKPOINT),
                part("layout", "AlbumLayout", 170, plan=("planner", "plan"), width=512, height=512),
            ],
        ),
        Column(
            "Portraits and plates",
            "stage",
            380,
            [
                part(
                    "identity", "AlbumIdentity", 330, plan=("planner", "plan"), renderer=("renderer", "renderer"),
                    portrait_size=512, anchors="all",
                ),
                part("portraits", "PreviewImage", 400, "The cast", images=("identity", "portraits")),
            ],
        ),
        Column(
            "Render, watched",
            "render",
            380,
            [
                part(
                    "render", "AlbumRender", 600,
                    plan=("identity", "plan"), layout=("layout", "layout"), cast=("identity", "cast"),
                    renderer=("renderer", "renderer"), album_name="my checkpoint", monitor="on", max_tries=1,
                ),
            ],
            note("monitor_note", 200, "The monitor", MONITOR_NOTE),
        ),
        Column(
            "Look",
            "look",
            480,
            [
                part("photos", "PreviewImage", 640, "The photos", images=("render", "photos")),
                part("table", "PreviewAny", 220, "Seeds, tries, what was measured", source=("render", "table")),
            ],
        ),
        Column("Save", "save", 520, [part("save", "AlbumSave", 640, album=("render", "album"))]),
    ],
)  # fmt: skip
