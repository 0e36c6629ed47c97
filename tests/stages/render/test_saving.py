from synthetic_albums.stages.render import saving


class Clock:
    """Time that passes only where the test says so."""

    def __init__(self):
        self.now = 0.0

    def monotonic(self):
        return self.now


class SlowWriter:
    """Takes 10 seconds to save."""

    def __init__(self, clock):
        self.clock = clock
        self.stored = None

    def save(self, album):
        self.clock.now += 10.0
        self.stored = album


def test_saving_that_is_dear_takes_at_most_a_twentieth_of_the_run(monkeypatch):
    clock = Clock()
    monkeypatch.setattr(saving, "time", clock)
    writer = SlowWriter(clock)
    plan = saving.Saving(writer)
    saved = []
    for album in range(500):
        clock.now += 1.0
        plan.save_if_cheap(f"album {album}")
        saved.append(writer.stored)
    assert saved[0] == "album 0"  # nothing is known yet of what it costs
    assert len(set(saved)) == 1 + 499 // 200
    plan.save("album 499")
    assert writer.stored == "album 499"


def test_what_is_saved_already_is_not_saved_again(monkeypatch):
    clock = Clock()
    monkeypatch.setattr(saving, "time", clock)
    writer = SlowWriter(clock)
    plan = saving.Saving(writer)
    plan.save("album")
    plan.save(writer.stored)
    assert clock.now == 10.0
