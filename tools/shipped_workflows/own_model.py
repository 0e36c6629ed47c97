"""An album painted by a checkpoint that ComfyUI has loaded, with everything that can be put on a MODEL."""

from .description import Column, in_columns, note, part
from .own_checkpoint import CHECKPOINT, MODEL

NOTE = f"""## An album with a model of your own, by ComfyUI itself

1. Choose a checkpoint in **Your checkpoint**: any SD 1.5 or SDXL. Named there now: {CHECKPOINT}, 2 GB.
2. For SDXL set **Album Layout** to 1024 x 1024 and `portrait_size` of **Album Identity** to 768.
3. Write the story into **Album Story Planner**. Press **Run**.

*Load LoRA*, *FreeU* and whatever else takes a MODEL go between **Your checkpoint** and **Album Model Renderer**, \
*Load ControlNet Model* into its `pose_control_net`. Memory, samplers and schedulers are ComfyUI's own.

First everybody gets portraits and every place a plate without people. All photos look at these, so people and places \
stay the same. Photos that are finished are not made again, unless something changes that they depend on.
"""
CHECK_NOTE = """## Before you share it

Write a folder of private pictures into **Album Gallery**: photos that come too near to one of them are withheld. \
Without a gallery nothing is compared, and the album says so.
"""

OWN_MODEL = in_columns(
    "own-model",
    [
        Column(
            "Story and model",
            "story",
            400,
            [
                part(
                    "planner", "AlbumStoryPlanner", 300,
                    prompt="Nora and Sam in the city: coffee at a café, an afternoon at the museum, the market, then "
                    "fireworks at night",
                    photos=6,
                    seed=4,
                ),
                part(
                    "checkpoint", "CheckpointLoaderSimple", 110, "Your checkpoint", models=(MODEL,),
                    ckpt_name=CHECKPOINT,
                ),
            ],
            note("note", 330, "Start here", NOTE),
        ),
        Column(
            "Renderer and layout",
            "stage",
            400,
            [
                part(
                    "renderer", "AlbumModelRenderer", 740,
                    model=("checkpoint", "MODEL"), clip=("checkpoint", "CLIP"), vae=("checkpoint", "VAE"),
                ),
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
            "Render",
            "render",
            380,
            [
                part(
                    "render", "AlbumRender", 600,
                    plan=("identity", "plan"), layout=("layout", "layout"), cast=("identity", "cast"),
                    renderer=("renderer", "renderer"), album_name="my model",
                ),
            ],
        ),
        Column(
            "Check",
            "check",
            400,
            [
                part("gallery", "AlbumGallery", 130),
                part("check", "AlbumLeakageCheck", 360, album=("render", "album"), gallery=("gallery", "gallery")),
                part("report", "PreviewAny", 200, "What was compared", source=("check", "report")),
            ],
            note("check_note", 170, "The check", CHECK_NOTE),
        ),
        Column("Look", "look", 480, [part("photos", "PreviewImage", 640, "The photos", images=("check", "photos"))]),
        Column("Save", "save", 520, [part("save", "AlbumSave", 640, album=("check", "album"))]),
    ],
)  # fmt: skip
