"""Membership inference: can somebody tell which pictures a generator was trained on, or which an album came from?"""

from ...score_model import ScoreModel, ScoreModelFacts
from .audit import audit_album, audit_membership
from .candidates import MIN_CANDIDATES, Candidates, read_candidates
from .picture import roc_picture, roc_pixels
from .report import MembershipReport, report_text

__all__ = [
    "MIN_CANDIDATES",
    "Candidates",
    "MembershipReport",
    "ScoreModel",
    "ScoreModelFacts",
    "audit_album",
    "audit_membership",
    "read_candidates",
    "report_text",
    "roc_picture",
    "roc_pixels",
]
