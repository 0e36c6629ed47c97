"""Calibration: at which similarity an encoder says "the same", and how often it is wrong there."""

from typing import Annotated, Literal

from pydantic import Field

from ..errors import AlbumError
from ..record_base import Line, Record, Sha256, Text

Share = Annotated[float, Field(ge=0.0, le=1.0, allow_inf_nan=False)]


class Rate(Record):
    """A measured rate with its 95 % interval."""

    value: Share
    low: Share
    high: Share


class OperatingPoint(Record):
    """One threshold. Pairs at or above it count as the same."""

    target: Share = Field(description="the false-match rate of one comparison that was asked for")
    threshold: float = Field(description="cosine of two unit vectors", allow_inf_nan=False)
    false_match: Rate = Field(description="share of pairs of different people or pictures at or above it")
    false_non_match: Rate = Field(description="share of pairs of the same below it")


class Calibration(Record):
    """Thresholds of one encoder on one kind of picture. A check without one never passes."""

    version: Literal[1] = 1
    encoder: Line
    encoder_sha256: Sha256
    looks_at: Literal["picture", "person"]
    condition: Line = Field(description="what is compared with what, e.g. 'scene to portrait'")
    pairs: Text = Field(description="where the genuine and the impostor pairs came from")
    interval: Line = Field(description="how the intervals were computed")
    subjects: int = Field(ge=1, description="different people or pictures")
    genuine_pairs: int = Field(ge=1)
    impostor_pairs: int = Field(ge=1)
    equal_error_rate: Rate
    points: list[OperatingPoint] = Field(min_length=1, max_length=16)

    def point(self, target: float) -> OperatingPoint:
        """The lowest threshold whose false-match rate was asked to be no higher than this.

        Args:
            target: false-match rate of one comparison, 0..1.

        Raises:
            AlbumError: the calibration has too few impostor pairs for so low a rate.
        """
        fitting = [point for point in self.points if point.target <= target * (1 + 1e-9)]
        if not fitting:
            lowest = min(point.target for point in self.points)
            raise AlbumError(
                f"The calibration of '{self.encoder}' reaches down to a false-match rate of {lowest:g}, but {target:g} "
                "is asked for: calibrate it with more people or pictures, or use a smaller gallery."
            )
        return max(fitting, key=lambda point: point.target)
