"""The first signal asks, the second insists, and afterwards all is as before."""

from __future__ import annotations

import signal
import threading

import pytest

from dateline.run.interrupt import Stop, stopping


def in_main_thread() -> bool:
    return threading.current_thread() is threading.main_thread()


def test_a_signal_asks_and_a_second_one_insists(capfd: pytest.CaptureFixture[str]) -> None:
    assert in_main_thread()
    before = signal.getsignal(signal.SIGINT)
    with stopping() as stop:
        stop.check()
        signal.raise_signal(signal.SIGINT)
        assert stop.asked
        with pytest.raises(KeyboardInterrupt):
            stop.check()
        with pytest.raises(KeyboardInterrupt):
            signal.raise_signal(signal.SIGTERM)
    assert signal.getsignal(signal.SIGINT) is before
    assert "stopping after this step" in capfd.readouterr().err


def test_another_thread_hears_nothing_and_works() -> None:
    seen: list[Stop] = []

    def work() -> None:
        with stopping() as stop:
            stop.check()
            seen.append(stop)

    thread = threading.Thread(target=work)
    thread.start()
    thread.join()
    assert [s.asked for s in seen] == [False]
