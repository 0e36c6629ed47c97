"""What a re-synthesis has decided, on disk before it is carried out, so that a crash loses no decision."""

import json
from typing import Final, Literal

from pydantic import Field

from ..album_folder import AlbumFolder
from ..errors import AlbumError
from ..record_base import Id, Record, Sha256, parse_record
from ..verdicts import Decision
from .remedies import Limits

JOURNAL_FILE: Final = "reports/resynthesis.json"
MAX_DECISIONS: Final = 4096  # what the album's record holds


class Redraw(Record):
    """One new identity, as `recast` is asked for it."""

    character: Id
    redraw: int = Field(ge=1)


class Costs(Record):
    """What all re-synthesis of this album has cost so far."""

    rounds: int = Field(default=0, ge=0)
    photos_made_again: int = Field(default=0, ge=0)
    checks: int = Field(default=0, ge=0)
    making_seconds: float = Field(default=0.0, ge=0.0)
    checking_seconds: float = Field(default=0.0, ge=0.0)


class Journal(Record):
    """The state of the re-synthesis of one album.

    decisions: those that were carried out, oldest first. pending: those of the round that is being carried out; after
    a crash it is carried out again, which makes nothing that is there already. redraws: the new identities that the
    album's photos show, in their order; pending_redraws those of the pending round. started: where the decisions of
    the present run begin. given_up: for each photo that stays withheld its fingerprint, so that running again does not
    try in vain; emptied when the limits change.
    """

    version: Literal[1] = 1
    limits: Limits
    finished: bool = False
    started: int = Field(default=0, ge=0)
    decisions: list[Decision] = Field(default_factory=list, max_length=MAX_DECISIONS)
    pending: list[Decision] = Field(default_factory=list, max_length=MAX_DECISIONS)
    redraws: list[Redraw] = Field(default_factory=list, max_length=256)
    pending_redraws: list[Redraw] = Field(default_factory=list, max_length=64)
    given_up: dict[Id, Sha256 | Literal["none"]] = Field(default_factory=dict)
    costs: Costs = Costs()

    @property
    def of_this_run(self) -> list[Decision]:
        return self.decisions[self.started :]

    def tried(self, scene: str) -> list[Decision]:
        """What was done with a photo since it was last released or given up."""
        open_since: list[Decision] = []
        for decision in self.of_this_run:
            if decision.scene == scene:
                open_since = [] if decision.action == "released" else [*open_since, decision]
        return open_since

    def with_decisions(self, new: list[Decision]) -> "Journal":
        """The journal with decisions added; the oldest leave when there are too many to keep."""
        decisions = [*self.decisions, *new]
        surplus = max(0, len(decisions) - MAX_DECISIONS)
        return self.model_copy(update={"decisions": decisions[surplus:], "started": max(0, self.started - surplus)})


def read_journal(folder: AlbumFolder) -> Journal | None:
    """The journal of an album, or None where nothing was ever made again.

    Raises:
        AlbumError: it is there but cannot be understood, or the disk refuses.
    """
    data = folder.read_bytes(JOURNAL_FILE)
    if data is None:
        return None
    try:
        content = json.loads(data)
    except (ValueError, RecursionError) as error:
        raise AlbumError(
            f"{folder.path / JOURNAL_FILE} is not JSON, so what was decided before is not known: put back a copy, or "
            "move the file away to begin anew."
        ) from error
    return parse_record(Journal, content, what=f"journal {JOURNAL_FILE}")


def write_journal(folder: AlbumFolder, journal: Journal) -> None:
    """Replace the journal in one step. Raises as `AlbumFolder.write_text`."""
    folder.write_text(JOURNAL_FILE, journal.model_dump_json(indent=1) + "\n")
