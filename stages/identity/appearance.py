"""The look of a character in words, locked for the album: everything that lasts, nothing that is put on and off."""

from ..records import Character

MAX_CHARS = 600  # of an appearance text in album.json

# Words for groups of the Monk Skin Tone scale, 1 lightest to 10 darkest.
_SKIN = ("very light", "very light", "light", "light", "medium", "medium brown", "brown", "dark brown", "deep", "deep")
_AGES = {
    "baby": ("baby girl", "baby boy", "baby"),
    "child": ("girl", "boy", "child"),
    "teen": ("teenage girl", "teenage boy", "teenager"),
    "young_adult": ("young woman", "young man", "young adult"),
    "adult": ("woman", "man", "adult"),
    "senior": ("elderly woman", "elderly man", "elderly person"),
}
_BUILD = {"slim": "slim", "athletic": "athletic", "broad": "broad-shouldered"}
_HEIGHT = {"short": "short", "tall": "tall"}
_HAIR = {
    "buzz": "{color} hair in a buzz cut", "short": "short {color} hair", "curly_short": "short curly {color} hair",
    "pixie": "{color} hair in a pixie cut", "bob": "{color} hair in a bob", "long": "long {color} hair",
    "wavy_long": "long wavy {color} hair", "curly_long": "long curly {color} hair", "afro": "a {color} afro",
    "ponytail": "{color} hair in a ponytail", "bun": "{color} hair in a bun", "braids": "{color} braids",
}  # fmt: skip
_FACIAL_HAIR = {"stubble": "stubble", "moustache": "a moustache", "beard": "a full beard"}
# Worn on every photo, whatever the outfit; hats, scarves and bags come and go with it.
_LASTING = {
    "glasses": "glasses", "earrings": "earrings", "headscarf": "a headscarf", "turban": "a turban",
}  # fmt: skip
_SPECIES_NOUN = {"other": "animal"}


def describe_appearance(character: Character) -> str:
    """One sentence fragment that names a character and says how they look, clothes left out.

    Args:
        character: person or animal.

    Returns:
        For example "Maya, a tall young woman with light skin, long auburn hair, brown eyes, freckles and glasses";
        at most 600 characters.
    """
    text = _animal(character) if character.kind == "animal" else _person(character)
    return f"{character.name}, {text}"[:MAX_CHARS]


def _person(character: Character) -> str:
    column = {"female": 0, "male": 1}.get(character.gender, 2)
    words = [_HEIGHT.get(character.height, ""), _BUILD.get(character.build, ""), _AGES[character.age_group][column]]
    if character.age_group == "baby":
        words = words[-1:]
    features = [f"{_SKIN[character.skin_tone - 1]} skin", _hair(character), f"{character.face.eyes} eyes"]
    if character.face.facial_hair != "none" and character.age_group not in ("baby", "child"):
        features.append(_FACIAL_HAIR[character.face.facial_hair])
    if character.face.shape != "oval":
        shape = "heart-shaped" if character.face.shape == "heart" else character.face.shape
        features.append(f"a {shape} face")
    if character.face.freckles:
        features.append("freckles")
    features += [_LASTING[item] for item in character.accessories if item in _LASTING]
    return f"{_with_article(' '.join(word for word in words if word))} with {_listed(features)}"


def _hair(character: Character) -> str:
    if character.hair.style == "bald":
        return "a bald head"
    return _HAIR[character.hair.style].format(color=character.hair.color.replace("_", " "))


def _animal(character: Character) -> str:
    species = character.species or "other"
    noun = character.breed.strip() or _SPECIES_NOUN.get(species, species)
    size = character.size if character.size in ("small", "large") else ""
    text = _with_article(f"{size} {noun}".strip())
    if character.coat is None:
        return text
    coat = character.coat
    cover = "plumage" if species in ("parrot", "duck", "chicken") else "shell" if species == "turtle" else "coat"
    hair = "long-haired " if coat.long_haired and cover == "coat" else ""
    look = f"{coat.color} {hair}{cover}"
    if coat.pattern == "tabby":
        look = f"{coat.color} {hair}tabby {cover}"
    elif coat.pattern != "plain":
        look = f"{look} with {coat.second_color} {coat.pattern}"
    return f"{text} with {_with_article(look) if cover != 'plumage' else look}"


def _with_article(words: str) -> str:
    return f"{'an' if words[:1].lower() in 'aeiou' else 'a'} {words}"


def _listed(parts: list[str]) -> str:
    return f"{', '.join(parts[:-1])} and {parts[-1]}" if len(parts) > 1 else parts[0]
