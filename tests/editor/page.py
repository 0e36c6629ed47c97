"""The editor as its users have it: a page in a browser, driven through Playwright."""

import json
import re
import time
from typing import Any

# Settings of a user who has been here before: no tour, and the mouse as the editor sets it up by itself.
SETTINGS = {
    "Comfy.TutorialCompleted": True,
    "Comfy.Canvas.NavigationMode": "legacy",
    "Comfy.Canvas.LeftMouseClickBehavior": "panning",
    "Comfy.Canvas.MouseWheelScroll": "zoom",
    "Comfy.Workflow.ShowMissingModelsWarning": False,  # the checkpoint that a workflow offers to download
    "Comfy.Workflow.WarnBlueprintOverwrite": False,
}
# Files of the user's that the editor asks for, whether or not there are any.
NEED_NOT_BE = re.compile(r"/userdata[/?]|/user\.css$|/favicon\.ico$")
# The editor restores what was open last when it starts. What is opened before that is done gets lost behind it.
READY = """() => {
    const app = window.app, manager = app?.extensionManager;
    return Boolean(app?.graph && app.canvas?.graph && manager?.workflow?.activeWorkflow && !manager.spinner);
}"""
OPEN = """async ([text, name]) => {
    await window.app.handleFile(new File([text], name + '.json', {type: 'application/json'}));
}"""
OPENED = """([id, name]) => {
    const app = window.app, active = app.extensionManager.workflow.activeWorkflow;
    return active.filename === name && app.graph.id === id && app.canvas.graph.id === id;
}"""
DRAWN = """() => {
    const titles = Object.fromEntries(window.app.canvas.graph._nodes.map(node => [node.id, node.title]));
    const drawn = [...document.querySelectorAll('[data-node-id]')];
    return drawn.length === Object.keys(titles).length
        && drawn.every(node => node.innerText.includes(titles[node.dataset.nodeId]));
}"""
UNKNOWN = """() => window.app.graph._nodes
    .filter(node => !(node.type in window.LiteGraph.registered_node_types))
    .map(node => node.type)"""
BOXES = """() => [...document.querySelectorAll('[data-node-id]')].map(drawn => {
    const node = window.app.graph.getNodeById(drawn.dataset.nodeId), above = window.LiteGraph.NODE_TITLE_HEIGHT;
    const [left, top] = [node.pos[0], node.pos[1] - above];
    return [Number(node.id), [left, top, left + drawn.offsetWidth, top + drawn.offsetHeight]];
})"""
DIALOGS = """() => [...document.querySelectorAll('[role=dialog], [role=alertdialog]')]
    .filter(dialog => dialog.checkVisibility()).map(dialog => dialog.innerText)"""
POSTED = "() => window.app.graphToPrompt().then(result => result.output)"
SAVED = "() => JSON.parse(JSON.stringify(window.app.graph.serialize()))"
SET = """([type, name, value]) => {
    for (const node of window.app.graph._nodes.filter(node => node.type === type)) {
        const widget = node.widgets.find(widget => widget.name === name);
        widget.value = value;
        widget.callback?.(value);
    }
}"""
# What the editor was told of a run and what it made of it, kept in the page.
WATCH = """() => {
    const run = window.watchedRun = {progress: [], shown: {}, ended: null, begun_ms: performance.now()};
    const api = window.app.api, note = (name, act) => api.addEventListener(name, ({detail}) => act(detail));
    if (!window.isWatching) {
        window.isWatching = true;
        note('progress', ({node, value, max}) => window.watchedRun.progress.push([String(node), value, max]));
        for (const end of ['execution_success', 'execution_error', 'execution_interrupted'])
            note(end, detail => {
                window.watchedRun.took_s = (performance.now() - window.watchedRun.begun_ms) / 1000;
                window.watchedRun.ended = [end, detail.exception_message ?? null];
            });
    }
    const look = () => {
        for (const node of window.app.graph._nodes)
            if (node.progress > 0) run.shown[node.id] = Math.max(run.shown[node.id] ?? 0, node.progress);
        if (!run.ended) setTimeout(look, 2);
    };
    look();
}"""
QUEUE = "() => window.app.extensionManager.command.execute('Comfy.QueuePrompt')"
ENDED = "() => window.watchedRun.ended"
DROP = """async ([address, name]) => {
    const data = await (await fetch(address)).blob();
    await window.app.handleFile(new File([data], name, {type: data.type}));
}"""
# What is out of sight, or small, is not drawn with all that is in it.
LOOK_AT = """id => {
    const canvas = window.app.canvas;
    canvas.ds.scale = 1;
    canvas.centerOnNode(window.app.graph.getNodeById(id));
    canvas.setDirty(true, true);
}"""
PICTURES = """id => {
    const node = window.app.graph.getNodeById(id);
    const pictures = window.LiteGraph.vueNodesMode
        ? [...document.querySelectorAll(`[data-node-id="${id}"] img`)] : node.imgs ?? [];
    const sent = window.app.nodeOutputs[id]?.images?.length ?? 0;
    return [pictures.map(picture => [picture.naturalWidth, picture.naturalHeight]), sent];
}"""


