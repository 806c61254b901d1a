"""Giving a grade from the desk: a form comes in, a review is appended, the browser goes back to the incident."""

from __future__ import annotations

from datetime import UTC, datetime
from urllib.parse import quote

from starlette.concurrency import run_in_threadpool
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from dateline.errors import ConfigError, NotFound, StoreError
from dateline.project import Project
from dateline.web.desk import desk_of
from dateline.web.forms import Form, sent, text


async def give(request: Request) -> Response:
    """Append the grade of the form. Answers 403 without this desk's token, 400 with the reason for a wrong grade."""
    desk = desk_of(request)
    form = await sent(request, desk)
    at = datetime.now(UTC).isoformat(timespec="seconds")
    try:
        await run_in_threadpool(_grade, desk.project, form, at)
    except (ConfigError, NotFound) as e:
        raise HTTPException(400, f"The grade was not given: {e}.") from e
    except StoreError as e:
        raise HTTPException(503, f"The grade was not given: {e}.") from e
    where = "#h-voices" if text(form, "voice") else "#grades"
    return RedirectResponse(f"/incidents/{quote(text(form, 'incident'))}{where}", status_code=303)


def _grade(project: Project, form: Form, at: str) -> None:
    said = {name: text(form, name) for name in ("person", "reason")}
    judged = project.judge(text(form, "id"), text(form, "grade"), voice=text(form, "voice") or None, at=at, **said)
    project.grade(judged)
