"""The places of a story as environments: ids, names and lasting features."""

import random
import re
from typing import Final

from ..records import Environment
from ..seeds import derive_seed
from .activities import activities
from .events import Event, Place, plain_place
from .lexicon_people import ANIMAL_WORDS, FARM_SPECIES
from .lexicon_places import PLACE_KINDS, split_list
from .who import Company

_FALLBACK_KINDS: Final = ("park", "old_town", "beach", "forest", "lake", "market", "garden")
_WORKPLACES: Final = {
    "farm": "farmer; farmhand; shepherd; cowgirl; cowboy; zookeeper; vet; veterinarian; cowhand; goatherd; jockey; "
    "rider",
    "harbor": "lighthouse keeper; fisherman; fisher; fisherwoman; sailor; captain; ferryman; pirate",
    "beach": "surfer; lifeguard; swimmer; diver",
    "classroom": "teacher; pupil; pupils; student; students; schoolboy; schoolgirl; tutor; professor; first grader",
    "kitchen": "chef; baker; cook; pastry chef", "cafe": "barista; waiter; waitress; bartender",
    "forest": "hiker; ranger; forest ranger; hunter; hermit; lumberjack; birdwatcher; park ranger",
    "mountain": "climber; mountaineer; pilgrim; monk", "snowfield": "skier; snowboarder; skater",
    "garden": "gardener; beekeeper; botanist",
    "museum": "librarian; artist; painter; scientist; sculptor; curator; actor; actress; night guard; violinist; "
    "pianist",
    "city_street": "postman; mailman; mail carrier; firefighter; musician; taxi driver; courier; street painter; "
    "street "
    "artist; street musician; street sweeper; busker; police officer; bus driver; commuter; salaryman",
    "market": "shopkeeper; florist; flower seller; vendor; street vendor; market vendor; stallholder; shop owner; "
    "bookseller; "
    "butcher; greengrocer", "road": "trucker; truck driver; biker; driver; cyclist",
    "station": "conductor; train driver; traveler; traveller; passenger; flight attendant; pilot; porter",
    "campsite": "scouts; camper; campers; scout", "playground": "toddler; toddlers; clown; magician; acrobat; juggler",
    "living_room": "tailor; potter; carpenter; watchmaker; clockmaker; shoemaker; writer; novelist; nurse; doctor; "
    "surgeon; "
    "programmer; luthier; seamstress; weaver; woodcarver; blacksmith; glassblower; bookbinder; knitter; designer",
}  # fmt: skip
_DEEDS: Final = {  # what those do who are called after it
    "bicycle": "cyclist; cyclists", "surf": "surfer; surfers", "ski": "skier; skiers", "skate": "skater; skaters",
    "run": "runner; runners; jogger; joggers", "paint": "painter; painters", "row": "rower; rowers",
    "guitar": "violinist; pianist; guitarist; cellist; drummer; musician; musicians; singer; street musician; busker",
    "dance": "dancer; dancers; ballerina; ballet dancer", "bake": "baker; bakers; pastry chef", "cook": "chef; cook",
    "fish": "fisherman; fishermen; fisher; fisherwoman; angler", "garden_work": "gardener; beekeeper",
    "hike": "hiker; hikers; backpacker; backpackers", "climb_rocks": "climber; climbers; mountaineer",
    "ride_horse": "rider; jockey; cowboy; cowgirl", "photograph": "photographer", "swim": "swimmer; swimmers; diver",
    "craft": "carpenter; potter; tailor; weaver; shoemaker; watchmaker; seamstress; knitter; woodcarver",
    "bird_watch": "birdwatcher", "stargaze": "astronomer; stargazer", "skateboard": "skateboarder; skateboarders",
    "perform": "juggler; acrobat; magician; comedian; puppeteer", "read": "bookseller; librarian",
    "drive": "trucker; truck driver; biker; taxi driver",
}  # fmt: skip
_HABITATS: Final = {
    "forest": "fox deer owl bear wolf squirrel hedgehog frog", "desert": "camel lizard snake",
    "snowfield": "penguin reindeer moose", "beach": "seal dolphin whale crab turtle seagull", "lake": "duck swan goose",
    "meadow": "bee butterfly elephant lion zebra giraffe kangaroo rhino", "garden": "snail sparrow",
    "mountain": "eagle llama alpaca goat",
}  # fmt: skip


