"""When: dates and clock times that never run backwards, the light that follows them, and the weather."""

import calendar as gregorian
import random
from datetime import date, datetime, timedelta
from typing import Final

from ..seeds import derive_seed
from ..vocabulary import INDOOR_KINDS
from .activities import activities
from .events import Event
from .lexicon_places import PLACE_KINDS
from .lexicon_time import HOLIDAYS, SEASONS

FIRST_YEAR: Final = 2026  # stories without a date happen in this year, so that a seed gives the same album for ever
# Sunrise and sunset on the wall clock at about 45 degrees north, minutes of the day, January first.
_SUN: Final = (
    (465, 1005), (435, 1050), (395, 1090), (395, 1190), (350, 1225), (330, 1260), (340, 1255), (375, 1215), (410, 1160),
    (450, 1100), (430, 1010), (460, 990),
)  # fmt: skip


def schedule(
    events: list[Event], counts: list[int], *, seed: int, days: float, trip: bool, start: datetime | None
) -> list[list[datetime]]:
    """Times of all photos, one list per event, never running backwards.

    Args:
        events: in story order.
        counts: photos of each event.
        seed: of the story; sets date and weather where they are not said.
        days: length of the story in days, 0 if unsaid.
        trip: whether a new place is a new day.
        start: date, and time unless midnight, of the first scene when the prompt has none.
    """
    rng = random.Random(derive_seed(seed, "calendar"))  # noqa: S311
    first = first_day(events, rng, start, days=max(days, len(events) if trip else 0))
    dates = _dates(events, first, days, trip)
    minutes = _minutes(events, dates, start, days)
    times: list[list[datetime]] = []
    latest = datetime(1, 1, 1)
    for index, count in enumerate(counts):
        begin = datetime.combine(dates[index], datetime.min.time()) + timedelta(minutes=minutes[index])
        begin = max(begin, latest + timedelta(minutes=2) if latest.year > 1 else begin)
        length = _length(events, index, dates, minutes, counts)
        step = length / max(1, count - 1 if len(events) == 1 else count)
        jitter = random.Random(derive_seed(seed, "minutes", index))  # noqa: S311
        moments = []
        for photo in range(count):
            wobble = jitter.uniform(-0.2, 0.2) * step if 0 < photo < count - 1 else 0.0
            moment = begin + timedelta(minutes=round(photo * step + wobble))
            moment = max(moment, latest)
            moments.append(moment)
            latest = moment
        times.append(moments)
    return times


def first_day(events: list[Event], rng: random.Random, start: datetime | None, *, days: float = 0) -> date:
    """The date of the first event: what the prompt says, else `start`, else a seeded day in a fitting season."""
    event = events[0]
    school = any(e.place and (e.place.kind == "classroom" or e.place.noun == "office") for e in events)
    usual = 2 if school and event.weekday is None else event.weekday
    year = start.year if start else next((e.date[0] for e in events if e.date and e.date[0]), FIRST_YEAR)
    if event.date and event.date[1]:
        return _in_month(year, event.date[1], usual, rng, day=event.date[2])
    holiday = next((HOLIDAYS[e.holiday] for e in events if e.holiday and HOLIDAYS[e.holiday].month), None)
    if event.month:
        return _in_month(year, event.month, usual, rng, days=days)
    if event.season:
        return _in_month(year, rng.choice(SEASONS[event.season]), usual, rng, days=days)
    if holiday and event.holiday:
        return date(year, holiday.month, holiday.day)
    if start:
        return start.date()
    if later := _before_dated(events, year):
        return later
    season = next((e.season for e in events if e.season), "")
    months = SEASONS[season] if season else tuple(_fitting_months(events))
    return _in_month(year, rng.choice(months), usual, rng, days=days)


def _before_dated(events: list[Event], year: int) -> date | None:
    """A day right before the first later event whose date is known, None if there is none or time passes."""
    for at, event in enumerate(events):
        holiday = HOLIDAYS.get(event.holiday)
        if event.jump > 3 or event.season or event.month:
            return None
        if at and event.date and event.date[1] and event.date[2]:
            return date(event.date[0] or year, event.date[1], event.date[2]) - timedelta(days=at)
        if at and holiday and holiday.month:
            return date(year, holiday.month, holiday.day) - timedelta(days=int(events[0].weekday is not None))
    return None


def _fitting_months(events: list[Event]) -> list[int]:
    snowy = any(event.place and event.place.kind == "snowfield" for event in events)
    if (
        snowy
        or any(activities()[key].wear == "snow" for event in events for key in event.said)
        or any(event.weather == "snow" for event in events)
    ):
        return [1, 2, 12]
    if any("graduate" in event.said for event in events):
        return [6]
    if any("gather_leaves" in event.said for event in events):
        return [10]
    shared = [
        month for month in range(1, 13) if all(month in PLACE_KINDS[e.place.kind].months for e in events if e.place)
    ]
    return shared or [5, 6, 9]


