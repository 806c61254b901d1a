"""Web archives: WARC files and WACZ packages. One report a page that was answered with 200."""

from __future__ import annotations

import hashlib
import json
import zipfile
from collections.abc import Iterator
from pathlib import PurePosixPath
from typing import Any, BinaryIO, cast
from urllib.parse import urlsplit

from dateline.errors import InputError, IssueCode
from dateline.ingest.content import media_type_of
from dateline.ingest.guard import bounded, guarded
from dateline.ingest.items import Hints, RawItem, ReadOptions
from dateline.ingest.pdf import MEDIA_TYPE as PDF
from dateline.ingest.streams import Gunzip, gunzipped
from dateline.records import Issue

_PAGES = frozenset({"text/html", "application/xhtml+xml", "text/plain", PDF})
_NOT_PAGES = ("/robots.txt", "/ads.txt", "/security.txt")
_CHUNK = 1 << 20


class _ReadOne:
    """A stream whose `read` asks at most once, so that what stands before a break is not lost with it."""

    def __init__(self, stream: BinaryIO) -> None:
        self._read = getattr(stream, "read1", stream.read)

    def read(self, size: int) -> bytes:
        return cast(bytes, self._read(size))


class WarcReader:
    """WARC 1.0/1.1 and ARC. The record's URL is the report's; its capture date is kept, not taken as published."""

    name = "warc.v1"
    suffixes = (".warc", ".arc")
    media_types = ("application/warc", "application/x-warc")

    def sniff(self, head: bytes) -> bool:
        """WARC's version line, or ARC's file description."""
        return head.startswith((b"WARC/", b"filedesc://"))

    def read(self, stream: BinaryIO, origin: str, options: ReadOptions) -> Iterator[RawItem | Issue]:
        """HTML, plain text and PDF responses in file order, named by record number."""
        from warcio.archiveiterator import ArchiveIterator

        records = iter(ArchiveIterator(_ReadOne(stream), arc2warc=True))
        number = 0
        while True:
            number += 1
            with guarded("a web archive", f"{origin}:{number}"):
                record = next(records, None)
                if record is None:
                    break
                made = _record(record, f"{origin}:{number}", options.max_bytes)
            if made is not None:
                yield made
        if number == 1:
            raise InputError(IssueCode.EMPTY, f"{origin}: the web archive holds no record")


def _record(record: Any, origin: str, limit: int) -> RawItem | Issue | None:
    """The record's item; None for what is no page."""
    kind = _kind(record)
    url = record.rec_headers.get_header("WARC-Target-URI") or ""
    if kind is None or urlsplit(url).path in _NOT_PAGES:
        return None
    captured = record.rec_headers.get_header("WARC-Date") or ""
    payload = record.content_stream().read(limit + 1)
    if len(payload) > limit:
        return _issue(IssueCode.TOO_LARGE, f"{origin}: {url} is larger than {limit:,} bytes", origin)
    if getattr(record.raw_stream, "limit", 0) > 0:
        return _issue(IssueCode.TRUNCATED, f"{origin}: the record of {url} breaks off", origin)
    if not payload.strip():
        return _issue(IssueCode.EMPTY, f"{origin}: the record of {url} is empty", origin)
    found = [("url", "WARC-Target-URI")] if url else []
    found += [("captured", f"WARC-Date {captured}")] if captured else []
    return RawItem(payload, kind, origin, Hints(url=url or None, found=tuple(found)))


def _kind(record: Any) -> str | None:
    """The media type (with charset) of a page answered with 200, or of a page kept as a resource; else None."""
    if record.rec_type == "response" and record.http_headers:
        if record.http_headers.get_statuscode() != "200":
            return None
        value = record.http_headers.get_header("Content-Type")
    elif record.rec_type == "resource":
        value = record.rec_headers.get_header("Content-Type")
    else:
        return None
    kind, params = media_type_of(value or "")
    if kind not in _PAGES:
        return None
    return f"{kind}; charset={params['charset']}" if params.get("charset") else kind


