"""What all pages share: the project and the templates."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from jinja2 import Environment
from starlette.requests import Request
from starlette.responses import HTMLResponse, RedirectResponse, Response

from dateline.errors import NotFound
from dateline.project import Project


@dataclass(frozen=True, slots=True)
class Desk:
    """An open project and the templates its pages are drawn with.

    `token` stands in every form the desk draws and must come back with it, so that no other page can post one;
    without a token the desk only reads.
    """

    project: Project
    templates: Environment
    token: str | None = None

    def page(self, request: Request, template: str, status: int = 200, **values: Any) -> HTMLResponse:
        """Draw a template."""
        drawn = self.templates.get_template(template).render(
            path=request.url.path, project_name=self.project.root.resolve().name, **values
        )
        return HTMLResponse(drawn, status_code=status, headers={"Vary": "HX-Request"})


def desk_of(request: Request) -> Desk:
    """The desk a request came to."""
    held: Desk = request.app.state.desk
    return held


def wants_part(request: Request) -> bool:
    """Whether htmx asks for a part to put into an open page, rather than for a page."""
    return request.headers.get("hx-request") == "true" and "hx-boosted" not in request.headers


def located(request: Request, kind: str, at: str = "") -> tuple[str, Response | None]:
    """The id that the name in the address stands for, and a redirect if that is not what the address says. Pages of a
    kind are `at` its plural, or elsewhere. Raises NotFound."""
    name = request.path_params["name"]
    found, key = desk_of(request).project.find(name)
    if found != kind:
        raise NotFound(f"no {kind} {name!r} (that is a {found}: /{found}s/{key})")
    query = f"?{request.url.query}" if request.url.query else ""
    return key, None if key == name else RedirectResponse(f"{at or f'/{kind}s'}/{key}{query}", status_code=302)
