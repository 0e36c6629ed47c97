"""When the scenes of a model's story happen: its wishes, made to run forward and to keep what the prompt says."""

import random
from collections.abc import Sequence
from datetime import date, datetime, time, timedelta
from typing import Final

from ..seeds import derive_seed
from .draft import SceneDraft

_BEGIN: Final = {"dawn": 360, "morning": 555, "midday": 735, "afternoon": 900, "evening": 1125, "night": 1290}
_LAST: Final = time(23, 59)


def choose_moment(
    draft: SceneDraft,
    index: int,
    earlier: datetime | None,
    usual: Sequence[datetime],
    fixed: Sequence[bool],
    *,
    last_day: date | None,
    seed: int,
) -> datetime:
    """The time of one scene, never earlier than the scene before or later than the next fixed one.

    Args:
        draft: the model's wish.
        index: of the scene.
        earlier: time of the scene before, None for the first.
        usual: the rule plan's times, one per scene, running forward.
        fixed: which of them stand, because the prompt says them.
        last_day: the story ends on this day, None for an open end.
        seed: the album's; sets the minutes between scenes of one part of a day.
    """
    if fixed[index]:
        return max(usual[index], earlier) if earlier else usual[index]
    rng = random.Random(derive_seed(seed, "minutes", index))  # noqa: S311
    if earlier is None:
        begin = _BEGIN.get(draft.day_part)
        moment = usual[0] if begin is None else _at(usual[0].date(), begin + rng.randint(0, 30))
        return _before_fixed(moment, None, index, usual, fixed)
    day = earlier.date() + timedelta(days=draft.days_later)
    step = timedelta(minutes=rng.randint(12, 45))
    if draft.day_part != "as_before":
        moment = _at(day, _BEGIN[draft.day_part] + rng.randint(0, 30))
    else:
        moment = earlier + step if draft.days_later == 0 else _at(day, 555 + rng.randint(0, 60))
    if moment <= earlier:
        moment = earlier + step
    if moment.hour < 5 and moment.date() > earlier.date() and draft.day_part == "as_before":
        moment = _at(moment.date(), 555 + rng.randint(0, 60))  # the night is for sleeping
    if last_day is not None and moment.date() > last_day:
        moment = min(earlier + timedelta(minutes=1), datetime.combine(max(last_day, earlier.date()), _LAST))
    return _before_fixed(max(moment, earlier), earlier, index, usual, fixed)


def _before_fixed(
    moment: datetime, earlier: datetime | None, index: int, usual: Sequence[datetime], fixed: Sequence[bool]
) -> datetime:
    limit = next((time for time, stands in zip(usual[index:], fixed[index:], strict=True) if stands), None)
    if limit is None or moment < limit:
        return moment
    if earlier is None:
        return min(usual[index], limit)
    return earlier + max(timedelta(), (limit - earlier) / 2)


def _at(day: date, minute: int) -> datetime:
    return datetime.combine(day, time(minute // 60, minute % 60))
