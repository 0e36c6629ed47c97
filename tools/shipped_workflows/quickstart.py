"""One prompt, one album: the chain in its shortest form."""

from .description import COLORS, Group, Node, Workflow

QUICKSTART_NOTE = """## One prompt, one album

1. Write the story into **Album Story Planner**.
2. Press **Run**. The photos appear one by one.
3. Open `index.html` in the album's folder, inside ComfyUI's output folder.

Run again and only what changed is made. To redo photo 7, use the subset and attempt of **Album Render**.

**Album Storyboard Renderer** draws. Put *Album Builtin Renderer*, a tiny diffusion model, or any other renderer in \
its place: the rest stays as it is.

Give **Album Gallery** a folder of private pictures and every photo is compared with them. Without one the album says \
that it was *not checked*.

Every node has a help page: select it and click the info symbol above it.
"""

QUICKSTART = Workflow(
    "quickstart",
    [
        Node("note", "MarkdownNote", (40, 90), (400, 250), {"text": QUICKSTART_NOTE}, title="Start here"),
        Node("planner", "AlbumStoryPlanner", (40, 430), (400, 300)),
        Node("layout", "AlbumLayout", (540, 90), (320, 170), {"plan": ("planner", "plan")}),
        Node("renderer", "AlbumStoryboardRenderer", (540, 340), (320, 60)),
        Node(
            "identity",
            "AlbumIdentity",
            (540, 490),
            (320, 330),
            {"plan": ("planner", "plan"), "renderer": ("renderer", "renderer")},
        ),
        Node(
            "render",
            "AlbumRender",
            (960, 90),
            (340, 600),
            {
                "plan": ("planner", "plan"),
                "layout": ("layout", "layout"),
                "cast": ("identity", "cast"),
                "renderer": ("renderer", "renderer"),
            },
        ),
        Node("gallery", "AlbumGallery", (1400, 90), (340, 170)),
        Node(
            "check",
            "AlbumLeakageCheck",
            (1400, 340),
            (340, 330),
            {"album": ("render", "album"), "gallery": ("gallery", "gallery")},
        ),
        Node(
            "photos",
            "PreviewImage",
            (1840, 90),
            (460, 640),
            {"images": ("check", "photos")},
            title="The checked photos",
        ),
        Node("report", "PreviewAny", (1400, 750), (340, 180), {"source": ("check", "report")}, title="Report"),
        Node("save", "AlbumSave", (2400, 90), (520, 640), {"album": ("check", "album")}),
    ],
    [
        Group("1 · Story", (20, 360, 440, 390), COLORS["story"]),
        Group("2 · Layout and cast", (520, 20, 360, 820), COLORS["stage"]),
        Group("3 · Render", (940, 20, 380, 690), COLORS["render"]),
        Group("4 · Check", (1380, 20, 380, 930), COLORS["check"]),
        Group("5 · Look", (1820, 20, 500, 730), COLORS["look"]),
        Group("6 · Save", (2380, 20, 560, 730), COLORS["save"]),
    ],
)
