"""Making flagged photos again, within bounds; what still fails stays out of the album.

The loop knows neither renderer nor cast: it decides, and has others check, make and recast. Each round is written down
before it is carried out and closed after its photos were checked. A run that is stopped anywhere leaves its round
pending; the next one carries it out again, and photos that were finished are recognised and not made twice. Every run
starts and ends with a check of the whole album, so nothing is ever called clean that was made after the last one.
"""

import logging
import time
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime, timezone
from typing import Final

from ..album_folder import ANCHORS, CONTACT_SHEET, PAGE, AlbumFolder
from ..errors import AlbumBusyError, AlbumError, InterruptedAlbumError
from ..records import Album, AlbumPlan
from ..verdicts import Decision
from ..wording import without_paths
from .anchors import CAST_FILE
from .journal import Costs, Journal, Redraw, read_journal, write_journal
from .remedies import Limits, found_characters
from .rounds import is_clean, plan_round

NOT_ALL_CLEAN: Final = "Not checked as a whole: some photos have no clean verdict of the last check."

Check = Callable[[], Album]
Remake = Callable[[tuple[str, ...], int, float], Album]
Recast = Callable[[str, int], AlbumPlan]

_log = logging.getLogger(__name__)


@dataclass(frozen=True, eq=False)
class Resynthesis:
    """How it ended. decisions: of this run, oldest first; costs: of this run alone."""

    album: Album
    decisions: tuple[Decision, ...]
    costs: Costs

    @property
    def withheld(self) -> int:
        """How many photos of the album are withheld now."""
        return sum(photo.status == "withheld" for photo in self.album.photos)


def resynthesise(
    folder: AlbumFolder,
    plan: AlbumPlan,
    *,
    check: Check,
    remake: Remake,
    recast: Recast,
    limits: Limits,
    check_interrupt: Callable[[], None],
    clock: Callable[[], float] = time.monotonic,
    now: Callable[[], datetime] = lambda: datetime.now(timezone.utc).replace(microsecond=0),
) -> Resynthesis:
    """Make the photos of an album that leaked again, until they are clean or the limits are reached.

    A photo that was given up is not tried again by a later run, unless the limits or the photo are others by then.

    Args:
        folder: of a rendered album.
        plan: that the album was rendered with: as it is now, or before the new identities of earlier runs.
        check: checks the whole album, quarantines what leaks and saves the verdicts; returns the album as saved.
        remake: makes the photos of these scenes at an attempt and a share of the references' strength (0 to 1), with
            the plan and cast that are in force, and saves them.
        recast: gives a character a new look and identity for all later calls of `remake`; the number, from 1, names
            the draw, so that the same number gives the same person. Returns the plan in force.
        limits: how far it may go.
        check_interrupt: called before each of the others; what it raises stops the run.
        clock: seconds from any start.
        now: the time that decisions are dated with.

    Returns:
        The album as saved, with all decisions in its leakage summary.

    Raises:
        AlbumError: the album holds another plan than the one given, its journal is damaged, or one of the callables
            failed for a reason that is not one photo's. What was decided is kept, and the next run goes on.
    """
    run = _Run(folder, check, remake, recast, limits, check_interrupt, clock, now)
    run.take_up(plan)
    if run.journal.pending:
        run.carry_out()
    else:
        run.look()
    while run.plan_next():
        run.carry_out()
    return run.finish()


def resynthesis_text(done: Resynthesis) -> str:
    """How a re-synthesis ended, then one line for each decision of this run."""
    summary, costs = done.album.leakage, done.costs
    lines = [f"{summary.status.upper()}: {summary.reason}" if summary else "UNCHECKED: Nothing was compared."]
    lines.append(
        f"Photos made again: {costs.photos_made_again} in {costs.rounds} rounds, {costs.making_seconds:.1f} s; checks: "
        f"{costs.checks}, {costs.checking_seconds:.1f} s; withheld now: {done.withheld}."
    )
    for decision in done.decisions:
        score = f", score {decision.score:g}" if decision.score is not None else ""
        limit = f", limit {decision.threshold:g}" if decision.threshold is not None else ""
        who = f" ({decision.character})" if decision.character else ""
        why = f"because of {decision.kind or 'its verdict'}{score}{limit}. {decision.reason}".rstrip()
        lines.append(
            f"photo {decision.photo} ({decision.scene}): {decision.action}{who}, attempt {decision.attempt}, weight "
            f"{decision.weight:g}; {why}"
        )
    return "\n".join(lines)


