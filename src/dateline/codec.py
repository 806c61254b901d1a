"""Records to JSON and back. Reading validates: types, enums and the evidence law of every constructor."""

from __future__ import annotations

from collections.abc import Hashable
from functools import cache
from typing import Any, TypeVar

from pydantic import TypeAdapter, ValidationError

from dateline.errors import EvidenceError

T = TypeVar("T")


@cache
def _adapter(kind: Hashable) -> TypeAdapter[Any]:
    form: Any = kind
    return TypeAdapter(form)


def adapter(kind: Any) -> TypeAdapter[Any]:
    """The validator of a record type, built once."""
    return _adapter(kind)


def dump(record: object) -> bytes:
    """A record as UTF-8 JSON, fields in declared order."""
    return adapter(type(record)).dump_json(record)


def plain(record: object) -> Any:
    """A record as JSON-able Python objects."""
    return adapter(type(record)).dump_python(record, mode="json")


def load(kind: type[T], data: bytes | str) -> T:
    """A record from JSON. Raises EvidenceError if it is not a valid record of that kind."""
    try:
        record: T = adapter(kind).validate_json(data)
    except ValidationError as e:
        raise EvidenceError(f"not a valid {kind.__name__}: {e}") from e
    return record


def from_plain(kind: type[T], data: Any) -> T:
    """A record from JSON-able Python objects. Raises EvidenceError as `load` does."""
    try:
        record: T = adapter(kind).validate_python(data)
    except ValidationError as e:
        raise EvidenceError(f"not a valid {kind.__name__}: {e}") from e
    return record
