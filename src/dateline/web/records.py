"""Pages of one record: a report, a statement, an incident."""

from __future__ import annotations

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response

from dateline.errors import IssueCode
from dateline.incidents.policies import POLICIES
from dateline.language.detect import language_name, reader_code
from dateline.web.asked import page_number
from dateline.web.card import card
from dateline.web.desk import desk_of, located, wants_part
from dateline.web.highlight import marked_paragraphs, marks_of
from dateline.web.incident import incident_page, incidents_in
from dateline.web.why import ORDERS, WEAKEST, kept, why
from dateline.web.worldmap import picture, spot

MOST_FIGURES = 100
"""Figures of a measure that are shown unless all are asked for."""


def report(request: Request) -> Response:
    """A report: its text with statements marked, and a card for each. `?statement=ID` opens one."""
    desk = desk_of(request)
    key, elsewhere = located(request, "report")
    if elsewhere:
        return elsewhere
    held = desk.project.report(key)
    numbered = list(enumerate(held.statements, 1))
    chosen = next((n for n, s in numbered if s.id == request.query_params.get("statement")), None)
    return desk.page(
        request,
        "report.html",
        report=held.report,
        language=language_name(held.report.language),
        foreign=reader_code(desk.project.config.extract.language) not in (None, held.report.language),
        passed_over=not held.statements and bool(desk.project.issues(IssueCode.NOT_RELEVANT, key)),
        found=dict(held.report.found),
        paragraphs=marked_paragraphs(held.report.text, [m for n, s in numbered for m in marks_of(s, n)]),
        cards=[card(s, n) for n, s in numbered],
        incidents=incidents_in(desk.project, key),
        chosen=chosen,
    )


def statement(request: Request) -> Response:
    """One statement with all its values explained; for htmx, its card alone."""
    desk = desk_of(request)
    key, elsewhere = located(request, "statement")
    if elsewhere:
        return elsewhere
    in_report, held = desk.project.statement(key)
    part = wants_part(request)
    spots = [s for p in held.places if (s := spot(p))]
    return desk.page(
        request,
        "_own.html" if part else "statement.html",
        part=part,
        report=in_report,
        card=card(held),
        incidents=incidents_in(desk.project, in_report.id),
        map=picture(spots) if spots and not part else None,
    )


def incident(request: Request) -> Response:
    """An incident: summary, fields by source, ledger of figures, statements side by side, why they are one."""
    desk = desk_of(request)
    key, elsewhere = located(request, "incident")
    if elsewhere:
        return elsewhere
    policy = request.query_params.get("policy")
    if policy is not None and policy not in POLICIES:
        raise HTTPException(400, f"There is no policy “{policy[:40]}”; policies are {', '.join(POLICIES)}.")
    held = incident_page(desk.project, key, policy, _page(request, "page"))
    most = None if request.query_params.get("figures") == "all" else MOST_FIGURES
    return desk.page(request, "incident.html", token=desk.token, most_figures=most, **held)


def links(request: Request) -> Response:
    """Why the statements of an incident are one, on a page of its own: `?order=` and `?page=` of the statements,
    `?near=` of what is alike, `?kept=yes` to look for what is forbidden. htmx takes from it what it puts into the page
    of the incident."""
    desk = desk_of(request)
    key, elsewhere = located(request, "incident", at="/links")
    if elsewhere:
        return elsewhere
    order = request.query_params.get("order", WEAKEST)
    if order not in ORDERS:
        raise HTTPException(400, f"There is no order “{order[:40]}”; orders are {', '.join(ORDERS)}.")
    held = why(desk.project, key, order, _page(request, "page"), _page(request, "near"))
    if request.query_params.get("kept"):
        held |= kept(desk.project, key)
    return desk.page(request, "links.html", token=desk.token, **held)


def _page(request: Request, name: str) -> int:
    found = page_number(request.query_params.get(name, ""))
    if found is None:
        raise HTTPException(400, f"“{request.query_params[name][:20]}” is not a page number; pages count from 1.")
    return found
