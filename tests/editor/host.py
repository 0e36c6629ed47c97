"""A small server for the real editor over the headless runner. For tests only: one user, nothing is kept.

It serves the files of `comfyui-frontend-package` and answers what they ask of ComfyUI's server. Graphs are run one
after another in a thread of their own.
"""

import asyncio
import copy
import json
import queue
import threading
import time
import uuid
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from typing import Any

import synthetic_albums
from aiohttp import WSMsgType, web
from synthetic_albums import NODE_CLASS_MAPPINGS, NODE_DISPLAY_NAME_MAPPINGS
from synthetic_albums.headless.calling import AsyncCalls
from synthetic_albums.headless.core_nodes import CORE_NODES
from synthetic_albums.headless.executor import RunResult, run_graph
from synthetic_albums.headless.graph import Catalogue
from synthetic_albums.headless.host import HeadlessHost
from synthetic_albums.headless.validation import Validation, validate_graph
from synthetic_albums.nodes.host import hosted_by

from .node_info import CUSTOM, object_info

BLUEPRINTS = Path(synthetic_albums.__file__).parent / "subgraphs"
NODES = {**CORE_NODES, **NODE_CLASS_MAPPINGS}
# Loaders that every ComfyUI has: the editor asks for their names without looking whether they are there.
LOADERS = dict.fromkeys(
    (
        "ControlNetLoader",
        "GLIGENLoader",
        "ImageOnlyCheckpointLoader",
        "LoraLoader",
        "LoraLoaderModelOnly",
        "StyleModelLoader",
        "UpscaleModelLoader",
    ),
    CORE_NODES["CheckpointLoaderSimple"],
)
# Questions of the editor that are not about the graph, with the answers of a server that has nothing to tell.
QUIET = {
    "embeddings": [],
    "experiment/models": [],
    "extensions": [],
    "features": {},
    "i18n": {},
    "internal/folder_paths": {},
    "internal/logs": "",
    "internal/logs/raw": {"entries": [], "size": {"cols": 80, "rows": 24}},
    "models": [],
    "node_replacements": {},
    "workflow_templates": {},
}


@dataclass
class Job:
    """A graph that waits, runs or has run."""

    number: int
    prompt_id: str
    graph: dict[str, Any]
    extra: dict[str, Any]
    host: HeadlessHost
    created_ms: int = field(default_factory=lambda: int(time.time() * 1000))
    result: RunResult | None = None
    messages: list[Any] = field(default_factory=list)
    progress: dict[str, Any] = field(default_factory=dict)  # of each node, as `progress_state` says it

    @property
    def status(self) -> str:
        if self.result is None:
            return "pending"
        return {"done": "completed", "interrupted": "cancelled"}.get(self.result.status, "failed")

    def as_queued(self) -> list[Any]:
        return [self.number, self.prompt_id, self.graph, self.extra, list(self.graph)]


