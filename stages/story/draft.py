"""The small forms that a language model fills in: the album's summary, then one scene at a time.

The pydantic models are the only source of the JSON Schemas. In the schema every field is required and everything is
bounded, so that constrained decoding always ends; when reading, whatever is missing or wrong is left to the rules.
"""

import unicodedata
from typing import Annotated, Any, Final, Literal, TypeVar

from pydantic import BaseModel, ConfigDict, Field, ValidationError, create_model

from .. import vocabulary as v

MAX_CAST: Final = 12
MAX_PLACES: Final = 8
MAX_OWN_PHOTOS: Final = 24  # when neither the user nor the rules know a number, the model may choose up to this

Kin = Literal[
    "none", "partner", "spouse", "parent", "child", "sibling", "grandparent", "grandchild", "friend", "relative",
    "colleague", "teacher", "pet",
]  # fmt: skip
DayPart = Literal["as_before", "dawn", "morning", "midday", "afternoon", "evening", "night"]


class Draft(BaseModel):
    """Base of all forms. Fields that nobody asked for are ignored."""

    model_config = ConfigDict(extra="ignore", frozen=True)


class CharacterDraft(Draft):
    """One person or animal as the model sees it. Looks are left to the rules, which draw them from a fair mix."""

    name: Annotated[str, Field(max_length=30)]
    kind: Literal["person", "animal"] = "person"
    role: Annotated[str, Field(max_length=40, description="mother, best friend, golden retriever …")] = ""
    age_group: v.AgeGroup | None = None
    gender: v.Gender = "unspecified"
    species: v.Species | None = Field(default=None, description="animals only")
    to_first: Kin = Field(default="none", description="what this one is to the first character of the list")


class PlaceDraft(Draft):
    kind: v.EnvironmentKind
    name: Annotated[str, Field(max_length=60)] = ""
    features: Annotated[list[Annotated[str, Field(max_length=60)]], Field(max_length=4)] = Field(
        default_factory=list, description="things seen there in every photo: red bandstand, two pine trees"
    )


class SummaryDraft(Draft):
    """Step 1: the album as a whole."""

    title: Annotated[str, Field(max_length=80)]
    summary: Annotated[str, Field(max_length=400, description="the story in two or three sentences")]
    style: v.StyleName = "natural"
    characters: Annotated[list[CharacterDraft], Field(max_length=MAX_CAST)] = Field(default_factory=list)
    places: Annotated[list[PlaceDraft], Field(max_length=MAX_PLACES, description="in story order")] = Field(
        default_factory=list
    )


class OpenSummaryDraft(SummaryDraft):
    """Step 1 when nobody has said how many photos there are."""

    photos: int = Field(default=8, ge=1, le=MAX_OWN_PHOTOS)


class CastDraft(Draft):
    character: str
    pose: v.Pose = "standing"
    action: Annotated[str, Field(max_length=80)] = ""
    emotion: v.Emotion = "happy"
    facing: v.Facing = "camera"


class ObjectDraft(Draft):
    kind: v.ObjectKind
    name: Annotated[str, Field(max_length=40)] = ""
    held_by: str | None = None


class InteractionDraft(Draft):
    kind: v.InteractionKind
    subject: str
    target: str


class SceneDraft(Draft):
    """Step 2: one photo."""

    title: Annotated[str, Field(max_length=60)]
    caption: Annotated[str, Field(max_length=240, description="what the photo shows, one or two sentences")]
    place: str = ""
    days_later: int = Field(default=0, ge=0, le=30, description="days after the photo before, 0 = same day")
    day_part: DayPart = "as_before"
    weather: v.Weather | None = None
    mood: v.Mood = "joyful"
    shot: v.Shot = "medium"
    angle: v.Angle = "eye_level"
    cast: Annotated[list[CastDraft], Field(max_length=8)] = Field(default_factory=list)
    objects: Annotated[list[ObjectDraft], Field(max_length=5)] = Field(default_factory=list)
    interactions: Annotated[list[InteractionDraft], Field(max_length=3)] = Field(default_factory=list)


DraftT = TypeVar("DraftT", bound=Draft)


