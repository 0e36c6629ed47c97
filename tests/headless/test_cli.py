import io
import json
import os
import signal
import subprocess
import sys
import time

import numpy as np
import pytest
import synthetic_albums
from PIL import Image
from synthetic_albums.headless import cli, quickstart
from synthetic_albums.stages.errors import AlbumError
from synthetic_albums.stages.version import VERSION


@pytest.fixture
def graph(cases, tmp_path, monkeypatch):
    """Writes a graph file, whose nodes are the cases' nodes, and goes to its folder."""

    def raise_album_error():
        raise AlbumError("Scene 3 has no picture: render it again")

    failing = cases.node("Refuses", returns=(), output=True, run=raise_album_error)
    every = {**cases.NUMBER, **cases.SHOW, **cases.SCALED, **cases.FAIL, **cases.BLOCK, **failing}
    monkeypatch.setattr(synthetic_albums, "NODE_CLASS_MAPPINGS", every, raising=False)
    monkeypatch.chdir(tmp_path)

    def write(content):
        (tmp_path / "g.json").write_text(json.dumps(content), encoding="utf-8")
        return "g.json"

    return write


def test_a_finished_run_exits_with_0_and_prints_what_nodes_show(graph, cases, capsys):
    path = graph({"1": cases.at("PrimitiveString", value="héllo"), "2": cases.at("PreviewAny", source=["1", 0])})
    assert cli.main(["run", path]) == 0
    assert capsys.readouterr() == ("PreviewAny 2: héllo\n", "")


def test_a_failed_node_exits_with_1_and_comfyuis_json(graph, cases, capsys):
    path = graph({"1": cases.at("Fail", value=1), "2": cases.at("Show", value=["1", 0])})
    assert cli.main(["run", path]) == 1
    out, err = capsys.readouterr()
    error, end = json.JSONDecoder().raw_decode(err)
    assert out == ""
    assert (error["node_id"], error["exception_type"]) == ("1", "ZeroDivisionError")
    assert "Traceback" in err[end:]
    assert err.endswith("Node 1 (Fail) failed: ZeroDivisionError: integer division or modulo by zero.\n")


def test_an_album_error_is_one_sentence_without_a_traceback(graph, cases, capsys):
    assert cli.main(["run", graph({"1": cases.at("Refuses")})]) == 1
    err = capsys.readouterr().err
    assert err.endswith("}\nScene 3 has no picture: render it again. (node 1 (Refuses))\n")


def test_an_invalid_graph_exits_with_2_and_comfyuis_json(graph, cases, capsys):
    assert cli.main(["run", graph(cases.scaled(size=0))]) == 2
    err = capsys.readouterr().err
    answer, end = json.JSONDecoder().raw_decode(err)
    assert answer["error"]["type"] == "prompt_outputs_failed_validation"
    assert answer["node_errors"]["1"]["errors"][0]["type"] == "value_smaller_than_min"
    assert err[end:] == "\nNode 1 (Scaled): Value 0 smaller than min of 1: size.\n"


def test_a_partly_invalid_graph_runs_the_rest_and_exits_with_2(graph, cases, capsys):
    content = {
        "1": cases.at("Number", value="x"),
        "2": cases.at("Show", value=["1", 0]),
        "3": cases.at("Show", value=7),
    }
    assert cli.main(["run", graph(content)]) == 2
    out, err = capsys.readouterr()
    assert out == "Show 3: shown 7\n"
    assert json.JSONDecoder().raw_decode(err)[0]["node_errors"]["1"]["dependent_outputs"] == ["2"]


def test_a_link_to_nowhere_is_said_in_words(graph, cases, capsys):
    assert cli.main(["run", graph({"1": cases.at("Show", value=["9", 0])})]) == 2
    last = capsys.readouterr().err.splitlines()[-1]
    assert last == "Node 1 (Show), input 'value': it is linked to node '9', which is not in the graph."


def test_a_check_that_raises_is_said_in_its_own_words(graph, cases, capsys, monkeypatch):
    def judge(cls, size):
        raise RuntimeError("the model list is gone")

    monkeypatch.setattr(synthetic_albums, "NODE_CLASS_MAPPINGS", cases.validating(judge))
    assert cli.main(["run", graph({"1": cases.at("Judged", size=1, mode="soft")})]) == 2
    last = capsys.readouterr().err.splitlines()[-1]
    assert last == "Node 1 (Judged): Exception when validating node: the model list is gone."


def test_a_blocker_with_a_message_exits_with_1(graph, cases, capsys):
    content = {"1": cases.at("Block", message="not today"), "2": cases.at("Show", value=["1", 0])}
    assert cli.main(["run", graph(content)]) == 1
    assert "Node 2 (Show): Execution Blocked: not today." in capsys.readouterr().err


