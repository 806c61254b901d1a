"""Reading a form that was sent to the desk."""

from __future__ import annotations

import secrets
from collections.abc import Mapping, Sequence
from urllib.parse import parse_qs

from starlette.exceptions import HTTPException
from starlette.requests import Request

from dateline.web.desk import Desk

MOST_BYTES = 20_000
"""No form of the desk is as long."""
MOST_FIELDS = 50
Form = Mapping[str, Sequence[str]]


async def sent(request: Request, desk: Desk) -> Form:
    """The values of each field of a URL-encoded form. Answers 403 if it came without this desk's token, 413 if it is
    too long, 400 if it is no form."""
    body = b""
    async for piece in request.stream():
        body += piece
        if len(body) > MOST_BYTES:
            raise HTTPException(413, "The form is too long.")
    try:
        form = parse_qs(body.decode("utf-8"), max_num_fields=MOST_FIELDS)
    except ValueError as e:
        raise HTTPException(400, "The form cannot be read.") from e
    if desk.token is None or not secrets.compare_digest(text(form, "token").encode(), desk.token.encode()):
        raise HTTPException(403, "This form is not of this desk, or of one that was stopped. Load the page again.")
    return form


def text(form: Form, name: str) -> str:
    """The first value of a field on one line, "" if there is none."""
    return " ".join(form.get(name, [""])[0].split())
