from __future__ import annotations

import gzip
from pathlib import Path

from benchmarks.public.geoparse import answer, articles, located
from tests.builders import report

from dateline.resolve.gazetteer.base import Candidate
from dateline.resolve.places import Placed, Toponym

HALAM = Candidate("geonames:7", "Halam", "place", "SYR", "SY", "", "01", "", 35.0, 38.0, 9, "P.PPL", 0.0)
OSTIA = Candidate("dateline:region:ostia", "Ostia", "country", "OST", "OS", "", "", "", 1.0, 2.0, 9, "A.PCLI", 0.0)
R = report("Ostian jets hit Halam.", key="d1")
FOUND = [
    Toponym(0, 6, Placed(), named=OSTIA, national=True),
    Toponym(16, 21, Placed(entry=HALAM)),
    Toponym(7, 11, Placed()),
]


def test_words_for_nationals_are_toponyms_where_the_corpus_says_so() -> None:
    spans = [(t["start"], t["end"]) for t in answer(R, FOUND, nationals=True)["toponyms"]]
    assert spans == [(0, 6), (16, 21), (7, 11)]
    assert [t["start"] for t in answer(R, FOUND, nationals=False)["toponyms"]] == [16, 7]


def test_a_toponym_has_its_point_and_its_geonames_number() -> None:
    made = answer(R, FOUND, nationals=True)
    assert made["doc_id"] == "d1"
    nation, town, unknown = made["toponyms"]
    assert town == {"start": 16, "end": 21, "lat": 35.0, "lon": 38.0, "geonameid": "7"}
    assert nation == {"start": 0, "end": 6, "lat": 1.0, "lon": 2.0}
    assert unknown == {"start": 7, "end": 11}


def test_offsets_that_miss_their_phrase_are_moved() -> None:
    assert located("In Halam and Halam.", "Halam", 4) == (3, 8)
    assert located("In Halam and Halam.", "Halam", 12) == (13, 18)
    assert located("In Halam.", "Tarif", 2) == (2, 7)


def test_articles_of_both_forms(tmp_path: Path) -> None:
    file = tmp_path / "x.xml.gz"
    file.write_bytes(
        gzip.compress(
            b"""<articles>
<article docid="1"><text>Shots in Halam.</text>
  <toponyms><toponym><start>9</start><end>14</end><phrase>Halam</phrase></toponym></toponyms></article>
<article><text>Shots in Tarif.</text>
  <locations><location><name>Tarif</name><start>8</start></location><location><name>x</name></location></locations>
</article></articles>"""
        )
    )
    first, second = articles(file)
    assert (first.report.external_id, first.spans) == ("1", ((9, 14),))
    assert (second.report.external_id, second.spans) == ("1", ((9, 14),))
