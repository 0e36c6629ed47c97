"""A plan's scene in the words of a prompt, within the 77 tokens that CLIP reads.

Text encoders of SD 1.5 and SDXL read 75 tokens besides the two that mark start and end, and drop the rest in silence.
So a prompt is put together from parts with a priority, and what does not fit is left out on purpose and named.
Personal names say nothing of looks and may be taken for well-known people: characters go by their looks instead.
"""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Final

from ... import vocabulary as v
from ...records import CastEntry, CastMember, Character, Environment, Outfit, Region, SceneObject, Style
from ..renderer import PhotoJob

CountTokens = Callable[[str], int]  # tokens of a text, without the marks of start and end
TOKENS: Final = 75

_STYLES: Final[dict[v.StyleName, str]] = {
    "natural": "natural color photograph", "vivid": "vivid color photograph",
    "black_and_white": "black and white photograph", "film": "35mm film photograph",
    "vintage": "faded vintage photograph", "cinematic": "cinematic film still",
    "watercolor": "watercolor painting", "illustration": "storybook illustration",
}  # fmt: skip
_LIGHT: Final[dict[v.Lighting, str]] = {
    "sunrise": "at sunrise", "daylight": "in daylight", "golden_hour": "golden hour light",
    "blue_hour": "at blue hour", "night": "at night", "lamplight": "warm lamplight", "firelight": "lit by a fire",
}  # fmt: skip
_WEATHER: Final[dict[v.Weather, str]] = {
    "clear": "clear sky", "partly_cloudy": "a few clouds", "overcast": "overcast sky", "rain": "rain",
    "snow": "falling snow", "fog": "fog", "storm": "stormy sky", "wind": "windy",
}  # fmt: skip
_SHOTS: Final[dict[v.Shot, str]] = {
    "wide": "wide shot", "medium": "medium shot", "close_up": "close-up", "detail": "detail shot",
}  # fmt: skip
_ANGLES: Final[dict[v.Angle, str]] = {
    "eye_level": "", "low": "from a low angle", "high": "from a high angle", "overhead": "seen from above",
}  # fmt: skip
_EMOTIONS: Final[dict[v.Emotion, str]] = {"neutral": "", "laughing": "laughing", "happy": "smiling"}
_POSES: Final[dict[v.Pose, str]] = {"photographing": "taking a photo", "holding_hands": "holding hands"}
_FACING: Final[dict[v.Facing, str]] = {
    "camera": "", "left": "turned to the left", "right": "turned to the right", "away": "seen from behind",
}  # fmt: skip
_NOUNS: Final = {
    "baby": ("baby girl", "baby boy", "baby"), "child": ("girl", "boy", "child"),
    "teen": ("teenage girl", "teenage boy", "teenager"), "young_adult": ("young woman", "young man", "young adult"),
    "adult": ("woman", "man", "adult"), "senior": ("elderly woman", "elderly man", "elderly person"),
}  # fmt: skip
_PLURAL_CLOTHES: Final = frozenset({"jeans", "trousers", "shorts", "leggings", "swim_shorts"})
_VIEWS: Final = {
    "front": "head and shoulders portrait, facing the camera",
    "three_quarter": "head and shoulders portrait, three-quarter view",
    "full_length": "full length portrait, standing",
}
_SPACES: Final = re.compile(r"[\s\x00-\x1f\x7f]+")


@dataclass(frozen=True)
class Fitted:
    """A prompt that fits, and the parts that had to be left out."""

    text: str
    dropped: tuple[str, ...]


