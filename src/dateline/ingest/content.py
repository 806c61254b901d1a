"""What a format's parser finds in one item's bytes, before precedence and clean-up."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Content:
    """Body paragraphs in order and what the content says about itself, with where each was found.

    `dates` are (place, raw value) candidates for the day of publication, best first. `author`, `outlet`, `url`,
    `title` and `language` have their place in `found`. `as_is` is the whole text where its layout is the author's and
    is kept.
    """

    parser: str
    paragraphs: tuple[str, ...]
    title: str | None = None
    author: str | None = None
    outlet: str | None = None
    url: str | None = None
    language: str | None = None
    dates: tuple[tuple[str, str], ...] = ()
    found: tuple[tuple[str, str], ...] = ()
    as_is: str | None = None


def media_type_of(value: str) -> tuple[str, dict[str, str]]:
    """("text/html", {"charset": "utf-8"}) from a Content-Type value; names in lower case, never raises."""
    kind, *rest = value.split(";")
    params: dict[str, str] = {}
    for part in rest:
        name, eq, val = part.partition("=")
        if eq:
            params.setdefault(name.strip().lower(), val.strip().strip("\"'"))
    return kind.strip().lower(), params