class Editor:
    """One page with the editor, in one of its renderers.

    said: the errors of the page since the last `open`: its console's and those that nobody caught.
    holds: for whoever opens: a name for what the editor has in it; None after every `open`.
    """

    def __init__(self, page: Any, url: str, *, vue: bool) -> None:
        self.page, self.url, self.vue = page, url, vue
        self.said: list[str] = []
        self.holds: str | None = None
        self._opened = 0
        page.on("console", self._on_console)
        page.on("pageerror", lambda error: self.said.append(str(error)))
        # Whatever is not on the server is as if there were no network, everywhere.
        page.route(lambda address: not address.startswith((url, "blob:", "data:")), lambda route: route.abort())

    def start(self, timeout_s: float = 120) -> None:
        """Load the page and wait until the editor has opened what it opens by itself."""
        settings = json.dumps({**SETTINGS, "Comfy.VueNodes.Enabled": self.vue})
        answer = self.page.request.post(
            self.url + "/api/settings", data=settings, headers={"Content-Type": "application/json"}
        )
        if not answer.ok:
            raise RuntimeError(f"the server did not take the settings: {answer.status}")
        self.page.goto(self.url)
        self.page.wait_for_function(READY, timeout=timeout_s * 1000)
        if self.page.evaluate("() => Boolean(window.LiteGraph.vueNodesMode)") != self.vue:
            raise RuntimeError("the editor does not use the renderer that it was told to use")
        for _ in self.page.evaluate(DIALOGS):  # about the editor's own first graph
            self.page.keyboard.press("Escape")

    def open(self, workflow: dict[str, Any], name: str) -> None:
        """Open a workflow as if its file were dropped on the canvas, and wait until it is drawn."""
        self.said.clear()
        self.holds = None
        self._opened += 1
        name = f"{name} {self._opened}"  # so that the same workflow can be told from itself when it is opened again
        self.page.evaluate(OPEN, [json.dumps(workflow), name])
        self.page.wait_for_function(OPENED, arg=[workflow["id"], name])
        if self.vue:
            self.page.wait_for_function(DRAWN)

    def fit(self) -> None:
        """Move the view so that all nodes are in it."""
        self.page.evaluate("() => window.app.extensionManager.command.execute('Comfy.Canvas.FitView')")
        self.page.wait_for_timeout(500)  # it glides

    def evaluate(self, script: str, argument: Any = None) -> Any:
        """What a script in the page returns."""
        return self.page.evaluate(script, argument)

    def wait(self, milliseconds: int) -> None:
        self.page.wait_for_timeout(milliseconds)

    def press(self, key: str) -> None:
        self.page.keyboard.press(key)

    @property
    def version(self) -> str:
        return self.page.evaluate("() => window.__COMFYUI_FRONTEND_VERSION__")

    @property
    def version_number(self) -> tuple[int, ...]:
        return tuple(map(int, self.version.split(".")[:2]))

    def drawn_boxes(self) -> dict[int, list[float]]:
        """By node, where the Vue renderer draws it: left, top, right, bottom, in pixels of the canvas."""
        return dict(self.page.evaluate(BOXES))

    def unknown(self) -> list[str]:
        """Types of nodes that the editor does not know."""
        return self.page.evaluate(UNKNOWN)

    def complains(self, text: str | re.Pattern[str]) -> None:
        """Wait until an error is there to be read; newer editors tell it in a panel behind a button."""
        told, button = self.page.get_by_text(text).first, self.page.get_by_role("button", name="View details").first
        told.or_(button).first.wait_for()
        if button.is_visible():
            button.click()
        told.wait_for()

    def dialogs(self) -> list[str]:
        """Texts of the dialogs that lie over the canvas."""
        return self.page.evaluate(DIALOGS)

    def posted(self) -> dict[str, Any]:
        """The graph in API format, as the editor would post it."""
        return self.page.evaluate(POSTED)

    def saved(self) -> dict[str, Any]:
        """The workflow as the editor would save it."""
        return self.page.evaluate(SAVED)

    def set_widgets(self, node_type: str, **values: Any) -> None:
        """Set widgets of all nodes of a type."""
        for name, value in values.items():
            self.page.evaluate(SET, [node_type, name, value])

    def queue(self) -> None:
        """Queue the graph, as the button does."""
        self.page.evaluate(QUEUE)

    def run(self, timeout_s: float = 120) -> dict[str, Any]:
        """Queue the graph and wait for its end; returns what the page saw of it: progress, shown, ended, took_s."""
        self.page.evaluate(WATCH)
        self.queue()
        self.page.wait_for_function(ENDED, timeout=timeout_s * 1000)
        return self.page.evaluate("() => window.watchedRun")

    def pictures(self, node_id: int, count: int, timeout_s: float = 30) -> set[tuple[int, int]]:
        """Widths and heights of the pictures that a node shows, once it was sent `count` and shows what it can of them.

        The Vue renderer may show one at a time.
        """
        self.page.evaluate(LOOK_AT, node_id)
        end = time.monotonic() + timeout_s
        least = 1 if self.vue else count
        while True:
            shown, sent = self.page.evaluate(PICTURES, node_id)
            if sent == count and len(shown) >= least and all(width for width, _ in shown):
                return {(width, height) for width, height in shown}
            if time.monotonic() > end:
                raise TimeoutError(f"node {node_id} was sent {sent} pictures and shows {shown}")
            self.page.wait_for_timeout(50)

    def drop(self, address: str, name: str) -> None:
        """Drop a file of the server on the canvas."""
        self.page.evaluate(DROP, [address, name])

    def _on_console(self, message: Any) -> None:
        address = message.location.get("url", "")
        if message.type == "error" and address.startswith((self.url, "blob:")) and not NEED_NOT_BE.search(address):
            self.said.append(f"{message.text} ({address})")
