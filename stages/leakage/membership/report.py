"""What a membership audit found, as a record and in words."""

from typing import Annotated, Final, Literal

from pydantic import Field

from ...record_base import Fraction, Line, Record, Seed, Sha256, Text

Number = Annotated[float, Field(allow_inf_nan=False)]
Access = Literal["model", "images"]
ACCESS_TEXT: Final = {"model": "asks the model", "images": "sees released pictures only"}

IMAGE_ONLY_LIMIT: Final = (
    "Attacks that see released pictures only are a weak lower bound on what leaks: a model can remember pictures that "
    "no released photo shows. An AUC near 0.5 in them does not show privacy. Where released photos were made from the "
    "members' own plans or captions, a high one may mean no more than that the compositions are alike."
)
BOUND_LIMIT: Final = (
    "Every figure is what these attacks found, so a lower bound: another attack, shadow models (LiRA, RMIA) above all, "
    "may find more. An audit without a finding is no proof of privacy and no statement of anonymity under the GDPR."
)
SPLIT_LIMIT: Final = (
    "The figures hold only if members and non-members come from the same source and differ in nothing but that the "
    "generator was trained on, or the album made from, the members. Where they differ in date, camera or subject, the "
    "attacks measure that."
)
NEAR_COPY_LIMIT: Final = (
    "Pictures that are in both sets pixel for pixel are refused; near-copies and other photos of the same moment are "
    "not noticed, and make the figures too low."
)


class MeasuredShare(Record):
    """A share with its 95 % interval."""

    value: Fraction
    low: Fraction
    high: Fraction


class RateAtFpr(Record):
    """Share of members found where at most so many non-members are taken for members."""

    target_fpr: Fraction
    threshold: Number = Field(description="of the score; a candidate at or above it counts as a member")
    tpr: MeasuredShare = Field(description="interval: Clopper-Pearson, for this very threshold")
    fpr: MeasuredShare = Field(description="measured at the threshold; interval: Clopper-Pearson")
    tpr_low: Fraction = Field(
        description="ends of an interval that allows for the threshold too: it was set on a sample of non-members"
    )
    tpr_high: Fraction


class RocPoint(Record):
    """One point of the curve."""

    fpr: Fraction
    tpr: Fraction


class AttackResult(Record):
    """One attack on all candidates."""

    name: Line
    access: Access = Field(description="what the attacker must have: the model, or no more than released pictures")
    source: Text = Field(description="where the attack comes from")
    detail: bool = Field(
        default=False, description="part of another attack, shown for its own sake; never the headline"
    )
    model_calls: int = Field(default=0, ge=0, description="predictions of the model for each candidate")
    auc: MeasuredShare = Field(description="interval: DeLong on the logit scale, each attack for itself")
    auc_low_of_all: Fraction = Field(
        description="as auc, but so wide that all attacks together hold with 95 % (Bonferroni)"
    )
    auc_high_of_all: Fraction
    rates: list[RateAtFpr] = Field(max_length=4)
    members_median: Number
    non_members_median: Number
    roc: list[RocPoint] = Field(default_factory=list, max_length=1024)


class AuditedSet(Record):
    """Members or non-members as they were read."""

    pictures: int = Field(ge=1)
    with_conditions: int = Field(ge=0, description="photos of albums, of which the model was told what they show")
    repeated: int = Field(default=0, ge=0, description="left out: same pixels as another one")
    skipped: list[Line] = Field(
        default_factory=list, max_length=200, description="files that could not be used; no names"
    )
    skipped_count: int = Field(default=0, ge=0)
    digest: Sha256 = Field(description="over the pixels of all its pictures")


class ModelFacts(Record):
    """The model that was asked."""

    name: Line
    sha256: Sha256
    path: Line
    predicts: Line


class EncoderUsed(Record):
    """The encoder that distances were measured with."""

    name: Line
    sha256: Sha256
    license: Line = ""


class MembershipReport(Record):
    """A whole audit. Same inputs and seed, same report."""

    version: Literal[1] = 1
    kind: Literal["membership_inference"] = "membership_inference"
    software: Line
    members: AuditedSet
    non_members: AuditedSet
    released: int = Field(ge=0, description="released photos that distances were measured to")
    released_digest: Sha256 | None = None
    released_that_are_members: int = Field(
        default=0, ge=0, description="released photos equal to a member in every pixel"
    )
    model: ModelFacts | None = None
    encoder: EncoderUsed | None = None
    seed: Seed
    blind: MeasuredShare = Field(
        description="AUC of a classifier that sees neither model nor album, only which candidates look like which; "
        "clearly above 0.5 the sets differ in themselves, and the attacks' figures say little"
    )
    attacks: list[AttackResult] = Field(min_length=1, max_length=32)
    strongest: Line = Field(description="the attack with the highest AUC")
    finding: Literal["leak_shown", "no_leak_shown"] = Field(
        description="leak_shown: some attack is better than guessing, all attacks taken together at 95 %. "
        "no_leak_shown proves nothing"
    )
    reason: Text
    notes: list[Text] = Field(default_factory=list, max_length=16)
    limits: list[Text] = Field(min_length=1, max_length=16)

    def attack(self, name: str) -> AttackResult:
        return next(attack for attack in self.attacks if attack.name == name)


def report_text(report: MembershipReport) -> str:
    """The report in plain words, for people and for STRING sockets."""
    lines = [
        f"{report.finding.replace('_', ' ').upper()}: {report.reason}",
        "",
        f"Members: {_set_text(report.members)}",
        f"Non-members: {_set_text(report.non_members)}",
        f"Released photos: {report.released}",
    ]
    if report.model is not None:
        lines.append(f"Model: {report.model.name}, sha256 {report.model.sha256[:12]}")
    if report.encoder is not None:
        lines.append(f"Encoder: {report.encoder.name}, sha256 {report.encoder.sha256[:12]}")
    lines.append(f"Told apart without model or album: {_share_text(report.blind)}; 0.5 is as it should be.")
    lines += ["", "attack\tneeds\tAUC (95 %)\t" + "\t".join(_rate_title(rate) for rate in report.attacks[0].rates)]
    lines += [_attack_line(attack) for attack in report.attacks]
    lines += ["", *(f"Note: {note}" for note in report.notes), *(f"Limit: {limit}" for limit in report.limits)]
    return "\n".join(lines)


def _set_text(one: AuditedSet) -> str:
    told = f", {one.with_conditions} of them with what they show" if one.with_conditions else ""
    return f"{one.pictures} pictures{told}; repeated {one.repeated}, could not be used {one.skipped_count}."


def _rate_title(rate: RateAtFpr) -> str:
    return f"TPR at {rate.target_fpr:.1%} FPR (95 %; with the threshold's own uncertainty)"


def _attack_line(attack: AttackResult) -> str:
    rates = [
        f"{rate.tpr.value:.3f} ({rate.tpr.low:.3f}-{rate.tpr.high:.3f}; {rate.tpr_low:.3f}-{rate.tpr_high:.3f})"
        for rate in attack.rates
    ]
    return "\t".join([attack.name, ACCESS_TEXT[attack.access], _share_text(attack.auc), *rates])


def _share_text(share: MeasuredShare) -> str:
    return f"{share.value:.3f} ({share.low:.3f}-{share.high:.3f})"
