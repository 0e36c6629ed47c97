"""The leakage report: a page to hand over, and the same in the graph."""

from .sockets import ALBUM


class AlbumLeakageReport:
    CATEGORY = "Synthetic Albums/leakage"
    DESCRIPTION = (
        "Writes what is known of an album's leakage into its folder, as a page that a data protection officer can read "
        "and as JSON, and shows it. Checks nothing itself: an album that was never checked gets a report that says so."
    )
    SEARCH_ALIASES = ["privacy report", "audit", "data protection", "gdpr", "dpia", "evidence", "leakage"]
    FUNCTION = "write"
    OUTPUT_NODE = True
    RETURN_TYPES = ("STRING", "IMAGE", "STRING", "STRING")
    RETURN_NAMES = ("text", "picture", "page", "outcome")
    OUTPUT_TOOLTIPS = (
        "The whole report in words.",
        "The report on one picture, a batch of one: verdict, checks, and every photo; leaks are never shown.",
        "The path of reports/leakage.html; reports/leakage.json lies beside it.",
        "clean, withheld (leaks were found, what is left is clean), leak or unchecked.",
    )

    @classmethod
    def INPUT_TYPES(cls):
        return {
            "required": {
                "album": (ALBUM, {"tooltip": "From Album Leakage Check or Album Resynthesize."}),
            }
        }

    def write(self, album):
        import numpy as np

        from ..stages.leakage.report import report_picture, report_text, write_leakage_report
        from .images import image_batch

        written = write_leakage_report(album)
        report, thumbnails = written.parts.report, written.parts.thumbnails
        text = report_text(report)
        picture = image_batch([np.array(report_picture(report, thumbnails))], 1)
        return {"ui": {"text": [text]}, "result": (text, picture, str(written.page), report.outcome)}
