"""How rare words are in news: `src/dateline/language/en/linking/commonness.yaml`, for linking.

Counted over the items of Wikipedia's Portal:Current events (training/triage.yaml), one or two sentences each. Items of
the first days of every month are left out, for benchmarks read them.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from math import floor, log
from pathlib import Path

from dateline.data import load_yaml
from dateline.incidents.vocabulary import UNSEEN, Words, stems, words
from training.corpora import CorpusError
from training.corpora._files import problems, read_jsonl
from training.triage_texts import HELD_OUT_DAYS

OUT = Path("src/dateline/language/en/linking/commonness.yaml")
CORPUS = "current_events"
HEADER = f"""\
# Stems of English words by how rare they are in news: the natural logarithm of how many short items there are for one
# that has the stem, rounded down. A stem that is not here has {UNSEEN}. Read by
# dateline/incidents/vocabulary.py, made by `python -m training.linking --words`; do not edit.
# CC BY-SA 4.0: counted in Wikipedia's Portal:Current events (training/triage.yaml).
"""


def levels(texts: Iterable[str], w: Words) -> Mapping[int, list[str]]:
    """Stems by rarity, those below UNSEEN only."""
    counts: Counter[str] = Counter()
    total = 0
    for text in texts:
        counts.update(stems(text, w))
        total += 1
    made: dict[int, list[str]] = defaultdict(list)
    for stem in sorted(counts):
        rarity = floor(log(total / counts[stem]))
        if rarity < UNSEEN:
            made[rarity].append(stem)
    return made


def write_words(data: Path, out: Path = OUT) -> None:
    """Count and write the table. Raises CorpusError if the items are missing or changed."""
    listed = load_yaml("training", "triage.yaml")
    if wrong := problems(data / "data", [CORPUS], listed):
        raise CorpusError("\n".join(wrong))
    file = next(f for f in listed["corpora"][CORPUS]["files"] if "items_all" in f)
    items = (r for r in read_jsonl(data / "data" / file) if int(r["date"][8:10]) > HELD_OUT_DAYS)
    made = levels((r["text"] for r in items), words())
    lines = [f'  {level}: "{" ".join(made[level])}"' for level in sorted(made)]
    out.write_text(HEADER + "stems:\n" + "\n".join(lines) + "\n", encoding="utf-8")
