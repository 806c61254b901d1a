from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import pytest
from tests.training.corpora_files import columns, conllu, jsonl, put
from training.corpora import CorpusError, gum, meantime, ner, re3d
from training.examples import Example, Tagged


def _text(x: Example) -> list[tuple[str, str]]:
    return [(" ".join(x.words[e.first : e.last + 1]), e.label) for e in x.entities or ()]


@pytest.mark.parametrize(
    ("tags", "spans"),
    [
        ("O B-A I-A O", [(1, 2, "A")]),
        ("B-A B-A", [(0, 0, "A"), (1, 1, "A")]),
        ("I-A I-A I-B", [(0, 1, "A"), (2, 2, "B")]),
        ("O I-A B-A O", [(1, 1, "A"), (2, 2, "A")]),
        ("O O", []),
    ],
)
def test_tags_become_spans(tags: str, spans: list[tuple[int, int, str]]) -> None:
    assert ner.iob(tags.split()) == [Tagged(*s) for s in spans]


def test_wikigold_joins_sentences_of_a_document_and_tells_peoples_from_works(tmp_path: Path) -> None:
    text = "-DOCSTART- O\n\n" + columns(["Kim/I-PER sang/O", "French/I-MISC Blue/I-MISC"], " ")
    text += "-DOCSTART- O\n\n" + columns(["A/O Danish/I-MISC band/O"], " ")
    put(tmp_path, ner.WIKIGOLD.files[0], text)
    first, second = ner.WIKIGOLD.read(tmp_path)
    assert first.sentences == (0, 0, 1, 1)
    assert _text(first) == [("Kim", "PER"), ("French Blue", "MISC")]
    assert _text(second) == [("Danish", "NORP")]
    assert first.doc != second.doc and "NORP" in first.entity_types


def test_wnut_and_crossner_keep_sentences_apart(tmp_path: Path) -> None:
    for corpus, tag in ((ner.WNUT17, "group"), (ner.CROSSNER, "politicalparty")):
        for path in corpus.files:
            put(tmp_path, path, columns([f"The/O Larks/B-{tag}", "#/O yes/O"]))
        found = list(corpus.read(tmp_path))
        assert [x.words for x in found[:2]] == [("The", "Larks"), ("#", "yes")]
        assert [_text(x) for x in found[:2]] == [[("Larks", "ORG")], []]


def test_uner_has_three_columns_and_document_lines(tmp_path: Path) -> None:
    rows = "# newdoc id = {}\n# sent_id = 1\n# text = x\n1\t#\tO\t-\t-\n2\tOslo\tB-LOC\t-\tme\n\n"
    for path in ner.UNER.files:
        put(tmp_path, path, rows.format("a") + rows.format("b"))
    found = list(ner.UNER.read(tmp_path))
    assert [(x.doc, _text(x)) for x in found] == [(d, [("Oslo", "LOC")]) for d in "abab"]


def test_a_line_with_too_few_columns_is_named(tmp_path: Path) -> None:
    put(tmp_path, "x.tsv", "one\tO\ntwo\n")
    with pytest.raises(CorpusError, match=r"x\.tsv:2"):
        list(replace(ner.WNUT17, files=("x.tsv",)).read(tmp_path))


_GUM = [
    (
        "GUM_news_made-1",
        [
            "The/DET/DT/2/det/Entity=(1-person-new-nnnnn-cf1-2-coref",
            "mayor/NOUN/NN/4/nsubj/_",
            "Ida/PROPN/NNP/2/flat/Entity=1)",
            "met/VERB/VBD/0/root/_",
            "the/DET/DT/6/det/Entity=(2-organization-new-nnnnn-cf2-2-sgl-Bank_%28x%29",
            "Bank/PROPN/NNP/4/obj/_",
            "of/ADP/IN/8/case/_",
            "Oslo/PROPN/NNP/6/nmod/Entity=(3-place-new-nnnnn-cf3-1-sgl-Oslo)2)",
            "last/ADJ/JJ/10/amod/Entity=(4-time-new-nnnnn-cf4-2-sgl|XML=<date when:::x>",
            "May/PROPN/NNP/4/obl/Entity=4)|XML=</date>",
        ],
    ),
    (
        "GUM_news_made-2",
        [
            "She/PRON/PRP/2/nsubj/Entity=(1-person-giv:act-nnnnn-cf1-1-ana)",
            "left/VERB/VBD/0/root/_",
            "Americans/PROPN/NNPS/2/obj/Entity=(5[1/2]-person-new-nnnnn-cf2-1-sgl)",
        ],
    ),
]


