"""What a leakage check found and a re-synthesis did, for people who have to answer for it."""

from .build import ReportParts, build_report
from .page import report_page
from .picture import report_picture
from .record import LeakageReport
from .text import report_text
from .writing import WrittenReport, write_leakage_report

__all__ = [
    "LeakageReport",
    "ReportParts",
    "WrittenReport",
    "build_report",
    "report_page",
    "report_picture",
    "report_text",
    "write_leakage_report",
]
