"""A scene in the words that the built-in model knows: one caption, and a few words for every region.

Words of regions are "slot:value" pairs from the plan's closed vocabularies, so that a blue shirt cannot be taken for
blue trousers. The caption is plain English for the tokenizer.
"""

from dataclasses import dataclass
from typing import Final, get_args

from ... import vocabulary as v
from ...records import CastEntry, Character, Outfit, Region, Scene, SceneObject
from ..renderer import PhotoJob
from ..storyboard.features import FEATURE_NOUNS, read_feature

_SLOTS: Final[dict[str, tuple[str, ...]]] = {
    "kind": ("person", "animal", "object"),
    "age": get_args(v.AgeGroup), "gender": get_args(v.Gender), "pose": get_args(v.Pose),
    "emotion": get_args(v.Emotion), "facing": get_args(v.Facing),
    "top": get_args(v.Top), "top_color": get_args(v.Color), "pattern": get_args(v.Pattern),
    "bottom": get_args(v.Bottom), "bottom_color": get_args(v.Color),
    "footwear": get_args(v.Footwear), "footwear_color": get_args(v.Color),
    "species": get_args(v.Species), "size": get_args(v.AnimalSize), "coat_color": get_args(v.CoatColor),
    "coat_pattern": get_args(v.CoatPattern), "coat_second": get_args(v.CoatColor), "coat_length": ("short", "long"),
    "object": get_args(v.ObjectKind), "object_color": ("own", *get_args(v.Color)), "count": ("1", "2", "3", "many"),
    "held": ("no", "yes"),
    "build": get_args(v.Build), "height": get_args(v.Height), "skin": tuple(map(str, range(1, 11))),
    "hair": get_args(v.HairStyle), "hair_color": get_args(v.HairColor), "face": get_args(v.FaceShape),
    "eyes": get_args(v.EyeColor), "facial_hair": get_args(v.FacialHair), "freckles": ("no", "yes"),
    "wears": get_args(v.Accessory),
    "place": v.ENVIRONMENT_KINDS, "light": v.LIGHTINGS, "weather": v.WEATHERS, "shot": v.SHOTS, "angle": v.ANGLES,
    "season": ("winter", "spring", "summer", "autumn"), "people": ("0", "1", "2", "3", "many"),
    "feature": FEATURE_NOUNS,
}  # fmt: skip
REGION_WORDS: Final[tuple[str, ...]] = tuple(f"{slot}:{value}" for slot, values in _SLOTS.items() for value in values)

_LIGHT_WORDS: Final = {
    "sunrise": "sunrise", "daylight": "daylight", "golden_hour": "golden hour", "blue_hour": "blue hour",
    "night": "night", "lamplight": "lamplight", "firelight": "firelight",
}  # fmt: skip
_SEASONS: Final = ("winter", "winter", "spring", "spring", "spring", "summer", "summer", "summer", "autumn", "autumn",
                   "autumn", "winter")  # fmt: skip


@dataclass(frozen=True)
class RegionText:
    """`scene` words change from photo to photo; `looks` words say what an identity vector says, too."""

    scene: tuple[str, ...]
    looks: tuple[str, ...]


def scene_caption(job: PhotoJob) -> str:
    """The canonical caption: place, light, weather, season, camera, who and what is there."""
    scene = job.scene
    parts = [
        job.environment.kind.replace("_", " "),
        *(feature.lower() for feature in job.environment.features),
        _LIGHT_WORDS[scene.lighting],
        scene.weather.replace("_", " "),
        _SEASONS[scene.time.month - 1],
        f"{scene.camera.shot.replace('_', ' ')} shot",
        f"{scene.camera.angle.replace('_', ' ')} view",
        _count_words(job.characters),
        *_thing_words(scene),
    ]
    return " , ".join(part for part in parts if part)


def place_and_light(job: PhotoJob) -> str:
    """The part of the caption that every scene has: its place and light, as in "old town , golden hour"."""
    return f"{job.environment.kind.replace('_', ' ')} , {_LIGHT_WORDS[job.scene.lighting]}"


