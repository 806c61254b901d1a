"""Serving the desk on this machine."""

from __future__ import annotations

import socket
import threading
import webbrowser
from collections.abc import Callable

import uvicorn

from dateline.errors import ConfigError
from dateline.project import Project
from dateline.web.app import create_app
from dateline.web.guard import LOCAL

TRIES = 50


def serve(
    project: Project,
    host: str = "127.0.0.1",
    port: int = 8765,
    open_browser: bool = False,
    ready: Callable[[str], None] | None = None,
) -> None:
    """Serve until interrupted; a taken port means the next free one. `ready` is told the address.

    Raises ConfigError for a host other than this machine (there is no login yet, so anyone who reaches the
    port could read the project), or if no port is free.
    """
    if host not in LOCAL:
        raise ConfigError(
            f"the desk has no login yet, so it serves this machine only, not {host!r}: leave --host out, and reach "
            f"it from elsewhere through a tunnel, e.g. `ssh -L {port}:127.0.0.1:{port} this-machine`"
        )
    bound = bind(host, port)
    shown = f"[{host}]" if ":" in host else host
    address = f"http://{shown}:{bound.getsockname()[1]}/"
    config = uvicorn.Config(create_app(project), log_level="warning", access_log=False, server_header=False)
    if ready:
        ready(address)
    if open_browser:
        opener = threading.Timer(0.5, webbrowser.open, (address,))
        opener.daemon = True
        opener.start()
    try:
        uvicorn.Server(config).run(sockets=[bound])
    finally:
        bound.close()


def bind(host: str, port: int) -> socket.socket:
    """A listening socket on the port or the next free one. Raises ConfigError if none of the next is."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    reason: OSError | None = None
    for tried in range(port, min(port + TRIES, 65536)):
        made = socket.socket(family, socket.SOCK_STREAM)
        made.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            made.bind((host, tried))
            made.listen()
        except OSError as e:
            made.close()
            reason = e
            continue
        return made
    raise ConfigError(f"no port from {port} on can be used on {host}: {reason}; choose another with --port")
