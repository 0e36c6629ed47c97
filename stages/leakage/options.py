"""What the user may choose of the leakage check."""

from dataclasses import dataclass
from typing import Final, Literal, get_args

from ..encoders.interface import PersonEncoder, PictureEncoder
from ..errors import AlbumError
from .copies import DEFAULT_THRESHOLD_BITS
from .gallery import Gallery
from .text import PrivateTexts

Required = Literal["what the gallery allows", "copies and identities"]
REQUIRED: Final = get_args(Required)
DEFAULT_TARGET: Final = 0.01
MAX_TARGET: Final = 0.5
# How the share of innocent albums in which people may be flagged is divided: the decision on a character is the one
# that finds a leaked person, so it gets the most.
CHARACTERS_SHARE: Final = 0.9
HEADS_SHARE: Final = 0.1


@dataclass(frozen=True, eq=False)
class CheckOptions:
    """Choices of one check.

    threshold_bits: of the check by cosine signs. required: "what the gallery allows" asks for every check that the
    gallery has the data for; "copies and identities" calls a photo unchecked unless it was compared as a whole and
    everybody in it was. false_alarm_target: share of innocent albums, which show nobody of the gallery, in which people
    may be flagged, and of innocent photos, which copy nothing of it, that an encoder may call copies; see `targets`.
    picture_encoder, person_encoder: None takes those that came with the gallery. held_out: pictures of the same kind
    that the album cannot have seen. private_texts: None looks for personal data alone.
    """

    threshold_bits: int = DEFAULT_THRESHOLD_BITS
    required: Required = "what the gallery allows"
    false_alarm_target: float = DEFAULT_TARGET
    picture_encoder: PictureEncoder | None = None
    person_encoder: PersonEncoder | None = None
    held_out: Gallery | None = None
    private_texts: PrivateTexts | None = None

    def require_valid(self) -> None:
        """Refuse what would make the check say something else than it seems to.

        Raises:
            AlbumError: `required` is no choice, or the target is not above 0 and at most `MAX_TARGET`.
        """
        if self.required not in REQUIRED:
            raise AlbumError(f"'{self.required}' is no choice of required checks: choose one of {', '.join(REQUIRED)}.")
        if not 0 < self.false_alarm_target <= MAX_TARGET:
            raise AlbumError(
                f"The false-alarm target must be above 0 and at most {MAX_TARGET:g}, but it is "
                f"{self.false_alarm_target:g}."
            )

    def targets(self, *, photos: int, characters: int | None) -> "Targets":
        """The false-alarm target, divided among everything that may raise an alarm (union bound).

        People are hard to tell apart, so their bound is nearly reached, and the target holds for the album as a whole.
        Views and references of pictures depend on one another so much that the bound for copies is far from being
        reached: there the target holds for each photo, or next to nothing would be found.

        Args:
            photos: of the album.
            characters: of it that are people; None for pictures that are no album, where heads are all there is.
        """
        target = self.false_alarm_target
        if characters is None:
            return Targets(copies=target, characters=None, heads=target / max(1, photos))
        return Targets(
            copies=target,
            characters=CHARACTERS_SHARE * target / max(1, characters),
            heads=HEADS_SHARE * target / max(1, photos),
        )


@dataclass(frozen=True)
class Targets:
    """Shares that may be flagged: of innocent photos as copies, of innocent characters, of innocent photos by heads.

    characters: None where there are none to be decided on.
    """

    copies: float
    characters: float | None
    heads: float
