"""JSON Lines, JSON arrays, CSV and TSV: one report a row, its text verbatim."""

from __future__ import annotations

import codecs
import csv
import hashlib
import io
import json
import re
from collections.abc import Iterable, Iterator, Mapping
from contextlib import suppress
from typing import Any, BinaryIO

from dateline.errors import InputError, IssueCode
from dateline.ingest.clean import mend_surrogates
from dateline.ingest.encoding import decode
from dateline.ingest.fields import FIELDS, aliases, mapping, plain_name, scalar
from dateline.ingest.items import Hints, RawItem, ReadOptions
from dateline.ingest.streams import head_of, lines_of, read_all, too_large
from dateline.records import Issue

_JSON = re.compile(rb"(?:\xef\xbb\xbf)?\s*(?:\[\s*)?\{\s*(?:\"|\})")
_DELIMITERS = (",", "\t", ";", "|")
_SAMPLE = 1 << 20
VERBATIM = "text/plain; verbatim=yes"


class _Ids:
    """The ids met in one file and the text each was met with."""

    def __init__(self) -> None:
        self._seen: dict[str, bytes] = {}

    def clash(self, hints: Hints) -> bool:
        """Whether this id was met before with another text."""
        if hints.id is None:
            return False
        text = hashlib.blake2b((hints.text or "").encode("utf-8", "surrogatepass"), digest_size=12).digest()
        return self._seen.setdefault(hints.id, text) != text


def _issue(code: IssueCode, message: str, origin: str) -> Issue:
    return Issue(code=code, message=f"{origin}: {message}", stage="read", origin=origin)


def _item(row: Mapping[str, Any], named: Mapping[str, str], kind: str, origin: str, ids: _Ids) -> RawItem | Issue:
    """One row as an item. `named` says which key holds which field; `kind` is "key" or "column"."""
    if "text" not in named:
        wanted = ", ".join(aliases()["text"])
        return _issue(
            IssueCode.BAD_RECORD,
            f"no {kind} holds the text; looked for {wanted}; name yours in [ingest] columns",
            origin,
        )
    text = row[named["text"]]
    if text is not None and not isinstance(text, str):
        return _issue(IssueCode.BAD_RECORD, f"{kind} {named['text']!r} holds no text but {type(text).__name__}", origin)
    if not text or not text.strip():
        return _issue(IssueCode.EMPTY, f"{kind} {named['text']!r} is empty", origin)
    values = {f: scalar(row[k]) for f, k in named.items() if f != "text"}
    kept = {f: v for f, v in values.items() if v}
    found = tuple((f, f"{kind} {named[f]}") for f in FIELDS if f in kept or f == "text")
    hints = Hints(text=mend_surrogates(text), **kept, found=found)
    if ids.clash(hints):
        message = f"id {hints.id!r} was met before in this file with another text; the first is kept, this one left out"
        return _issue(IssueCode.DUPLICATE_ID, message, origin)
    return RawItem(b"", VERBATIM, origin, hints)


class JsonLinesReader:
    """JSON Lines (one object a line), a JSON array of objects, or one object. Texts are taken verbatim."""

    name = "jsonl.v1"
    suffixes = (".jsonl", ".ndjson", ".json", ".jsonlines")
    media_types = ("application/jsonl", "application/x-ndjson", "application/json", "application/x-jsonlines")

    def sniff(self, head: bytes) -> bool:
        """An object, or an array of objects."""
        return bool(_JSON.match(head))

    def read(self, stream: BinaryIO, origin: str, options: ReadOptions) -> Iterator[RawItem | Issue]:
        """Rows in file order, named by line (or place in the array). Bad lines are Issues."""
        ids = _Ids()
        for where, row in _json_rows(stream, origin, options):
            if isinstance(row, Issue):
                yield row
            elif not isinstance(row, dict):
                yield _issue(IssueCode.BAD_RECORD, f"a {type(row).__name__} where an object is expected", where)
            else:
                held = tuple(key for key, value in row.items() if value not in (None, ""))
                named = mapping(held, options.columns)
                if "text" not in named:  # an empty text is another fault than none
                    named = mapping(tuple(row), options.columns)
                yield _item(row, named, "key", where, ids)


