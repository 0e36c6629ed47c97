"""The rules of the house that no single room can keep: who may import what, and what an install brings."""

import ast
import re
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
SHARED = {"records", "record_base", "verdicts", "errors", "vocabulary", "seeds", "version", "encoders"} | {
    "album_folder",
    "lettering",
    "photo_file",
    "score_model",
    "picture_files",
    "private_text",
    "safe_files",
    "wording",
}
ROOMS = {"story", "layout", "identity", "render", "refine", "leakage", "quality", "export"}
COMFY = {"folder_paths", "comfy", "comfy_execution", "comfy_extras", "comfy_api", "server", "execution", "app"}
HEAVY = {"torch", "diffusers", "transformers", "torchvision", "scipy", "imagehash", "jinja2", "safetensors", "yaml"} | {
    "onnxruntime"
}
# Files of networks, which subclass torch's classes: they may import it, and nothing may import them at its own import.
LAZY = {
    "stages/encoders/heads.py",
    "stages/encoders/judge.py",
    "stages/encoders/networks.py",
    "stages/render/builtin/detail.py",
    "stages/render/builtin/networks.py",
    "stages/render/builtin/sampler.py",
    "stages/render/builtin/steps.py",
    "stages/render/native/anchors.py",
    "stages/render/native/attention.py",
    "stages/render/native/telling.py",
    "stages/render/pipelines/addons.py",
    "stages/render/pipelines/anchors.py",
    "stages/render/pipelines/attention.py",
    "stages/render/pipelines/injection.py",
    "stages/render/pipelines/loading.py",
    "stages/render/pipelines/model.py",
    "stages/render/pipelines/sampling.py",
    "stages/render/pipelines/text_encoders.py",
}
LIGHT_STAGES = {"errors", "vocabulary"}
LIBRARY_BANNED_IN_NODES = HEAVY | {"numpy", "PIL", "pydantic"}


def _sources(*folders: str) -> list[Path]:
    return sorted(path for folder in folders for path in (ROOT / folder).rglob("*.py"))


def _top_level_statements(path: Path) -> list[ast.Import | ast.ImportFrom]:
    """The imports that run when the file is imported."""
    found = []
    pending = list(ast.parse(path.read_text(encoding="utf-8")).body)
    while pending:
        node = pending.pop()
        if isinstance(node, ast.Import | ast.ImportFrom):
            found.append(node)
        elif isinstance(node, ast.If) and "TYPE_CHECKING" in ast.dump(node.test):
            pending += node.orelse
        elif not isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.Lambda):
            pending += list(ast.iter_child_nodes(node))
    return found


def _top_level_imports(path: Path) -> list[tuple[int, str]]:
    """(relative level, module) of the imports that run when the file is imported."""
    found = []
    for node in _top_level_statements(path):
        if isinstance(node, ast.Import):
            found += [(0, alias.name) for alias in node.names]
        else:
            found.append((node.level, node.module or ""))
    return found


def _imported_files(path: Path) -> set[str]:
    """Files of the repository that importing a file imports, whether named as module or as name of a package."""
    dotted = set()
    for node in _top_level_statements(path):
        if isinstance(node, ast.ImportFrom):
            module = _absolute(path, node.level, node.module or "").removeprefix("synthetic_albums.")
            dotted |= {module} | {f"{module}.{alias.name}" for alias in node.names}
        else:
            dotted |= {alias.name.removeprefix("synthetic_albums.") for alias in node.names}
    return {f"{name.replace('.', '/')}.py" for name in dotted}


def _all_imports(path: Path) -> list[tuple[int, str]]:
    tree = ast.parse(path.read_text(encoding="utf-8"))
    plain = [(0, alias.name) for node in ast.walk(tree) if isinstance(node, ast.Import) for alias in node.names]
    return plain + [(n.level, n.module or "") for n in ast.walk(tree) if isinstance(n, ast.ImportFrom)]


def _absolute(path: Path, level: int, module: str) -> str:
    """A relative import as a dotted path from the repository root."""
    if level == 0:
        return module
    package = path.relative_to(ROOT).parent.parts
    kept = package[: len(package) - level + 1]
    return ".".join([*kept, *([module] if module else [])])


@pytest.mark.parametrize("path", _sources("stages"), ids=lambda p: str(p.relative_to(ROOT)))
def test_a_stage_imports_no_other_stage_and_nothing_of_comfyui(path):
    parts = path.relative_to(ROOT / "stages").parts
    room = parts[0].removesuffix(".py")
    for level, module in _all_imports(path):
        name = _absolute(path, level, module)
        assert name.split(".")[0] not in COMFY, f"{path} imports {name}"
        assert not name.startswith(("nodes", "headless")), f"{path} imports {name}"
        if name.startswith("stages.") and room in ROOMS:
            target = name.split(".")[1]
            assert target == room or target in SHARED, f"{path}: room {room} imports {name}"


