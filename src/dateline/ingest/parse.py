"""One raw item → one Report. Precedence of metadata: override > container > content."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from datetime import date

from dateline.config import IngestConfig
from dateline.errors import InputError, IssueCode
from dateline.ingest import docx, pdf
from dateline.ingest.clean import compose, mend_surrogates, one_line
from dateline.ingest.content import Content, media_type_of
from dateline.ingest.dates import parse_date
from dateline.ingest.encoding import decode
from dateline.ingest.fields import language_code
from dateline.ingest.guard import guarded, time_limit
from dateline.ingest.html import declared_charset, fragment_content, page_content
from dateline.ingest.html_meta import host_of
from dateline.ingest.items import RawItem
from dateline.ingest.streams import too_large
from dateline.ingest.text import markdown_content, text_content
from dateline.records import Issue, Report

_GIVEN = "given by the user"
_CONTAINER = "container"
_UNSTATED = "en"
"""The language of a report whose input names none; processing looks at its text."""
_METADATA = ("title", "outlet", "author", "url", "published", "language")
Parsed = tuple[Report, tuple[Issue, ...]]


def parse(item: RawItem, settings: IngestConfig) -> Parsed:
    """The item's report, with the issues that did not stop it (a wrong date). Raises InputError saying why not.

    A pure function of the item and of `day_first` and the two size limits; `parse_timeout` (seconds) holds in a
    process's main thread only.
    """
    if item.hints.text is not None:
        _check_length(item.hints.text, item.origin, settings.max_report_chars)
        return _report(item, None, item.hints.text, settings.day_first)
    with time_limit(settings.parse_timeout, item.origin), guarded(item.media_type, item.origin):
        if len(item.payload) > settings.max_report_bytes:
            raise too_large(item.origin, settings.max_report_bytes)
        content = _content(item)
        text = _text(item, content)
    if not any(c.isalnum() for p in content.paragraphs for c in p):
        raise InputError(IssueCode.NO_TEXT, f"{item.origin}: no report text, only a title or marks")
    _check_length(text, item.origin, settings.max_report_chars)
    return _report(item, content, text, settings.day_first)


def _text(item: RawItem, content: Content) -> str:
    """The report's text: as it stands, or its title and paragraphs put together."""
    if content.as_is is not None and item.hints.title is None:
        return content.as_is
    return compose(_first(item, content, "title")[0], content.paragraphs)


def _check_length(text: str, origin: str, limit: int) -> None:
    if len(text) > limit:
        message = (
            f"{origin}: a text of {len(text):,} characters is not one news report; split it, "
            f"or raise [ingest] max_report_chars ({limit:,})"
        )
        raise InputError(IssueCode.TOO_LARGE, message)


def parse_all(items: Iterable[RawItem | Issue], settings: IngestConfig) -> Iterator[Report | Issue]:
    """Reports and issues in the order of the items; the issues of readers pass through."""
    for item in items:
        if isinstance(item, Issue):
            yield item
            continue
        try:
            report, issues = parse(item, settings)
        except InputError as e:
            yield Issue(code=e.code, message=str(e), stage="parse", origin=item.origin)
        else:
            yield report
            yield from issues


def _content(item: RawItem) -> Content:
    """Parse the payload by its media type. Raises InputError (EMPTY, UNKNOWN_FORMAT, and what formats raise)."""
    if not item.payload.strip():
        raise InputError(IssueCode.EMPTY, f"{item.origin}: there is nothing in it")
    kind, params = media_type_of(item.media_type)
    binary: dict[str, Callable[[bytes, str], Content]] = {
        pdf.MEDIA_TYPE: pdf.pdf_content,
        docx.MEDIA_TYPE: docx.docx_content,
    }
    if kind in binary:
        return binary[kind](item.payload, item.origin)
    page = kind in ("text/html", "application/xhtml+xml")
    if not page and kind not in ("text/plain", "text/markdown"):
        raise InputError(IssueCode.UNKNOWN_FORMAT, f"{item.origin}: nothing parses media type {kind!r}")
    declared = params.get("charset") or (declared_charset(item.payload) if page else None)
    text, encoding = decode(item.payload, declared, item.origin)
    text = text.removeprefix("\ufeff")
    if page and "fragment" in params:
        content = fragment_content(text, item.origin)
    elif page:
        content = page_content(text, item.hints.url, item.origin)
    else:
        content = (markdown_content if kind == "text/markdown" else text_content)(text)
    return _with_encoding(content, encoding)


def _with_encoding(content: Content, encoding: str) -> Content:
    if encoding in ("utf-8", "utf-8-sig"):
        return content
    return replace(content, found=(*content.found, ("encoding", encoding)))


def _first(item: RawItem, content: Content | None, field: str) -> tuple[str | None, str]:
    """(value, place) of a field by precedence; (None, "") if nobody says it."""
    places = dict(item.hints.found)
    of_content = dict(content.found) if content else {}
    for value, place in (
        (getattr(item.overrides, field), _GIVEN),
        (getattr(item.hints, field), places.get(field, _CONTAINER)),
        (getattr(content, field, None), of_content.get(field, "content")),
    ):
        if value and value.strip():
            return value, place
    return None, ""


def _published(item: RawItem, content: Content | None, day_first: bool) -> tuple[date | None, str, str | None]:
    """(day, place, what was wrong). An explicit date that is no date is not replaced by the next guess."""
    value, place = _first(item, None, "published")
    candidates = ((place, value),) if value else content.dates if content else ()
    wrong: str | None = None
    for place, raw in candidates:
        try:
            return parse_date(raw, day_first=day_first), place, None
        except ValueError as e:
            wrong = wrong or f"{place}: {e}"
    return None, "", wrong


def _report(item: RawItem, content: Content | None, text: str, day_first: bool) -> Parsed:
    """Put text and metadata together. Without `content` the text is verbatim and so are the values."""
    found: list[tuple[str, str]] = []
    values: dict[str, str | None] = {}
    for field in ("title", "outlet", "author", "url"):
        value, place = _first(item, content, field)
        values[field] = (one_line(value) or None if content else mend_surrogates(value)) if value else None
        if values[field]:
            found.append((field, place))
    if values["outlet"] is None and (host := host_of(values["url"])):
        values["outlet"] = host
        found.append(("outlet", "url host"))
    published, place, wrong = _published(item, content, day_first)
    if published:
        found.append(("published", place))
    stated, place = _first(item, content, "language")
    language = language_code(stated)
    if language:
        found.append(("language", place))
    known = {field for field, _ in found}
    extra = (*item.hints.found, *(content.found if content else ()))
    found += [(f, p) for f, p in extra if f not in known and f not in _METADATA]
    report = Report(
        text=text,
        published=published,
        external_id=item.overrides.id or item.hints.id,
        parser=content.parser if content else "verbatim.v1",
        found=tuple(found),
        title=values["title"],
        outlet=values["outlet"],
        author=values["author"],
        url=values["url"],
        language=language or _UNSTATED,
    )
    if wrong is None:
        return report, ()
    message = f"{item.origin}: the date of publication is left unknown; {wrong}"
    issue = Issue(code=IssueCode.BAD_DATE, message=message, stage="parse", origin=item.origin, report_id=report.id)
    return report, (issue,)
