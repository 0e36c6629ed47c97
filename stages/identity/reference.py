"""A character who is somebody: an identity encoded from reference pictures, with the consent to use them."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Final

import numpy as np

from ..encoders import PORTRAIT_REACH, square_crop
from ..encoders.interface import FoundPerson, PersonEncoder
from ..errors import AlbumError
from ..records import AlbumPlan, Cast, Character

MIN_CONSENT_CHARS: Final = 20
MIN_CONSENT_WORDS: Final = 4
MAX_CONSENT_CHARS: Final = 600  # of the record
MAX_REFERENCES: Final = 16
SAME_PERSON_AT: Final = 0.001  # false-match rate of the threshold that references must reach with one another
_HEAD_ABOVE_MIDDLE: Final = 0.05  # of a portrait's side: where the head is in portraits that renderers make


def cast_from_references(
    cast: Cast,
    plan: AlbumPlan,
    pictures: Sequence[np.ndarray],
    *,
    character: str,
    consent: str,
    encoder: PersonEncoder,
    size: int,
) -> Cast:
    """Give one character the identity of the person on the reference pictures.

    The vector is the mean direction of all pictures. The first picture, cut to head and shoulders, becomes the front
    portrait. The statement of consent goes into the cast, its file and album.json.

    Args:
        cast: of the plan.
        plan: whose characters are meant.
        pictures: 1 to 16, each (height, width, 3) uint8, with exactly one person.
        character: id or name of a person of the plan.
        consent: why the pictures may be used, in the user's own words; at least 20 characters and 4 words.
        encoder: with a detector.
        size: side of the portrait, pixels.

    Raises:
        AlbumError: the consent is missing or too short, the character is nobody or an animal, the encoder has no
            detector, a picture shows nobody or several people, or the pictures show different people.
    """
    stated = require_consent(consent)
    who = find_person(plan, character)
    if not 1 <= len(pictures) <= MAX_REFERENCES:
        raise AlbumError(f"'{who.name}' has {len(pictures)} reference pictures: connect 1 to {MAX_REFERENCES}.")
    if not encoder.finds_people:
        raise AlbumError(
            f"The encoder '{encoder.facts.name}' has no detector, so it cannot find the person on a reference picture: "
            "connect an encoder with one."
        )
    people = [_only_person(encoder, picture, number) for number, picture in enumerate(pictures, start=1)]
    vectors = np.stack([np.asarray(person.vector, np.float64) for person in people])
    _require_one_person(vectors, encoder, who.name)
    mean = vectors.mean(axis=0)
    vector = (mean / np.linalg.norm(mean)).astype(np.float32)
    member = replace(
        cast.member(who.id),
        vector=vector,
        encoder=encoder.facts.label,
        source="reference",
        portraits=(_portrait(pictures[0], people[0], size),),
        views=("front",),
        consent=stated,
    )
    members = tuple(member if other.character == who.id else other for other in cast.members)
    return replace(cast, members=members)


def require_consent(consent: str) -> str:
    """The statement without spaces around it.

    Raises:
        AlbumError: it says too little to be one.
    """
    stated = " ".join(consent.split())
    if len(stated) < MIN_CONSENT_CHARS or len(stated.split()) < MIN_CONSENT_WORDS:
        raise AlbumError(
            "Reference pictures show a real person, so the album must record why they may be used: write in `consent` "
            "who agreed to what, e.g. 'I am the person on these pictures and agree to this album.'"
        )
    if len(stated) > MAX_CONSENT_CHARS:
        raise AlbumError(f"The consent has {len(stated)} characters: say it in at most {MAX_CONSENT_CHARS}.")
    return stated


def find_person(plan: AlbumPlan, wanted: str) -> Character:
    """A person of the plan by id or name.

    Raises:
        AlbumError: there is nobody of that name, several have it, or it is an animal's.
    """
    name = wanted.strip().casefold()
    by_id = [character for character in plan.characters if character.id == name]
    found = by_id or [character for character in plan.characters if character.name.casefold() == name]
    known = ", ".join(f"{character.name} ({character.id})" for character in plan.characters) or "nobody"
    if not found:
        raise AlbumError(
            f"'{wanted.strip()}' is not one of the plan's characters, who are {known}: write the id of one."
        )
    if len(found) > 1:
        raise AlbumError(f"Several characters are called '{wanted.strip()}', of {known}: write the id of one.")
    if found[0].kind != "person":
        raise AlbumError(f"'{found[0].name}' is an animal: only people can be given by reference pictures.")
    return found[0]


def _only_person(encoder: PersonEncoder, picture: np.ndarray, number: int) -> FoundPerson:
    found = encoder.find(picture)
    if not found:
        raise AlbumError(
            f"On reference picture {number} the encoder '{encoder.facts.name}' finds nobody: use a picture on which "
            "the face is large and turned to the camera."
        )
    if len(found) > 1:
        raise AlbumError(
            f"On reference picture {number} the encoder finds {len(found)} people: crop it to the one who is meant."
        )
    return found[0]


def _require_one_person(vectors: np.ndarray, encoder: PersonEncoder, name: str) -> None:
    if encoder.calibration is None or len(vectors) < 2:
        return
    threshold = encoder.calibration.point(SAME_PERSON_AT).threshold
    cosines = vectors @ vectors.T
    first, second = np.unravel_index(int(cosines.argmin()), cosines.shape)
    if cosines[first, second] < threshold:
        pair = sorted((int(first) + 1, int(second) + 1))
        raise AlbumError(
            f"The reference pictures {pair[0]} and {pair[1]} of '{name}' do not show the same person (similarity "
            f"{cosines[first, second]:.2f}, {threshold:.2f} is needed): leave one of them out."
        )


def _portrait(picture: np.ndarray, person: FoundPerson, size: int) -> np.ndarray:
    height, width = picture.shape[:2]
    x0, y0, x1, y1 = person.box
    head = max((x1 - x0) * width, (y1 - y0) * height)
    side = PORTRAIT_REACH * head
    middle = (y0 + y1) / 2 * height + _HEAD_ABOVE_MIDDLE * side
    return square_crop(picture, (x0 + x1) / 2 * width, middle, side, size)
