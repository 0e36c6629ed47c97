import io
import logging

import pytest
from synthetic_albums.headless.terminal import ProgressLine, logging_above, printable

GRAPH = {"1": {"class_type": "AlbumPlan"}, "2": {"class_type": "AlbumRender"}}


class Terminal(io.StringIO):
    def isatty(self):
        return True


def feed(line):
    line.on_event("executing", {"node": "1", "display_node": "1"})
    line.on_event("executing", {"node": "2", "display_node": "2"})
    line.on_event("progress", {"node": "2", "value": 3, "max": 6})


def test_a_terminal_shows_one_line_that_is_overwritten():
    terminal = Terminal()
    line = ProgressLine(GRAPH, terminal)
    feed(line)
    assert "\n" not in terminal.getvalue()
    assert terminal.getvalue().rpartition("\r\x1b[K")[2] == "[2/2] AlbumRender ████████████░░░░░░░░░░░░ 3/6"
    line.close()
    assert terminal.getvalue().endswith("\r\x1b[K")


def test_a_pipe_gets_nothing():
    pipe = io.StringIO()
    line = ProgressLine(GRAPH, pipe)
    feed(line)
    line.close()
    assert pipe.getvalue() == ""


def test_inner_nodes_of_an_expansion_show_their_outer_node():
    terminal = Terminal()
    line = ProgressLine(GRAPH, terminal)
    line.on_event("executing", {"node": "2.0.1", "display_node": "2"})
    assert terminal.getvalue().endswith("[0/2] AlbumRender")


@pytest.mark.parametrize("total", [0, -1])
def test_progress_without_a_total_is_no_division_by_zero(total):
    terminal = Terminal()
    ProgressLine(GRAPH, terminal).on_event("progress", {"node": "2", "value": 1, "max": total})
    assert terminal.getvalue() == ""


def test_a_message_stands_above_the_line():
    terminal = Terminal()
    line = ProgressLine(GRAPH, terminal)
    feed(line)
    line.say("Stopping.")
    assert terminal.getvalue().endswith("\r\x1b[KStopping.\n")


def test_text_cannot_steer_the_terminal():
    assert printable("a\x1b[31mb\u202ec\nd\te\ud800é") == "a�[31mb�c\nd\te�é"


ROOM = logging.getLogger("synthetic_albums.stages.render")


@pytest.mark.parametrize(
    ("stream", "shown"), [(Terminal(), ["loading", "odd\ufffd word"]), (io.StringIO(), ["odd\ufffd word"])]
)
def test_what_a_stage_logs_is_said_above_the_line(stream, shown):
    line = ProgressLine(GRAPH, stream)
    with logging_above(line):
        feed(line)
        ROOM.info("loading")
        ROOM.warning("odd\x1b %s", "word")
        ROOM.debug("nobody asks")
    said = [part for part in stream.getvalue().replace("\r\x1b[K", "\n").split("\n") if part and "[" not in part]
    assert said == shown


def test_after_the_run_the_log_is_as_it_was():
    pack = logging.getLogger("synthetic_albums")
    before = pack.level, list(pack.handlers)
    with pytest.raises(ValueError, match="stop"), logging_above(ProgressLine(GRAPH, io.StringIO())):
        raise ValueError("stop")
    assert (pack.level, pack.handlers) == before