class EditorHost:
    """The server, from `start` to `stop`. `url` is where it is; `base` holds output, input and temp."""

    def __init__(self, frontend: Path, base: Path) -> None:
        self.frontend, self.base = frontend, base
        self.url = ""
        self.unknown: list[str] = []  # what the editor asked and nobody answered
        self.blueprints_read: list[str] = []
        self._settings: dict[str, Any] = {}
        self._userdata: dict[str, str] = {}
        self._sockets: dict[str, web.WebSocketResponse] = {}
        self._waiting: list[Job] = []
        self._running: Job | None = None
        self._done: dict[str, Job] = {}
        self._jobs: queue.Queue[Job | None] = queue.Queue()
        self._loop = asyncio.new_event_loop()
        self._threads: list[threading.Thread] = []

    @property
    def output(self) -> Path:
        return self.base / "output"

    def start(self) -> None:
        up = threading.Event()
        self._threads = [
            threading.Thread(target=self._serve, args=(up,), name="editor host"),
            threading.Thread(target=self._run_jobs, name="runner of the editor host"),
        ]
        for thread in self._threads:
            thread.start()
        if not up.wait(30):
            raise RuntimeError("the host of the editor did not start")

    def stop(self) -> None:
        self._jobs.put(None)
        if self._running:
            self._running.host.interrupt()
        self._loop.call_soon_threadsafe(self._loop.stop)
        for thread in self._threads:
            thread.join(30)

    def _serve(self, up: threading.Event) -> None:
        asyncio.set_event_loop(self._loop)
        runner = web.AppRunner(self._app(), access_log=None, shutdown_timeout=0.1)
        self._loop.run_until_complete(runner.setup())
        site = web.TCPSite(runner, "127.0.0.1", 0)
        self._loop.run_until_complete(site.start())
        self.url = f"http://127.0.0.1:{runner.addresses[0][1]}"
        up.set()
        self._loop.run_forever()
        self._loop.run_until_complete(runner.cleanup())
        self._loop.close()

    def _app(self) -> web.Application:
        app = web.Application(client_max_size=64 * 2**20)
        routes = [
            web.get("/ws", self._ws),
            web.get("/object_info", self._object_info),
            web.get("/system_stats", self._system_stats),
            web.get("/users", self._users),
            web.get("/settings", self._get_settings),
            web.get("/settings/{id}", self._get_setting),
            web.post("/settings", self._set_settings),
            web.post("/settings/{id}", self._set_setting),
            web.get("/userdata", self._list_userdata),
            web.get("/userdata/{file}", self._get_userdata),
            web.post("/userdata/{file}", self._set_userdata),
            web.get("/prompt", self._queue_length),
            web.post("/prompt", self._post_prompt),
            web.get("/queue", self._get_queue),
            web.get("/history", self._get_history),
            web.get("/history/{id}", self._get_history),
            web.get("/jobs", self._get_jobs),
            web.get("/jobs/{id}", self._get_job),
            web.post("/interrupt", self._interrupt),
            web.get("/view", self._view),
            web.get("/global_subgraphs", self._blueprints),
            web.get("/global_subgraphs/{id}", self._blueprint),
            *(web.get("/" + name, self._quiet) for name in QUIET),
        ]
        app.add_routes(routes)
        app.add_routes([type(route)(route.method, "/api" + route.path, route.handler, {}) for route in routes])
        app.add_routes([web.get("/", self._index), web.get("/{path:.*}", self._file)])
        return app

    async def _index(self, _request: web.Request) -> web.StreamResponse:
        return web.FileResponse(self.frontend / "index.html", headers={"Cache-Control": "no-cache"})

    async def _file(self, request: web.Request) -> web.StreamResponse:
        path = (self.frontend / request.match_info["path"]).resolve()
        if path.is_file() and path.is_relative_to(self.frontend.resolve()):
            return web.FileResponse(path)
        self.unknown.append(request.path_qs)
        return web.json_response({"error": "not found"}, status=404)

    async def _quiet(self, request: web.Request) -> web.Response:
        return web.json_response(QUIET[request.path.removeprefix("/api").removeprefix("/")])

    async def _object_info(self, _request: web.Request) -> web.Response:
        with hosted_by(self._surroundings()):
            return web.json_response(object_info({**LOADERS, **NODES}, NODE_DISPLAY_NAME_MAPPINGS))

    async def _system_stats(self, _request: web.Request) -> web.Response:
        system = {"os": "posix", "python_version": "3", "embedded_python": False, "comfyui_version": "0.3.64"}
        system |= {"pytorch_version": "2", "argv": [], "ram_total": 0, "ram_free": 0}
        return web.json_response({"system": system, "devices": []})

    async def _users(self, _request: web.Request) -> web.Response:
        return web.json_response({"storage": "server", "migrated": True})

    async def _get_settings(self, _request: web.Request) -> web.Response:
        return web.json_response(self._settings)

    async def _get_setting(self, request: web.Request) -> web.Response:
        return web.json_response(self._settings.get(request.match_info["id"]))

    async def _set_settings(self, request: web.Request) -> web.Response:
        self._settings.update(await request.json())
        return web.Response()

    async def _set_setting(self, request: web.Request) -> web.Response:
        self._settings[request.match_info["id"]] = await request.json()
        return web.Response()

    async def _list_userdata(self, request: web.Request) -> web.Response:
        start = request.query.get("dir", "") + "/"
        files = [name.removeprefix(start) for name in self._userdata if name.startswith(start)]
        if request.query.get("full_info") == "true":
            return web.json_response([{"path": name, "size": 1, "modified": 0} for name in files])
        return web.json_response(files)

    async def _get_userdata(self, request: web.Request) -> web.Response:
        name = request.match_info["file"]
        if name not in self._userdata:
            return web.Response(status=404)
        return web.Response(text=self._userdata[name])

    async def _set_userdata(self, request: web.Request) -> web.Response:
        name = request.match_info["file"]
        self._userdata[name] = await request.text()
        return web.json_response({"path": name, "size": len(self._userdata[name]), "modified": 0})

    async def _queue_length(self, _request: web.Request) -> web.Response:
        return web.json_response(self._status()["exec_info"])

    async def _post_prompt(self, request: web.Request) -> web.Response:
        body = await request.json()
        surroundings = self._surroundings()
        found = self._validated(body["prompt"], surroundings)
        if found.error is not None:
            return web.json_response(found.as_json(), status=400)
        extra = {**body.get("extra_data", {}), "client_id": body.get("client_id")}
        prompt_id = body.get("prompt_id") or str(uuid.uuid4())
        job = Job(len(self._done) + len(self._waiting), prompt_id, body["prompt"], extra, surroundings)
        self._waiting.append(job)
        self._jobs.put(job)
        return web.json_response({"prompt_id": prompt_id, "number": job.number, "node_errors": found.node_errors})

    @staticmethod
    def _validated(graph: dict[str, Any], surroundings: HeadlessHost) -> Validation:
        calls = AsyncCalls()
        try:
            with hosted_by(surroundings):
                return validate_graph(copy.deepcopy(graph), Catalogue(NODES), calls)
        finally:
            calls.close()

    async def _get_queue(self, _request: web.Request) -> web.Response:
        running = [self._running.as_queued()] if self._running else []
        return web.json_response(
            {"queue_running": running, "queue_pending": [job.as_queued() for job in self._waiting]}
        )

    async def _get_history(self, request: web.Request) -> web.Response:
        wanted = request.match_info.get("id")
        return web.json_response(
            {key: _history(job) for key, job in self._done.items() if wanted in {None, key} and job.result}
        )

    async def _get_jobs(self, request: web.Request) -> web.Response:
        wanted = request.query.get("status", "").split(",")
        running = [_job(self._running, "in_progress")] if self._running else []
        jobs = [*running, *(_job(job, job.status) for job in [*self._waiting, *reversed(self._done.values())])]
        jobs = [job for job in jobs if job["status"] in wanted]
        page = {"offset": 0, "limit": len(jobs), "total": len(jobs), "has_more": False}
        return web.json_response({"jobs": jobs, "pagination": page})

    async def _get_job(self, request: web.Request) -> web.Response:
        job = self._done.get(request.match_info["id"])
        if job is None:
            return web.Response(status=404)
        workflow = {"prompt": job.graph, "extra_data": job.extra}
        return web.json_response({**_job(job, job.status), "outputs": job.result.outputs, "workflow": workflow})

    async def _blueprints(self, _request: web.Request) -> web.Response:
        about = {"source": "custom_node", "info": {"node_pack": CUSTOM}}
        return web.json_response({path.stem: {**about, "name": path.stem} for path in BLUEPRINTS.glob("*.json")})

    async def _blueprint(self, request: web.Request) -> web.Response:
        name = request.match_info["id"]
        self.blueprints_read.append(name)
        return web.json_response({"name": name, "data": (BLUEPRINTS / f"{name}.json").read_text(encoding="utf-8")})

    async def _interrupt(self, _request: web.Request) -> web.Response:
        if self._running:
            self._running.host.interrupt()
        return web.Response()

    async def _view(self, request: web.Request) -> web.StreamResponse:
        folder = (self.base / request.query.get("type", "output")).resolve()
        path = (folder / request.query.get("subfolder", "") / request.query["filename"]).resolve()
        if path.is_file() and path.is_relative_to(folder):
            return web.FileResponse(path)
        return web.Response(status=404)

    async def _ws(self, request: web.Request) -> web.WebSocketResponse:
        socket, client = web.WebSocketResponse(), request.query.get("clientId") or uuid.uuid4().hex
        await socket.prepare(request)
        self._sockets[client] = socket
        await socket.send_json({"type": "status", "data": {"status": self._status(), "sid": client}})
        async for message in socket:
            if message.type == WSMsgType.ERROR:
                break
        if self._sockets.get(client) is socket:
            del self._sockets[client]
        return socket

    def _surroundings(self) -> HeadlessHost:
        return HeadlessHost(self.output, self.base / "input", previews=self.base / "temp")

    def _status(self) -> dict[str, Any]:
        return {"exec_info": {"queue_remaining": len(self._waiting) + bool(self._running)}}

    def _run_jobs(self) -> None:
        while (job := self._jobs.get()) is not None:
            self._running = job
            self._waiting.remove(job)
            self._tell(job, "status", {"status": self._status()})
            job.result = run_graph(
                job.graph,
                node_classes=NODES,
                host=job.host,
                on_event=partial(self._on_event, job),
                extra_data=job.extra,
                prompt_id=job.prompt_id,
            )
            self._running = None
            self._done[job.prompt_id] = job
            self._tell(job, "executing", {"node": None, "prompt_id": job.prompt_id})
            self._tell(job, "status", {"status": self._status()})

    def _on_event(self, job: Job, event: str, data: dict[str, Any]) -> None:
        self._tell(job, event, data)
        if event not in {"executing", "progress", "executed"}:
            job.messages.append([event, data])
            return
        state = {"value": data.get("value", 0), "max": data.get("max", 1), "node_id": data["node"]}
        state |= {"display_node_id": data["node"], "prompt_id": job.prompt_id}
        job.progress[data["node"]] = {**state, "state": "finished" if event == "executed" else "running"}
        self._tell(job, "progress_state", {"prompt_id": job.prompt_id, "nodes": job.progress})

    def _tell(self, job: Job, event: str, data: dict[str, Any]) -> None:
        text = json.dumps({"type": event, "data": data})
        asyncio.run_coroutine_threadsafe(self._send(job.extra["client_id"], text), self._loop)

    async def _send(self, client: str, text: str) -> None:
        socket = self._sockets.get(client)
        if socket is not None and not socket.closed:
            await socket.send_str(text)


def _job(job: Job, status: str) -> dict[str, Any]:
    about = {"id": job.prompt_id, "status": status, "create_time": job.created_ms, "priority": job.number}
    return about | {"outputs_count": len(job.result.outputs) if job.result else 0}


def _history(job: Job) -> dict[str, Any]:
    done = job.result.status == "done"
    status = {"status_str": "success" if done else "error", "completed": done, "messages": job.messages}
    return {"prompt": job.as_queued(), "outputs": job.result.outputs, "status": status, "meta": {}}