def test_gum_names_dates_and_chains(tmp_path: Path) -> None:
    for path in gum.FILES:
        put(tmp_path, path, conllu([*_GUM, ("GUM_fiction_made-1", ["Once/ADV"])]))
    x, *rest = gum.read(tmp_path)
    assert len(rest) == 2 and all(r.words == x.words for r in rest)
    assert _text(x) == [("Ida", "PER"), ("Bank of Oslo", "ORG"), ("last May", "DATE")]
    assert x.chains == (((0, 2), (10, 10)),)


def test_meantime_reads_the_annotated_top_of_documents(tmp_path: Path) -> None:
    sentences = [["The", "boss", "of", "Acme", "Inc."], *(["No", "one"] for _ in range(5)), ["Acme", "grew"]]
    lines = [f"c/1\t{s}\t{i}\t{w}\t-" for s, words in enumerate(sentences) for i, w in enumerate(words)]
    put(tmp_path, meantime.WORDS, "#begin\n" + "\n".join(lines) + "\n\nc/2\t0\t0\tAlone\t-\n")

    def mention(sentence: int, place: list[int], head: str, kind: str, chain: str, pos: str = "PROPN") -> object:
        return {
            "conll_doc_key": "c/1",
            "sent_id": sentence,
            "tokens_number": place,
            "mention_head": head,
            "mention_head_id": 99,
            "mention_head_pos": pos,
            "mention_full_type": kind,
            "coref_chain": chain,
            "is_continuous": True,
        }

    found = [
        mention(0, [0, 1, 2, 3, 4], "boss", "PERSON", "p", "NOUN"),
        mention(0, [3, 4], "Inc", "ORGANIZATION", "o"),
        mention(1, [0, 1], "one", "PERSON", "p", "NOUN"),
        mention(6, [0], "Acme", "ORGANIZATION", "o"),
    ]
    put(tmp_path, meantime.MENTIONS, json.dumps(found))
    (x,) = meantime.read(tmp_path)
    assert len(x.words) == 15
    assert _text(x) == [("Acme Inc.", "ORG")]
    assert x.chains == (((0, 4), (5, 6)),)


def _re3d(root: Path, text: str, spans: list[tuple[str, str, float]]) -> None:
    for folder in re3d.GREEN + re3d.WIKIPEDIA:
        put(root, f"re3d/{folder}/documents.json", "")
        put(root, f"re3d/{folder}/entities.json", "")
    rows = [
        {
            "documentId": "D",
            "begin": text.index(value),
            "end": text.index(value) + len(value),
            "type": kind,
            "value": value,
            "confidence": confidence,
        }
        for value, kind, confidence in spans
    ]
    put(root, "re3d/CENTCOM/documents.json", jsonl([{"_id": "D", "text": text}]))
    put(root, "re3d/CENTCOM/entities.json", jsonl(rows))


def test_re3d_keeps_outermost_spans_and_offsets(tmp_path: Path) -> None:
    text = "Two tanks of the Danish army left Oslo on Friday.\n\nCamps stood empty."
    _re3d(
        tmp_path,
        text,
        [
            ("Two", "Quantity", 1),
            ("tanks", "MilitaryPlatform", 0.9),
            ("the Danish army", "Organisation", 1),
            ("Danish", "Nationality", 1),
            ("Oslo", "Location", 0),  # a place's name, though unconfirmed
            ("on Fri", "Temporal", 1),  # ends inside a word
            ("Friday", "Temporal", 1),
            ("empty", "Person", 0.1),
        ],
    )
    (x,) = re3d.read(tmp_path)
    assert _text(x) == [
        ("Two", "NUM"),
        ("tanks", "WEAPON"),
        ("the Danish army", "ORG"),
        ("Oslo", "LOC"),
        ("Friday", "DATE"),
    ]
    assert x.offsets is not None
    assert [text[a:b] for a, b in x.offsets] == list(x.words)
    assert (x.sentences[0], x.sentences[-1], x.doc) == (0, 1, "D")


def test_re3d_never_reads_a_folder_that_is_not_free(tmp_path: Path) -> None:
    with pytest.raises(CorpusError, match="BBC Online"):
        list(re3d.read(tmp_path, ["BBC Online"]))
