"""A real ComfyUI on the CPU, with this pack in its custom_nodes, from the checkout at COMFYUI_ROOT."""

import json
import os
import shutil
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

PACK = Path(__file__).resolve().parents[2]
SHIPPED = (
    "__init__.py", "stages", "nodes", "headless", "models", "web", "workflows", "subgraphs", "pyproject.toml",
    "requirements.txt",
)  # fmt: skip
START_SECONDS = 240  # a cold start on two busy cores
RUN_SECONDS = 240


def comfyui_root():
    """Where ComfyUI is, or None. A path that holds none is an error, not a skip."""
    if "COMFYUI_ROOT" not in os.environ:
        return None
    root = Path(os.environ["COMFYUI_ROOT"]).resolve()
    assert (root / "main.py").is_file(), f"COMFYUI_ROOT is {root}, but there is no main.py in it"
    return root


def comfyui_python(root):
    """COMFYUI_PYTHON, else a virtual environment in or beside the checkout, else the Python of the tests."""
    if "COMFYUI_PYTHON" in os.environ:
        return os.environ["COMFYUI_PYTHON"]
    places = [folder / name / "bin" / "python" for folder in (root, root.parent) for name in ("venv", ".venv")]
    return next((str(place) for place in places if place.exists()), sys.executable)


@dataclass
class Server:
    url: str
    base: Path
    log: Path

    @property
    def output(self):
        return self.base / "output"

    def get(self, path):
        with urllib.request.urlopen(self.url + path, timeout=60) as answer:
            return answer.read()

    def get_json(self, path):
        return json.loads(self.get(path))

    def post(self, graph, *, workflow=None):
        """Post a graph; returns the status code and the server's answer."""
        extra = {"extra_pnginfo": {"workflow": workflow or {"nodes": []}}}
        body = json.dumps({"prompt": graph, "extra_data": extra}).encode()
        request = urllib.request.Request(self.url + "/prompt", body, {"Content-Type": "application/json"})
        try:
            with urllib.request.urlopen(request, timeout=60) as answer:
                return answer.status, json.loads(answer.read())
        except urllib.error.HTTPError as error:
            return error.code, json.loads(error.read())

    def run(self, graph):
        """Post a graph and wait for its end; returns its entry of /history."""
        status, answer = self.post(graph)
        assert status == 200, answer
        return self.wait(answer["prompt_id"])

    def interrupt(self):
        request = urllib.request.Request(self.url + "/interrupt", b"{}", {"Content-Type": "application/json"})
        urllib.request.urlopen(request, timeout=60).close()

    def wait(self, prompt_id):
        """The entry of /history of a graph that was posted."""
        end = time.monotonic() + RUN_SECONDS
        while time.monotonic() < end:
            history = self.get_json(f"/history/{prompt_id}")
            if prompt_id in history:
                return history[prompt_id]
            time.sleep(0.2)
        raise AssertionError(f"the graph did not end in {RUN_SECONDS} s; the log ends:\n{self.log_tail()}")

    def log_tail(self):
        return self.log.read_text(encoding="utf-8", errors="replace")[-3000:]


@contextmanager
def running_comfyui(base):
    """The server, with everything that it writes below `base`.

    COMFYUI_FRONTEND_ROOT names a folder with the files of another editor than the one that ComfyUI comes with.
    """
    root, log = comfyui_root(), base / "server.log"
    _install_pack(base)
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    command = [
        comfyui_python(root),
        str(Path(__file__).parent / "launch.py"),
        str(root),
        "--cpu",
        "--base-directory",
        str(base),
        "--port",
        str(port),
        "--disable-auto-launch",
        "--database-url",
        "sqlite:///:memory:",
    ]
    if "COMFYUI_FRONTEND_ROOT" in os.environ:
        command += ["--front-end-root", str(Path(os.environ["COMFYUI_FRONTEND_ROOT"]).resolve())]
    environment = {k: v for k, v in os.environ.items() if k not in {"PYTHONPATH", "VIRTUAL_ENV"}}
    with log.open("wb") as file:
        process = subprocess.Popen(command, stdout=file, stderr=subprocess.STDOUT, env=environment, cwd=base)
    server = Server(f"http://127.0.0.1:{port}", base, log)
    try:
        _wait_until_up(process, server)
        yield server
    finally:
        process.kill()
        process.wait()


def _install_pack(base):
    # Under another name than the package's: users call the folder what they like.
    target = base / "custom_nodes" / "my-albums-checkout"
    target.mkdir(parents=True)
    for name in SHIPPED:
        if (PACK / name).is_dir():
            shutil.copytree(PACK / name, target / name, ignore=shutil.ignore_patterns("__pycache__"))
        else:
            shutil.copy(PACK / name, target / name)
    shutil.copytree(Path(__file__).parent / "tiny_models", base / "custom_nodes" / "tiny_models_of_the_tests")


def _wait_until_up(process, server):
    end = time.monotonic() + START_SECONDS
    while time.monotonic() < end:
        assert process.poll() is None, f"COMFYUI_ROOT is set, but ComfyUI did not start:\n{server.log_tail()}"
        try:
            server.get("/system_stats")
        except OSError:
            time.sleep(0.5)
        else:
            return
    raise AssertionError(f"ComfyUI was not up after {START_SECONDS} s:\n{server.log_tail()}")