def _json_rows(stream: BinaryIO, origin: str, options: ReadOptions) -> Iterator[tuple[str, Any]]:
    """(origin, decoded value or Issue) of each row."""
    if _is_whole_document(head_of(stream)):
        yield from _document_rows(read_all(stream, origin, options.max_bytes), origin)
        return
    empty = True
    for number, line in lines_of(stream, options.max_bytes):
        where = f"{origin}:{number}"
        if line is None:
            yield where, _issue(IssueCode.TOO_LARGE, f"the line is longer than {options.max_bytes:,} bytes", where)
        elif line.removeprefix(codecs.BOM_UTF8).strip():
            yield where, _decoded(line, where)
        else:
            continue
        empty = False
    if empty:
        raise InputError(IssueCode.EMPTY, f"{origin}: the file is empty")


def _is_whole_document(head: bytes) -> bool:
    """Whether the file is one JSON value over several lines (an array, a pretty-printed object) or UTF-16."""
    if head.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return True
    start = head.removeprefix(codecs.BOM_UTF8).lstrip()
    first = start.split(b"\n", 1)[0].strip()
    return start.startswith(b"[") or first == b"{" or (first.startswith(b"{") and first.endswith((b"[", b",")))


def _decoded(line: bytes, where: str) -> Any:
    """The value of one line, or the Issue that says why there is none."""
    try:
        return json.loads(line.decode("utf-8-sig"), strict=False)
    except UnicodeDecodeError as e:
        return _issue(IssueCode.BAD_ENCODING, f"not UTF-8, as JSON must be (byte {e.start} of the line)", where)
    except RecursionError:
        return _issue(IssueCode.BAD_RECORD, "not valid JSON that can be read: nested too deeply", where)
    except ValueError as e:
        return _issue(IssueCode.BAD_RECORD, f"not valid JSON: {e}", where)


_FILLED = re.compile(r"[^\s\ufeff]")


def _past_blanks(text: str, at: int) -> int:
    """The next offset that holds more than a blank or a byte-order mark; the end if none does."""
    found = _FILLED.search(text, at)
    return found.start() if found else len(text)


def _document_rows(data: bytes, origin: str) -> Iterator[tuple[str, Any]]:
    """Objects of an array, or objects one after another; named by their number. Raises InputError (MALFORMED)."""
    text, _ = decode(data, "utf-8", origin)
    decoder, at, number = json.JSONDecoder(strict=False), 0, 0
    inside = _past_blanks(text, 0)
    listed = text[inside : inside + 1] == "["
    at = inside + 1 if listed else inside
    while True:
        at = _past_blanks(text, at)
        if at >= len(text) or (listed and text[at] == "]"):
            break
        try:
            value, at = decoder.raw_decode(text, at)
        except (ValueError, RecursionError) as e:
            message = f"{origin}: not valid JSON after {number} records: {e or 'nested too deeply'}"
            raise InputError(IssueCode.MALFORMED, message) from e
        number += 1
        yield f"{origin}:{number}", value
        at = _past_blanks(text, at)
        at += text[at : at + 1] == ","
    if listed and at >= len(text):
        raise InputError(IssueCode.TRUNCATED, f"{origin}: the JSON array breaks off after {number} records")


class CsvReader:
    """CSV, TSV and their kin: the delimiter is found from the header. Texts are taken verbatim."""

    name = "csv.v1"
    suffixes = (".csv", ".tsv", ".tab", ".psv")
    media_types = ("text/csv", "text/tab-separated-values", "application/csv")

    def sniff(self, head: bytes) -> bool:
        """A header line of at least two columns, one of which is known to hold texts."""
        first = head.split(b"\n", 1)[0].decode("utf-8-sig", "replace")
        names = _header(first, {})[1]
        return len(names) > 1 and "text" in mapping(names, {}) and not first.lstrip().startswith(("{", "[", "<"))

    def read(self, stream: BinaryIO, origin: str, options: ReadOptions) -> Iterator[RawItem | Issue]:
        """Rows in file order, named by the line they start in. Rows of the wrong length are Issues."""
        encoding = _encoding_of(stream, origin)
        # the csv module has one limit for the whole process; ours is the size limit of a report
        csv.field_size_limit(max(csv.field_size_limit(), options.max_bytes))
        lines = _text_lines(stream, encoding, origin, options.max_bytes)
        first = next((line for line in lines if line.strip()), None)
        if first is None:
            raise InputError(IssueCode.EMPTY, f"{origin}: the file is empty")
        delimiter, names = _header(first, options.columns)
        named = mapping(names, options.columns)
        if "text" not in named:
            raise InputError(
                IssueCode.BAD_RECORD,
                f"{origin}: no column holds the text; the columns are {', '.join(names)[:300]}; "
                "name yours in [ingest] columns",
            )
        yield from _csv_rows(lines, delimiter, names, named, origin)