def _in_month(year: int, month: int, weekday: int | None, rng: random.Random, *, day: int = 0, days: float = 0) -> date:
    if day:
        return date(year, month, min(day, gregorian.monthrange(year, month)[1]))
    wanted = weekday if weekday is not None else 5  # a Saturday, when people have time
    fitting = [
        day for day in range(1, gregorian.monthrange(year, month)[1] + 1) if date(year, month, day).weekday() == wanted
    ]
    last = gregorian.monthrange(year, month)[1]
    fitting = [day for day in fitting if day + days <= last] or fitting[:1]  # so that the story stays in its month
    return date(year, month, rng.choice(fitting))


def _dates(events: list[Event], first: date, days: float, trip: bool) -> list[date]:
    dates = [first]
    spread = days >= 2 and not any(event.jump or event.weekday is not None or event.date for event in events[1:])
    for index, event in enumerate(events[1:], 1):
        before = dates[-1]
        fixed = _said_date(event, before)
        if fixed:
            dates.append(fixed)
        elif event.jump:
            dates.append(before + timedelta(days=event.jump))
        elif spread:
            late = round(index * (int(days) - 1) / (len(events) - 1))  # the last event is on the last day
            dates.append(max(before, first + timedelta(days=late)))
        elif (trip or spread) and event.place is not events[index - 1].place:
            dates.append(before + timedelta(days=1))
        else:
            earlier = next(
                (h for n in range(index - 1, -1, -1) if dates[n] == before and (h := _hint(events[n]))), None
            )
            mine = event.minute
            said = any(events[n].minute is not None for n in range(index) if dates[n] == before)
            next_day = mine is not None and earlier is not None and mine <= earlier - 30 and days != 1
            next_day = next_day and (said or (mine or 0) < 720 <= (earlier or 0) - 300)  # a usual hour gives way
            dates.append(before + timedelta(days=int(next_day)))
    return dates


def _said_date(event: Event, before: date) -> date | None:
    if event.date:
        return _given_date(event.date, before)
    if event.season and not event.month and before.month in SEASONS[event.season] and event.weekday is None:
        return before if not event.jump else None
    month = event.month or (SEASONS[event.season][0] if event.season else None)
    holiday = HOLIDAYS.get(event.holiday)
    if month:
        year = before.year + (month < before.month)
        if month == before.month:
            return before
        weekday = 5 if event.weekday is None else event.weekday
        return date(year, month, 8 + (weekday - date(year, month, 8).weekday()) % 7)
    if event.weekday is not None:
        return before + timedelta(days=(event.weekday - before.weekday()) % 7)
    if holiday and holiday.month:
        there = date(before.year, holiday.month, holiday.day)
        return there if there >= before else there.replace(year=before.year + 1)
    return None


def _given_date(given: tuple[int, int, int], before: date) -> date:
    """A date as the prompt gives it, in the year after where it has none and would lie in the past."""
    year, month, day = given
    if not month:
        return max(before, date(year, before.month, min(before.day, 28))) if year else before
    last = gregorian.monthrange(year or before.year, month)[1]
    there = date(year or before.year, month, min(day or 1, last))
    if there < before and not year:
        there = date(before.year + 1, month, min(day or 1, 28))
    return max(before, there)


def _hint(event: Event) -> int | None:
    if event.minute is not None:
        return event.minute
    usual = [activities()[key].at for key in event.said if activities()[key].at >= 0]
    return usual[0] if usual else None


def _minutes(events: list[Event], dates: list[date], start: datetime | None, days: float) -> list[int]:
    minutes: list[int] = [0] * len(events)
    wishes = [_wish(event, day) for event, day in zip(events, dates, strict=True)]
    at = 0
    while at < len(events):
        group = [index for index in range(at, len(events)) if dates[index] == dates[at]]
        group = group[: next((n for n, index in enumerate(group) if index != at + n), len(group))]
        given = start.hour * 60 + start.minute if start and at == 0 and (start.hour or start.minute) else None
        if given is not None and events[0].minute is None:
            wishes[0] = (given, True)
        for index, minute in zip(group, _fill([wishes[index] for index in group]), strict=True):
            minutes[index] = minute
        at = group[-1] + 1
    return minutes


def _wish(event: Event, day: date) -> tuple[int | None, bool]:
    """When the event would like to begin and whether the prompt says so. Fires wait for the dark."""
    sunrise, sunset = _SUN[day.month - 1]
    if event.exact:
        return event.minute, True
    vague = event.minute in {None, 1140, 1200, 1230}
    if vague and event.said[:1] in (["campfire"], ["marshmallows"], ["stargaze"], ["fireworks"]):
        return sunset + 40, True
    if event.minute in {None, 1200} and (event.said[:1] == ["watch_sunset"] or event.minute == 1200):
        return sunset - 40, True
    if event.minute in {1225, 1230} and event.light == "blue_hour":
        return sunset + 20, True
    if event.minute in {None, 345, 350} and (event.said[:1] == ["watch_sunrise"] or event.minute is not None):
        return sunrise - 5, True
    if event.minute is None and event.until is not None:
        return event.until - 100 + (1440 if event.until < 360 else 0), False
    return (event.minute, True) if event.minute is not None else (_hint(event), False)