def test_the_end_can_be_had_as_json(graph, cases, capsys):
    assert cli.main(["run", graph({"1": cases.at("Show", value=4)}), "--json"]) == 0
    end = json.loads(capsys.readouterr().out)
    assert (end["status"], end["outputs"], end["executed"]) == ("done", {"1": {"shown": [4]}}, ["1"])


def test_inputs_are_set_before_the_run(graph, cases, capsys):
    assert (
        cli.main(["run", graph({"1": cases.at("Show", value=4)}), "--set", "1.value=5", "--set", "Show.value=6"]) == 0
    )
    assert capsys.readouterr().out == "Show 1: shown 6\n"


@pytest.mark.parametrize("setting", ["2.value=5", "1.other=5", "nonsense"])
def test_a_setting_that_fits_nothing_exits_with_2(graph, cases, setting):
    assert cli.main(["run", graph({"1": cases.at("Show", value=4)}), "--set", setting]) == 2


def test_a_missing_file_exits_with_2_and_one_sentence(graph, capsys):
    assert cli.main(["run", "nowhere.json"]) == 2
    assert capsys.readouterr().err == "There is no file 'nowhere.json'. Check the path.\n"


@pytest.mark.parametrize("content", [{"1": 5}, {"1": {"class_type": "Show", "inputs": 5}}])
def test_settings_for_what_is_no_graph_are_refused(graph, content, capsys):
    assert cli.main(["run", graph(content), "--set", "1.value=5"]) == 2
    assert "API format" in capsys.readouterr().err


def test_hostile_text_cannot_steer_the_terminal(graph, cases, capsys):
    assert cli.main(["run", graph({"1": cases.at("PreviewAny", source="\x1b[2Jgone\u202e")})]) == 0
    assert capsys.readouterr().out == "PreviewAny 1: �[2Jgone�\n"


@pytest.mark.parametrize(
    "arguments", [[], ["nonsense"], ["run"], ["make"], ["check", "x"], ["make", "x", "--photos", "y"]]
)
def test_wrong_arguments_exit_with_2(arguments, capsys):
    assert cli.main(arguments) == 2
    assert "usage:" in capsys.readouterr().err


def test_the_version_is_printed(capsys):
    assert cli.main(["--version"]) == 0
    assert capsys.readouterr().out == f"synthetic-albums {VERSION}\n"


@pytest.fixture
def album_graph(cases, tmp_path, monkeypatch):
    """A quickstart whose render node writes a page where the real one does."""
    from synthetic_albums.nodes.host import current_host

    def write_page(album_name, plan):
        folder = current_host().output_directory() / album_name
        folder.mkdir(parents=True, exist_ok=True)
        (folder / "index.html").write_text(plan)
        return {"ui": {}}

    inputs = {"prompt": ("STRING", {}), "photos": ("INT", {"min": 0, "max": 9}), "style": (["auto"],)}
    planner = cases.node("AlbumStoryPlanner", inputs, returns=("S",), run=lambda prompt, photos, style: (prompt,))
    layout = cases.node("AlbumLayout", {"plan": ("S",), "width": ("INT", {})})
    render = cases.node(
        "AlbumRender", {"plan": ("S",), "album_name": ("STRING", {})}, returns=(), output=True, run=write_page
    )
    shipped = {
        "1": cases.at("AlbumStoryPlanner", prompt="", photos=0, style="auto"),
        "2": cases.at("AlbumLayout", plan=["1", 0], width=512),
        "3": cases.at("AlbumRender", plan=["1", 0], album_name="album"),
    }
    (tmp_path / "quickstart.json").write_text(json.dumps(shipped))
    monkeypatch.setattr(quickstart, "QUICKSTART", tmp_path / "quickstart.json")
    monkeypatch.setattr(synthetic_albums, "NODE_CLASS_MAPPINGS", {**planner, **layout, **render}, raising=False)
    monkeypatch.chdir(tmp_path)


@pytest.mark.usefixtures("album_graph")
def test_make_ends_with_the_path_of_the_page(tmp_path, capsys):
    assert cli.main(["make", "A day at the park"]) == 0
    page = tmp_path / "albums" / "a-day-at-the-park" / "index.html"
    assert capsys.readouterr() == (f"{page}\n", "")
    assert page.read_text() == "A day at the park"


@pytest.mark.usefixtures("album_graph")
def test_make_writes_where_it_is_told(tmp_path, capsys):
    assert cli.main(["make", "A day", "--out", "deep/er/../My day", "--photos", "3", "--size", "256"]) == 0
    assert capsys.readouterr().out == f"{tmp_path / 'deep' / 'My day' / 'index.html'}\n"