def photo_prompt(job: PhotoJob, count: CountTokens, *, looks: bool = False) -> Fitted:
    """What the whole picture shows.

    Kept first are style, who is there and the place; then what everybody does, light, camera, weather, things and
    clothes; then features of the place, the mood, the style's description and the caption.

    Args:
        job: the photo.
        count: of the model's tokenizer; of the one that counts more where there are two.
        looks: whether everybody's locked looks are said too, for pictures that have no prompts by region.
    """
    scene, camera = job.scene, job.scene.camera
    indoors = job.environment.kind in v.INDOOR_KINDS
    people = list(zip(job.characters, job.outfits, scene.cast, strict=True))
    identities = list(zip(job.characters, job.members, strict=True)) if looks else []  # an audit knows of none
    deeds = [_joined([short_noun(one), deed_words(entry)], " ") for one, _, entry in people]
    parts = [
        (0, _STYLES[job.style.name]),
        (3, _joined([_SHOTS[camera.shot], _ANGLES[camera.angle]], " ")),
        (0, company_words(job.characters)),
        *((2, deed) for deed in deeds),
        *((3, looks_words(one, member)) for one, member in identities),
        *((5, _joined([short_noun(one), "wearing", outfit_words(outfit)], " ")) for one, outfit, _ in people if outfit),
        (1, place_words(job.environment)),
        (2, _LIGHT[scene.lighting]),
        (3, "" if indoors else _WEATHER[scene.weather]),
        *((4, thing_words(thing)) for thing in scene.objects),
        *((6, feature) for feature in job.environment.features),
        (6, f"{scene.mood} mood"),
        (7, job.style.description),
        (8, _without_names(scene.caption, job.characters)),
    ]
    return fit_parts(parts, count)


def person_prompt(job: PhotoJob, index: int, count: CountTokens) -> Fitted:
    """What the region of one character shows: the locked looks, clothes, deed, emotion and facing.

    Args:
        job: the photo.
        index: of the character in the job.
        count: of the model's tokenizer.
    """
    character, member, entry = job.characters[index], job.members[index], job.scene.cast[index]
    outfit = job.outfits[index]
    region = next((one for one in job.layout.regions if one.ref == character.id), None)
    parts = [
        (0, looks_words(character, member)),
        (1, f"wearing {outfit_words(outfit)}" if outfit and character.kind == "person" else ""),
        (2, deed_words(entry)),
        (3, _EMOTIONS.get(entry.emotion, f"looking {entry.emotion}")),
        (4, facing_words(region, entry)),
        (5, _STYLES[job.style.name]),
        (6, _LIGHT[job.scene.lighting]),
    ]
    return fit_parts(parts, count)


def portrait_prompt(character: Character, member: CastMember, count: CountTokens, *, view: str = "front") -> Fitted:
    """A reference picture of one character on plain ground.

    Args:
        character: who.
        member: for the locked looks.
        count: of the model's tokenizer.
        view: "front", "three_quarter" or "full_length"; others are taken as "front".
    """
    outfit = character.outfits[0] if character.outfits else None
    parts = [
        (0, "photograph"),
        (0, _VIEWS.get(view, _VIEWS["front"]) if character.kind == "person" else "whole body, side view"),
        (0, looks_words(character, member)),
        (2, f"wearing {outfit_words(outfit)}" if outfit and character.kind == "person" else ""),
        (1, "alone on a plain light gray background, even studio light"),
    ]
    return fit_parts(parts, count)


def object_prompt(job: PhotoJob, object_id: str, count: CountTokens) -> Fitted:
    """What the region of one thing shows.

    Args:
        job: the photo.
        object_id: of the thing in the scene; what the scene does not know goes by its id.
        count: of the model's tokenizer.
    """
    thing = next((one for one in job.scene.objects if one.id == object_id), None)
    parts = [
        (0, thing_words(thing) if thing else object_id.replace("-", " ").replace("_", " ")),
        (1, _STYLES[job.style.name]),
        (2, _LIGHT[job.scene.lighting]),
    ]
    return fit_parts(parts, count)


def place_prompt(style: Style, environment: Environment, count: CountTokens) -> Fitted:
    """A place without anybody: what goes with its plate."""
    parts = [
        (0, _STYLES[style.name]),
        (0, place_words(environment)),
        (1, "no people"),
        *((2, feature) for feature in environment.features),
    ]
    return fit_parts(parts, count)


