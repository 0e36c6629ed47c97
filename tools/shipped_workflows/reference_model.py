"""An album painted by a model for editing, which is shown portraits and plates as reference pictures."""

from .description import Column, in_columns, note, part
from .own_model import CHECK_NOTE

DENOISER, VAE = "flux1-dev-kontext_fp8_scaled.safetensors", "ae.safetensors"
CLIP, T5 = "clip_l.safetensors", "t5xxl_fp8_e4m3fn_scaled.safetensors"
HOST = "https://huggingface.co"
TEXTS = f"{HOST}/comfyanonymous/flux_text_encoders/resolve/main"


def file(name: str, folder: str, directory: str) -> dict[str, str]:
    """One of the files that the editor offers to download."""
    return {"name": name, "url": f"{folder}/{name}", "directory": directory}


NOTE = """## An album with a model for editing

1. Put the files of FLUX.1 Kontext [dev] into ComfyUI's folders, as the three loaders name them: 12 GB for the \
denoiser, 5 GB for the text encoders. Its licence is for non-commercial use; read it first.
2. Write the story into **Album Story Planner**. Press **Run**.

Everybody gets a portrait and every place a plate without people. For each photo the model is handed those of its cast \
and its place as reference pictures, and the prompt says which is which: "image 1: …".

Flux wants `cfg` 1, `sampler` euler and `scheduler` simple, as they are set here. **Flux.2**, **Qwen-Image-Edit** and \
**OmniGen2** work the same way with their own loaders. Plain FLUX.1 [dev] takes references, \
too, but was never trained with any: people will not look alike.
"""
REFERENCE_MODEL = in_columns(
    "reference-model",
    [
        Column(
            "Story and model",
            "story",
            400,
            [
                part(
                    "planner", "AlbumStoryPlanner", 300,
                    prompt="Ida and her grandfather: baking bread at home, a boat trip on the lake, a walk in the "
                    "autumn forest, an evening by the fireplace",
                    photos=4,
                    seed=9,
                ),
                part(
                    "denoiser", "UNETLoader", 130, "The denoiser",
                    models=(file(DENOISER, f"{HOST}/Comfy-Org/flux1-kontext-dev_ComfyUI/resolve/main/split_files/"
                                           "diffusion_models", "diffusion_models"),),
                    unet_name=DENOISER,
                ),
                part(
                    "texts", "DualCLIPLoader", 180, "The text encoders",
                    models=(file(CLIP, TEXTS, "text_encoders"), file(T5, TEXTS, "text_encoders")),
                    clip_name1=CLIP, clip_name2=T5, type="flux",
                ),
                part(
                    "vae", "VAELoader", 90, "The VAE",
                    models=(file(VAE, f"{HOST}/Comfy-Org/Lumina_Image_2.0_Repackaged/resolve/main/split_files/vae",
                                 "vae"),),
                    vae_name=VAE,
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
                    model=("denoiser", "MODEL"), clip=("texts", "CLIP"), vae=("vae", "VAE"),
                    sampler="euler", scheduler="simple", steps=20, cfg=1.0, negative_prompt="",
                ),
                part("layout", "AlbumLayout", 170, plan=("planner", "plan"), width=1024, height=1024),
            ],
        ),
        Column(
            "Portraits and plates",
            "stage",
            380,
            [
                part(
                    "identity", "AlbumIdentity", 330, plan=("planner", "plan"), renderer=("renderer", "renderer"),
                    portrait_size=1024, anchors="all",
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
                    renderer=("renderer", "renderer"), album_name="by reference",
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
