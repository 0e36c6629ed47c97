import numpy as np
import pytest
from synthetic_albums.models.train import judging
from synthetic_albums.models.train.dataset import read_shard
from synthetic_albums.models.train.judge_training import new_judge
from synthetic_albums.models.train.judging import identity_top1, judge_scenes, pair_eer
from synthetic_albums.models.train.looks import SLOTS, look_codes
from synthetic_albums.stages.encoders.judge import HeadVerdicts, SceneVerdicts


class Oracle:
    """A judge that reads the truth from where a test wrote it, or says always the same."""

    def __init__(self, jobs, *, knows):
        self.config, self.knows = dict(new_judge().config), knows
        self.jobs = jobs

    def judge_scenes(self, pictures):
        def named(values, known):
            truth = [list(known).index(value) if self.knows else 0 for value in values]
            return np.eye(len(known))[truth]

        return SceneVerdicts(
            named([job.environment.kind for job in self.jobs], self.config["places"]),
            named([job.scene.lighting for job in self.jobs], self.config["lights"]),
            np.eye(5)[[people_of(job) if self.knows else 0 for job in self.jobs]],
        )

    def judge_things(self, crops):
        kinds = [kind for job in self.jobs for kind in things_of(job)]
        assert len(kinds) == len(crops)
        return np.eye(len(self.config["kinds"]) + 1)[kinds if self.knows else [-1] * len(kinds)]

    def judge_heads(self, crops):
        people = [person for job in self.jobs for person in faces_of(job)]
        assert len(people) == len(crops)
        assert {crop.shape for crop in crops} == {(64, 64, 3)}
        codes = np.stack([look_codes(person) for person in people])
        rng = np.random.default_rng(0)
        vectors = np.stack([vector_of(person) if self.knows else rng.standard_normal(16) for person in people])
        slots = {name: np.eye(len(values))[codes[:, slot]] for slot, (name, values) in enumerate(SLOTS.items())}
        tops = [list(self.config["colors"]).index(outfit.top_color) for job in self.jobs for outfit in tops_of(job)]
        return HeadVerdicts(vectors, slots, codes[:, len(SLOTS) :].astype(float), np.eye(17)[tops])


def vector_of(person):
    vector = np.random.default_rng(look_codes(person)).standard_normal(16)
    return vector / np.linalg.norm(vector)


def instance(job):
    return judging.blueprint_raster(job.layout, width=256, height=256).instance


def people_of(job):
    return judging.people_count(job, instance(job))


def things_of(job):
    return [thing.kind for thing in judging.seen_things(job, instance(job))]


def seen(job):
    return [person for person in judging.seen_people(job, instance(job)) if person.face]


def faces_of(job):
    return [job.characters[person.member] for person in seen(job)]


def tops_of(job):
    return [job.outfits[person.member] for person in seen(job)]


@pytest.fixture(scope="module")
def drawn(people_world):
    shard = read_shard(people_world, "train", 0)
    return np.array(shard.rgb), list(shard.jobs())


def test_who_knows_everything_gets_full_marks(drawn):
    pictures, jobs = drawn
    verdicts = judge_scenes(Oracle(jobs, knows=True), pictures, jobs)
    figures = verdicts.figures()
    assert all(value == 1 for name, value in figures.items() if name not in ("pictures", "things", "heads"))
    assert (figures["pictures"], figures["heads"]) == (8, sum(len(faces_of(job)) for job in jobs))
    assert pair_eer(verdicts) == 0
    assert [jobs[p].characters[m] for p, m in zip(verdicts.head_picture, verdicts.head_member, strict=True)] == (
        verdicts.head_people
    )


def test_who_knows_nothing_gets_none(drawn):
    pictures, jobs = drawn
    verdicts = judge_scenes(Oracle(jobs, knows=False), pictures, jobs)
    figures = verdicts.figures()
    first = np.mean([job.environment.kind == "park" for job in jobs])
    assert figures["place_accuracy"] == first
    assert figures["props_found"] == 0
    assert figures["count_accuracy"] == np.mean([people_of(job) == 0 for job in jobs])
    assert pair_eer(verdicts) > 0.2


def test_the_nearest_portrait_of_a_gallery_is_counted(drawn, monkeypatch):
    pictures, jobs = drawn
    judge = Oracle(jobs, knows=True)
    verdicts = judge_scenes(judge, pictures, jobs)
    monkeypatch.setattr(judging, "portrait_vectors", lambda judge, people: np.stack([vector_of(p) for p in people]))
    for of in (2, 3, 4):
        assert identity_top1(judge, verdicts, of=of) == 1
    wrong = np.roll(np.eye(4), 1, axis=0)
    monkeypatch.setattr(judging, "portrait_vectors", lambda judge, people: wrong @ [vector_of(p) for p in people])
    assert identity_top1(judge, verdicts, of=4) == 0
    with pytest.raises(ValueError, match="as many people"):
        identity_top1(judge, verdicts, of=24)


def test_a_real_judge_with_random_weights_judges_all_of_it(drawn):
    pictures, jobs = drawn
    judge = new_judge()
    verdicts = judge_scenes(judge, pictures, jobs)
    figures = verdicts.figures()
    assert all(0 <= value <= 1 for name, value in figures.items() if name not in ("pictures", "things", "heads"))
    assert 0 <= identity_top1(judge, verdicts, of=4) <= 1
    with pytest.raises(ValueError, match="8 pictures"):
        judge_scenes(judge, pictures, jobs[:3])
