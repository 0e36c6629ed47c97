import csv
import io
import json

import pytest
from synthetic_albums.stages.errors import AlbumError
from synthetic_albums.stages.quality import Question, find_albums, measure_quality, tradeoff_row, tradeoff_table
from synthetic_albums.stages.verdicts import Decision, LeakageSummary, Verdict

for package in ("torchmetrics", "prdc"):
    pytest.importorskip(package)


@pytest.fixture
def measure(worlds, encoder):
    def run(albums, k=3):
        return measure_quality(Question(albums=albums, reference=worlds / "real", encoder=encoder, k=k))

    return run


def checked(folder, verdicts, decisions=()):
    """Write what a leakage check would have."""
    album = folder.read()
    photos = [
        photo.model_copy(update={"verdict": Verdict(status=status) if status else None})
        for photo, status in zip(album.photos, verdicts, strict=True)
    ]
    summary = LeakageSummary(status="unchecked", decisions=list(decisions))
    folder.update(album.model_copy(update={"photos": photos, "leakage": summary}))
    return folder


def test_leaks_are_counted_now_and_at_earlier_tries(make_album, measure):
    folder = make_album("one", 1, scenes=10)
    steps = [
        Decision(photo=3, scene="s2", action="new_seed", kind="near_copy"),
        Decision(photo=3, scene="s2", action="released"),
        Decision(photo=5, scene="s4", action="released"),
    ]
    checked(folder, ["clean"] * 7 + ["leak", "unchecked", None], steps)
    with folder.writing() as writer:
        photos = list(writer.album.photos)
        photos[0] = writer.withhold(photos[0])
        writer.save(writer.album.model_copy(update={"photos": photos}))
    row = tradeoff_row("one", [folder], measure([folder]))
    assert row.leaked.value == pytest.approx(3 / 8)  # the withheld one, the one now called a leak, and photo 3
    assert row.withheld == pytest.approx(0.1)
    assert row.unchecked == pytest.approx(2 / 9)
    assert row.photos == 10


def test_what_nobody_checked_is_never_called_free_of_leaks(make_album, measure):
    folder = make_album("one", 1)
    row = tradeoff_row("one", [folder], measure([folder]))
    assert row.leaked is None
    assert row.unchecked == 1.0
    table = tradeoff_table([row], [measure([folder])])
    assert "not checked" in table.to_text()
    assert "0.0%" not in table.to_text().splitlines()[2].split("not checked")[0]
    assert any("were not checked" in note for note in table.notes)


def test_tries_and_seconds_are_the_cost(make_album, measure):
    folder = make_album("one", 1, scenes=6)
    album = folder.read()
    first = album.photos[0]
    again = first.model_copy(update={"attempts": [first.attempts[0]] * 4})
    folder.update(album.model_copy(update={"photos": [again, *album.photos[1:]]}))
    row = tradeoff_row("one", [folder], measure([folder]), seconds=1.5)
    assert row.tries == pytest.approx(9 / 6)
    assert row.seconds == 1.5


@pytest.fixture
def table(worlds, measure):
    settings = {name: find_albums(worlds / name) for name in ("honest", "noise")}
    reports = [measure(albums) for albums in settings.values()]
    rows = [
        tradeoff_row(name, albums, report) for (name, albums), report in zip(settings.items(), reports, strict=True)
    ]
    return tradeoff_table(rows, reports)


def test_a_table_has_a_row_for_each_setting_in_three_forms(table):
    lines = table.to_text().splitlines()
    assert lines[0].split()[:3] == ["setting", "photos", "leaked"]
    assert lines[2].startswith("honest")
    assert lines[3].startswith("noise")
    assert "colours@1 abababababab, 48 reference pictures, k = 3" in lines[4]
    rows = list(csv.DictReader(io.StringIO(table.to_csv())))
    assert [row["setting"] for row in rows] == ["honest", "noise"]
    assert float(rows[0]["kid"]) == table.rows[0].kid.value
    assert rows[0]["leaked"] == ""
    assert rows[0]["encoder_sha256"] == "ab" * 32
    assert json.loads(table.to_json())["rows"][1]["setting"] == "noise"


def test_a_name_is_no_formula_in_a_spreadsheet(make_album, measure):
    folder = make_album("one", 1)
    report = measure([folder])
    text = tradeoff_table([tradeoff_row("=1+1", [folder], report)], [report]).to_csv()
    assert next(csv.DictReader(io.StringIO(text)))["setting"] == "'=1+1"


def test_what_cannot_be_compared_is_refused(worlds, measure, make_album):
    albums = find_albums(worlds / "honest")
    one, two = measure(albums), measure(albums, k=4)
    rows = [tradeoff_row("a", albums, one), tradeoff_row("b", albums, two)]
    with pytest.raises(AlbumError, match="'a' and 'b' were measured with different k"):
        tradeoff_table(rows, [one, two])
    other = one.model_copy(update={"encoder_sha256": "cd" * 32})
    with pytest.raises(AlbumError, match="different encoders"):
        tradeoff_table(rows, [one, other])
    elsewhere = one.model_copy(update={"reference": one.reference.model_copy(update={"digest": "0" * 64})})
    with pytest.raises(AlbumError, match="different reference pictures"):
        tradeoff_table(rows, [one, elsewhere])
    with pytest.raises(AlbumError, match="called alike"):
        tradeoff_table([rows[0], rows[0]], [one, one])
    with pytest.raises(AlbumError, match="at least one setting"):
        tradeoff_table([], [])
    with pytest.raises(AlbumError, match="has no albums"):
        tradeoff_row("none", [], one)


def test_settings_of_other_sizes_get_a_warning(worlds, measure):
    albums = find_albums(worlds / "honest")
    one, two = measure(albums), measure(albums[:4])
    table = tradeoff_table([tradeoff_row("a", albums, one), tradeoff_row("b", albums[:4], two)], [one, two])
    assert any("differ in their number of photos" in note for note in table.notes)