def scene_words(job: PhotoJob) -> tuple[str, ...]:
    """The words of the scene as a whole, which stand for its background."""
    scene = job.scene
    people = sum(character.kind == "person" for character in job.characters)
    features = [found for text in job.environment.features if (found := read_feature(text)) is not None]
    return (
        f"place:{job.environment.kind}", f"light:{scene.lighting}", f"weather:{scene.weather}",
        f"season:{_SEASONS[scene.time.month - 1]}", f"shot:{scene.camera.shot}", f"angle:{scene.camera.angle}",
        f"people:{people if people <= 3 else 'many'}", *(f"feature:{feature.noun}" for feature in features),
    )  # fmt: skip


def region_text(job: PhotoJob, region: Region) -> RegionText:
    """The words of one region; none for a region that names nothing of the scene."""
    for entry, character, outfit in zip(job.scene.cast, job.characters, job.outfits, strict=True):
        if entry.character == region.ref:
            return (
                _animal(character, region) if character.kind == "animal" else _person(character, entry, outfit, region)
            )
    for thing in job.scene.objects:
        if thing.id == region.ref:
            return _object(thing)
    return RegionText((), ())


def _person(character: Character, entry: CastEntry, outfit: Outfit | None, region: Region) -> RegionText:
    words = [
        "kind:person", f"age:{character.age_group}", f"gender:{character.gender}",
        f"pose:{region.pose or entry.pose}", f"emotion:{entry.emotion}", f"facing:{region.facing}",
    ]  # fmt: skip
    if outfit is not None:
        words += [
            f"top:{outfit.top}", f"top_color:{outfit.top_color}", f"pattern:{outfit.pattern}",
            f"bottom:{outfit.bottom}", f"bottom_color:{outfit.bottom_color}",
            f"footwear:{outfit.footwear}", f"footwear_color:{outfit.footwear_color}",
        ]  # fmt: skip
    face = character.face
    looks = [
        f"build:{character.build}", f"height:{character.height}", f"skin:{character.skin_tone}",
        f"hair:{character.hair.style}", f"hair_color:{character.hair.color}", f"face:{face.shape}", f"eyes:{face.eyes}",
        f"facial_hair:{face.facial_hair}", f"freckles:{'yes' if face.freckles else 'no'}",
        *(f"wears:{item}" for item in character.accessories),
    ]  # fmt: skip
    return RegionText(tuple(words), tuple(looks))


def _animal(character: Character, region: Region) -> RegionText:
    words = [
        "kind:animal", f"species:{character.species}", f"size:{character.size or 'medium'}",
        f"pose:{region.pose or 'standing'}", f"facing:{region.facing}",
    ]  # fmt: skip
    coat = character.coat
    looks = []
    if coat is not None:
        looks = [f"coat_color:{coat.color}", f"coat_pattern:{coat.pattern}"]
        looks += [f"coat_second:{coat.second_color}"] if coat.pattern != "plain" else []
        looks.append(f"coat_length:{'long' if coat.long_haired else 'short'}")
    return RegionText((*words, *looks), ())


def _object(thing: SceneObject) -> RegionText:
    count = str(thing.count) if thing.count <= 3 else "many"
    return RegionText(
        (
            "kind:object", f"object:{thing.kind}", f"object_color:{thing.color or 'own'}", f"count:{count}",
            f"held:{'yes' if thing.held_by else 'no'}",
        ),
        (),
    )  # fmt: skip


def _count_words(characters: tuple[Character, ...]) -> str:
    people = sum(character.kind == "person" for character in characters)
    names = ("nobody", "one person", "two people", "three people", "many people")
    animals = [character.species or "animal" for character in characters if character.kind == "animal"]
    return " , ".join([names[min(people, 4)], *animals])


def _thing_words(scene: Scene) -> list[str]:
    return [f"{thing.color or ''} {thing.kind.replace('_', ' ')}".strip() for thing in scene.objects]
