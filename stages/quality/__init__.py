"""Albums and reference pictures in, a quality report out; leakage and quality of several settings in one table."""

from .cast_mix import MIN_LEADS, audit_albums, compare_with_mix, is_silent, lead_of
from .chart import chart_png, quality_chart
from .distances import MIN_PICTURES, frechet_distance, kernel_distance, manifold_overlap
from .diversity import mean_pairwise_distance, vendi_score
from .features import find_albums
from .probe import measure_utility
from .record import QualityReport
from .report import CHART_FILE, REPORT_FILE, Question, measure_quality, report_json
from .tradeoff import TradeoffRow, TradeoffTable, tradeoff_row, tradeoff_table
from .wording import quality_text

__all__ = [
    "CHART_FILE",
    "MIN_LEADS",
    "MIN_PICTURES",
    "REPORT_FILE",
    "QualityReport",
    "Question",
    "TradeoffRow",
    "TradeoffTable",
    "audit_albums",
    "chart_png",
    "compare_with_mix",
    "find_albums",
    "frechet_distance",
    "is_silent",
    "kernel_distance",
    "lead_of",
    "manifold_overlap",
    "mean_pairwise_distance",
    "measure_quality",
    "measure_utility",
    "quality_chart",
    "quality_text",
    "report_json",
    "tradeoff_row",
    "tradeoff_table",
    "vendi_score",
]
