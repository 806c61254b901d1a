"""What people say of links from the desk: a form comes in, a verdict is appended, incidents are formed anew, and the
browser goes to the incident that then holds the same happening."""

from __future__ import annotations

from datetime import UTC, datetime

from starlette.concurrency import run_in_threadpool
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from dateline.errors import ConfigError, NotFound, StoreError
from dateline.project import Project
from dateline.web.desk import desk_of
from dateline.web.forms import Form, sent, text


async def give(request: Request) -> Response:
    """Append the verdict of the form. Answers 403 without this desk's token, 400 with the reason for a wrong verdict,
    503 while the project is being written to."""
    desk = desk_of(request)
    form = await sent(request, desk)
    at = datetime.now(UTC).isoformat(timespec="seconds")
    try:
        incident = await run_in_threadpool(_say, desk.project, form, at)
    except (ConfigError, NotFound) as e:
        raise HTTPException(400, f"Nothing was changed: {e}.") from e
    except StoreError as e:
        raise HTTPException(503, f"Nothing was changed: {e}.") from e
    return RedirectResponse(f"/incidents/{incident}#said", status_code=303)


def _say(project: Project, form: Form, at: str) -> str:
    """Give the verdict; the id of the incident that now holds the first statement of the one it was given on."""
    incident, person = project.find_kind("incident", text(form, "incident")), text(form, "person")
    reason = text(form, "reason") or None
    first = project.members(incident)[1][0]
    if not person:
        raise ConfigError("a verdict is a person's: say whose it is")
    match text(form, "verdict"):
        case "confirm":
            project.confirm(incident, person=person, at=at, reason=reason)
        case "split":
            project.split(incident, list(form.get("statement", ())), person=person, at=at, reason=reason)
        case "merge":
            project.merge([incident, _other(project, incident, form)], person=person, at=at, reason=reason)
        case "forbid":
            project.forbid([incident, _other(project, incident, form)], person=person, at=at, reason=reason)
        case _:
            raise ConfigError("a verdict is one of confirm, split, merge, forbid")
    return project.find_kind("incident", project.codes([first])[first])


def _other(project: Project, incident: str, form: Form) -> str:
    named = text(form, "other")
    if not named:
        raise ConfigError("say which other incident is meant, by its code or id")
    other = project.find_kind("incident", named)
    if other == incident:
        raise ConfigError(f"{named} is this incident; name another")
    return other
