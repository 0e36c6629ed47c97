import json

from synthetic_albums.nodes.leakage import AlbumLeakageCheck
from synthetic_albums.nodes.leakage_report import AlbumLeakageReport


def test_an_album_that_was_never_checked_gets_a_report_that_says_so(render):
    album, _, _ = render()
    done = AlbumLeakageReport().write(album)
    text, picture, page, outcome = done["result"]
    assert outcome == "unchecked"
    assert text.startswith("NOT CHECKED")
    assert done["ui"]["text"] == [text]
    assert picture.shape[0] == 1
    assert picture.shape[2:] == (1240, 3)
    assert 0 <= float(picture.min()) < float(picture.max()) <= 1
    assert page == str(album.path / "reports/leakage.html")
    assert (album.path / "reports/leakage.html").is_file()
    assert json.loads((album.path / "reports/leakage.json").read_text())["outcome"] == "unchecked"


def test_a_report_changes_nothing_of_the_album(render):
    album, _, _ = render()
    AlbumLeakageCheck().check(album, 8)
    before, token = (album.path / "album.json").read_bytes(), album.state_token()
    AlbumLeakageReport().write(album)
    assert (album.path / "album.json").read_bytes() == before
    assert album.state_token() == token