def fit_parts(parts: Sequence[tuple[int, str]], count: CountTokens, *, limit: int = TOKENS) -> Fitted:
    """Join parts in their order, as many as fit; those with a lower number come first.

    Args:
        parts: (priority, text), in the order in which they are to be read. Empty and repeated texts are skipped.
        count: tokens of a text.
        limit: tokens in all.
    """
    cleaned: dict[str, int] = {}
    for priority, text in parts:
        said = _cleaned(text)
        if said:
            cleaned.setdefault(said, priority)
    kept: set[str] = set()
    dropped: list[str] = []
    for said in sorted(cleaned, key=lambda one: cleaned[one]):  # stable: equal priorities stay in order
        tried = ", ".join(one for one in cleaned if one in kept or one == said)
        if count(tried) <= limit:
            kept.add(said)
        else:
            dropped.append(said)
    return Fitted(", ".join(one for one in cleaned if one in kept), tuple(dropped))


def looks_words(character: Character, member: CastMember) -> str:
    """The locked appearance without the character's name."""
    look = member.appearance.removeprefix(f"{character.name},").strip()
    return _without_names(look, (character,)) or short_noun(character)


def short_noun(character: Character) -> str:
    """What somebody is in a word or two, as in "young woman" or "golden retriever"."""
    if character.kind == "animal":
        return character.breed.strip() or (character.species or "animal").replace("other", "animal")
    return _NOUNS[character.age_group][{"female": 0, "male": 1}.get(character.gender, 2)]


def company_words(characters: Sequence[Character]) -> str:
    """Who is there and how many, as in "2 people, a woman, a man and a dog"."""
    people = sum(character.kind == "person" for character in characters)
    names = [_article(short_noun(character)) for character in characters]
    if not names:
        return "nobody, empty scene"
    listed = f"{', '.join(names[:-1])} and {names[-1]}" if len(names) > 1 else names[0]
    return f"{people} people, {listed}" if people > 1 else listed


def deed_words(entry: CastEntry) -> str:
    """What somebody does."""
    return entry.action or _POSES.get(entry.pose, entry.pose.replace("_", " "))


def facing_words(region: Region | None, entry: CastEntry) -> str:
    """Where somebody looks; nothing is said of looking at the camera."""
    return _FACING[region.facing if region else entry.facing]


def outfit_words(outfit: Outfit | None) -> str:
    """Clothes, as in "a blue striped t-shirt, navy jeans and white sneakers"."""
    if outfit is None:
        return ""
    pattern = "" if outfit.pattern == "plain" else f"{outfit.pattern} "
    words = [_article(f"{outfit.top_color} {pattern}{outfit.top.replace('t_shirt', 't-shirt').replace('_', ' ')}")]
    if outfit.bottom != "none" and outfit.top not in ("dress", "swimsuit"):
        bottom = f"{outfit.bottom_color} {outfit.bottom.replace('_', ' ')}"
        words.append(bottom if outfit.bottom in _PLURAL_CLOTHES else _article(bottom))
    if outfit.footwear != "barefoot":
        words.append(f"{outfit.footwear_color} {outfit.footwear}")
    return f"{', '.join(words[:-1])} and {words[-1]}" if len(words) > 1 else words[0]


def place_words(environment: Environment) -> str:
    """The place, by its description, else by name and kind."""
    kind = environment.kind.replace("_", " ")
    return environment.description or (environment.name if kind in environment.name.lower() else "") or kind


def thing_words(thing: SceneObject) -> str:
    """A thing of the scene with its colour and number."""
    name = thing.name or thing.kind.replace("_", " ")
    words = f"{thing.color} {name}" if thing.color and thing.color not in name else name
    return f"{thing.count} {words}" if thing.count > 1 else words


def _without_names(text: str, characters: Sequence[Character]) -> str:
    for character in characters:
        text = re.sub(rf"\b{re.escape(character.name)}\b", f"the {short_noun(character)}", text, flags=re.IGNORECASE)
    return text


def _cleaned(text: str) -> str:
    return _SPACES.sub(" ", text).strip().rstrip(".,")


def _joined(parts: Sequence[str], between: str) -> str:
    return between.join(part for part in parts if part)


def _article(words: str) -> str:
    return f"{'an' if words[:1].lower() in 'aeiou' else 'a'} {words}"
