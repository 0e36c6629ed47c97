import numpy as np
import pytest
from synthetic_albums.stages.errors import AlbumError
from synthetic_albums.stages.export import contact_sheet
from synthetic_albums.stages.lettering import legible, shorten, text_width, wrap

RED = np.full((30, 40, 3), (255, 0, 0), np.uint8)


def red_pixels(sheet):
    return int((sheet == (255, 0, 0)).all(axis=2).sum())


def test_every_photo_is_on_the_sheet_in_its_shape(make_album):
    sheet = contact_sheet(make_album(4), [RED] * 4, columns=2, tile=100)
    assert red_pixels(sheet) == pytest.approx(4 * 100 * 75, rel=0.01)


def test_a_tall_photo_is_not_stretched(make_album, gradient):
    tall = np.full((80, 20, 3), (255, 0, 0), np.uint8)
    rows, columns = np.nonzero((contact_sheet(make_album(1), [tall], columns=1, tile=100) == (255, 0, 0)).all(axis=2))
    assert np.ptp(rows) + 1 == pytest.approx(4 * (np.ptp(columns) + 1), abs=4)


def test_photos_that_are_not_there_leave_a_placeholder(make_album):
    album = make_album(3, status={2: "withheld", 3: "pending"})
    sheet = contact_sheet(album, [RED, None], columns=3, tile=100)
    assert red_pixels(sheet) == pytest.approx(100 * 75, rel=0.01)
    assert sheet.shape == contact_sheet(album, [RED, RED, RED], columns=3, tile=100).shape


def test_more_columns_make_a_wider_and_lower_sheet(make_album):
    album = make_album(8)
    two, four = (contact_sheet(album, [RED] * 8, columns=n, tile=100).shape for n in (2, 4))
    assert four[1] > two[1]
    assert four[0] < two[0]


def test_columns_beyond_the_number_of_photos_are_not_left_empty(make_album):
    assert contact_sheet(make_album(2), [RED] * 2, columns=6, tile=100).shape[1] < 300


def test_title_captions_and_statement_are_drawn(make_album):
    album = make_album(2)
    other = album.model_copy(update={"plan": album.plan.model_copy(update={"title": "Something else"})})
    one, two = (contact_sheet(a, [RED] * 2, columns=2, tile=160) for a in (album, other))
    assert not np.array_equal(one, two)
    statement = one[-40:]
    assert len(np.unique(statement.reshape(-1, 3), axis=0)) > 5


def test_five_hundred_photos_are_taken_one_at_a_time_and_fit(make_album):
    alive = []

    def photos():
        for _ in range(500):
            alive.append(1)
            yield RED

    sheet = contact_sheet(make_album(500), photos(), columns=4, tile=512)
    assert len(alive) == 500
    assert max(sheet.shape) <= 16384


def test_the_same_album_gives_the_same_sheet(make_album):
    one, two = (contact_sheet(make_album(2), [RED] * 2, columns=2, tile=100) for _ in range(2))
    assert np.array_equal(one, two)


@pytest.mark.parametrize(("columns", "tile"), [(0, 100), (13, 100), (3, 63), (3, 1025)])
def test_a_size_out_of_range_is_refused(make_album, columns, tile):
    with pytest.raises(AlbumError, match="contact sheet"):
        contact_sheet(make_album(1), [RED], columns=columns, tile=tile)


@pytest.mark.parametrize("photo", [RED / 255, RED[..., 0], RED[:0], "photo"])
def test_what_is_no_photo_is_refused_by_number(make_album, photo):
    with pytest.raises(AlbumError, match="Photo 2"):
        contact_sheet(make_album(2), [RED, photo], columns=2, tile=100)


@pytest.mark.parametrize(
    ("text", "drawn"),
    [
        ("Café – “Zoë” & Łukasz", None),
        ("13–15 June", "13-15 June"),
        ("日本の夏", ""),
        ("Прогулка", ""),
        ("Ana’s day 🏖", "Ana’s day"),
        ("a\u202eb\nc", "ab c"),
        ("", ""),
    ],
)
def test_what_the_font_cannot_draw_degrades(text, drawn):
    found = legible(text)
    assert found.startswith("Caf") if drawn is None else found == drawn


def test_titles_of_other_scripts_still_give_a_sheet(make_album):
    sheet = contact_sheet(make_album(2, hostile="日本の夏"), [RED] * 2, columns=2, tile=100)
    assert red_pixels(sheet) > 0


def test_lines_never_are_wider_than_their_room():
    text = "An exceedingly long caption about a donaudampfschifffahrtsgesellschaft that goes on and on " * 3
    lines = wrap(text, 14, 120, 2)
    assert len(lines) == 2
    assert all(text_width(line, 14) <= 120 for line in lines)
    assert lines[-1].endswith("…")
    assert shorten("short", 14, 120) == "short"
