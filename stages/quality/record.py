"""What is written about the quality of an album: `reports/quality.json`."""

from datetime import datetime
from typing import Annotated, Literal

from pydantic import Field

from ..record_base import Line, Record, Seed, Sha256, Text

Number = Annotated[float, Field(allow_inf_nan=False)]
Share = Annotated[float, Field(ge=0.0, le=1.0, allow_inf_nan=False)]


class Interval(Record):
    """A measured number with its 95 % interval."""

    value: Number
    low: Number
    high: Number


class PictureSet(Record):
    """Pictures that were looked at, without their names."""

    pictures: int = Field(ge=0, description="different pictures that were encoded")
    albums: int = Field(default=0, ge=0, description="album folders that they came from; 0 for a plain folder")
    repeated: int = Field(default=0, ge=0, description="pictures left out because they equal another, pixel by pixel")
    skipped: dict[str, int] = Field(default_factory=dict, description="files that could not be used, by reason")
    digest: Sha256 = Field(description="of all vectors in sorted order: equal for the same pictures and encoder")


class Manifold(Record):
    """Precision and recall (Kynkäänniemi et al., NeurIPS 2019), density and coverage (Naeem et al., ICML 2020)."""

    k: int = Field(ge=1, description="neighbours that set the radius around each picture")
    photos: int = Field(ge=2, description="that were compared")
    reference: int = Field(ge=2)
    precision: Interval = Field(description="share of photos that lie among the reference pictures")
    recall: Interval = Field(description="share of reference pictures that lie among the photos")
    density: Number = Field(description="how crowded with reference pictures the places of the photos are; 1 = alike")
    coverage: Interval = Field(description="share of reference pictures with a photo nearby")


class Diversity(Record):
    """How different the pictures of one set are from each other."""

    within_album: Number | None = Field(
        default=None, description="mean cosine distance of two photos of one album, mean over albums; 0 to 2"
    )
    pairwise: Number = Field(description="the same over all photos")
    reference_pairwise: Number = Field(description="the same over the reference pictures")
    vendi: Number = Field(description="effective number of different photos (Friedman & Dieng, TMLR 2023)")
    reference_vendi: Number = Field(description="of as many reference pictures")
    vendi_pictures: int = Field(ge=2, description="pictures of either set that the Vendi scores are about")


class CastAttribute(Record):
    """One attribute of the cast: who there is, and how the leads compare with the mix that the planner aims at."""

    everybody: dict[str, int] = Field(description="all people of all albums")
    observed: dict[str, int] = Field(description="leads of albums whose prompt said nothing about people")
    expected: dict[str, Number] = Field(description="of as many leads, by the target mix")
    chi2: Number | None = None
    p: Share | None = Field(default=None, description="of a deviation this large by chance; None with too few leads")


class CastReport(Record):
    albums: int = Field(ge=0)
    people: int = Field(ge=0)
    leads: int = Field(ge=0, description="albums whose prompt said nothing about people")
    attributes: dict[str, CastAttribute]


class TaskUtility(Record):
    """One thing that a classifier learned from synthetic photos and from as many real pictures."""

    task: Line
    question: Line
    train: int = Field(ge=1, description="examples that each of the two learned from")
    test: int = Field(ge=1, description="real examples that both were asked about, of albums that neither saw")
    classes: int = Field(ge=2)
    baseline: Share = Field(description="accuracy of always saying what is most common in the test")
    alone: Share = Field(description="of the test: examples of a class that the other real folds lack")
    synthetic: Interval
    real: Interval
    utility: Interval | None = Field(
        default=None, description="accuracy of the first / of the second; None where the second learned nothing either"
    )


class UtilityReport(Record):
    probe: Line
    synthetic_photos: int = Field(ge=1)
    real_photos: int = Field(ge=1)
    real_albums: int = Field(ge=1)
    folds: int = Field(ge=2)
    tasks: list[TaskUtility] = Field(max_length=8)


class QualityReport(Record):
    """Everything that was measured. Without `made` and `seconds` the same input gives the same report."""

    version: Literal[1] = 1
    software: Line
    made: datetime | None = None
    seconds: float = Field(default=0.0, ge=0.0)
    seed: Seed
    encoder: Line
    encoder_sha256: Sha256
    encoder_dim: int = Field(ge=1)
    photos: PictureSet
    reference: PictureSet
    headline: Literal["kid", "frechet"] = Field(description="which distance to read: below 2,000 pictures it is KID")
    kid: Interval = Field(
        description="squared MMD, unbiased, kernel (1 + cosine)^3 (Bińkowski et al., ICLR 2018); may be below 0"
    )
    kid_photos: int = Field(ge=2, description="photos that KID is about")
    kid_reference: int = Field(ge=2)
    frechet: Number = Field(description="between Gaussians fitted to the vectors, scaled to length sqrt(dim)")
    frechet_biased: bool = Field(description="too few pictures: it comes out too high")
    manifold: Manifold | None = None
    diversity: Diversity
    cast: CastReport | None = None
    utility: UtilityReport | None = None
    packages: dict[str, str] = Field(default_factory=dict)
    notes: list[Text] = Field(default_factory=list, max_length=40)

    @property
    def encoder_label(self) -> str:
        """Encoder and start of its hash, to stand beside every number."""
        return f"{self.encoder} {self.encoder_sha256[:12]}"
