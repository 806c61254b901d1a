from __future__ import annotations

import signal
import socket
import subprocess
import sys
from pathlib import Path
from urllib.request import urlopen

import pytest
from click.testing import CliRunner
from tests.web.desk_project import Desk

from dateline.cli.serve import command
from dateline.errors import ConfigError, StoreError
from dateline.web.app import serve
from dateline.web.listen import bind


def test_a_taken_port_means_the_next_free_one() -> None:
    first = bind("127.0.0.1", 20000)
    taken = first.getsockname()[1]
    second = bind("127.0.0.1", taken)
    try:
        assert second.getsockname()[1] > taken
    finally:
        first.close()
        second.close()


def test_no_free_port_is_said_plainly(monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object) -> None:
        raise OSError("no")

    monkeypatch.setattr(socket.socket, "bind", refuse)
    with pytest.raises(ConfigError, match="--port"):
        bind("127.0.0.1", 65530)


@pytest.mark.parametrize("host", ["0.0.0.0", "192.168.1.10", "example.org", "::", ""])
def test_other_hosts_are_refused(desk: Desk, host: str) -> None:
    with pytest.raises(ConfigError, match="no login yet"):
        serve(desk.project, host)


def test_the_command_refuses_another_host_with_exit_2(desk: Desk) -> None:
    result = CliRunner().invoke(command, ["--project", str(desk.project.root), "--host", "0.0.0.0"])
    assert isinstance(result.exception, ConfigError)
    assert result.exception.exit_code == 2


def test_the_command_needs_a_project(tmp_path: Path) -> None:
    result = CliRunner().invoke(command, ["--project", str(tmp_path), "--no-open"])
    assert isinstance(result.exception, StoreError)


def test_the_command_serves_what_it_says(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    def run(self: object, sockets: list[socket.socket]) -> None:
        assert sockets[0].getsockname()[0] == "127.0.0.1"

    monkeypatch.setattr("uvicorn.Server.run", run)
    result = CliRunner().invoke(command, ["-p", str(desk.project.root), "--port", "20100", "--no-open"])
    assert result.exit_code == 0, result.exception
    assert "http://127.0.0.1:201" in result.output


def test_it_serves_until_it_is_stopped(desk: Desk) -> None:
    line = [sys.executable, "-u", "-c", "from dateline.cli.main import main; main()", "serve", "--no-open"]
    options = ["-p", str(desk.project.root), "--port", "20200"]
    with subprocess.Popen([*line, *options], stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True) as run:
        assert run.stdout is not None
        address = run.stdout.readline().split()[4]
        with urlopen(address + "healthz", timeout=10) as answer:
            assert answer.read() == b"ok\n"
        run.send_signal(signal.SIGINT)
        _, complaints = run.communicate(timeout=10)
    assert (run.returncode, complaints) == (0, "")
