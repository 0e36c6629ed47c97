"""An album sampled by core's own KSampler: scenes go out as lists, pictures come back as an album."""

from .description import Column, in_columns, note, part
from .own_checkpoint import CHECKPOINT, MODEL

NOTE = """## Sampling by yourself, with ComfyUI's own nodes

1. Choose a checkpoint in **Your checkpoint** and set **Album Layout** to the size that it likes: 512 for SD 1.5, 1024 \
for SDXL.
2. Write the story into **Album Story Planner**. Press **Run**.

**Album Scene Pick** gives sizes and seeds as lists, **Album Scene Conditioning** the texts with their regions. So \
everything between them and **Album Collect** runs once for each photo: change it as you like. *Apply ControlNet* goes \
in front of *KSampler* and takes `pose`, `depth` or `segmentation`.

To do photo 3 again, write 3 into `scenes` of both nodes and into `subset` of **Album Collect**, and set `attempt` to 1.

Here nobody is shown portraits: people are kept alike by their words alone. For more take the workflow *own-model*.
"""
STORY = {"plan": ("planner", "plan"), "layout": ("layout", "layout"), "cast": ("identity", "cast")}

SAMPLE_IT_YOURSELF = in_columns(
    "sample-it-yourself",
    [
        Column(
            "Story and model",
            "story",
            400,
            [
                part(
                    "planner", "AlbumStoryPlanner", 300,
                    prompt="Two friends on a winter weekend: skiing in the mountains, a snowball fight, hot chocolate "
                    "by the fireplace",
                    photos=4,
                    seed=2,
                ),
                part(
                    "checkpoint", "CheckpointLoaderSimple", 110, "Your checkpoint", models=(MODEL,),
                    ckpt_name=CHECKPOINT,
                ),
            ],
            note("note", 340, "Start here", NOTE),
        ),
        Column(
            "Layout and cast",
            "stage",
            340,
            [
                part("layout", "AlbumLayout", 170, plan=("planner", "plan"), width=512, height=512),
                part("identity", "AlbumIdentity", 330, plan=("planner", "plan")),
            ],
        ),
        Column(
            "Scenes as lists",
            "stage",
            400,
            [
                part("pick", "AlbumScenePick", 420, **STORY),
                part("conditioning", "AlbumSceneConditioning", 340, clip=("checkpoint", "CLIP"), **STORY),
                part("texts", "PreviewAny", 240, "What is told", source=("conditioning", "texts")),
            ],
        ),
        Column(
            "Core's own nodes",
            "render",
            340,
            [
                part(
                    "negative", "CLIPTextEncode", 130, "What no photo should show",
                    clip=("checkpoint", "CLIP"), text=("pick", "negative"),
                ),
                part(
                    "latent", "EmptyLatentImage", 130, "As large as the layout",
                    width=("pick", "width"), height=("pick", "height"),
                ),
                part(
                    "sampler", "KSampler", 300, "Once for each photo",
                    model=("checkpoint", "MODEL"), seed=("pick", "seed"), steps=25, cfg=6.0, sampler_name="dpmpp_2m",
                    scheduler="karras", positive=("conditioning", "conditioning"),
                    negative=("negative", "CONDITIONING"), latent_image=("latent", "LATENT"),
                ),
                part("decode", "VAEDecode", 70, "To pixels", samples=("sampler", "LATENT"), vae=("checkpoint", "VAE")),
            ],
        ),
        Column(
            "Collect",
            "render",
            380,
            [
                part(
                    "collect", "AlbumCollect", 420,
                    images=("decode", "IMAGE"), album_name="my own sampling", seeds=("pick", "seed"),
                    how="dpmpp_2m, karras, 25 steps, CFG 6", **STORY,
                ),
                part("check", "AlbumLeakageCheck", 360, album=("collect", "album")),
            ],
        ),
        Column("Look", "look", 480, [part("photos", "PreviewImage", 640, "The photos", images=("check", "photos"))]),
        Column("Save", "save", 520, [part("save", "AlbumSave", 640, album=("check", "album"))]),
    ],
)  # fmt: skip
