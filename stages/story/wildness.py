"""Which animals belong to nobody."""

from .company import Part
from .lexicon_people import ANIMAL_WORDS, FARM_SPECIES, WILD_ANIMALS


def is_wild(part: Part) -> bool:
    """Whether an animal belongs to a place rather than to a person: cows on a farm, a fox in the wood."""
    word = ANIMAL_WORDS[part.word]
    return word.breed in WILD_ANIMALS or part.word in WILD_ANIMALS or (word.species in FARM_SPECIES and not part.name)
