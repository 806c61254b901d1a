"""E-mail messages (.eml): the body, and each attachment that is a report."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from email import message_from_bytes, policy
from email.message import EmailMessage
from pathlib import PurePosixPath
from typing import BinaryIO

from dateline.errors import IssueCode
from dateline.ingest import docx, pdf
from dateline.ingest.guard import guarded
from dateline.ingest.items import Hints, RawItem, ReadOptions
from dateline.ingest.streams import read_all
from dateline.records import Issue

_HEADER = re.compile(
    rb"^(?:from|to|subject|date|message-id|mime-version|received|return-path|delivered-to|reply-to|content-type|"
    rb"x-[a-z-]+)[ \t]*:",
    re.I,
)
_BY_SUFFIX = {
    ".pdf": pdf.MEDIA_TYPE,
    ".docx": docx.MEDIA_TYPE,
    ".html": "text/html",
    ".htm": "text/html",
    ".txt": "text/plain",
    ".md": "text/markdown",
}
_READABLE = frozenset(_BY_SUFFIX.values())


class EmailReader:
    """One message a file: HTML body if there is one, else plain; then readable attachments in order."""

    name = "eml.v1"
    suffixes = (".eml",)
    media_types = ("message/rfc822",)

    def sniff(self, head: bytes) -> bool:
        """At least three known header lines before the first blank line, one of them the first line."""
        top = re.split(rb"\r?\n\r?\n", head, maxsplit=1)[0].splitlines()
        return bool(top) and bool(_HEADER.match(top[0])) and sum(bool(_HEADER.match(line)) for line in top) >= 3

    def read(self, stream: BinaryIO, origin: str, options: ReadOptions) -> Iterator[RawItem | Issue]:
        """The message, then its attachments. Raises InputError (MALFORMED)."""
        data = read_all(stream, origin, options.max_bytes)
        with guarded("an e-mail", origin):
            items = list(_items(data, origin))
        if not items:
            message = f"{origin}: the message has neither a text body nor an attachment that can be read"
            items = [Issue(code=IssueCode.NO_TEXT, message=message, stage="read", origin=origin)]
        yield from items


def _items(data: bytes, origin: str) -> Iterator[RawItem | Issue]:
    message = message_from_bytes(data, policy=policy.default)
    subject, sender, sent = (_header(message, name) for name in ("subject", "from", "date"))
    hints = Hints(
        title=subject,
        author=sender,
        published=sent,
        found=tuple(
            (field, f"mail header {name}")
            for field, name, value in (
                ("title", "Subject", subject),
                ("author", "From", sender),
                ("published", "Date", sent),
            )
            if value
        ),
    )
    body = message.get_body(preferencelist=("html", "plain"))
    if isinstance(body, EmailMessage) and (payload := _payload(body)).strip():
        fragment = "; fragment=yes" if body.get_content_type() == "text/html" else ""
        yield RawItem(payload, _media_type(body, body.get_content_type()) + fragment, origin, hints)
    attached = replace(hints, title=None, author=None, found=tuple(f for f in hints.found if f[0] == "published"))
    for number, part in enumerate(message.iter_attachments(), 1):
        if isinstance(part, EmailMessage) and (kind := _readable(part)) and (payload := _payload(part)):
            yield RawItem(payload, _media_type(part, kind), f"{origin}:attachment {number}", attached)


def _header(message: EmailMessage, name: str) -> str | None:
    value = message.get(name)
    return " ".join(str(value).split()) or None if value is not None else None


def _payload(part: EmailMessage) -> bytes:
    payload = part.get_payload(decode=True)
    return payload if isinstance(payload, bytes) else b""


def _media_type(part: EmailMessage, kind: str) -> str:
    charset = part.get_content_charset()
    return f"{kind}; charset={charset}" if charset and kind.startswith("text/") else kind


def _readable(part: EmailMessage) -> str | None:
    """The media type of an attachment that parse understands, by its type or else its file name."""
    kind = part.get_content_type()
    return kind if kind in _READABLE else _BY_SUFFIX.get(PurePosixPath(part.get_filename() or "").suffix.lower())
