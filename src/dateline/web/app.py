"""The review desk: pages over a project, drawn on the server, for this machine; it reads, and appends what
people say."""

from __future__ import annotations

import threading
import webbrowser
from collections.abc import Callable
from contextlib import closing, suppress

import uvicorn
from sqlalchemy.exc import SQLAlchemyError
from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import HTMLResponse, Response
from starlette.routing import Mount, Route
from starlette.staticfiles import StaticFiles
from starlette.types import Scope

from dateline.errors import ConfigError, DatelineError, NotFound
from dateline.project import Project
from dateline.store.database import explain
from dateline.web import grading, lists, records, verdicts
from dateline.web.desk import Desk
from dateline.web.guard import HEADERS, LOCAL, Guard
from dateline.web.listen import bind
from dateline.web.templating import templates


def create_app(project: Project, token: str | None = None) -> Starlette:
    """The desk over an open project, as an ASGI application. With a secret `token` people can give grades and verdicts,
    without it the desk only reads."""
    app = Starlette(
        routes=[
            Route("/", lists.incidents, name="incidents"),
            Route("/incidents/{name:path}", records.incident, name="incident"),
            Route("/links/{name:path}", records.links, name="links"),
            Route("/grades", grading.give, name="grades", methods=["POST"]),
            Route("/verdicts", verdicts.give, name="verdicts", methods=["POST"]),
            Route("/reports", lists.reports, name="reports"),
            Route("/reports/{name:path}", records.report, name="report"),
            Route("/statements", lists.statements, name="statements"),
            Route("/statements/{name:path}", records.statement, name="statement"),
            Route("/search", lists.search, name="search"),
            Route("/issues", lists.issues, name="issues"),
            Route("/help", lists.help_page, name="help"),
            Route("/healthz", lists.healthz, name="healthz"),
            Mount("/static", Static(packages=[("dateline.web", "static")]), name="static"),
        ],
        middleware=[Middleware(Guard)],
        exception_handlers={HTTPException: _refused, DatelineError: _failed, SQLAlchemyError: _failed, 500: _broken},
    )
    if token is not None:
        project.stay()
    app.state.desk = Desk(project, templates(), token)
    return app


def serve(
    project: Project,
    host: str = "127.0.0.1",
    port: int = 8765,
    open_browser: bool = False,
    ready: Callable[[str], None] | None = None,
    token: str | None = None,
) -> None:
    """Serve until interrupted; a taken port means the next free one. `ready` is told the address;
    for `token` see `create_app`.

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
    config = uvicorn.Config(create_app(project, token), log_level="warning", access_log=False, server_header=False)
    if ready:
        ready(address)
    if open_browser:
        opener = threading.Timer(0.5, webbrowser.open, (address,))
        opener.daemon = True
        opener.start()
    with closing(bound), suppress(KeyboardInterrupt):
        uvicorn.Server(config).run(sockets=[bound])


class Static(StaticFiles):
    """Files of the package; those under a versioned folder never change."""

    async def get_response(self, path: str, scope: Scope) -> Response:
        """A file, with how long it may be kept."""
        response = await super().get_response(path, scope)
        if path.startswith("vendor/") and "@" in path:
            response.headers["Cache-Control"] = "public, max-age=31536000, immutable"
        return response


def _error(request: Request, status: int, title: str, message: str) -> HTMLResponse:
    desk: Desk = request.app.state.desk
    return desk.page(request, "error.html", status, title=title, message=message)


def _refused(request: Request, error: Exception) -> Response:
    assert isinstance(error, HTTPException)
    if error.status_code == 404:
        return _error(request, 404, "Not found", f"There is no page at {request.url.path}.")
    return _error(request, error.status_code, "This cannot be answered", str(error.detail))


def _failed(request: Request, error: Exception) -> Response:
    if isinstance(error, NotFound):
        return _error(request, 404, "Not found", f"The project holds {error}.")
    if isinstance(error, DatelineError):
        return _error(request, 500, "The record cannot be shown", str(error))
    desk: Desk = request.app.state.desk
    return _error(request, 503, "The database cannot be read", explain(error, desk.project.root / "dateline.db"))


def _broken(request: Request, _: Exception) -> Response:
    message = "This is a fault in Dateline, not in your data. The terminal shows the details; please report them."
    answer = _error(request, 500, "Something went wrong", message)
    answer.headers.update(HEADERS)  # this handler stands outside the guard
    return answer