@pytest.mark.parametrize("path", _sources("stages"), ids=lambda p: str(p.relative_to(ROOT)))
def test_a_stage_imports_heavy_packages_only_inside_functions(path):
    if path.relative_to(ROOT).as_posix() in LAZY:
        return
    names = {module.split(".")[0] for level, module in _top_level_imports(path) if level == 0}
    assert not names & HEAVY


@pytest.mark.parametrize("path", _sources("stages", "nodes", "headless"), ids=lambda p: str(p.relative_to(ROOT)))
def test_files_of_networks_are_imported_only_inside_functions(path):
    if path.relative_to(ROOT).as_posix() not in LAZY:
        assert not _imported_files(path) & LAZY


def test_every_file_of_networks_is_there_and_needs_to_be_listed():
    for name in LAZY:
        names = {module.split(".")[0] for level, module in _top_level_imports(ROOT / name) if level == 0}
        assert names & HEAVY, f"{name} imports nothing heavy"


@pytest.mark.parametrize("path", [ROOT / "__init__.py", *_sources("nodes")], ids=lambda p: str(p.relative_to(ROOT)))
def test_reading_the_node_list_imports_nothing_heavy(path):
    for level, module in _top_level_imports(path):
        name = _absolute(path, level, module)
        assert name.split(".")[0] not in LIBRARY_BANNED_IN_NODES | COMFY, f"{path} imports {name}"
        if name.startswith("stages"):
            assert name.split(".")[1] in LIGHT_STAGES, f"{path} imports {name}"


@pytest.mark.parametrize("path", _sources("stages", "nodes", "headless"), ids=lambda p: str(p.relative_to(ROOT)))
def test_nothing_that_ships_evaluates_text_or_unpickles(path):
    tree = ast.parse(path.read_text(encoding="utf-8"))
    called = {n.func.id for n in ast.walk(tree) if isinstance(n, ast.Call) and isinstance(n.func, ast.Name)}
    assert not called & {"eval", "exec", "compile", "__import__"}
    modules = {module.split(".")[0] for level, module in _all_imports(path) if level == 0}
    assert not modules & {"pickle", "marshal", "shelve", "dill"}


def _pyproject() -> str:
    return (ROOT / "pyproject.toml").read_text(encoding="utf-8")


def _array(name: str) -> list[str]:
    body = re.search(rf"^{name} = \[(.*?)^\]", _pyproject(), re.S | re.M)
    assert body, f"pyproject.toml has no {name}"
    return re.findall(r'^\s*"([^"]+)"', body.group(1), re.M)


def test_base_dependencies_never_touch_what_comfyui_brings():
    names = {re.split(r"[<>=!~ ;\[]", line)[0].lower() for line in _array("dependencies")}
    assert names
    assert not names & {"torch", "torchvision", "torchaudio", "xformers", "numpy", "transformers", "pillow", "pydantic"}


def test_requirements_txt_says_the_same_as_pyproject():
    lines = (ROOT / "requirements.txt").read_text(encoding="utf-8").splitlines()
    assert [line for line in lines if line and not line.startswith("#")] == _array("dependencies")


def test_every_package_folder_is_in_the_wheel():
    listed = set(_array("packages"))
    folders = {path.parent.relative_to(ROOT) for path in _sources("stages", "nodes", "headless")}
    found = {".".join(["synthetic_albums", *folder.parts]) for folder in folders}
    assert found <= listed
    assert listed - found == {"synthetic_albums"}


def test_the_wheel_has_the_weights_and_not_the_code_that_trains_them():
    """Every file that the built-in model may have is package data; the training is no package of an install."""
    assert not [name for name in _array("packages") if name.startswith("synthetic_albums.models")]
    section = _pyproject().partition("[tool.setuptools.package-data]")[2].partition("\n[tool.")[0]
    patterns = re.findall(r'"(models/[^"]+)"', section)
    shipped = ["hashes.json", "README.md", "unet/config.json", "unet/diffusion_pytorch_model.safetensors"]
    shipped += [path.relative_to(ROOT / "models" / "builtin").as_posix() for path in _files("models/builtin")]
    left_out = [name for name in shipped if not any(Path("models/builtin", name).match(p) for p in patterns)]
    assert left_out == []
    assert not [path for path in _files("models/train") if any(path.relative_to(ROOT).match(p) for p in patterns)]


def _files(folder: str) -> list[Path]:
    return [path for path in (ROOT / folder).rglob("*") if path.is_file() and path.suffix not in (".png", ".jpg")]
