"""Giving a grade from the desk: a form comes in, a review is appended, the browser goes back to the incident."""

from __future__ import annotations

import secrets
from datetime import UTC, datetime
from urllib.parse import parse_qs

from starlette.concurrency import run_in_threadpool
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from dateline.errors import ConfigError, NotFound, StoreError
from dateline.project import Project
from dateline.web.desk import desk_of

MOST_BYTES = 20_000
"""No form of the desk is as long."""


async def give(request: Request) -> Response:
    """Append the grade of the form. Answers 403 without this desk's token, 400 with the reason for a wrong grade."""
    desk = desk_of(request)
    form = await _form(request)
    if desk.token is None or not secrets.compare_digest(form.get("token", ""), desk.token):
        raise HTTPException(403, "This form is not of this desk, or of one that was stopped. Load the page again.")
    at = datetime.now(UTC).isoformat(timespec="seconds")
    try:
        await run_in_threadpool(_grade, desk.project, form, at)
    except (ConfigError, NotFound) as e:
        raise HTTPException(400, f"The grade was not given: {e}.") from e
    except StoreError as e:
        raise HTTPException(503, f"The grade was not given: {e}.") from e
    where = "#h-voices" if form.get("voice") else "#grades"
    return RedirectResponse(f"/incidents/{form.get('incident', '')}{where}", status_code=303)


def _grade(project: Project, form: dict[str, str], at: str) -> None:
    said = {name: " ".join(form.get(name, "").split()) for name in ("person", "reason")}
    voice = form.get("voice") or None
    judged = project.judge(form.get("id", ""), form.get("grade", ""), voice=voice, at=at, **said)
    project.grade(judged)


async def _form(request: Request) -> dict[str, str]:
    """The fields of a URL-encoded form, the first value of each."""
    body = b""
    async for piece in request.stream():
        body += piece
        if len(body) > MOST_BYTES:
            raise HTTPException(413, "The form is too long.")
    try:
        fields = parse_qs(body.decode("utf-8"), max_num_fields=20)
    except ValueError as e:
        raise HTTPException(400, "The form cannot be read.") from e
    return {name: values[0] for name, values in fields.items()}
