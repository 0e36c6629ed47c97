"""What a leakage check found and a re-synthesis did, for people who have to answer for it."""

from .audit import audit_report, audit_thumbnail
from .build import build_report
from .page import report_page
from .parts import ReportParts
from .picture import report_picture
from .record import LeakageReport
from .text import report_text
from .writing import WrittenReport, write_audit_report, write_leakage_report

__all__ = [
    "LeakageReport",
    "ReportParts",
    "WrittenReport",
    "audit_report",
    "audit_thumbnail",
    "build_report",
    "report_page",
    "report_picture",
    "report_text",
    "write_audit_report",
    "write_leakage_report",
]
