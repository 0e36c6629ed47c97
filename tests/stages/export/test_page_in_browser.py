"""The page as a browser shows it. Skipped, with one plain line, where there is no Chromium."""

import shutil
import warnings

import numpy as np
import pytest
from PIL import Image
from synthetic_albums.stages.export import render_page

pytestmark = pytest.mark.browser

HOSTILE = ["<script>document.title='owned'</script>", "<img src=x onerror=\"document.title='owned'\">\u202e{{7*7}}"]
LONG = "Donaudampfschifffahrtsgesellschaftskapitänsmützenabzeichen"


@pytest.fixture(scope="module")
def browser():
    chromium = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None)
    if chromium is None:
        warnings.warn("The page was not tried in a browser: there is no Chromium.", stacklevel=1)
        pytest.skip("there is no Chromium: the page was not tried in a browser")
    sync_api = pytest.importorskip("playwright.sync_api")
    with sync_api.sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium, args=["--no-sandbox"])
        yield browser
        browser.close()


@pytest.fixture
def open_page(browser, tmp_path, gradient):
    pages = []

    def open_page(album, *, width=1280, scheme="light"):
        for name in [f"photos/{photo.scene}" for photo in album.photos] + ["anchors/ana", "anchors/rusty"]:
            (tmp_path / name).parent.mkdir(exist_ok=True)
            Image.fromarray(gradient).save(tmp_path / f"{name}.png")
        (tmp_path / "index.html").write_text(render_page(album), encoding="utf-8")
        page = browser.new_page(viewport={"width": width, "height": 800}, color_scheme=scheme)
        pages.append(page)
        page.said, page.asked = [], []
        page.on("console", lambda message: page.said.append(message.text))
        page.on("pageerror", lambda error: page.said.append(str(error)))
        page.on("dialog", lambda dialog: page.said.append(dialog.message))
        page.on("request", lambda request: page.asked.append(request.url))
        page.goto((tmp_path / "index.html").as_uri())
        return page

    yield open_page
    for page in pages:
        page.close()


def test_it_opens_from_disk_without_errors_and_asks_nobody(open_page, make_album):
    page = open_page(make_album(4, portraits=True))
    page.evaluate("window.scrollTo(0, document.body.scrollHeight)")
    page.wait_for_function("[...document.images].every(image => image.complete && image.naturalWidth > 0)")
    assert page.said == []
    assert all(url.startswith("file://") for url in page.asked)
    assert len(page.asked) == 7


@pytest.mark.parametrize("text", HOSTILE)
def test_hostile_text_executes_nothing(open_page, make_album, text):
    page = open_page(make_album(3, hostile=text, portraits=True))
    assert page.title() != "owned"
    assert page.locator("script").count() == 0
    assert page.locator("img").count() == 5
    assert page.said == []
    assert page.locator("h1").inner_text() == text.replace("\u202e", "")


def test_dark_and_light_differ_and_both_can_be_read(open_page, make_album):
    grounds = []
    for scheme in ("light", "dark"):
        page = open_page(make_album(2), scheme=scheme)
        for selector in ("h1", ".caption", ".facts", ".check p", ".check h2", "summary", ".number"):
            assert contrast(page, selector) >= 4.5, (scheme, selector)
        grounds.append(page.evaluate("getComputedStyle(document.body).backgroundColor"))
    assert grounds[0] != grounds[1]


@pytest.mark.parametrize("width", [320, 768, 1920])
def test_nothing_is_cut_off_at_any_width(open_page, make_album, width):
    page = open_page(make_album(5, hostile=LONG, portraits=True), width=width)
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    assert page.evaluate("[...document.querySelectorAll('.photo')].every(e => e.getBoundingClientRect().width >= 250)")


def test_a_photo_is_not_split_over_printed_pages_and_details_stay_off_paper(open_page, make_album):
    page = open_page(make_album(8))
    page.emulate_media(media="print")
    assert page.evaluate("getComputedStyle(document.querySelector('.photo')).breakInside") == "avoid"
    assert not page.locator(".photo details").first.is_visible()
    assert page.locator(".check").is_visible()
    assert page.pdf().startswith(b"%PDF")


def test_details_open_with_the_keyboard(open_page, make_album):
    page = open_page(make_album(1))
    page.locator(".photo summary").focus()
    page.keyboard.press("Enter")
    assert page.get_by_text("Fingerprint").is_visible()


def test_headings_step_down_one_level_at_a_time(open_page, make_album):
    page = open_page(make_album(3, portraits=True))
    levels = page.evaluate("[...document.querySelectorAll('h1,h2,h3,h4')].map(e => +e.tagName[1])")
    assert levels[0] == 1
    assert max(np.diff(levels)) <= 1
    assert page.evaluate("document.documentElement.lang") == "en"


def contrast(page, selector):
    """WCAG contrast of an element's text with the ground that it stands on."""
    colors = page.locator(selector).first.evaluate(
        """element => {
            const color = getComputedStyle(element).color;
            let ground = element;
            while (getComputedStyle(ground).backgroundColor === 'rgba(0, 0, 0, 0)') ground = ground.parentElement;
            return [color, getComputedStyle(ground).backgroundColor];
        }"""
    )
    high, low = sorted((luminance(color) for color in colors), reverse=True)
    return (high + 0.05) / (low + 0.05)


def luminance(color):
    parts = [float(part) / 255 for part in color[color.index("(") + 1 : -1].split(",")[:3]]
    linear = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]