@dataclass
class _Run:
    """One call of `resynthesise`: the journal as it is on disk, and the album as it was last checked."""

    folder: AlbumFolder
    check: Check
    remake: Remake
    recast: Recast
    limits: Limits
    check_interrupt: Callable[[], None]
    clock: Callable[[], float]
    now: Callable[[], datetime]

    def __post_init__(self) -> None:
        self.album = self.folder.read()
        self.journal = Journal(limits=self.limits)
        self.before = Costs()
        self.drawn: list[Redraw] = []
        self.blocked: dict[str, str] = {}

    def take_up(self, plan: AlbumPlan) -> None:
        """Go on from what earlier runs wrote down, with the identities that the photos on disk show."""
        stored = read_journal(self.folder)
        if stored is None:
            known = self.album.leakage.decisions if self.album.leakage else []
            stored = Journal(limits=self.limits, decisions=known, finished=True)
        stored = self._in_force(stored, plan)
        if stored.limits != self.limits:
            stored = stored.model_copy(update={"limits": self.limits, "given_up": {}})
        if stored.finished:
            stored = stored.model_copy(update={"started": len(stored.decisions), "finished": False})
        self.before = stored.costs
        self._keep(stored)

    def _in_force(self, journal: Journal, plan: AlbumPlan) -> Journal:
        """Recast to what the photos on disk show; void what was decided on photos that are no longer there."""
        if self.album.plan == plan and not journal.redraws:
            self.draw(journal.pending_redraws)
            return journal
        if self.album.plan == plan:  # rendered anew since, or the plan that an earlier run put out is connected
            void = {"redraws": [], "pending": [], "pending_redraws": [], "given_up": {}, "finished": True}
            return journal.model_copy(update=void)
        if self.draw(journal.redraws) == self.album.plan:
            self.draw(journal.pending_redraws)
            return journal
        if self.draw(journal.pending_redraws) == self.album.plan:
            return journal
        raise AlbumError(
            "The album holds photos of another plan than the one that is connected: run Album Render with this plan "
            "first, or connect the plan that the album was rendered with."
        )

    def draw(self, redraws: Iterable[Redraw]) -> AlbumPlan | None:
        """Put new identities in force; the plan after the last one, None where there is none."""
        plan = None
        for drawn in redraws:
            self.check_interrupt()
            plan = self.recast(drawn.character, drawn.redraw)
            self.drawn.append(drawn)
        return plan

    def _can_draw(self, redraws: Iterable[Redraw]) -> bool:
        """Put a planned round's new identities in force; False, and written down, where one cannot be had."""
        for drawn in redraws:
            if drawn in self.drawn:
                continue
            try:
                self.draw([drawn])
            except (AlbumBusyError, InterruptedAlbumError):
                raise
            except AlbumError as error:
                self.blocked[drawn.character] = f"No other identity could be drawn: {without_paths(error)}"
                return False
        return True

    def look(self) -> None:
        """Have the whole album checked, and put the decisions back that a check does not know."""
        self.check_interrupt()
        begun = self.clock()
        self.album = self.check()
        spent = max(0.0, self.clock() - begun)
        costs = self.journal.costs
        added = {"checks": costs.checks + 1, "checking_seconds": round(costs.checking_seconds + spent, 3)}
        self.journal = self.journal.model_copy(update={"costs": costs.model_copy(update=added)})
        self._tell_album()

    def plan_next(self) -> bool:
        """Write down what is released, given up and tried next; whether there is anything to try."""
        planned = plan_round(self.album, self.journal, self.blocked)
        while not self._can_draw(planned.redraws):
            planned = plan_round(self.album, self.journal, self.blocked)
        self._quarantine({decision.scene for decision in planned.given_up})
        given_up = {d.scene: self.album.photo(d.scene).fingerprint or "none" for d in planned.given_up}
        self._keep(
            self.journal.with_decisions(self._dated(planned.released + planned.given_up)).model_copy(
                update={
                    "pending": self._dated(planned.tries),
                    "pending_redraws": planned.redraws,
                    "given_up": {**self.journal.given_up, **given_up},
                }
            )
        )
        return bool(planned.tries)

    def carry_out(self) -> None:
        """Make the photos of the pending round, have the album checked, and close the round."""
        groups: dict[tuple[int, float], list[str]] = {}
        for decision in self.journal.pending:
            groups.setdefault((decision.attempt, decision.weight), []).append(decision.scene)
        seconds: dict[str, float] = {}
        for (attempt, weight), scenes in groups.items():
            self.check_interrupt()
            begun = self.clock()
            self._make(tuple(scenes), attempt, weight)
            spent = max(0.0, self.clock() - begun)
            seconds |= dict.fromkeys(scenes, spent / len(scenes))
        self.look()
        closed = [d.model_copy(update={"seconds": round(seconds[d.scene], 3)}) for d in self.journal.pending]
        costs = self.journal.costs
        added = {
            "rounds": costs.rounds + 1,
            "photos_made_again": costs.photos_made_again + len(closed),
            "making_seconds": round(costs.making_seconds + sum(seconds.values()), 3),
        }
        done = {
            "redraws": [*self.journal.redraws, *self.journal.pending_redraws],
            "pending": [],
            "pending_redraws": [],
            "costs": costs.model_copy(update=added),
        }
        self._keep(self.journal.with_decisions(closed).model_copy(update=done))

    def finish(self) -> Resynthesis:
        """Close the run: the album says what was decided, and is not called clean while a photo of it is not."""
        self._withhold_portraits({finding.subject for finding in found_characters(self.album)})
        self._withhold_other_anchors()
        summary = self.album.leakage
        if summary is not None and summary.status == "clean" and not all(map(is_clean, self.album.photos)):
            summary = summary.model_copy(update={"status": "unchecked", "reason": NOT_ALL_CLEAN})
            self.album = self.album.model_copy(update={"leakage": summary})
        self._tell_album()
        self._keep(self.journal.model_copy(update={"finished": True}))
        after, before = self.journal.costs, self.before
        costs = Costs(
            rounds=after.rounds - before.rounds,
            photos_made_again=after.photos_made_again - before.photos_made_again,
            checks=after.checks - before.checks,
            making_seconds=round(max(0.0, after.making_seconds - before.making_seconds), 3),
            checking_seconds=round(max(0.0, after.checking_seconds - before.checking_seconds), 3),
        )
        return Resynthesis(self.album, tuple(self.journal.of_this_run), costs)

    def _make(self, scenes: tuple[str, ...], attempt: int, weight: float) -> None:
        """One call of the renderer's side. A photo that cannot be made is no reason to stop: it stays in trouble."""
        try:
            self.remake(scenes, attempt, weight)
        except (AlbumBusyError, InterruptedAlbumError):
            raise
        except AlbumError as error:
            made = {photo.scene: photo.status for photo in self.folder.read().photos}
            if not any(made.get(scene) == "failed" for scene in scenes):
                raise
            _log.warning("Some photos could not be made again: %s", error)

    def _quarantine(self, scenes: set[str]) -> None:
        """Withhold photos that were given up and lie in the album still, such as those that cannot be checked."""
        done = [photo for photo in self.album.photos if photo.scene in scenes and photo.status == "done"]
        still_there = {photo.scene for photo in done if self.folder.read_bytes(photo.file) is not None}
        if not still_there:
            return
        with self.folder.writing() as writer:
            for shared in (PAGE, CONTACT_SHEET):  # they may show the photo; Album Save writes them anew
                writer.remove(shared)
            photos = list(self.album.photos)
            for index, photo in enumerate(photos):
                if photo.scene in still_there:
                    photos[index] = writer.withhold(photo)
                    self.album = self.album.model_copy(update={"photos": list(photos)})
                    writer.save(self.album)

    def _withhold_portraits(self, characters: set[str]) -> None:
        """Who was recognised and not exchanged leaves with portraits and vectors; the page shows an initial instead."""
        shown = [member for member in self.album.cast if member.character in characters and member.portraits]
        if not shown:
            return
        with self.folder.writing() as writer:
            for shared in (PAGE, CONTACT_SHEET):
                writer.remove(shared)
            for file in [*(file for member in shown for file in member.portraits), CAST_FILE]:
                writer.withhold_anchor(file)
            bare = [
                member.model_copy(update={"portraits": [], "views": []}) if member in shown else member
                for member in self.album.cast
            ]
            self.album = self.album.model_copy(update={"cast": bare})
            writer.save(self.album)

    def _withhold_other_anchors(self) -> None:
        """Plates and other files among the portraits leave where they leak, and the cast's file, which holds plates."""
        found = self.album.leakage.findings if self.album.leakage else []
        files = {item.subject for item in found if item.status == "leak" and item.subject.startswith(f"{ANCHORS}/")}
        if not files:
            return
        with self.folder.writing() as writer:
            for file in [*sorted(files), CAST_FILE]:
                writer.withhold_anchor(file)

    def _tell_album(self) -> None:
        """Put all decisions into album.json; a check and a renderer know nothing of them."""
        if self.album.leakage is None:
            return
        summary = self.album.leakage.model_copy(update={"decisions": self.journal.decisions})
        self.album = self.album.model_copy(update={"leakage": summary})
        if self.folder.read().leakage != summary:
            self.folder.update(self.album)

    def _keep(self, journal: Journal) -> None:
        if journal != self.journal or read_journal(self.folder) is None:
            write_journal(self.folder, journal)
        self.journal = journal

    def _dated(self, decisions: list[Decision]) -> list[Decision]:
        return [decision.model_copy(update={"time": self.now()}) for decision in decisions]
