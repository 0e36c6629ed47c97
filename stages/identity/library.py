"""The character library: casts in files of their own, and how somebody from one plays in another plan."""

import logging
import platform
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any, Final

import numpy as np

from ..album_folder import album_path, disk_errors_explained, write_atomically
from ..encoders.interface import EncoderFacts
from ..errors import AlbumError
from ..records import AlbumPlan, Cast, CastMember, Character
from ..version import SOFTWARE
from .appearance import describe_appearance
from .cast import cast_characters
from .cast_file import MAX_BYTES, CastDocument, read_cast_document, write_cast

SUFFIX: Final = ".safetensors"
# What a look is; name, role and outfits belong to the plan, whose captions and scenes speak of them.
_LOOK: Final = (
    "age_group", "gender", "build", "height", "skin_tone", "hair", "face", "accessories", "species", "breed", "coat",
    "size",
)  # fmt: skip
_log = logging.getLogger(__name__)


def cast_file_path(root: Path, name: str) -> Path:
    """Where a cast file lies: a name like "casts/ana" inside a folder, never outside it.

    Args:
        root: the folder, e.g. ComfyUI's output folder.
        name: with or without ".safetensors".

    Raises:
        AlbumError: another file type is asked for, or the name leads out of the folder.
    """
    plain = name.strip()
    ending = Path(plain).suffix.lower()
    if plain.lower().endswith(SUFFIX):
        plain = plain[: -len(SUFFIX)]
    elif ending in {
        ".pt",
        ".pth",
        ".ckpt",
        ".bin",
        ".pkl",
        ".pickle",
        ".npy",
        ".npz",
        ".zip",
        ".json",
        ".onnx",
        ".gguf",
    }:
        raise AlbumError(
            f"The cast file '{name.strip()}' is not a {SUFFIX} file: other formats may run code when they are read, or "
            "do not say what they hold. Save the cast with Album Cast Save."
        )
    try:
        folder = album_path(root, plain)
    except AlbumError as error:
        raise AlbumError(str(error).replace("album name", "name of the cast file")) from error
    path = folder.with_name(folder.name + SUFFIX)
    with disk_errors_explained("look at", path):
        inside = path.resolve().is_relative_to(root.resolve())
    if not inside:
        raise AlbumError(
            f"{path} leads out of {root} over a symbolic link: put a real file there, or use another name."
        )
    return path


def save_cast_file(
    path: Path,
    cast: Cast,
    *,
    characters: Sequence[Character],
    license: str,  # noqa: A002  # the word of the field
    encoders: Sequence[EncoderFacts],
) -> Path:
    """Write a cast with everything that makes it usable elsewhere, in one step.

    Args:
        path: from `cast_file_path`. A cast file that is there is replaced, any other file is not.
        cast: of the album.
        characters: of its plan; those who are not in the cast are left out.
        license: under which the people may be used, in the user's words.
        encoders: that made vectors of this cast, as far as they are known.

    Raises:
        AlbumError: the cast is empty, a file that is no cast is in the way, or the disk refuses.
    """
    if not cast.members:
        raise AlbumError("The cast is empty, there is nobody to save: connect the cast of a plan with characters.")
    if path.exists():
        try:
            read_cast_file(path)
        except AlbumError as error:
            raise AlbumError(f"{path} is there and is no cast, so it is not replaced: choose another name.") from error
    ids = {member.character for member in cast.members}
    data = write_cast(
        cast,
        characters=[character for character in characters if character.id in ids],
        about=_about(cast, license, encoders),
    )
    write_atomically(path, data)
    return path


def read_cast_file(path: Path) -> CastDocument:
    """Read a cast file; nothing in it is ever executed.

    Raises:
        AlbumError: there is none, it is too large, or it is not a cast file of a version that is known.
    """
    with disk_errors_explained("read", path):
        if not path.is_file():
            raise AlbumError(f"There is no cast file {path}: save one with Album Cast Save, or correct the name.")
        if path.stat().st_size > MAX_BYTES:
            raise AlbumError(f"The cast file {path} is larger than {MAX_BYTES >> 20} MB, so it is none of this pack.")
        data = path.read_bytes()
    try:
        return read_cast_document(data)
    except AlbumError as error:
        raise AlbumError(f"{path}: {error}") from error


