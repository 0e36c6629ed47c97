"""Make the README's picture of the editor: the quickstart after a run, in headless Chromium.

    python tools/make_editor_picture.py

Needs the extra `test`. COMFYUI_FRONTEND_ROOT names a folder with the files of another version of the editor.
"""

import importlib
import importlib.util
import json
import os
import shutil
import sys
import tempfile
from io import BytesIO
from pathlib import Path

from PIL import Image
from playwright.sync_api import sync_playwright

ROOT = Path(__file__).resolve().parent.parent
PICTURE = ROOT / "docs" / "editor-quickstart.jpg"
WINDOW, WIDTH = {"width": 2300, "height": 790}, 1600  # pixels: of the browser's window, of the picture
VIEW = """() => {
    const {canvas, extensionManager} = window.app;
    extensionManager.setting.set('Comfy.Minimap.Visible', false);
    extensionManager.setting.set('Comfy.Graph.CanvasInfo', false);
    canvas.ds.scale = 0.72;
    [canvas.ds.offset[0], canvas.ds.offset[1]] = [75, 90];
    canvas.setDirty(true, true);
}"""
SETTLED_MS = 5000  # until every picture is drawn and what was said in the corner is gone


def main() -> int:
    sys.path.insert(0, str(ROOT / "tests"))
    host_module, page_module = importlib.import_module("editor.host"), importlib.import_module("editor.page")
    package = importlib.util.find_spec("comfyui_frontend_package")
    files = os.environ.get("COMFYUI_FRONTEND_ROOT") or str(Path(package.origin).parent / "static")
    chromium = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))))
    with tempfile.TemporaryDirectory() as scratch, sync_playwright() as playwright:
        host = host_module.EditorHost(Path(files), Path(scratch))
        host.start()
        browser = playwright.chromium.launch(executable_path=chromium, args=["--no-sandbox"])
        try:
            editor = page_module.Editor(browser.new_page(viewport=WINDOW), host.url, vue=False)
            editor.start()
            workflow = json.loads((ROOT / "workflows" / "quickstart.json").read_text(encoding="utf-8"))
            editor.open(workflow, "quickstart")
            editor.page.evaluate(VIEW)
            if editor.run(300)["ended"][0] != "execution_success":
                raise RuntimeError("the quickstart did not run in the editor")
            editor.page.wait_for_timeout(SETTLED_MS)
            picture = Image.open(BytesIO(editor.page.screenshot())).convert("RGB")
        finally:
            browser.close()
            host.stop()
    picture.resize((WIDTH, round(picture.height * WIDTH / picture.width)), Image.Resampling.LANCZOS).save(
        PICTURE, quality=88
    )
    return 0


if __name__ == "__main__":
    sys.exit(main())
