"""A small world for re-synthesis: an album on disk, made and checked by rules that a test sets."""

import hashlib
from datetime import datetime, timedelta

import numpy as np
from synthetic_albums.stages.album_folder import AlbumFolder, photo_file_name
from synthetic_albums.stages.photo_file import encode_photo
from synthetic_albums.stages.records import (
    Album,
    AlbumPlan,
    Attempt,
    CastEntry,
    CastRecord,
    Character,
    Environment,
    Outfit,
    PhotoRecord,
    Scene,
)
from synthetic_albums.stages.verdicts import Finding, LeakageSummary, Verdict

START = datetime(2026, 6, 14, 9)


def small_plan(photos=6):
    """Photos 1, 4 … show nobody, 2, 5 … Ana, 3, 6 … Ana and Leo."""
    return AlbumPlan(
        title="Six walks",
        seed=7,
        characters=[Character(id=name, name=name.title(), outfits=[Outfit(id="day")]) for name in ("ana", "leo")],
        environments=[Environment(id="park", kind="park")],
        scenes=[
            Scene(
                id=f"s{number}",
                title=f"Walk {number}",
                caption=f"The walk number {number}.",
                environment="park",
                time=START + timedelta(hours=number),
                cast=[CastEntry(character=name, outfit="day") for name in ("ana", "leo")[: (number - 1) % 3]],
            )
            for number in range(1, photos + 1)
        ],
    )


def finding(kind, status="leak", **facts):
    facts = {"score": 0.9, "threshold": 0.5, "reason": f"Too {kind}.", **facts}
    return Finding(kind=kind, check=f"{kind}@1", status=status, **facts)


class World:
    """Renderer, cast and check in one, over a real album folder.

    rule: called with (scene id, attempt, weight, number of Ana's identity), gives the findings of that photo: a list,
    [] for clean, or "unchecked". calls: what was asked for, in order; made: photos really made.
    """

    def __init__(self, path, rule, *, photos=6, source="sampled", album_findings=None):
        self.folder, self.rule = AlbumFolder(path), rule
        self.original = self.plan = small_plan(photos)
        self.source, self.album_findings = source, album_findings or (lambda plan: [])
        self.calls, self.made, self.stop_at = [], [], None
        self.references = 12
        self.unmakeable = set()
        self.remake(tuple(scene.id for scene in self.plan.scenes), 0, 1.0)
        self.calls, self.made = [], []

    def restart(self):
        """A new process: the plan in memory is the given one again."""
        self.plan, self.calls, self.stop_at = self.original, [], None
        return self

    def step(self, name, *facts):
        self.calls.append((name, *facts))
        if self.stop_at is not None and len(self.calls) == self.stop_at:
            raise RuntimeError("the power went")

    def identity(self, name):
        return next(character.role for character in self.plan.characters if character.id == name)

    def fingerprint(self, scene_id, attempt, weight):
        who = [self.identity(entry.character) for entry in self.plan.scene(scene_id).cast]
        return hashlib.sha256(f"{scene_id} {attempt} {weight} {who}".encode()).hexdigest()

    def remake(self, scenes, attempt, weight):
        self.step("remake", scenes, attempt, weight)
        with self.folder.writing() as writer:
            stored = writer.stored
            before = {photo.scene: photo for photo in stored.photos} if stored else {}
            photos = [
                self._made(writer, before.get(scene.id), scene.id, number, attempt, weight)
                if scene.id in scenes
                else before[scene.id]
                for number, scene in enumerate(self.plan.scenes, start=1)
            ]
            cast = [
                CastRecord(
                    character=c.id,
                    encoder="e@1",
                    source=self.source,
                    appearance="",
                    vector_sha256="0" * 64,
                    portraits=[f"anchors/{c.id}.png"],
                )
                for c in self.plan.characters
            ]
            for name in ("ana.png", "leo.png", "cast.safetensors"):
                writer.write_bytes(f"anchors/{name}", name.encode())
            writer.save(Album(created=START, plan=self.plan, cast=cast, photos=photos))
            self.step("remade", scenes)
            return writer.album

    def _made(self, writer, before, scene_id, number, attempt, weight):
        mark = self.fingerprint(scene_id, attempt, weight)
        if before is not None and before.fingerprint == mark and before.status in {"done", "withheld"}:
            return before
        facts = {"number": number, "scene": scene_id, "fingerprint": mark, "attempt": attempt, "weight": weight}
        if scene_id in self.unmakeable and attempt:
            tried = [Attempt(attempt=attempt, seed=0, outcome="failed", reason="no memory")]
            return PhotoRecord(status="failed", attempts=tried, **facts)
        self.made.append((scene_id, attempt, weight))
        pixels = np.random.default_rng(list(mark.encode())).integers(0, 256, (16, 24, 3), dtype=np.uint8)
        data = encode_photo(pixels, facts={"Scene": scene_id}, synthetic_source="algorithmicMedia")
        writer.write_bytes(photo_file_name(scene_id), data)
        sha = hashlib.sha256(data).hexdigest()
        return PhotoRecord(status="done", file=photo_file_name(scene_id), sha256=sha, width=24, height=16, **facts)

    def check(self):
        self.step("check")
        with self.folder.writing() as writer:
            album = writer.album
            photos = [self._checked(writer, photo) for photo in album.photos]
            found = self.album_findings(self.plan)
            states = [photo.verdict.status if photo.verdict else "unchecked" for photo in photos]
            states += [item.status for item in found]
            worst = max(states, key=["clean", "unchecked", "leak"].index)
            leakage = LeakageSummary(status=worst, references=self.references, findings=found)
            writer.save(album.model_copy(update={"photos": photos, "leakage": leakage}))
            self.step("checked")
            return writer.album

    def _checked(self, writer, photo):
        if photo.status != "done":
            return photo
        found = self.rule(photo.scene, photo.attempt, photo.weight, int(self.identity("ana") or 0))
        status = "unchecked" if found == "unchecked" else "leak" if found else "clean"
        verdict = Verdict(status=status, score=0.5, threshold=0.4, findings=found if status == "leak" else [])
        if status == "leak":
            photo = writer.withhold(photo)
        return photo.model_copy(update={"verdict": verdict})

    def recast(self, character_id, redraw):
        self.step("recast", character_id, redraw)
        changed = [
            character.model_copy(update={"role": str(redraw)}) if character.id == character_id else character
            for character in self.plan.characters
        ]
        self.plan = self.plan.model_copy(update={"characters": changed})
        return self.plan

    def interrupt(self):
        self.step("interrupt?")

    def shown(self):
        """Scenes whose file lies in the deliverable."""
        return {path.stem for path in (self.folder.path / "photos").glob("*.png")}
