import hashlib
from datetime import datetime, timedelta

import numpy as np
import pytest
from synthetic_albums.stages.records import (
    Album,
    AlbumPlan,
    Attempt,
    CastEntry,
    CastRecord,
    Character,
    Environment,
    LeakageSummary,
    Outfit,
    PhotoRecord,
    Scene,
    Verdict,
)

TITLES = ["Packing the van", "First sight of the sea", "Lunch on the harbour wall", "A walk in the rain", "Campfire"]
PLACES = [
    Environment(id="road", kind="road", name="Highway 101"),
    Environment(id="coast", kind="coastal_town", name="Cannon Beach"),
    Environment(id="camp", kind="campsite"),
]
CLEAN = Verdict(status="clean", check="near-copy", score=31.5, threshold=8, nearest="ab12")


def build_album(photos=8, *, status=None, verdict=None, leakage=None, hostile=None, portraits=False):
    """An album of two days; `hostile` is put into every text field."""
    start = datetime(2026, 6, 13, 8, 30)
    people = [
        Character(id="ana", name=hostile or "Ana", role=hostile or "traveller", outfits=[Outfit(id="day")]),
        Character(id="rusty", name="Rusty", kind="animal", species="dog", role="golden retriever"),
    ]
    places = [place.model_copy(update={"name": hostile}) for place in PLACES] if hostile else PLACES
    scenes = [
        Scene(
            id=f"s{number}",
            title=hostile or f"{TITLES[number % 5]}",
            caption=hostile or f"{TITLES[number % 5]}: the light was better than anybody had hoped for, and we stayed.",
            environment=PLACES[number % 3].id,
            time=start + timedelta(hours=number * 5),
            weather=("clear", "rain", "fog")[number % 3],
            lighting=("daylight", "golden_hour", "firelight")[number % 3],
            cast=[CastEntry(character="ana", outfit="day"), CastEntry(character="rusty")][: 1 + number % 2],
        )
        for number in range(photos)
    ]
    plan = AlbumPlan(
        title=hostile or "A road trip along the coast",
        summary=hostile or "Two days, one van and a dog who had never seen the sea.",
        prompt=hostile or "a road trip along the coast with a golden retriever",
        planner="rules 1",
        characters=people,
        environments=places,
        scenes=scenes,
        notes=[hostile or "No date was given: starts on 13 June 2026."],
        seed=7,
    )
    records = []
    for number, scene in enumerate(scenes, start=1):
        state = (status or {}).get(number, "done")
        records.append(
            PhotoRecord(
                number=number,
                scene=scene.id,
                status=state,
                file=f"photos/{scene.id}.png" if state == "done" else "",
                fingerprint=hashlib.sha256(scene.id.encode()).hexdigest(),
                seed=number * 1000,
                attempts=[Attempt(attempt=0, seed=number * 1000, outcome="done", reason=hostile or "")],
                width=480,
                height=360,
                renderer="storyboard",
                scores={"sharpness": 0.8123},
                verdict=verdict,
            )
        )
    cast = [
        CastRecord(
            character=person.id,
            encoder="seeded@1",
            source="sampled",
            appearance=hostile or "",
            vector_sha256="0" * 64,
            portraits=[f"anchors/{person.id}.png"],
        )
        for person in people
    ]
    return Album(
        software="Synthetic Albums 0.1.0",
        created=datetime(2026, 6, 20, 10),
        plan=plan,
        cast=cast if portraits else [],
        renderer={"name": "storyboard"},
        photos=records,
        leakage=leakage,
        versions={"storyboard": "1", "python": "3.11"},
    )


@pytest.fixture
def make_album():
    return build_album


@pytest.fixture
def clean_summary():
    return LeakageSummary(status="clean", check="near-copy", references=120, threshold=8, reason="No near-copy found.")


@pytest.fixture
def clean_verdict():
    return CLEAN


@pytest.fixture
def gradient():
    """(48, 64, 3) uint8."""
    y, x = np.mgrid[0:48, 0:64]
    return np.dstack([x * 4, y * 5, 255 - x * 2]).astype(np.uint8)
