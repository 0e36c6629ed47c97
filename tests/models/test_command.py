import subprocess
import sys

import pytest
from synthetic_albums.models.train import command
from synthetic_albums.models.train.command import PIECES, main


def test_the_command_explains_itself():
    run = [sys.executable, "-m", "synthetic_albums.models.train", "--help"]
    done = subprocess.run(run, capture_output=True, text=True, check=True)
    assert "--minutes" in done.stdout
    assert all(piece in done.stdout for piece in PIECES)


@pytest.mark.parametrize("arguments", [[], ["--minutes", "x", "--out", "y"], ["--minutes", "1"]])
def test_wrong_arguments_are_refused(arguments, capsys):
    with pytest.raises(SystemExit) as caught:
        main(arguments)
    assert caught.value.code == 2
    assert "usage:" in capsys.readouterr().err


def test_the_world_is_drawn_where_it_is_told_and_pieces_run_in_their_order(tmp_path, monkeypatch, capsys):
    drawn = []
    monkeypatch.setattr(
        "synthetic_albums.models.train.dataset.draw_shards",
        lambda folder, split, numbers, *, seed, workers: drawn.append((folder, split, len(numbers), seed)),
    )
    arguments = ["--minutes", "1", "--out", str(tmp_path), "--pieces", "world", "world", "--shards", "2", "--seed", "5"]
    assert main([*arguments, "--device", "cpu", "--threads", "1"]) == 0
    assert drawn[:3] == drawn[3:]
    assert drawn[0] == (tmp_path / "world", "train", 2, 5)
    assert {split for _, split, *_ in drawn} == {"train", "held_out", "gallery"}
    assert capsys.readouterr().out.count("== world") == 2


def test_the_minutes_of_the_pieces_add_up():
    assert sum(command._SHARES.values()) == pytest.approx(1.0)