def settle_places(events: list[Event], company: Company, rng: random.Random) -> list[str]:
    """Give every event without a place one that suits whom the prompt names.

    Args:
        events: changed in place.
        company: as read from the prompt, before anybody is invented.
        rng: the story's own draw.

    Returns:
        Notes on what was filled in.
    """
    missing = [event for event in events if event.place is None]
    if not any(event.said or event.holiday for event in events):
        _set_to_work(events, company)
    likely = _likely_kind(company)
    notes = []
    for event in missing:
        event.place = plain_place(likely or rng.choice(_FALLBACK_KINDS))
        event.place.town = event.town
        notes.append(f"Filled in the place: {event.place.noun}.")
    return notes


def _set_to_work(events: list[Event], company: Company) -> None:
    """Let people do what they are called after where the prompt tells nothing else: a cyclist cycles."""
    words = {word for part in company.people() for word in (part.word, part.role)}
    deed = next((key for key, trades in _DEEDS.items() if words & set(split_list(trades))), "")
    for event in events if deed else ():
        kinds = activities()[deed].places.split(";")
        if event.place is None or event.place.kind in kinds or "*" in kinds:
            event.said = [deed]
            event.place = event.place or plain_place(kinds[0])


def _likely_kind(company: Company) -> str:
    words = {word for part in company.people() for word in (part.word, part.role)}
    for kind, trades in _WORKPLACES.items():
        if words & set(split_list(trades)):
            return kind
    pets = {ANIMAL_WORDS[part.word].species for part in company.animals()}
    caged = any(part.word in {"hamster", "guinea pig", "goldfish"} for part in company.animals())
    if caged or pets == {"cat"}:
        return "living_room"
    for part in company.animals():
        if ANIMAL_WORDS[part.word].species in FARM_SPECIES - {"duck"} and not part.name:
            return "farm"
        found = next((kind for kind, animals in _HABITATS.items() if part.word in animals.split()), "")
        if found:
            return found
    return ""


def make_environments(events: list[Event], seed: int) -> tuple[dict[str, Environment], list[str]]:
    """One environment per distinct place, with lasting features; and the environment id of each event."""
    environments: dict[str, Environment] = {}
    homes: list[str] = []
    ids: dict[tuple[str, str, str], str] = {}
    for event in events:
        place = event.place or plain_place("park")
        key = (place.kind, place.noun, place.town)
        if key not in ids:
            ids[key] = _place_id(place, set(environments))
            environments[ids[key]] = _environment(place, ids[key], seed)
        homes.append(ids[key])
    return environments, homes


def _place_id(place: Place, taken: set[str]) -> str:
    base = re.sub(r"[^a-z0-9]+", "-", place.noun.lower().removeprefix("the ")).strip("-")[:22] or place.kind.replace(
        "_", "-"
    )
    base = base if base[0].isalpha() else f"place-{base}"
    slug, number = base, 2
    while slug in taken:
        slug, number = f"{base}-{number}", number + 1
    return slug


def is_generic(place: Place) -> bool:
    """Whether the prompt calls the place by nothing but the plainest noun of its kind."""
    return not place.proper and place.noun == plain_place(place.kind).noun


def _environment(place: Place, place_id: str, seed: int) -> Environment:
    rng = random.Random(derive_seed(seed, "place", place_id))  # noqa: S311
    kind = PLACE_KINDS[place.kind]
    features = rng.sample(split_list(kind.features), rng.choice((2, 3, 3, 4)))
    name = place.proper or (rng.choice(split_list(kind.names)) if is_generic(place) else "")
    name = name or (place.noun if place.noun in {"home", "school"} or "'s" in place.noun else "the " + place.noun)
    if place.town and place.town not in name:
        name = (
            f"{name} in {place.town}"
            if place.kind not in {"beach", "road"} or not is_generic(place)
            else f"{name}, {place.town}"
        )
    noun = place.proper or place.noun
    where = f" in {place.town}" if place.town and place.town not in noun else ""
    return Environment(
        id=place_id,
        kind=place.kind,  # type: ignore[arg-type]
        name=(name[:1].upper() + name[1:])[:200],
        description=f"{noun[:1].upper() + noun[1:]}{where} with {', '.join(features[:-1])} and {features[-1]}."[:600],
        features=features,
    )


def named_at(environment: Environment, place: Place) -> str:
    """As in "at Amber Beach": preposition and invented name of a place that the prompt leaves unnamed, or ""."""
    if not is_generic(place) or environment.name.startswith("The "):
        return ""
    link = {"beach": "at", "road": "on", "farm": "at", "mountain": "at", "city_street": "on"}.get(
        place.kind, PLACE_KINDS[place.kind].at.split()[0]
    )
    return f"{link} {environment.name}"
