"""The list of differences between an annotator and the model."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any

from training.reread import differences

TEXT = "Rebels shelled Halam, killing nine. Police blamed them."


def span(words: str) -> list[int]:
    """Where the words stand."""
    return [TEXT.index(words), TEXT.index(words) + len(words)]


def statement(trigger: str, event: str, **fields: Any) -> dict[str, Any]:
    """A statement with empty fields but these."""
    empty: dict[str, Any] = {k: [] for k in ("actors", "targets", "weapons", "places", "figures", "sources")}
    made = {"trigger": [span(trigger)], "event": [event], "sub_event": [], "certainty": "stated"}
    return empty | made | {"sentence": [0, len(TEXT)]} | fields


def _match(found: list[dict[str, Any]], held: list[dict[str, Any]]) -> list[tuple[int, int]]:
    return [(i, j) for i, a in enumerate(found) for j, b in enumerate(held) if a["trigger"] == b["trigger"]]


SCORE: Any = SimpleNamespace(
    match=_match,
    exact=lambda a, b, same: len(a) == len(b) and all(map(same, a, b)),
    same_argument=lambda a, b: a["spans"] == b["spans"],
    same_figure=lambda a, b: a["min"] == b["min"],
    same_place=lambda a, b: a["spans"] == b["spans"],
)


def test_only_what_differs_is_listed() -> None:
    nine = {"spans": [span("nine")], "measure": "killed", "min": 9, "max": 9}
    ours = [
        statement("shelled", "ASSAULT", figures=[nine], actors=[{"spans": [span("Rebels")]}]),
        statement("blamed", "ACCUSE"),
    ]
    theirs = [statement("shelled", "COERCE", certainty="alleged", figures=[nine]), statement("killing", "ASSAULT")]
    lines = list(differences({"text": TEXT, "statements": ours}, {"statements": theirs}, SCORE))
    assert lines[0].startswith("only the model: “killing”") and lines[1].startswith("only annotated: “blamed”")
    assert "event: annotated ['ASSAULT'], model ['COERCE']" in lines[2]
    assert "certainty: annotated stated, model alleged" in lines[2]
    assert "actors: annotated “Rebels”, model none" in lines[2] and "figures" not in lines[2]
    assert not list(differences({"text": TEXT, "statements": ours}, {"statements": ours}, SCORE))
