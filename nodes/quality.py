"""How good an album is beside reference pictures."""

from .sockets import ALBUM, ALBUM_ENCODER


class AlbumQualityReport:
    CATEGORY = "Synthetic Albums/quality"
    DESCRIPTION = (
        "Compares an album's photos with a folder of reference pictures: how near they come as a set (KID, precision, "
        "recall, coverage), how varied they are, and who is in the cast. For use beside the leakage check."
    )
    SEARCH_ALIASES = ["FID", "KID", "precision recall", "diversity", "coverage", "utility", "metrics", "evaluate"]
    FUNCTION = "measure"
    RETURN_TYPES = ("STRING", "FLOAT", "IMAGE")
    RETURN_NAMES = ("report", "kid", "chart")
    OUTPUT_TOOLTIPS = (
        "Every number in words, with its encoder, interval and limits. The same is in reports/quality.json.",
        "Kernel distance between photos and reference pictures: 0 = cannot be told apart, larger = further away.",
        "The shares and their 95 % intervals as bars. The same is in reports/quality.png.",
    )

    @classmethod
    def INPUT_TYPES(cls):
        return {
            "required": {
                "album": (ALBUM, {"tooltip": "From Album Render or Album Leakage Check."}),
                "reference_folder": (
                    "STRING",
                    {
                        "default": "",
                        "placeholder": "a folder of real pictures",
                        "tooltip": "Pictures that the album should resemble as a set, with sub-folders: a full path, "
                        "or one inside the input folder. Only numbers about them are kept.",
                    },
                ),
                "k": (
                    "INT",
                    {
                        "default": 5,
                        "min": 1,
                        "max": 50,
                        "tooltip": "Neighbours that set how near is near. 1 = strict, few pictures count as alike; "
                        "50 = generous. Compare only reports with the same k. Needs k + 2 pictures on either side.",
                    },
                ),
                "seed": (
                    "INT",
                    {
                        "default": 0,
                        "min": 0,
                        "max": 2**32 - 1,
                        "tooltip": "Of the resamples behind the intervals: 0 to 4294967295. The same one gives the "
                        "same report, another one moves the intervals a little.",
                    },
                ),
            },
            "optional": {
                "picture_encoder": (
                    ALBUM_ENCODER,
                    {
                        "tooltip": "What turns pictures into vectors. Without one, the small built-in encoder, which "
                        "does not judge whether photos look real."
                    },
                ),
            },
        }

    @classmethod
    def IS_CHANGED(cls, reference_folder, **_others):
        """Follows the reference files. The album's own changes come through the nodes that made them."""
        from ..stages.errors import AlbumError
        from ..stages.leakage import folder_state

        try:
            return folder_state(_folder(reference_folder)) if reference_folder is not None else float("nan")
        except AlbumError:
            return float("nan")  # run it, then the error is shown on the node

    def measure(self, album, reference_folder, k, seed, picture_encoder=None):
        from ..stages.encoders import builtin_picture_encoder
        from ..stages.quality import (
            CHART_FILE,
            REPORT_FILE,
            Question,
            chart_png,
            measure_quality,
            quality_chart,
            quality_text,
            report_json,
        )
        from ..stages.story import TARGET_MIX
        from .host import current_host
        from .images import image_batch

        host = current_host()
        update = host.progress(100)
        question = Question(
            albums=[album],
            reference=_folder(reference_folder),
            encoder=_of_pictures(picture_encoder) or builtin_picture_encoder(),
            k=k,
            seed=seed,
            mix=TARGET_MIX,
        )
        report = measure_quality(
            question,
            on_progress=lambda done, total: update(done, total, None),
            check_interrupt=host.raise_if_interrupted,
        )
        chart = quality_chart(report)
        with album.writing() as writer:
            writer.write_text(REPORT_FILE, report_json(report))
            writer.write_bytes(CHART_FILE, chart_png(chart))
        return quality_text(report), report.kid.value, image_batch([chart], 1)


def _folder(reference_folder):
    from pathlib import Path

    from ..stages.errors import AlbumError
    from .host import current_host

    if not reference_folder.strip():
        raise AlbumError("There is nothing to compare with: name a folder of reference pictures.")
    return current_host().input_directory() / Path(reference_folder.strip()).expanduser()


def _of_pictures(encoder):
    from ..stages.errors import AlbumError

    if encoder is not None and encoder.facts.looks_at != "picture":
        raise AlbumError(
            f"The encoder {encoder.facts.name} looks at people, but quality is about whole pictures: connect an "
            "encoder of pictures, or none for the built-in one."
        )
    return encoder
