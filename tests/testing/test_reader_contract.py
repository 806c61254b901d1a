from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import BinaryIO

import pytest

from dateline.errors import InputError, IssueCode, PluginError
from dateline.ingest.items import RawItem, ReadOptions
from dateline.records import Issue
from dateline.testing.readers import check_reader


@dataclass
class Sloppy:
    """A reader with a fault of choice."""

    fault: str
    name: str = "sloppy.v1"
    suffixes: tuple[str, ...] = (".sloppy",)
    media_types: tuple[str, ...] = ()
    readings: int = 0

    def sniff(self, head: bytes) -> bool:
        return bool(head)

    def read(self, stream: BinaryIO, origin: str, options: ReadOptions) -> Iterator[RawItem | Issue]:
        self.readings += 1
        data = stream.read()
        if self.fault == "restless":
            data += bytes([self.readings])
        if self.fault == "anonymous":
            raise InputError(IssueCode.MALFORMED, "something is wrong")
        origin = "elsewhere" if self.fault == "origin" else origin
        yield RawItem(b"" if self.fault == "hollow" else data, "text" if self.fault == "type" else "text/plain", origin)


def test_a_sound_reader_passes() -> None:
    (item,) = check_reader(Sloppy("none"), b"words")
    assert isinstance(item, RawItem) and item.payload == b"words"


@pytest.mark.parametrize("fault", ["restless", "anonymous", "origin", "hollow", "type"])
def test_each_fault_is_found(fault: str) -> None:
    with pytest.raises(PluginError, match="sloppy"):
        check_reader(Sloppy(fault), b"words")


def test_names_and_suffixes_are_checked() -> None:
    with pytest.raises(PluginError, match=r"word\.v1"):
        check_reader(Sloppy("none", name="Sloppy"), b"words")
    with pytest.raises(PluginError, match="suffixes"):
        check_reader(Sloppy("none", suffixes=("TXT",)), b"words")
