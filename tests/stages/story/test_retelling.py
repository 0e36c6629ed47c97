"""Names in place of the pronouns of quoted sentences."""

import pytest
from synthetic_albums.stages.story import plan_story
from synthetic_albums.stages.story.company import Company, Part
from synthetic_albums.stages.story.events import Event
from synthetic_albums.stages.story.retelling import mark_pronouns, unmark
from synthetic_albums.stages.story.scan import tokenise


def _marked(text: str, told: str, told_at: int, *parts: Part) -> Event:
    event = Event(told=told, told_at=told_at)
    mark_pronouns(event, tokenise(text), Company(parts=list(parts)))
    return event


def _person(name: str, gender: str, at: int) -> Part:
    return Part("person", name=name, gender=gender, first=at, tokens=[at])


def test_a_subject_pronoun_becomes_a_mark_for_the_person_it_means():
    ada = _person("Ada", "female", 0)

    event = _marked("Ada naps. She mends the sail.", "She mends the sail.", 3, ada)

    (mark,) = event.told_parts
    assert event.told == f"{mark} mends the sail."
    assert event.told_parts[mark] is ada
    assert unmark(event.told, {mark: "Ada"}) == "Ada mends the sail."


def test_an_owning_pronoun_becomes_a_possessive():
    event = _marked("Tom waits. His kettle whistles.", "His kettle whistles.", 3, _person("Tom", "male", 0))

    assert unmark(event.told, dict.fromkeys(event.told_parts, "Tom")) == "Tom's kettle whistles."


def test_gender_decides_between_two_people():
    ada, tom = _person("Ada", "female", 0), _person("Tom", "male", 2)

    event = _marked("Ada and Tom wait. She mends the sail.", "She mends the sail.", 5, ada, tom)

    assert list(event.told_parts.values()) == [ada]


@pytest.mark.parametrize(
    ("text", "told", "told_at"),
    [
        ("Ada naps. A crab follows her around.", "A crab follows her around.", 3),  # an object, not an owner
        ("Ada naps. When Bo comes, she mends it.", "When Bo comes, she mends it.", 3),  # somebody else is named
        ("Ada naps.", "", -1),
    ],
)
def test_what_is_no_clear_subject_stays_as_it_is_told(text, told, told_at):
    event = _marked(text, told, told_at, _person("Ada", "female", 0))

    assert event.told == told
    assert event.told_parts == {}


def test_a_pronoun_without_anybody_it_could_mean_stays():
    event = _marked("He mends the sail.", "He mends the sail.", 0)

    assert event.told == "He mends the sail."


def test_no_mark_is_left_in_a_plan():
    plan = plan_story(
        "Rosa opens her shop in Lisbon at 9. She untangles a heap of copper wire and whistles. "
        "Her neighbour Paulo brings soup, and he polishes the old brass lamp by the window.",
        photos=None,
        seed=3,
        style="auto",
    )

    assert not any("\u27e8" in scene.caption or "\u27e9" in scene.caption for scene in plan.scenes)
