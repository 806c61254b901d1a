"""Ablations, names cross-validated, and the measurements of the model: what needs neither torch nor corpora."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest
from benchmarks.model import cut, flat, table
from benchmarks.model import main as benchmark
from click.testing import CliRunner
from training.examples import Example, Tagged

from training import ablate, ner_cv


def test_workers_share_the_list_without_overlap() -> None:
    parts = [ablate.share(ablate.VARIANTS, f"{i}/3") for i in (1, 2, 3)]
    assert sorted(v.name for p in parts for v in p) == sorted(v.name for v in ablate.VARIANTS)
    for wrong in ("0/2", "3/2", "x", "1/"):
        with pytest.raises(ValueError, match="a worker is one of several"):
            ablate.share(ablate.VARIANTS, wrong)


def test_variants_have_folders_of_their_own() -> None:
    folders = [v.folder for v in ablate.VARIANTS]
    assert len(set(folders)) == len(folders)
    assert all(f.replace("-", "").isalnum() for f in folders)


def test_the_table_has_what_is_done_and_the_spread_of_the_seeds(tmp_path: Path) -> None:
    for name, typed in (("base", 0.8), ("seed 2", 0.83), ("3 layers", 0.7)):
        folder = tmp_path / next(v.folder for v in ablate.VARIANTS if v.name == name)
        folder.mkdir()
        (folder / "metrics.json").write_text(json.dumps({"full": {}, "typed": typed, "minutes": 2.5}))
    made = CliRunner().invoke(ablate.main, ["table", "--out", str(tmp_path)]).output
    assert made.splitlines() == [
        "| variant | typed | minutes |",
        "|---|---|---|",
        "| base | 0.800 | 2.5 |",
        "| seed 2 | 0.830 | 2.5 |",
        "| 3 layers | 0.700 | 2.5 |",
        "| mean of 2 seeds | 0.815 | 2.5 |",
        "| spread of 2 seeds | 0.030 | 0.0 |",
    ]
    assert (tmp_path / "table.md").read_text() == made


def test_folds_are_of_like_size_and_do_not_depend_on_order() -> None:
    docs = [f"d{n}" for n in range(23)]
    held = ner_cv.folds_of(docs, 5)
    assert held == ner_cv.folds_of(reversed(docs), 5)
    sizes = [list(held.values()).count(f) for f in range(5)]
    assert max(sizes) - min(sizes) <= 1


def test_labels_have_offsets_of_the_document() -> None:
    x = Example(
        "re3d",
        "d",
        ("In", "Homs"),
        (0, 0),
        (Tagged(1, 1, "LOC"),),
        None,
        None,
        None,
        frozenset({"LOC"}),
        ((4, 6), (7, 11)),
    )
    lines = ner_cv.merged([*ner_cv.labels([x]), {"doc_id": "d", "entities": []}])
    assert lines == [{"doc_id": "d", "entities": [{"start": 7, "end": 11, "type": "LOC"}]}]


def test_named_types_are_counted_together() -> None:
    def row(hits: float, pred: int, gold: int) -> dict[str, float]:
        return {"p": hits / pred, "r": hits / gold, "f1": 2 * hits / (pred + gold), "n_pred": pred, "n_gold": gold}

    rows = {"PER": row(1, 2, 4), "LOC": row(3, 4, 4), "DATE": row(9, 9, 9)}
    named = ner_cv.together(rows, ner_cv.NAMED)
    assert named["p"] == pytest.approx(4 / 6) and named["r"] == pytest.approx(0.5)
    assert named["f1"] == pytest.approx(8 / 14)
    shown = ner_cv.table({m: {**rows, "named": named, "macro_f1": 0.5} for m in ("overlap", "exact")})
    assert shown.splitlines()[-1].split() == ["named", "0.667", "0.500", "0.571", "0.571", "8"]


def test_a_missing_bench_is_named(tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError, match=r"ner\.py: the scorer is not there; --data must name"):
        ner_cv.scored([], tmp_path)


def test_texts_are_cut_into_reports_of_a_size() -> None:
    texts = cut(["one two\nthree four\n", "five six\n\nseven"], 4)
    assert texts == ["one two\n\nthree four"]
    assert cut(["one two"], 4) == ["one two"]


def test_other_columns_say_what_they_lose() -> None:
    first = {"reports": 2, "typed": {"f1": 0.8, "p": 0.9}}
    assert flat(first) == {"reports": 2, "typed f1": 0.8, "typed p": 0.9}
    made = table({"w": first, "w upper": {"reports": 2, "typed": {"f1": 0.75, "p": 0.9}}})
    assert made.splitlines()[2].split() == ["typed", "f1", "0.8", "0.75", "(-0.0500)"]


def test_without_the_shared_folder_the_message_says_so(tmp_path: Path) -> None:
    found = CliRunner().invoke(
        benchmark, ["quality", "--weights", str(tmp_path), "--gold", str(tmp_path / "dev.jsonl")]
    )
    assert found.exit_code == 1
    assert "dev.jsonl: the file of annotated reports is not there" in found.output
    assert "not part of this repository" in found.output


def test_a_folder_without_weights_is_named(tmp_path: Path) -> None:
    found = CliRunner().invoke(benchmark, ["once", "--weights", str(tmp_path)], input='["A text."]')
    assert found.exit_code == 1
    assert "manifest.json is missing" in found.output


def test_nothing_here_loads_torch() -> None:
    code = (
        "import sys; sys.modules['torch'] = None; import benchmarks.model, training.ablate, training.calibrate, "
        "training.card, training.evidence, training.ner_cv, training.rough"
    )
    subprocess.run([sys.executable, "-c", code], check=True, cwd=Path(__file__).parents[2])