def _csv_rows(
    lines: Iterable[str], delimiter: str, names: list[str], named: Mapping[str, str], origin: str
) -> Iterator[RawItem | Issue]:
    ids, rows, before = _Ids(), csv.reader(lines, delimiter=delimiter), 1
    while True:
        try:
            row = next(rows, None)
        except csv.Error as e:
            raise InputError(IssueCode.MALFORMED, f"{origin}:{before + 1}: cannot be read as CSV: {e}") from e
        if row is None:
            return
        where, last, before = f"{origin}:{before + 1}", rows.line_num + 1, rows.line_num + 1
        while len(row) > len(names) and not row[-1].strip():
            row.pop()
        if not any(cell.strip() for cell in row):
            continue
        if len(row) != len(names):
            fault = (
                f"the row (to line {last}) has {len(row)} fields, the header {len(names)}; is a quotation mark missing?"
            )
            yield _issue(IssueCode.BAD_RECORD, fault, where)
        else:
            yield _item(dict(zip(names, row, strict=True)), named, "column", where, ids)


def _header(line: str, columns: Mapping[str, str]) -> tuple[str, list[str]]:
    """(delimiter, column names): the delimiter that gives the most known columns, then the most columns."""

    def names(delimiter: str) -> list[str]:
        try:
            return [n.strip().removeprefix("\ufeff") for n in next(csv.reader([line], delimiter=delimiter), [])]
        except csv.Error:
            return []

    known = {plain_name(n) for n in columns.values()} | {a for all_ in aliases().values() for a in all_}
    split = [(d, names(d)) for d in _DELIMITERS]
    return max(split, key=lambda s: (sum(plain_name(n) in known for n in s[1]), len(s[1])))


def _encoding_of(stream: BinaryIO, origin: str) -> str:
    """The encoding of a whole file: its mark, UTF-8 if all of it is, else as `decode` finds from where it is not."""
    head = head_of(stream)
    for bom, name in ((codecs.BOM_UTF8, "utf-8-sig"), (codecs.BOM_UTF16_LE, "utf-16"), (codecs.BOM_UTF16_BE, "utf-16")):
        if head.startswith(bom):
            return name
    check, tail = codecs.getincrementaldecoder("utf-8")(), b""
    try:
        while chunk := getattr(stream, "read1", stream.read)(_SAMPLE):
            tail = chunk
            check.decode(chunk)
    except UnicodeDecodeError:
        return decode(tail, None, origin)[1].split(" ", 1)[0]
    except InputError:
        pass  # a broken gzip stream: the rows before the break are read, then it is reported
    finally:
        stream.seek(0)
    return "utf-8"


def _text_lines(stream: BinaryIO, encoding: str, origin: str, limit: int) -> Iterator[str]:
    """Lines with their ends as written. Raises InputError (BAD_ENCODING, TOO_LARGE)."""
    text = io.TextIOWrapper(stream, encoding=encoding, newline="")
    try:
        while line := text.readline(limit + 1):
            if len(line) > limit:
                raise too_large(origin, limit)
            yield line
    except UnicodeError as e:
        message = f"{origin}: the file is not {encoding} throughout ({e}); save it as UTF-8 and read it again"
        raise InputError(IssueCode.BAD_ENCODING, message) from e
    finally:
        with suppress(ValueError):  # the file may be closed by now
            text.detach()