def scene_form(characters: list[str], places: list[str]) -> type[SceneDraft]:
    """The scene's form for this album: references can only be ids that it declares.

    Args:
        characters: ids; none makes a form without cast.
        places: environment ids that this scene may be at, at least one.
    """
    where: Any = Literal[tuple(places)]
    fields: dict[str, Any] = {"place": (where, places[0])}
    if characters:
        who: Any = Literal[tuple(characters)]
        maybe: Any = who | None
        cast = create_model("CastLine", __base__=CastDraft, character=(who, ...))
        thing = create_model("Thing", __base__=ObjectDraft, held_by=(maybe, None))
        link = create_model("Link", __base__=InteractionDraft, subject=(who, ...), target=(who, ...))
        fields["cast"] = (list[cast], Field(default_factory=list, max_length=min(8, len(characters))))
        fields["objects"] = (list[thing], Field(default_factory=list, max_length=5))
        fields["interactions"] = (list[link], Field(default_factory=list, max_length=3 if len(characters) > 1 else 0))
    else:
        nobody: Any = None
        thing = create_model("Thing", __base__=ObjectDraft, held_by=(nobody, None))
        fields["cast"] = (list[Any], Field(default_factory=list, max_length=0))
        fields["objects"] = (list[thing], Field(default_factory=list, max_length=5))
        fields["interactions"] = (list[Any], Field(default_factory=list, max_length=0))
    return create_model("Scene", __base__=SceneDraft, **fields)


def schema_of(form: type[Draft]) -> dict[str, Any]:
    """The JSON Schema of a form, strict enough for constrained decoding: all required, nothing else allowed."""
    return _strict(form.model_json_schema(mode="serialization"))


def _strict(node: Any, *, naming: bool = False) -> Any:
    """Without titles and defaults, objects closed. `naming`: the keys of this level are names of fields."""
    if isinstance(node, list):
        return [_strict(item) for item in node]
    if not isinstance(node, dict):
        return node
    kept = {
        key: _strict(value, naming=key in {"properties", "$defs"} and not naming)
        for key, value in node.items()
        if naming or key not in {"title", "default"}
    }
    if not naming and "properties" in kept:
        kept.pop("description", None)  # that is a docstring, meant for programmers
        kept |= {"additionalProperties": False, "required": list(kept["properties"])}
    return kept


def read_draft(form: type[DraftT], data: object) -> DraftT:
    """Read what a model wrote. Values that do not fit are left out where the rules can fill the gap.

    Args:
        form: the form that was asked for.
        data: parsed JSON.

    Raises:
        ValueError: it is not an object, or a field without which there is no story is missing; the message says
            what is wrong in words that can be told to the model.
    """
    if not isinstance(data, dict):
        raise ValueError(f"the reply must be one JSON object, not {type(data).__name__}")  # noqa: TRY004
    kept: dict[str, Any] = clean_strings(data)
    for _ in range(12):  # each round removes one level of faults; forms are four levels deep
        try:
            return form.model_validate(kept)
        except ValidationError as error:
            faults = error.errors(include_url=False)
            helped = [_take_out(kept, fault) for fault in reversed(faults)]  # last first: list positions stay right
            if not all(helped):
                raise ValueError(_in_words(faults)) from error
    raise ValueError("the reply has too many wrong values")


def _take_out(data: dict[str, Any], fault: Any) -> bool:
    """Shorten or remove one wrong value. False if that does not help, because it is missing."""
    path = [part for part in fault["loc"] if isinstance(part, int) or not part.startswith(("literal[", "enum"))]
    if fault["type"] == "missing":
        path = path[:-1]  # an item without its main field goes as a whole; at the top that is the story itself
    if not path:
        return False
    holder: Any = data
    for part in path[:-1]:
        holder = holder[part] if (isinstance(holder, list) or part in holder) else {}
    last: Any = path[-1]
    if isinstance(holder, list) and last < len(holder):
        if fault["type"] != "missing" or isinstance(holder[last], dict):
            del holder[last]
        return True
    if not isinstance(holder, dict) or last not in holder:
        return isinstance(holder, dict) and len(path) > 1
    value, limit = holder[last], (fault.get("ctx") or {}).get("max_length")
    if limit is not None and isinstance(value, str | list):
        holder[last] = value[:limit]
    else:
        del holder[last]
    return True


def _in_words(faults: list[Any]) -> str:
    lines = [f"{'.'.join(map(str, fault['loc'])) or 'the reply'}: {fault['msg']}" for fault in faults[:6]]
    return "; ".join(lines)


def clean_strings(value: Any) -> Any:
    """Plain data with every string free of what cannot be printed (lone surrogates too) and of double spaces."""
    if isinstance(value, str):
        return clean_line(value)
    if isinstance(value, list):
        return [clean_strings(item) for item in value]
    if isinstance(value, dict):
        return {str(key): clean_strings(item) for key, item in value.items()}
    return value


def clean_line(text: str) -> str:
    """One line of printable text in NFC."""
    return " ".join(unicodedata.normalize("NFC", "".join(c if c.isprintable() else " " for c in text)).split())


def says_something(text: str) -> bool:
    """Whether a text has words, and not only marks and digits."""
    return sum(character.isalpha() for character in text) >= 2
