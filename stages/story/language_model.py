"""Plans with a language model: the album's summary first, then one scene at a time, completed by rules.

Source: W. Kong and U. Syed, hierarchical generation of synthetic photo albums, Google Research, 2025: the summary
is the only memory that scenes share, so contexts stay short and albums may be of any length.
"""

from collections.abc import Callable
from datetime import date, datetime
from typing import Final, Protocol

from ..records import AlbumPlan, Character, Environment, Outfit, Scene, Style, parse_record
from ..seeds import derive_seed
from .draft import DraftT, OpenSummaryDraft, SceneDraft, SummaryDraft, says_something, scene_form
from .draft_cast import Company, agree_on_cast, agree_on_places
from .draft_facts import Facts, read_facts, words_in
from .draft_messages import ask_scene, ask_summary
from .draft_scenes import MAX_IN_PHOTO, complete_scene, join_scene
from .draft_telling import Telling
from .draft_times import choose_moment

PLANNER: Final = "llm@1"
_OF_A_DAY: Final = frozenset({"day", "today", "morning", "afternoon", "evening", "night", "tonight"})


class Writer(Protocol):
    """Anything that fills in forms: a local model, a server, or a script in a test."""

    @property
    def name(self) -> str: ...

    def write(self, messages: list[dict[str, str]], form: type[DraftT], *, seed: int) -> DraftT: ...


def plan_with_model(
    prompt: str,
    *,
    photos: int | None,
    seed: int,
    style: str,
    writer: Writer,
    start: datetime | None = None,
    on_step: Callable[[int, int], None] | None = None,
) -> AlbumPlan:
    """Plan an album with a language model.

    What the prompt says for certain (cast, animals, places in order, number of photos, times, what is ruled out)
    stands whatever the model writes, and what the model leaves out is completed by rules; the plan's notes say so.
    A prompt that the rules cannot read, such as one in another language, is left to the model alone.

    Args:
        prompt: 1 to `MAX_PROMPT_CHARS` characters.
        photos: number of scenes, 1 to `MAX_SCENES`; None for the prompt's own number, else a fitting one.
        seed: 0 to 2**63 - 1; each step draws from its own seed.
        style: a style name, or "auto" for the prompt's, else the model's.
        writer: fills in the forms.
        start: date and time of the first scene when the prompt has none, without time zone.
        on_step: called before every step with the steps done and their number; may raise to stop the planning.

    Raises:
        AlbumError: the prompt is empty or too long, another argument is out of range, or the writer fails.
    """
    facts = read_facts(prompt, photos=photos, seed=seed, style=style, start=start)
    report = on_step or (lambda _done, _total: None)
    report(0, len(facts.plan.scenes) + 1)
    open_number = not facts.readable and photos is None
    form: type[SummaryDraft] = OpenSummaryDraft if open_number else SummaryDraft
    summary = writer.write(ask_summary(facts, style=style), form, seed=derive_seed(seed, "summary"))
    if isinstance(summary, OpenSummaryDraft):
        facts = read_facts(prompt, photos=summary.photos, seed=seed, style=style, start=start)
    company = agree_on_cast(facts, summary, seed=seed)
    places, stands = agree_on_places(facts, summary.places, seed=seed)
    telling = Telling(
        facts,
        seed,
        {character.id: character for character in company.characters},
        company.relations,
        {place.id: place for place in places},
        ids=_rule_ids(facts, company),
    )
    title, words = _texts(facts, summary, company)
    for number, slot in enumerate(facts.plan.scenes):
        report(number + 1, len(facts.plan.scenes) + 1)
        _tell(telling, writer, slot, stands, title, words)
    _show_everybody(telling)
    return _plan(telling, company, title, words, _style(facts, summary, style), writer.name)


def _tell(telling: Telling, writer: Writer, slot: Scene, stands: dict[str, str], title: str, summary: str) -> None:
    facts, number = telling.facts, len(telling.scenes)
    allowed = _allowed_places(telling, slot, stands)
    fixed = _fixed(facts)
    draft: SceneDraft = writer.write(
        ask_scene(
            facts,
            title,
            summary,
            list(telling.characters.values()),
            telling.relations,
            allowed,
            number=number + 1,
            told=[scene.title for scene in telling.scenes[-2:]],
            must=facts.must(slot),
            moment=slot.time if fixed[number] else None,
        ),
        scene_form(list(telling.characters), [place.id for place in allowed]),
        seed=derive_seed(telling.seed, "scene", number),
    )
    place = next((place for place in allowed if place.id == draft.place), allowed[0])
    moment = choose_moment(
        draft,
        number,
        telling.scenes[-1].time if telling.scenes else None,
        [scene.time for scene in facts.plan.scenes],
        fixed,
        last_day=_last_day(facts),
        seed=telling.seed,
    )
    complete_scene(telling, draft, slot, place, moment)


