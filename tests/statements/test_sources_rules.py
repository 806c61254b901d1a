from __future__ import annotations

import pytest
from tests.said import at, read

from dateline.labels import Basis, SourceType
from dateline.statements.sources import chains


def chain(text: str, word: str) -> list[tuple[str, str]]:
    report, annotation = read(text)
    ctx, trigger = at(report, annotation, word)
    sources = chains(report, annotation).of(ctx, trigger)
    inside = ctx.sentence
    for s in sources:
        here = inside.start <= s.spans[0].start < inside.end
        assert s.why
        assert s.basis is (Basis.TEXT if here else Basis.CONTEXT)
    return [(s.spans[0].quote, s.type.value) for s in sources]


@pytest.mark.parametrize(
    ("text", "word", "expected"),
    [
        ("Rebels shelled Kara.", "shelled", []),
        ("No group said it shelled Kara.", "shelled", []),
        ("Rebels shelled Kara, police said.", "shelled", [("police", "police")]),
        ("Police said rebels shelled Kara.", "shelled", [("Police", "police")]),
        ("According to residents, rebels shelled Kara.", "shelled", [("residents", "resident")]),
        ("Rebels shelled Kara, according to the Hill Observatory.", "shelled", [("the Hill Observatory", "monitor")]),
        ("Monitor: rebels shelled Kara", "shelled", [("Monitor", "monitor")]),
        (
            "A French source cited by Reuters said that rebels shelled Kara.",
            "shelled",
            [("Reuters", "agency"), ("A French source", "unnamed")],
        ),
        (
            "Rebels shelled Kara, an army officer told AFP.",
            "shelled",
            [("AFP", "agency"), ("an army officer", "military")],
        ),
        (
            "The radio, citing a nurse, said rebels shelled Kara.",
            "shelled",
            [("The radio", "media"), ("a nurse", "medic")],
        ),
        ("Rebels reportedly shelled Kara.", "shelled", [("reportedly", "impersonal")]),
        ("It is feared that rebels shelled Kara.", "shelled", [("It is feared", "impersonal")]),
        ("Turkey accused the rebels of shelling Kara.", "shelling", [("Turkey", "official")]),
        ("Turkey accused the rebels of shelling Kara.", "accused", []),
        ("The Front claimed responsibility for the bombing.", "bombing", [("The Front", "official")]),
        ("The army denied shelling Kara.", "shelling", [("The army", "military")]),
        ("Rebels shelled Kara, police said, while troops arrested six men.", "arrested", []),
        ("Rebels shelled Kara (Reuters)", "shelled", []),
    ],
)
def test_chains(text: str, word: str, expected: list[tuple[str, str]]) -> None:
    assert chain(text, word) == expected


def test_a_pronoun_goes_on_for_the_speaker_before() -> None:
    report, annotation = read("Rebels shelled Kara, the Hill Observatory said. It added that troops arrested six men.")
    ctx, trigger = at(report, annotation, "arrested")
    (source,) = chains(report, annotation).of(ctx, trigger)
    assert (source.spans[0].quote, source.name, source.type) == ("It", "the Hill Observatory", SourceType.MONITOR)


def test_a_plain_sentence_is_the_outlets_own() -> None:
    text = "Rebels shelled Kara, the Hill Observatory said. Troops arrested six men."
    assert chain(text, "arrested") == []


def test_a_quotation_over_sentences_keeps_its_speaker() -> None:
    text = "“They shelled Kara,” Ana Ruiz said. “Then troops arrested six men. They raided the school.”"
    assert chain(text, "raided") == [("Ana Ruiz", "official")]


def test_an_announced_speech_keeps_its_speaker() -> None:
    text = "Minister Ana Ruiz said:\n\nRebels shelled Kara.\n\nTroops arrested six men."
    assert chain(text, "arrested") == [("Minister Ana Ruiz", "government")]


def test_a_known_speaker_has_its_id() -> None:
    report, annotation = read("Rebels shelled Kara, Reuters reported.")
    ctx, trigger = at(report, annotation, "shelled")
    (source,) = chains(report, annotation).of(ctx, trigger)
    assert (source.actor_id, source.type) == ("agency:reuters", SourceType.AGENCY)