@pytest.mark.usefixtures("album_graph")
@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["--photos", "50"], "Value 50 bigger than max of 9: photos"),
        (["--style", "loud"], "'loud' not in"),
        (["--renderer", "dalle"], "Known: builtin, storyboard"),
        (["--quality", "draft"], "Only the renderer 'builtin'"),
        (["--out", "what?"], "cannot name an album"),
        (["--out", "/"], "name"),
    ],
)
def test_make_refuses_what_it_cannot_do(arguments, message, capsys):
    assert cli.main(["make", "A day", *arguments]) == 2
    assert message in capsys.readouterr().err


SMALL = ["--photos", "1", "--size", "128", "--out", "album"]


@pytest.fixture
def small_album(tmp_path, monkeypatch):
    """Make an album of one small photo with the real nodes; gives the renderer that its record names."""
    monkeypatch.chdir(tmp_path)

    def make(*arguments):
        assert cli.main(["make", "a day at the lake", *SMALL, *arguments]) == 0
        return json.loads((tmp_path / "album" / "album.json").read_text(encoding="utf-8"))["renderer"]

    return make


@pytest.mark.usefixtures("with_tiny_builtin")
def test_make_paints_with_the_built_in_model_where_it_is_told_to(small_album):
    assert small_album("--renderer", "builtin")["quality"] == "quality"
    described = small_album("--renderer", "builtin", "--quality", "draft")
    assert (described["name"], described["quality"]) == ("builtin", "draft")


def test_make_draws_unless_told_otherwise(small_album):
    assert small_album()["name"] == "storyboard"


def test_make_says_which_weights_are_missing_and_how_to_go_on(tmp_path, monkeypatch, capsys):
    from synthetic_albums.stages.render.builtin import renderer

    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(renderer, "BUILTIN_FOLDER", tmp_path / "nowhere")
    assert cli.main(["make", "a day at the lake", *SMALL, "--renderer", "builtin"]) == 1
    error = capsys.readouterr().err
    assert str(tmp_path / "nowhere" / "hashes.json") in error
    assert "--renderer storyboard" in error
    assert "Traceback" not in error
    assert not (tmp_path / "album").exists()


@pytest.mark.usefixtures("with_tiny_builtin")
def test_a_quality_that_is_none_exits_with_2(tmp_path, monkeypatch, capsys):
    monkeypatch.chdir(tmp_path)
    assert cli.main(["make", "a day at the lake", *SMALL, "--renderer", "builtin", "--quality", "best"]) == 2
    assert "'best' not in" in capsys.readouterr().err


def test_plan_prints_a_plan_and_nothing_else(capsys):
    assert cli.main(["plan", "a day at the park with a golden retriever", "--photos", "3", "--seed", "7"]) == 0
    out, err = capsys.readouterr()
    plan = json.loads(out)
    assert (len(plan["scenes"]), plan["seed"], err) == (3, 7, "")


def test_a_prompt_can_come_from_standard_input(capsys, monkeypatch):
    monkeypatch.setattr("sys.stdin", io.StringIO("a walk on the beach"))
    assert cli.main(["plan", "-"]) == 0
    assert json.loads(capsys.readouterr().out)["prompt"] == "a walk on the beach"


@pytest.mark.parametrize("arguments", [[""], ["a day", "--photos", "0"], ["a day", "--style", "loud"]])
def test_plan_refuses_what_cannot_be_planned_in_one_sentence(arguments, capsys):
    assert cli.main(["plan", *arguments]) == 2
    out, err = capsys.readouterr()
    assert out == ""
    assert err.count("\n") == 1


@pytest.fixture
def pictures(tmp_path):
    def write(name, *seeds):
        (tmp_path / name).mkdir()
        for seed in seeds:
            coarse = np.random.default_rng(seed).integers(0, 255, (8, 12, 3), dtype=np.uint8)
            Image.fromarray(coarse).resize((240, 160)).save(tmp_path / name / f"{seed}.png")
        return str(tmp_path / name)

    return write


@pytest.mark.parametrize(("seeds", "code", "status"), [((8, 9), 0, "clean"), ((8, 2), 1, "leak")])
def test_check_exits_with_its_verdict(pictures, capsys, seeds, code, status):
    assert cli.main(["check", pictures("photos", *seeds), "--gallery", pictures("gallery", 1, 2, 3)]) == code
    assert json.loads(capsys.readouterr().out)["status"] == status