class WaczReader:
    """WACZ 1.x: a zip of WARC files with a list of hashes, which are checked first."""

    name = "wacz.v1"
    suffixes = (".wacz",)
    media_types = ("application/wacz", "application/x-wacz")

    def sniff(self, head: bytes) -> bool:
        """A zip archive with a WACZ package's parts."""
        parts = (b"archive/", b"datapackage.json", b"pages/pages.jsonl")
        return head.startswith(b"PK\x03\x04") and any(part in head for part in parts)

    def read(self, stream: BinaryIO, origin: str, options: ReadOptions) -> Iterator[RawItem | Issue]:
        """Pages of each archive in name order. An archive whose hash is wrong is an Issue and is not read."""
        with guarded("a WACZ package", origin):
            if isinstance(getattr(stream, "raw", None), Gunzip):
                raise InputError(
                    IssueCode.MALFORMED, f"{origin}: a WACZ package inside gzip; unpack it with gunzip first"
                )
            package = zipfile.ZipFile(stream)
            names = sorted(package.namelist())
            listed = _listed(package, origin)
        bad = set()
        for name, fault in _faults(package, names, listed, origin):
            bad.add(name)
            yield _issue(IssueCode.BAD_HASH, fault, origin)
        for name in names:
            if not name.startswith("archive/") or name.endswith("/") or name in bad:
                continue
            inner = f"{origin}!{name}"
            if ".." in PurePosixPath(name).parts:
                yield _issue(IssueCode.MALFORMED, f"{inner}: an entry outside the package is not read", inner)
                continue
            yield from _archive(package, name, inner, options)


def _archive(package: zipfile.ZipFile, name: str, inner: str, options: ReadOptions) -> Iterator[RawItem | Issue]:
    """The pages of one archive; what ends it is an Issue, the next archive is read."""
    try:
        with bounded("a web archive", inner), package.open(name) as member:
            yield from WarcReader().read(gunzipped(cast(BinaryIO, member), inner), inner, options)
    except InputError as e:
        yield _issue(e.code, str(e), inner)


def _listed(package: zipfile.ZipFile, origin: str) -> dict[str, str]:
    """Path → SHA-256 as datapackage.json states them, with that file's own from datapackage-digest.json."""
    hashes: dict[str, str] = {}
    if "datapackage-digest.json" in package.namelist():
        digest = json.loads(package.read("datapackage-digest.json"))
        hashes["datapackage.json"] = str(digest["hash"])
    if "datapackage.json" in package.namelist():
        for resource in json.loads(package.read("datapackage.json")).get("resources", ()):
            hashes[str(resource["path"])] = str(resource["hash"])
    return {path: h.removeprefix("sha256:") for path, h in hashes.items() if h.startswith("sha256:") or ":" not in h}


def _faults(
    package: zipfile.ZipFile, names: list[str], listed: dict[str, str], origin: str
) -> Iterator[tuple[str, str]]:
    """(entry, sentence) for each entry that is not what the package says it is."""
    if not listed:
        yield "", f"{origin}: the package lists no SHA-256 hashes, so its content could not be checked"
        return
    for path, wanted in sorted(listed.items()):
        if path not in names:
            yield path, f"{origin}: {path} is listed in datapackage.json but missing"
            continue
        h = hashlib.sha256()
        try:
            with bounded("a part of a WACZ package", f"{origin}!{path}"), package.open(path) as member:
                while chunk := member.read(_CHUNK):
                    h.update(chunk)
        except InputError as e:
            yield path, str(e)
            continue
        if h.hexdigest() != wanted.lower():
            yield path, f"{origin}: {path} is not what datapackage.json says (SHA-256 differs); it is not read"


def _issue(code: IssueCode, message: str, origin: str) -> Issue:
    return Issue(code=code, message=message, stage="read", origin=origin)
