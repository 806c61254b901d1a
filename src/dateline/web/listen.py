"""Finding a port to listen on."""

from __future__ import annotations

import socket

from dateline.errors import ConfigError

TRIES = 50


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
