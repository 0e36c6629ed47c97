import json

import pytest
from synthetic_albums.headless.cli import main
from synthetic_albums.stages.leakage.report import write_leakage_report

from ..stages.leakage.report.test_report import leak, write_album


@pytest.mark.parametrize(
    ("facts", "code", "first"),
    [
        ({}, 0, "NO LEAK FOUND"),
        ({"summary": "leak", "verdicts": {2: leak()}, "status": {2: "withheld"}}, 1, "LEAKS FOUND AND WITHHELD"),
        ({"summary": "leak", "verdicts": {2: leak()}}, 1, "LEAK FOUND"),
        ({"summary": None}, 2, "NOT CHECKED"),
    ],
)
def test_the_exit_code_says_what_was_found(tmp_path, capsys, facts, code, first):
    folder = write_album(tmp_path / "album", **facts)
    assert main(["report", str(folder.path)]) == code
    printed = capsys.readouterr().out
    assert printed.startswith(first)
    assert printed.rstrip().endswith(str(folder.path / "reports/leakage.html"))


def test_the_json_is_that_of_the_file(tmp_path, capsys):
    folder = write_album(tmp_path / "album")
    assert main(["report", str(folder.path), "--json"]) == 0
    assert json.loads(capsys.readouterr().out) == json.loads((folder.path / "reports/leakage.json").read_text())


def test_a_folder_without_an_album_is_an_error(tmp_path, capsys):
    assert main(["report", str(tmp_path / "nowhere")]) == 2
    assert "no album" in capsys.readouterr().err
    assert write_leakage_report.__doc__
