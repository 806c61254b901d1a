"""RSS and Atom feeds, saved as files: one report an entry."""

from __future__ import annotations

import re
from collections.abc import Iterator
from io import BytesIO
from typing import Any, BinaryIO

from dateline.errors import InputError, IssueCode
from dateline.ingest.content import media_type_of
from dateline.ingest.guard import guarded
from dateline.ingest.items import Hints, RawItem, ReadOptions
from dateline.ingest.streams import read_all
from dateline.records import Issue

FRAGMENT = "text/html; fragment=yes; charset=utf-8"
_SNIFF = re.compile(rb"<(?:rss|feed|rdf:RDF)\b", re.I)


class FeedReader:
    """RSS 0.9–2.0, RSS 1.0 and Atom. An entry's full content is taken, else its summary."""

    name = "feed.v1"
    suffixes = (".rss", ".atom", ".xml", ".rdf")
    media_types = ("application/rss+xml", "application/atom+xml", "application/rdf+xml", "application/xml", "text/xml")

    def sniff(self, head: bytes) -> bool:
        """A feed's root element near the start."""
        return bool(_SNIFF.search(head[:4096])) and head.lstrip(b"\xef\xbb\xbf \t\r\n").startswith(b"<")

    def read(self, stream: BinaryIO, origin: str, options: ReadOptions) -> Iterator[RawItem | Issue]:
        """Entries in feed order. Raises InputError (MALFORMED) for what is no feed."""
        import feedparser

        data = read_all(stream, origin, options.max_bytes)
        with guarded("a feed", origin):
            feed = feedparser.parse(BytesIO(data))  # a file object: a string could be taken for a URL
            entries, broken = list(feed.entries), feed.get("bozo_exception")
        if not feed.version and not entries:
            reason = f": {broken}" if broken else ": it has neither an RSS nor an Atom root element"
            raise InputError(IssueCode.MALFORMED, f"{origin}: not an RSS or Atom feed{reason}")
        name, language = _text(feed.feed, "title"), _text(feed.feed, "language")
        for number, entry in enumerate(entries, 1):
            yield _item(entry, name, language, f"{origin}:{number}")
        if broken is not None and feed.bozo and not isinstance(broken, feedparser.CharacterEncodingOverride):
            message = f"{origin}: the feed is not well-formed XML ({broken}); entries after the fault may be missing"
            yield Issue(code=IssueCode.MALFORMED, message=message, stage="read", origin=origin)


def _item(entry: Any, feed_title: str | None, language: str | None, origin: str) -> RawItem | Issue:
    body, kind = _body(entry)
    if not body.strip():
        message = (
            f"{origin}: the feed entry {_text(entry, 'title') or '(untitled)'!r} holds no text; fetch its page instead"
        )
        return Issue(code=IssueCode.NO_TEXT, message=message, stage="read", origin=origin)
    source = _text(entry.get("source") or {}, "title")
    values = {
        "title": (_text(entry, "title"), "feed entry title"),
        "outlet": (source or feed_title, "feed entry source" if source else "feed title"),
        "author": (_text(entry, "author"), "feed entry author"),
        "published": (_text(entry, "published") or _text(entry, "created"), "feed entry date"),
        "url": (_text(entry, "link"), "feed entry link"),
        "language": (language, "feed language"),
    }
    kept = {field: value for field, (value, _) in values.items() if value}
    found = tuple((field, values[field][1]) for field in kept)
    return RawItem(body.encode("utf-8", "replace"), kind, origin, Hints(**kept, found=found))


def _body(entry: Any) -> tuple[str, str]:
    """The longest content of an entry, else its summary, with its media type."""
    parts = [*entry.get("content", ()), entry.get("summary_detail") or {}]
    held = [(str(p.get("value") or ""), media_type_of(str(p.get("type") or ""))[0]) for p in parts]
    full = max(held[:-1], key=lambda h: len(h[0]), default=("", ""))
    text, kind = full if full[0].strip() else held[-1]
    return text, "text/plain; charset=utf-8" if kind == "text/plain" and "<" not in text else FRAGMENT


def _text(held: Any, key: str) -> str | None:
    value = held.get(key)
    return value.strip() or None if isinstance(value, str) else None