def test_check_takes_what_may_be_chosen_and_refuses_what_may_not(pictures, tmp_path, capsys):
    photos, gallery, texts = pictures("photos", 9), pictures("gallery", 1, 2, 3), tmp_path / "texts.txt"
    texts.write_text("a private line of words\n")
    assert cli.main(["check", photos, "--gallery", gallery, "--private-texts", str(texts)]) == 0
    assert cli.main(["check", photos, "--gallery", gallery, "--required", "copies and identities"]) == 2
    assert "no encoder has looked for people" in capsys.readouterr().out
    assert cli.main(["check", photos, "--gallery", gallery, "--required", "nothing"]) == 2
    assert cli.main(["check", photos, "--gallery", gallery, "--false-alarm-target", "2"]) == 2
    assert "false-alarm target" in capsys.readouterr().err


def test_what_could_not_be_checked_exits_with_2(pictures, tmp_path, capsys):
    gallery = pictures("gallery", 1, 2)
    assert cli.main(["check", pictures("empty"), "--gallery", gallery]) == 2
    assert cli.main(["check", str(tmp_path / "nowhere"), "--gallery", gallery]) == 2
    assert cli.main(["check", gallery, "--gallery", str(tmp_path / "nowhere")]) == 2
    assert cli.main(["check", gallery, "--gallery", gallery, "--threshold-bits", "-3"]) == 2


def python(*arguments, **options):
    return subprocess.run([sys.executable, *arguments], capture_output=True, check=False, **options)


def test_help_needs_nothing_heavy():
    code = (
        "import sys; from synthetic_albums.headless import cli; cli.main(['plan', '--help']); "
        "print([name for name in ('torch', 'numpy', 'PIL', 'pydantic', 'jinja2') if name in sys.modules])"
    )
    assert python("-c", code).stdout.decode().endswith("[]\n")


def test_planning_does_not_import_torch():
    code = (
        "import sys; from synthetic_albums.headless import cli; code = cli.main(['plan', 'a day at the park']); "
        "print(code, 'torch' in sys.modules)"
    )
    assert python("-c", code).stdout.decode().endswith("0 False\n")


def test_output_is_utf_8_whatever_the_locale(tmp_path):
    (tmp_path / "g.json").write_text(
        '{"1": {"class_type": "PreviewAny", "inputs": {"source": "h\u00e9 \u516c"}}}', "utf-8"
    )
    environment = {**os.environ, "LC_ALL": "C", "PYTHONCOERCECLOCALE": "0", "PYTHONUTF8": "0"}
    done = python("-m", "synthetic_albums", "run", str(tmp_path / "g.json"), env=environment)
    assert done.stdout.decode("utf-8") == "PreviewAny 1: hé 公\n"


def test_a_reader_that_goes_away_is_no_bug(tmp_path):
    nodes = {str(i): {"class_type": "PreviewAny", "inputs": {"source": "x" * 5000}} for i in range(100)}
    (tmp_path / "g.json").write_text(json.dumps(nodes))
    command = f"{sys.executable} -m synthetic_albums run {tmp_path / 'g.json'} | head -c 10; exit ${{PIPESTATUS[0]}}"
    done = subprocess.run(["bash", "-c", command], capture_output=True, check=False)
    assert (done.returncode, done.stderr) == (141, b"")


SLEEPY = """
import sys, time
import synthetic_albums
from synthetic_albums.headless.cli import main
from synthetic_albums.nodes.host import current_host

class Sleepy:
    RETURN_TYPES, FUNCTION, OUTPUT_NODE = (), "go", True
    INPUT_TYPES = classmethod(lambda cls: {"required": {}})

    def go(self):
        print("started", flush=True)
        while True:
            time.sleep(0.01)
            POLITE and current_host().raise_if_interrupted()

synthetic_albums.NODE_CLASS_MAPPINGS = {"Sleepy": Sleepy}
sys.exit(main(["run", sys.argv[1]]))
"""


@pytest.mark.parametrize(("polite", "signals"), [(True, 1), (False, 2)])
def test_ctrl_c_stops_with_130_and_no_traceback(tmp_path, polite, signals):
    (tmp_path / "g.json").write_text('{"1": {"class_type": "Sleepy", "inputs": {}}}')
    code = SLEEPY.replace("POLITE", str(polite))
    running = subprocess.Popen(
        [sys.executable, "-c", code, str(tmp_path / "g.json")],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )
    assert running.stdout.readline() == "started\n"
    for _ in range(signals):
        running.send_signal(signal.SIGINT)
        time.sleep(0.3)
    _, err = running.communicate(timeout=30)
    assert running.returncode == 130
    assert "Traceback" not in err
    assert "Stopped on request." in err
