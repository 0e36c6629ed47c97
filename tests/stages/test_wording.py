import pytest
from synthetic_albums.stages.wording import without_paths


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("The folder '/home/jane/My Photos' is gone: look.", "The folder '…' is gone: look."),
        ("The calibration /home/jane/a b/c.json cannot be read (x): write it.",
         "The calibration … cannot be read (x): write it."),
        ("The weights in C:\\Users\\Jane Doe\\enc lack 3 parts.", "The weights in … lack 3 parts."),
        ("Cannot read it: [Errno 2] No such file: '/srv/clients/smith/x.json'.",
         "Cannot read it: [Errno 2] No such file: '…'."),
        ("The gallery's people and/or 1/3 of (n, 3, 64, 64) are fine.",
         "The gallery's people and/or 1/3 of (n, 3, 64, 64) are fine."),
    ],
)  # fmt: skip
def test_paths_are_left_out_and_the_rest_stays(text, told):
    assert without_paths(text) == told


def test_an_error_is_told_without_its_path(tmp_path):
    with pytest.raises(OSError, match="No such file") as found:
        (tmp_path / "private" / "x.txt").read_text()
    assert str(tmp_path) not in without_paths(found.value)
