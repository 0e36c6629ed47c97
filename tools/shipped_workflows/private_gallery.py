"""The whole chain against a gallery of private pictures: check, make again, report."""

from .description import COLORS, Group, Node, Workflow

PRIVATE_NOTE = """## An album that must not give anybody away

1. Give **Album Gallery** the folder of your private pictures. Only vectors and hashes of them are kept.
2. Write the story into **Album Story Planner**. Press **Run**.
3. Every photo is compared with the gallery: near-copies, and the people in it. What is too near is made again with \
another seed, less reference, another identity; what still fails is withheld.
4. Open `reports/leakage.html` in the album's folder: what was compared with what, at which error rates, and what was \
redone.

The two **Album Builtin Encoder** nodes know drawn pictures only. For real photos put *Album Encoder Loader* (CLIP, \
DINOv2, SSCD) and *Album Face Encoder* in their places, and calibrate them with `synthetic-albums calibrate`: without \
a calibration nothing is called clean. Without a folder the album says that it was *not checked*.
"""

_SHARED = {"gallery": ("gallery", "gallery")}
PRIVATE_GALLERY = Workflow(
    "private-gallery",
    [
        Node("note", "MarkdownNote", (40, 90), (400, 400), {"text": PRIVATE_NOTE}, title="Start here"),
        Node("planner", "AlbumStoryPlanner", (40, 580), (400, 300)),
        Node("layout", "AlbumLayout", (540, 90), (320, 170), {"plan": ("planner", "plan")}),
        Node("renderer", "AlbumStoryboardRenderer", (540, 340), (320, 60)),
        Node("people", "AlbumBuiltinEncoder", (540, 490), (320, 130), {"looks_at": "people"}, title="People encoder"),
        Node(
            "pictures", "AlbumBuiltinEncoder", (540, 710), (320, 130), {"looks_at": "pictures"}, title="Picture encoder"
        ),
        Node(
            "gallery",
            "AlbumGallery",
            (960, 90),
            (340, 190),
            {"picture_encoder": ("pictures", "encoder"), "person_encoder": ("people", "encoder")},
        ),
        Node(
            "identity",
            "AlbumIdentity",
            (960, 370),
            (340, 330),
            {"plan": ("planner", "plan"), "renderer": ("renderer", "renderer")},
        ),
        Node(
            "render",
            "AlbumRender",
            (1400, 90),
            (340, 600),
            {
                "plan": ("identity", "plan"),
                "layout": ("layout", "layout"),
                "cast": ("identity", "cast"),
                "renderer": ("renderer", "renderer"),
            },
        ),
        Node("check", "AlbumLeakageCheck", (1840, 90), (340, 330), {"album": ("render", "album"), **_SHARED}),
        Node(
            "redo",
            "AlbumResynthesize",
            (1840, 510),
            (340, 560),
            {
                "album": ("check", "album"),
                "plan": ("identity", "plan"),
                "layout": ("layout", "layout"),
                "cast": ("identity", "cast"),
                "renderer": ("renderer", "renderer"),
                **_SHARED,
            },
        ),
        Node("report", "AlbumLeakageReport", (2280, 90), (420, 130), {"album": ("redo", "album")}),
        Node(
            "picture",
            "PreviewImage",
            (2280, 310),
            (420, 560),
            {"images": ("report", "picture")},
            title="The leakage report",
        ),
        Node("log", "PreviewAny", (2280, 950), (420, 160), {"source": ("redo", "log")}, title="What was redone"),
        Node("save", "AlbumSave", (2800, 90), (520, 640), {"album": ("redo", "album")}),
    ],
    [
        Group("1 · Story", (20, 510, 440, 390), COLORS["story"]),
        Group("2 · Layout, renderer, encoders", (520, 20, 360, 840), COLORS["stage"]),
        Group("3 · Gallery and cast", (940, 20, 380, 700), COLORS["stage"]),
        Group("4 · Render", (1380, 20, 380, 690), COLORS["render"]),
        Group("5 · Check and redo", (1820, 20, 380, 1070), COLORS["check"]),
        Group("6 · Report", (2260, 20, 460, 1110), COLORS["look"]),
        Group("7 · Save", (2780, 20, 560, 730), COLORS["save"]),
    ],
)
