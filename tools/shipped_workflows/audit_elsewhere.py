"""Pictures that were made elsewhere, compared with private ones: no album, only the check and its report."""

from .description import Column, in_columns, note, part

NOTE = """## Does anything private show in pictures that were made elsewhere?

1. Give **Album Gallery** the folder of the private pictures that must not come back. Only vectors and hashes of them \
are kept.
2. Give **Album Picture Audit** the folder of the pictures to look at, or connect pictures of a graph of your own, as \
*VAE Decode* gives them, to `images`.
3. Press **Run**. Every picture is compared with the gallery: near-copies, and the people in it.

Nothing is moved or changed. The report is also written as a page, `reports/leakage.html` in the folder `audit` of the \
output folder: what was compared with what, at which error rates, picture by picture.
"""

ENCODERS_NOTE = """The two encoders know drawn pictures only. For photographs put *Album Encoder Loader* (CLIP, \
DINOv2, SSCD) and *Album Face Encoder* in their places, and calibrate them with `synthetic-albums calibrate`: without \
a calibration nothing is called clean.
"""

READING_NOTE = """`clean` means that every picture was compared and that none came nearer to the gallery than the \
threshold. One file that cannot be read, or a check that could not be made, and the whole is `unchecked`.

Without a gallery or without pictures the report says *Not checked*.
"""

AUDIT_ELSEWHERE = in_columns(
    "audit-elsewhere",
    [
        Column(
            "Encoders",
            "stage",
            400,
            [
                part("people", "AlbumBuiltinEncoder", 130, "People encoder", looks_at="people"),
                part("pictures", "AlbumBuiltinEncoder", 130, "Picture encoder", looks_at="pictures"),
            ],
            note("note", 320, "Start here", NOTE),
        ),
        Column(
            "Private pictures",
            "check",
            380,
            [
                part(
                    "gallery", "AlbumGallery", 140,
                    picture_encoder=("pictures", "encoder"), person_encoder=("people", "encoder"),
                ),
                part("summary", "PreviewAny", 200, "What is in the gallery", source=("gallery", "summary")),
            ],
            note("encoders", 180, "For photographs", ENCODERS_NOTE),
        ),
        Column(
            "Pictures made elsewhere",
            "render",
            380,
            [part("audit", "AlbumPictureAudit", 300, gallery=("gallery", "gallery"))],
            note("reading", 180, "How to read the result", READING_NOTE),
        ),
        Column(
            "Look",
            "look",
            560,
            [
                part("picture", "PreviewImage", 640, "The report", images=("audit", "picture")),
                part("text", "PreviewAny", 300, "The report in words", source=("audit", "text")),
            ],
        ),
    ],
)  # fmt: skip
