"""Values that cross rooms. Saved ones are pydantic models; those that hold arrays are frozen dataclasses.

Every saved record is versioned, and strings and lists are bounded, so that a language model's output can be
constrained by the published JSON Schema (`stages/schemas/`) and always ends.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime
from typing import Annotated, Any, Literal

import numpy as np
from pydantic import Field, field_validator, model_validator

from . import vocabulary as v
from .errors import AlbumError
from .record_base import Fraction as Fraction
from .record_base import Id, Line, Record, Seed, Sha256, Text
from .record_base import parse_record as parse_record
from .verdicts import LeakageSummary, Verdict

MAX_SCENES = 1000  # a year of three photos a day; past that, plan several albums


# --- the plan -----------------------------------------------------------------------------------------------------


class Hair(Record):
    style: v.HairStyle = "short"
    color: v.HairColor = "brown"


class Face(Record):
    shape: v.FaceShape = "oval"
    eyes: v.EyeColor = "brown"
    facial_hair: v.FacialHair = "none"
    freckles: bool = False


class Outfit(Record):
    """What a person wears in one or more scenes. A dress, suit or swimsuit may have bottom "none"."""

    id: Id
    top: v.Top = "t_shirt"
    top_color: v.Color = "blue"
    pattern: v.Pattern = "plain"
    bottom: v.Bottom = "jeans"
    bottom_color: v.Color = "navy"
    footwear: v.Footwear = "sneakers"
    footwear_color: v.Color = "white"


class Coat(Record):
    """The fur or feathers of an animal."""

    color: v.CoatColor = "brown"
    pattern: v.CoatPattern = "plain"
    second_color: v.CoatColor = "white"
    long_haired: bool = False


class Character(Record):
    """One person or animal. People use hair, face, skin tone and outfits; animals use species, breed and coat."""

    id: Id
    name: Annotated[str, Field(min_length=1, max_length=60)]
    kind: Literal["person", "animal"] = "person"
    role: Line = Field(default="", description="what the story calls them: 'mother', 'golden retriever', 'best friend'")
    age_group: v.AgeGroup = "adult"
    gender: v.Gender = "unspecified"
    build: v.Build = "average"
    height: v.Height = "average"
    skin_tone: int = Field(default=5, ge=1, le=10, description="Monk Skin Tone, 1 lightest to 10 darkest")
    hair: Hair = Hair()
    face: Face = Face()
    accessories: list[v.Accessory] = Field(default_factory=list, max_length=4)
    outfits: list[Outfit] = Field(default_factory=list, max_length=24)
    species: v.Species | None = None
    breed: Line = ""
    coat: Coat | None = None
    size: v.AnimalSize | None = None

    @model_validator(mode="after")
    def _kind_has_its_fields(self) -> "Character":
        if self.kind == "animal" and self.species is None:
            raise ValueError(f"animal '{self.id}' needs a species")
        if self.kind == "person" and not self.outfits:
            raise ValueError(f"person '{self.id}' needs at least one outfit")
        _require_unique((outfit.id for outfit in self.outfits), f"outfits of '{self.id}'")
        return self


class CharacterRelation(Record):
    """`subject` is the `kind` of `object`: subject=rusty, kind=pet, object=ana reads "Rusty is Ana's pet"."""

    subject: Id
    kind: v.Relation
    object: Id


class Environment(Record):
    """A place that may return. `features` last from scene to scene ("red bandstand", "two pine trees")."""

    id: Id
    kind: v.EnvironmentKind
    name: Line = ""
    description: Text = ""
    features: list[Line] = Field(default_factory=list, max_length=8)


class Camera(Record):
    shot: v.Shot = "medium"
    angle: v.Angle = "eye_level"
    lens_mm: int = Field(default=35, ge=10, le=300, description="35 mm equivalent focal length, millimetres")


class CastEntry(Record):
    """A character as it appears in one scene. `outfit` is None for animals."""

    character: Id
    outfit: Id | None = None
    action: Line = ""
    pose: v.Pose = "standing"
    emotion: v.Emotion = "neutral"
    facing: v.Facing = "camera"


class SceneObject(Record):
    id: Id
    kind: v.ObjectKind
    name: Line = ""
    color: v.Color | None = None
    count: int = Field(default=1, ge=1, le=20)
    held_by: Id | None = Field(default=None, description="character id, when somebody holds it")


class Interaction(Record):
    """`subject` does `kind` to `target`, which is a character or an object of the same scene."""

    kind: v.InteractionKind
    subject: Id
    target: Id


class Scene(Record):
    """One photo of the album."""

    id: Id
    title: Line
    caption: Text
    environment: Id
    time: datetime = Field(description="local wall-clock time, no time zone; never earlier than the scene before")
    weather: v.Weather = "clear"
    lighting: v.Lighting = "daylight"
    mood: v.Mood = "joyful"
    camera: Camera = Camera()
    cast: list[CastEntry] = Field(default_factory=list, max_length=12)
    objects: list[SceneObject] = Field(default_factory=list, max_length=12)
    interactions: list[Interaction] = Field(default_factory=list, max_length=12)

    @field_validator("time")
    @classmethod
    def _wall_clock(cls, value: datetime) -> datetime:
        if value.tzinfo is not None:
            raise ValueError("must be local wall-clock time without a time zone, e.g. 2026-06-14T09:30:00")
        return value.replace(microsecond=0)


class Style(Record):
    """`name` is the look that every renderer knows; `description` is free text for renderers with a text encoder."""

    name: v.StyleName = "natural"
    description: Line = ""


class AlbumPlan(Record):
    """What happens, to whom, where and when. Everything later depends on this and on nothing else.

    Raises:
        ValueError: (through pydantic) ids repeat, a reference does not resolve, or time runs backwards. All
            problems are listed at once, each with the path of its field. `parse_record` makes it an AlbumError.
    """

    version: Literal[1] = 1
    title: Annotated[str, Field(min_length=1, max_length=120)]
    summary: Text = ""
    prompt: Annotated[str, Field(max_length=4000)] = ""
    planner: Line = ""
    style: Style = Style()
    seed: Seed = 0
    characters: list[Character] = Field(default_factory=list, max_length=32)
    relations: list[CharacterRelation] = Field(default_factory=list, max_length=96)
    environments: list[Environment] = Field(min_length=1, max_length=200)
    scenes: list[Scene] = Field(min_length=1, max_length=MAX_SCENES)
    notes: list[Line] = Field(default_factory=list, max_length=60, description="what the planner filled in or ignored")

    @model_validator(mode="after")
    def _story_holds_together(self) -> "AlbumPlan":
        problems = [*_repeated_ids(self), *_dangling_references(self), *_backward_times(self)]
        if problems:
            shown = problems[:20] + ([f"… and {len(problems) - 20} more"] if len(problems) > 20 else [])
            raise ValueError("; ".join(shown))
        return self

    def scene(self, scene_id: str) -> Scene:
        return _find(self.scenes, scene_id, "scene")

    def character(self, character_id: str) -> Character:
        return _find(self.characters, character_id, "character")

    def environment(self, environment_id: str) -> Environment:
        return _find(self.environments, environment_id, "environment")

    def outfit(self, entry: CastEntry) -> Outfit | None:
        """The outfit that a cast entry wears; None for animals. A person without one named wears its first."""
        outfits = self.character(entry.character).outfits
        if entry.outfit is None:
            return outfits[0] if outfits else None
        return _find(outfits, entry.outfit, f"outfit of '{entry.character}'")


# --- the layout ---------------------------------------------------------------------------------------------------

Point = tuple[float, float]
Keypoint = tuple[float, float, float]


class Region(Record):
    """Where one thing of the scene is. All coordinates are fractions of the canvas, x to the right, y down.

    A box, keypoint or polygon may reach outside 0..1 where the subject is cut by the frame (close-ups).
    """

    id: Id
    kind: Literal["character", "object"]
    ref: Id = Field(description="the character id, or the id of the scene's object")
    box: tuple[float, float, float, float] = Field(description="x0, y0, x1, y1")
    depth: Fraction = Field(description="0 nearest to the camera, 1 farthest")
    facing: v.Facing = "camera"
    pose: v.Pose | None = None
    keypoints: list[Keypoint] = Field(
        default_factory=list, max_length=18, description="people only: OpenPose-18 x, y, visible (0 or 1)"
    )
    mask: list[list[Point]] = Field(default_factory=list, max_length=64, description="polygons, their union")


class SceneLayout(Record):
    scene: Id
    width: int = Field(ge=64, le=8192, description="pixels; sets the aspect ratio that the fractions refer to")
    height: int = Field(ge=64, le=8192)
    horizon: float = Field(description="y of the horizon; may lie outside 0..1 for high and low cameras")
    ground: Fraction = Field(description="y of the ground line that the nearest standing feet are on")
    light: tuple[float, float] = Field(description="unit vector in the picture that points towards the light")
    regions: list[Region] = Field(default_factory=list, max_length=64, description="farthest first: paint in order")


class AlbumLayout(Record):
    version: Literal[1] = 1
    scenes: list[SceneLayout] = Field(min_length=1, max_length=MAX_SCENES)

    def scene(self, scene_id: str) -> SceneLayout:
        for layout in self.scenes:
            if layout.scene == scene_id:
                return layout
        raise AlbumError(f"The layout has no scene '{scene_id}': lay out this plan again.")


# --- the cast -----------------------------------------------------------------------------------------------------


@dataclass(frozen=True, eq=False)
class CastMember:
    """One character's identity, fixed for the album.

    vector: (dim,) float32 of unit length. portraits: generation-0 anchors, each (height, width, 3) uint8, empty
    until a renderer made them. encoder: what made the vector, "name@version". source: where it came from. views: what
    each portrait shows ("front", "three_quarter", "full_length"), empty where only the front is there. consent: for
    source "reference", what the user stated about the right to use the pictures.
    """

    character: str
    vector: np.ndarray
    encoder: str
    source: Literal["sampled", "reference"]
    appearance: str
    portraits: tuple[np.ndarray, ...] = ()
    views: tuple[str, ...] = ()
    consent: str = ""


@dataclass(frozen=True, eq=False)
class Cast:
    """Everybody of an album.

    plates: for each environment id a generation-0 view of the place without people, (height, width, 3) uint8; empty
    until a renderer made them.
    """

    members: tuple[CastMember, ...]
    metadata: dict[str, str] = field(default_factory=dict)
    plates: dict[str, np.ndarray] = field(default_factory=dict)

    def member(self, character_id: str) -> CastMember:
        for member in self.members:
            if member.character == character_id:
                return member
        raise AlbumError(f"The cast has nobody called '{character_id}': run the identity stage on this plan again.")


# --- the album ----------------------------------------------------------------------------------------------------


class Attempt(Record):
    """One try at a photo."""

    attempt: int = Field(ge=0)
    seed: Seed
    weight: float = Field(default=1.0, ge=0.0, le=1.0, description="share of the references' strength that was used")
    outcome: Literal["done", "failed", "rejected"] = Field(description="rejected: made, but not consistent enough")
    reason: Text = ""


class PhotoRecord(Record):
    number: int = Field(ge=1, description="1-based position in the album")
    scene: Id
    status: Literal["pending", "done", "failed", "withheld"] = "pending"
    file: Line = Field(default="", description="path relative to the album folder, forward slashes")
    fingerprint: Sha256 | None = None
    sha256: Sha256 | None = Field(default=None, description="of the PNG file")
    seed: Seed = 0
    attempt: int = Field(default=0, ge=0)
    weight: float = Field(default=1.0, ge=0.0, le=1.0, description="share of the references' strength that was used")
    attempts: list[Attempt] = Field(default_factory=list, max_length=64)
    width: int = Field(default=0, ge=0)
    height: int = Field(default=0, ge=0)
    renderer: Line = ""
    scores: dict[str, float] = Field(default_factory=dict)
    verdict: Verdict | None = None


class CastRecord(Record):
    """The part of a cast member that album.json keeps; vectors and portraits are in anchors/."""

    character: Id
    encoder: Line
    source: Literal["sampled", "reference"]
    appearance: Text
    vector_sha256: Sha256
    portraits: list[Line] = Field(default_factory=list, max_length=8)
    views: list[Line] = Field(default_factory=list, max_length=8)
    consent: Text = ""


class Album(Record):
    """The content of album.json."""

    version: Literal[1] = 1
    software: Line = ""
    created: datetime
    plan: AlbumPlan
    layout: AlbumLayout | None = None
    cast: list[CastRecord] = Field(default_factory=list, max_length=32)
    renderer: dict[str, Any] = Field(default_factory=dict)
    photos: list[PhotoRecord] = Field(max_length=MAX_SCENES)
    leakage: LeakageSummary | None = None
    versions: dict[str, str] = Field(default_factory=dict)

    def photo(self, scene_id: str) -> PhotoRecord:
        for photo in self.photos:
            if photo.scene == scene_id:
                return photo
        raise AlbumError(f"The album has no photo of scene '{scene_id}'.")


# --- looking up -----------------------------------------------------------------------------------------------------


def _find(items: Iterable[Any], item_id: str, what: str) -> Any:
    for item in items:
        if item.id == item_id:
            return item
    raise AlbumError(f"The plan has no {what} '{item_id}'.")


def _require_unique(ids: Iterable[str], what: str) -> None:
    repeated = _repeated(ids)
    if repeated:
        raise ValueError(f"{what}: the id '{repeated[0]}' is used twice")


def _repeated(ids: Iterable[str]) -> list[str]:
    seen: set[str] = set()
    repeated: list[str] = []
    for item_id in ids:
        if item_id in seen:
            repeated.append(item_id)
        seen.add(item_id)
    return repeated


def _repeated_ids(plan: AlbumPlan) -> list[str]:
    lists = {"characters": plan.characters, "environments": plan.environments, "scenes": plan.scenes}
    problems = [
        f"{name}: the id '{item_id}' is used twice"
        for name, items in lists.items()
        for item_id in _repeated(item.id for item in items)
    ]
    for index, scene in enumerate(plan.scenes):
        ids = [entry.character for entry in scene.cast] + [thing.id for thing in scene.objects]
        problems += [f"scenes[{index}]: '{item_id}' appears twice in cast and objects" for item_id in _repeated(ids)]
    return problems


def _dangling_references(plan: AlbumPlan) -> list[str]:
    people = {character.id: {outfit.id for outfit in character.outfits} for character in plan.characters}
    places = {environment.id for environment in plan.environments}
    problems = [
        f"relations[{index}].{end}: there is no character '{name}'"
        for index, relation in enumerate(plan.relations)
        for end, name in (("subject", relation.subject), ("object", relation.object))
        if name not in people
    ]
    for index, scene in enumerate(plan.scenes):
        if scene.environment not in places:
            problems.append(f"scenes[{index}].environment: there is no environment '{scene.environment}'")
        problems += [f"scenes[{index}].{problem}" for problem in _dangling_in_scene(scene, people)]
    return problems


def _dangling_in_scene(scene: Scene, people: dict[str, set[str]]) -> list[str]:
    problems = []
    for index, entry in enumerate(scene.cast):
        if entry.character not in people:
            problems.append(f"cast[{index}].character: there is no character '{entry.character}'")
        elif entry.outfit is not None and entry.outfit not in people[entry.character]:
            problems.append(f"cast[{index}].outfit: '{entry.character}' has no outfit '{entry.outfit}'")
    present = {entry.character for entry in scene.cast}
    things = {thing.id for thing in scene.objects}
    for index, thing in enumerate(scene.objects):
        if thing.held_by is not None and thing.held_by not in present:
            problems.append(f"objects[{index}].held_by: '{thing.held_by}' is not in this scene")
    for index, interaction in enumerate(scene.interactions):
        if interaction.subject not in present:
            problems.append(f"interactions[{index}].subject: '{interaction.subject}' is not in this scene")
        if interaction.target not in present | things:
            problems.append(f"interactions[{index}].target: '{interaction.target}' is not in this scene")
    return problems


def _backward_times(plan: AlbumPlan) -> list[str]:
    return [
        f"scenes[{index + 1}].time: {later.time.isoformat()} is before {earlier.time.isoformat()} of the scene before"
        for index, (earlier, later) in enumerate(zip(plan.scenes, plan.scenes[1:], strict=False))
        if later.time < earlier.time
    ]