def bring_into_plan(plan: AlbumPlan, document: CastDocument, mapping: str) -> tuple[AlbumPlan, Cast]:
    """Let people from a cast file play characters of a plan.

    A character keeps id, name, role and outfits, which captions and scenes speak of, and gets the look, the vector,
    the portraits and the consent of whoever plays it. The others are cast from the plan's seed.

    Args:
        plan: the other album's.
        document: from `read_cast_file`.
        mapping: pairs "saved=planned" by id or name, apart by commas or lines, e.g. "ana=maria". Empty: whoever has
            the same id or name.

    Returns:
        (plan, cast) that belong together.

    Raises:
        AlbumError: a name of the mapping is nobody's, somebody is named twice, an animal would play a person, or nobody
            fits.
    """
    pairs = _read_mapping(mapping, plan, document) if mapping.strip() else _same_names(plan, document)
    cast = cast_characters(plan)
    members, characters = {m.character: m for m in cast.members}, {c.id: c for c in plan.characters}
    for saved, planned in pairs:
        members[planned], characters[planned] = _played(document, saved, characters[planned])
    metadata = {**cast.metadata, **{f"played_by.{planned}": saved for saved, planned in pairs}}
    cast = replace(cast, members=tuple(members[m.character] for m in cast.members), metadata=metadata)
    return plan.model_copy(update={"characters": [characters[c.id] for c in plan.characters]}), cast


def _about(cast: Cast, license_text: str, encoders: Sequence[EncoderFacts]) -> dict[str, Any]:
    known = {facts.label: facts for facts in encoders} | {facts.name: facts for facts in encoders}
    named = sorted({member.encoder for member in cast.members})
    return {
        "software": SOFTWARE,
        "versions": {"python": platform.python_version(), "numpy": np.__version__},
        "license": license_text.strip(),
        "made": {
            member.character: "encoded from reference pictures, with the consent that is stated"
            if member.source == "reference"
            else "an invented person, drawn from the album's seed"
            for member in cast.members
        },
        "encoders": [
            {"name": known[name].name, "sha256": known[name].sha256, "license": known[name].license}
            if name in known
            else {"name": name, "sha256": "", "license": ""}
            for name in named
        ],
    }


def _played(document: CastDocument, saved: str, planned: Character) -> tuple[CastMember, Character]:
    member, look = document.cast.member(saved), document.character(saved)
    if look is None:  # a file of version 1 has no attributes: the words and the pictures are all there is
        _log.warning("The cast file does not say how '%s' looks but in words: the plan's attributes stay.", saved)
        return replace(member, character=planned.id), planned
    if look.kind != planned.kind:
        raise AlbumError(f"'{look.name}' is {_kind(look)} and cannot play '{planned.name}', {_kind(planned)}.")
    if (look.gender, look.age_group) != (planned.gender, planned.age_group) and look.kind == "person":
        _log.warning("%s plays %s, who has another age or gender in the story.", look.name, planned.name)
    character = planned.model_copy(update={name: getattr(look, name) for name in _LOOK})
    return replace(member, character=planned.id, appearance=describe_appearance(character)), character


def _kind(character: Character) -> str:
    return "an animal" if character.kind == "animal" else "a person"


def _same_names(plan: AlbumPlan, document: CastDocument) -> list[tuple[str, str]]:
    ids = {character.id for character in plan.characters}
    by_name = {character.name.casefold(): character.id for character in plan.characters}
    pairs = []
    for saved, name in _saved_names(document).items():
        planned = saved if saved in ids else by_name.get(name.casefold())
        if planned is not None and planned not in [taken for _, taken in pairs]:
            pairs.append((saved, planned))
    if not pairs:
        raise AlbumError(
            f"Nobody of the cast file ({_listed(_saved_names(document))}) has the id or name of a character of the "
            f"plan ({_listed({c.id: c.name for c in plan.characters})}): say in `mapping` who plays whom, like "
            "'ana=maria'."
        )
    return pairs


def _read_mapping(mapping: str, plan: AlbumPlan, document: CastDocument) -> list[tuple[str, str]]:
    planned = {character.id: character.name for character in plan.characters}
    saved = _saved_names(document)
    pairs: list[tuple[str, str]] = []
    for part in (part.strip() for line in mapping.splitlines() for part in line.split(",")):
        if not part:
            continue
        left, equals, right = part.partition("=")
        if not equals:
            raise AlbumError(f"'{part}' in the mapping does not say who plays whom: write it like 'ana=maria'.")
        pair = _looked_up(left, saved, "the cast file"), _looked_up(right, planned, "the plan")
        if pair[1] in [taken for _, taken in pairs]:
            raise AlbumError(f"The mapping gives '{right.strip()}' to two people: leave one of them out.")
        pairs.append(pair)
    return pairs


def _looked_up(wanted: str, names: dict[str, str], where: str) -> str:
    plain = wanted.strip().casefold()
    found = [item for item in names if item == plain] or [
        item for item, name in names.items() if name.casefold() == plain
    ]
    if len(found) != 1:
        raise AlbumError(f"'{wanted.strip()}' in the mapping is not one of {where}, who are {_listed(names)}.")
    return found[0]


def _saved_names(document: CastDocument) -> dict[str, str]:
    names = {}
    for member in document.cast.members:
        look = document.character(member.character)
        names[member.character] = look.name if look else member.appearance.partition(",")[0]
    return names


def _listed(names: dict[str, str]) -> str:
    return ", ".join(f"{name} ({item})" for item, name in names.items()) or "nobody"
