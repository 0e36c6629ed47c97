from datetime import datetime

import pytest
from synthetic_albums.stages.errors import AlbumError
from synthetic_albums.stages.leakage import text
from synthetic_albums.stages.leakage.text import check_texts, facts, read_private_texts
from synthetic_albums.stages.records import AlbumPlan, Environment, Scene

PRIVATE = "Grandma Rosalind blew out all ninety candles while Tobias dropped the cake on the carpet"


def plan_with(caption):
    scene = Scene(id="s1", title="t", caption=caption, environment="park", time=datetime(2026, 6, 1))
    return AlbumPlan(title="Album", environments=[Environment(id="park", kind="park")], scenes=[scene])


@pytest.fixture
def private(tmp_path):
    file = tmp_path / "captions.txt"
    file.write_text(f"{PRIVATE}\n\nwe swam at dawn\nyes!\n", encoding="utf-8")
    return read_private_texts(file)


def test_a_repeated_caption_is_found_with_the_length_of_the_longest_run(private):
    caption = f"And then {PRIVATE.upper().replace('candles', 'cándles')}, they say"
    finding = check_texts(plan_with(caption), private)[0]
    assert (finding.status, finding.subject, finding.score) == ("leak", "scenes[0].caption", 15)
    assert "Rosalind" not in finding.model_dump_json()


def test_eight_words_in_a_row_are_enough_and_seven_are_not(private):
    words = PRIVATE.split()
    assert check_texts(plan_with(" ".join(words[3:11])), private)[0].score == 8
    assert check_texts(plan_with(" ".join(words[3:10]) + " and more besides"), private) == []


def test_a_short_private_text_is_found_whole(private):
    assert check_texts(plan_with("In June we swam at dawn again"), private)[0].score == 4
    assert check_texts(plan_with("In June we swam at noon again"), private) == []


@pytest.mark.parametrize("caption", ["write to me@example.org", "call +49 170 1234567", "meet at 12 Baker Street"])
def test_personal_data_is_found_without_any_list(caption):
    finding = check_texts(plan_with(caption), None)[0]
    assert finding.check == text.SHAPES_CHECK
    assert finding.subject == "scenes[0].caption"


def test_nothing_of_the_texts_is_kept(private):
    kept = repr(private.runs) + repr(private.short)
    assert "rosalind" not in kept
    assert (private.count, private.too_short) == (2, 1)
    assert {len(run) for run in private.runs} == {8}


def test_a_folder_of_texts_is_read(tmp_path, private):
    (tmp_path / "photo.png").write_bytes(b"no text \xff")
    assert read_private_texts(tmp_path).runs == private.runs


@pytest.mark.parametrize("content", [b"", b"too short\n", b"\xff\xfe\x00broken"])
def test_a_list_without_anything_to_look_for_is_refused(tmp_path, content):
    file = tmp_path / "list.txt"
    file.write_bytes(content)
    with pytest.raises(AlbumError):
        read_private_texts(file)
    with pytest.raises(AlbumError):
        read_private_texts(tmp_path / "missing.txt")


def test_a_list_that_is_too_large_is_refused(tmp_path, monkeypatch):
    file = tmp_path / "list.txt"
    file.write_text(PRIVATE)
    monkeypatch.setattr(text, "MAX_FILE_BYTES", 10)
    with pytest.raises(AlbumError, match="larger than"):
        read_private_texts(file)


def test_facts_say_how_many_texts_were_looked_for(private):
    shapes, overlaps = facts(private, check_texts(plan_with("we swam at dawn"), private))
    assert (shapes.status, overlaps.status, overlaps.references) == ("clean", "leak", 2)
    assert "1 texts of under 4 words" in overlaps.reason
    assert len(facts(None, [])) == 1
