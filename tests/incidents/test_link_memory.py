from __future__ import annotations

from math import inf

import pytest
from tests.made_up import everything

from dateline.config import LinkConfig
from dateline.errors import EvidenceError
from dateline.incidents.items import linkables
from dateline.incidents.linking import Linker
from dateline.incidents.memory import dump, dump_scores, in_order, load, load_scores

LINKER = Linker(LinkConfig(), keep=False)


def test_what_is_remembered_links_as_what_was_told() -> None:
    told = [LINKER.tell(linkables((r,))) for r in everything()]
    again = [load(dump(x)) for x in told]
    assert [dump(x) for x in again] == [dump(x) for x in told]
    assert LINKER.link_told(again) == LINKER.link_told(told)


def test_scores_come_back_for_groups_that_there_still_are() -> None:
    x, y = (LINKER.tell(linkables((r,))).groups for r in everything()[:2])
    data = dump_scores([(0, ("b", 0), 2.125), (1, ("b", 0), -inf), (0, ("gone", 3), 1.0)])
    groups = {("a", 0): x[0], ("a", 1): x[1], ("b", 0): y[0]}
    assert load_scores("a", data, groups) == {in_order(x[0], y[0]): 2.125, in_order(x[1], y[0]): -inf}


@pytest.mark.parametrize("data", [b"", b"x\x9c", b"nothing"])
def test_what_cannot_be_read_is_said(data: bytes) -> None:
    with pytest.raises(EvidenceError):
        load(data)