def _allowed_places(telling: Telling, slot: Scene, stands: dict[str, str]) -> list[Environment]:
    """Where a scene may be: where the prompt says, or anywhere, except that what it asks for has its place."""
    if telling.facts.places_said or telling.facts.must(slot):
        return [telling.places[stands[slot.environment]]]
    return list(telling.places.values())


def _fixed(facts: Facts) -> list[bool]:
    """Which times of the rule plan stand: all when the prompt speaks of times, else those of what it asks for."""
    return [facts.times_said or bool(facts.must(scene)) for scene in facts.plan.scenes]


def _last_day(facts: Facts) -> date | None:
    """When the prompt says how long the story takes, or speaks of a day, the rules' last day; else any."""
    first, last = (facts.plan.scenes[at].time.date() for at in (0, -1))
    return last if facts.spans or (first == last and facts.words & _OF_A_DAY) else None


def _rule_ids(facts: Facts, company: Company) -> dict[str, str]:
    """Ids of the rule plan's characters, to those who have their place in the album."""
    looks = {_look(character): character.id for character in company.characters}
    return {c.id: looks[_look(c)] for c in facts.plan.characters if _look(c) in looks}


def _look(character: Character) -> str:
    return character.model_copy(update={"id": "x", "name": "x"}).model_dump_json()


def _texts(facts: Facts, summary: SummaryDraft, company: Company) -> tuple[str, str]:
    """Title and summary: the model's, unless they say nothing or speak of somebody who is not in the album."""
    lost = {word for name in company.lost for word in words_in(name)}
    lost -= {word for character in company.characters for word in words_in(character.name)}
    spoken = set(words_in(f"{summary.title} {summary.summary}"))
    title = summary.title if says_something(summary.title) and not lost & set(words_in(summary.title)) else ""
    if not facts.readable:
        return title or "Photo album", summary.summary or facts.prompt[:400]
    if lost & spoken or not says_something(summary.summary):
        names = ", ".join(character.name for character in company.characters)
        return title or facts.plan.title, f"{facts.prompt[:400]} With: {names}."[:600] if names else facts.prompt[:400]
    return title or facts.plan.title, summary.summary


def _style(facts: Facts, summary: SummaryDraft, style: str) -> Style:
    said = style != "auto" or facts.plan.style.name != "natural" or bool(facts.plan.style.description)
    return facts.plan.style if said else Style(name=summary.style)


def _show_everybody(telling: Telling) -> None:
    """Put whoever was never in a photo into the one with most room."""
    for who in telling.characters.values():
        if any(entry.character == who.id for scene in telling.scenes for entry in scene.cast):
            continue
        free = [n for n, scene in enumerate(telling.scenes) if len(scene.cast) < MAX_IN_PHOTO]
        rank = {n: (telling.scenes[n].camera.shot == "detail", len(telling.scenes[n].cast), n) for n in free}
        if rank:
            join_scene(telling, min(rank, key=lambda n: rank[n]), who)


def _plan(telling: Telling, company: Company, title: str, summary: str, style: Style, model: str) -> AlbumPlan:
    used = {scene.environment for scene in telling.scenes}
    dressed = [
        c if c.kind == "animal" else c.model_copy(update={"outfits": telling.outfits.get(c.id) or [Outfit(id="day1")]})
        for c in company.characters
    ]
    facts = telling.facts
    notes = [f"The rules could not read the prompt ({facts.why}); the model alone did."] if not facts.readable else []
    notes += company.notes
    notes += [f"Completed by rules: {what} ({count})." for what, count in telling.completed.items()]
    plan = AlbumPlan.model_construct(
        title=title[:120],
        summary=summary[:600],
        prompt=facts.prompt,
        planner=f"{PLANNER}:{model}"[:200],
        style=style,
        seed=telling.seed,
        characters=dressed,
        relations=company.relations[:96],
        environments=[place for place in telling.places.values() if place.id in used],
        scenes=telling.scenes,
        notes=[note[:200] for note in dict.fromkeys(notes)][:60],
    )
    return parse_record(AlbumPlan, plan.model_dump(mode="json"), what="plan of the language model")
