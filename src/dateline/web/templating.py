"""The templates and what they may call."""

from __future__ import annotations

from typing import Any

from jinja2 import Environment, PackageLoader, StrictUndefined

from dateline import __version__
from dateline.ontology.grades import Scheme, steps
from dateline.web import labels
from dateline.web.vendor import vendored


def templates() -> Environment:
    """The templates of the desk; all text is escaped."""
    env = Environment(
        loader=PackageLoader("dateline.web"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    env.filters |= {name: getattr(labels, name) for name in ("plain", "measure", "day", "web_address", "signed")}
    helpers: dict[str, Any] = {
        "days": labels.days,
        "number_range": labels.number_range,
        "words": labels.words,
        "steps": lambda scheme: steps(Scheme(scheme)),
        "vendored": vendored,
        "version": __version__,
    }
    env.globals |= helpers
    return env
