import signal
import threading
from pathlib import Path

import pytest
from synthetic_albums.headless.host import HeadlessHost, NodeHost
from synthetic_albums.stages.errors import InterruptedAlbumError


def test_folders_do_not_move_with_the_current_one(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    host = HeadlessHost(Path("out"), Path())
    monkeypatch.chdir("/")
    assert (host.output_directory(), host.input_directory()) == (tmp_path / "out", tmp_path)
    assert not (tmp_path / "out").exists()


def test_an_interrupt_is_raised_where_a_node_looks_for_it(host):
    host.raise_if_interrupted()
    host.interrupt()
    with pytest.raises(InterruptedAlbumError, match="What was finished is kept"):
        host.raise_if_interrupted()


def test_the_first_ctrl_c_waits_and_the_second_does_not(host):
    before, said = signal.getsignal(signal.SIGINT), []
    with host.stopped_by_ctrl_c(lambda: said.append("stopping")):
        signal.raise_signal(signal.SIGINT)
        assert said == ["stopping"]
        with pytest.raises(KeyboardInterrupt):
            signal.raise_signal(signal.SIGINT)
    assert signal.getsignal(signal.SIGINT) is before


def test_a_run_in_another_thread_leaves_ctrl_c_alone(host):
    seen = []

    def inside():
        with host.stopped_by_ctrl_c(lambda: None):
            seen.append(signal.getsignal(signal.SIGINT))

    thread = threading.Thread(target=inside)
    thread.start()
    thread.join()
    assert seen == [signal.getsignal(signal.SIGINT)]


def test_a_node_sees_the_host_of_its_run(tmp_path):
    host = HeadlessHost(tmp_path / "out", tmp_path, previews=tmp_path / "p", metadata=False)
    node_host = NodeHost(host, lambda done, total: None)
    assert node_host.output_directory() == tmp_path / "out"
    assert node_host.input_directory() == tmp_path
    assert node_host.previews == tmp_path / "p"
    assert not node_host.metadata_allowed()
    host.interrupt()
    with pytest.raises(InterruptedAlbumError):
        node_host.raise_if_interrupted()