def _fill(wishes: list[tuple[int | None, bool]]) -> list[int]:
    """Minutes for the events of one day: said ones stay, usual ones give way, the rest is spread between them."""
    fixed: list[int | None] = []
    for index, (wish, said) in enumerate(wishes):
        last = max((minute for minute in fixed if minute is not None), default=-1)
        later = [w for w, s in wishes[index + 1 :] if s and w is not None]
        fits = wish is not None and wish > last + 30 and (said or not later or wish < min(later) - 30)
        fixed.append(wish if fits else (last + 60 if said and wish is not None else None))
    filled: list[int] = []
    for index, minute in enumerate(fixed):
        if minute is None:
            gap = next((n for n in range(index, len(fixed)) if fixed[n] is not None), len(fixed))
            low = filled[-1] if filled else (540 if len(fixed) > 2 else 570)
            high = fixed[gap] if gap < len(fixed) else max(low + 90, 1110)
            steps = gap - index + (1 if filled else 0)
            minute = (
                low + round(((high or 0) - low) / (steps + (0 if filled else 1)) * (1 if filled else 0))
                if steps
                else low
            )
            if not filled:
                minute = max(min(low, (high or low) - 60), min(840, (high or low) - 150 * max(1, gap - index)))
                minute = minute if gap < len(fixed) else low
        filled.append(max(minute, filled[-1] + 15 if filled else 0))
    return filled


def _length(events: list[Event], index: int, dates: list[date], minutes: list[int], counts: list[int]) -> float:
    """How many minutes an event takes: until the next one of the day, and no longer than is natural."""
    only = len(events) == 1 and events[0].minute is None
    usual = (
        float(_SUN[dates[0].month - 1][1] - 20 - minutes[0]) if only and minutes[0] < 960 else 150.0
    )  # a whole day ends at golden hour
    usual = max(usual, counts[index] * 1.5)
    if minutes[index] >= 1080:
        usual = min(usual, 130.0)
    if index + 1 < len(events) and dates[index + 1] == dates[index]:
        return max(1.0, min(usual, minutes[index + 1] - minutes[index] - 15))
    return min(usual, max(30.0, 1430 - minutes[index])) if counts[index] < 200 else usual


def light_at(moment: datetime, kind: str, *, said: str, fire: bool) -> str:
    """The light of a scene: what the prompt says of it, else what clock, season and place make of it."""
    sunrise, sunset = _SUN[moment.month - 1]
    minute = moment.hour * 60 + moment.minute
    dark = minute > sunset + 15 or minute < sunrise - 30
    if fire and (dark or minute > sunset - 20):
        return "firelight"
    if kind in INDOOR_KINDS and said in {"golden_hour", "sunrise", "blue_hour"}:
        return said  # through the window
    if kind in INDOOR_KINDS:
        dark = minute > sunset - 45 or minute < sunrise - 10 or (kind == "restaurant" and minute >= 1110)
        if said == "firelight":
            return said
        return "lamplight" if dark or said in {"lamplight", "night"} else "daylight"
    if said and said not in {"firelight"}:
        return said
    if dark:
        return "night" if minute > sunset + 50 or minute < sunrise - 45 else "blue_hour"
    if minute <= sunrise + 40:
        return "sunrise"
    if minute >= sunset - 70:
        return "golden_hour"
    return "daylight"


def weather_at(event: Event, moment: datetime, *, seed: int, said: str) -> str:
    """The weather of an event: as said for it or for the story, else seeded by day and season."""
    if event.weather or said:
        return event.weather or said
    rng = random.Random(derive_seed(seed, "weather", moment.date()))  # noqa: S311
    kind = event.place.kind if event.place else ""
    if any(activities()[key].wear == "rain" for key in event.said):
        return "rain"
    if kind != "snowfield" and any(activities()[key].wear == "snow" for key in event.said):
        return "snow"
    if kind == "snowfield":
        choices = ("snow", "clear", "partly_cloudy")
    elif "kite" in event.said:
        choices = ("wind", "wind", "clear")
    elif moment.month in {11, 12, 1, 2}:
        choices = ("overcast", "clear", "partly_cloudy", "overcast")
    else:
        choices = ("clear", "clear", "clear", "partly_cloudy", "partly_cloudy", "overcast")
    allowed = [choice for choice in choices if choice not in event.banned_weather]
    return rng.choice(allowed or ["clear"])
