"""The real editor in headless Chromium: before the real server where COMFYUI_ROOT says where it is, else before a
small host of the tests. COMFYUI_FRONTEND_ROOT names a folder with the files of another version of the editor."""

import importlib.util
import json
import os
import shutil
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
import synthetic_albums

ROOT = Path(synthetic_albums.__file__).parent
NAMES = sorted(path.stem for path in (ROOT / "workflows").glob("*.json"))


def read(path):
    return json.loads(path.read_text(encoding="utf-8"))


def frontend_files():
    """The folder with the editor's index.html; skips where there is none."""
    if "COMFYUI_FRONTEND_ROOT" in os.environ:
        root = Path(os.environ["COMFYUI_FRONTEND_ROOT"])
        assert (root / "index.html").is_file(), f"COMFYUI_FRONTEND_ROOT is {root}, but there is no index.html in it"
        return root
    spec = importlib.util.find_spec("comfyui_frontend_package")
    if spec is None:
        pytest.skip("comfyui-frontend-package is not installed: the editor was not tried")
    return Path(spec.origin).parent / "static"


class InThread:
    """An object that lives in another thread.

    Playwright leaves an event loop running in the thread that starts it, and other tests start loops of their own.
    """

    def __init__(self, thread, thing):
        vars(self).update(_thread=thread, _thing=thing)

    def __getattr__(self, name):
        value = self._thread.submit(getattr, self._thing, name).result()
        return (lambda *a, **k: self._thread.submit(value, *a, **k).result()) if callable(value) else value

    def __setattr__(self, name, value):
        self._thread.submit(setattr, self._thing, name, value).result()


@pytest.fixture(scope="session")
def browser_thread():
    with ThreadPoolExecutor(1, thread_name_prefix="browser") as thread:
        yield thread


@pytest.fixture(scope="session")
def browser(browser_thread):
    chromium = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None)
    if chromium is None:
        pytest.skip("there is no Chromium: the editor was not tried")
    sync_api = pytest.importorskip(
        "playwright.sync_api", reason="playwright is not installed: the editor was not tried"
    )
    playwright = browser_thread.submit(sync_api.sync_playwright().start).result()
    options = {"executable_path": chromium, "args": ["--no-sandbox"]}
    browser = browser_thread.submit(playwright.chromium.launch, **options).result()
    yield browser
    browser_thread.submit(browser.close).result()
    browser_thread.submit(playwright.stop).result()


@pytest.fixture(scope="session")
def server(request, tmp_path_factory):
    """What the editor talks to, with `url` and `output`."""
    if "COMFYUI_ROOT" in os.environ:
        yield request.getfixturevalue("comfyui")
        return
    files = frontend_files()
    pytest.importorskip("aiohttp", reason="aiohttp is not installed: the editor was not tried")
    from .host import EditorHost

    host = EditorHost(files, tmp_path_factory.mktemp("editor"))
    host.start()
    try:
        yield host
    finally:
        host.stop()


def started_editor(thread, browser, server, *, vue):
    from .page import Editor

    def start():
        editor = Editor(browser.new_page(viewport={"width": 1600, "height": 900}), server.url, vue=vue)
        editor.start()
        return editor

    editor = InThread(thread, thread.submit(start).result())
    assert editor.said == [], "the editor complained when it was started"
    return editor


@pytest.fixture(scope="session")
def canvas_editor(browser_thread, browser, server):
    return started_editor(browser_thread, browser, server, vue=False)


@pytest.fixture(scope="session")
def vue_editor(browser_thread, browser, server):
    return started_editor(browser_thread, browser, server, vue=True)


@pytest.fixture(params=["canvas", "vue"], scope="session")
def editor(request):
    """The editor with each of its two renderers."""
    return request.getfixturevalue(f"{request.param}_editor")


@pytest.fixture(params=NAMES, scope="session")
def workflow(request):
    return request.param


@pytest.fixture
def shipped(workflow):
    """The file that users open."""
    return read(ROOT / "workflows" / f"{workflow}.json")


@pytest.fixture
def api(workflow):
    """The file that is posted to a server."""
    return read(ROOT / "workflows" / "api" / f"{workflow}.json")


def with_workflow(editor, workflow, shipped):
    if editor.holds != workflow:
        editor.open(shipped, workflow)
        editor.holds = workflow
    return editor


@pytest.fixture
def opened(editor, workflow, shipped):
    """The editor with the workflow in it, as it was opened; for tests that only look."""
    return with_workflow(editor, workflow, shipped)


@pytest.fixture
def canvas_opened(canvas_editor, workflow, shipped):
    """The same in the canvas renderer alone."""
    return with_workflow(canvas_editor, workflow, shipped)


@pytest.fixture
def vue_opened(vue_editor, workflow, shipped):
    """The same in the Vue renderer alone."""
    return with_workflow(vue_editor, workflow, shipped)


@pytest.fixture
def fresh(editor, workflow, shipped):
    """The editor with the workflow just opened in it; for tests that change something."""
    editor.open(shipped, workflow)
    return editor
