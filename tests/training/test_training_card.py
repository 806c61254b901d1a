from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner
from training.card import BASE_SHA256, FIELDS, SHARES, card, main, part, write_card
from training.corpora._files import manifest

WEIGHTS: dict[str, Any] = {
    "name": "made-up",
    "licence": "CC-BY-SA-4.0",
    "sizes": {"limit": 220, "context": 60},
    "files": {"words.onnx": "ab"},
}


def _scores(f1: float) -> dict[str, Any]:
    out: dict[str, Any] = {k: {"p": f1, "r": f1, "f1": f1, "gold": 7} for k in FIELDS}
    out |= {k: {"accuracy": f1, "gold": 5} for k in SHARES}
    out["certainty"] |= {"macro_f1": f1}
    out["places"]["f1"] = 0.11
    return out | {"reports": 3}


METRICS: dict[str, Any] = {
    "plan": {
        "options": {"seed": "4", "layers": "6", "without": "('gum',)"},
        "phases": [
            {"name": "annotated", "epochs": 2, "encoder_rate": 8e-05, "head_rate": 6e-4, "shares": {"gold": 1.0}}
        ],
        "words": {"gold": 1234, "ewt": 99},
    },
    "scores": {
        "held out": {"torch fp32": _scores(0.1)},
        "gold/dev": {"onnx fp32": _scores(0.9), "onnx int8": _scores(0.8)},
    },
    "calibration": {
        "reports": 3,
        "heads": {"event": {"temperature": 1.2, "ece_before": 0.1, "ece_after": 0.02, "shown": 40}},
        "fields": {"actor": {"threshold": 0.42, "f1": 0.7}},
    },
    "names": {m: {"named": {"p": 0.8, "r": 0.7, "f1": 0.75}} for m in ("overlap", "exact")},
    "rough": {"w": _scores(0.8), "w upper": _scores(0.77)},
    "speed": {"load s": 0.4},
}


def test_the_card_says_what_was_measured() -> None:
    made = card(METRICS, WEIGHTS, "d1g35t", 24.2)
    assert "$" not in made
    for said in ("d1g35t", "CC-BY-SA-4.0", BASE_SHA256, "24.2 MB", "Seed 4", "1234", "gold/dev; onnx int8", "F1 0.750"):
        assert said in made
    assert "| actors | 0.800 | 0.800 | 0.800 | 7 | 0.900 |" in made
    assert "| event | 1.2 | 0.100 | 0.020 | 40 |" in made and "| actor | 0.42 | 0.700 |" in made
    assert "| w upper | 0.770 |" in made
    assert "Weakest fields: places (0.11)" in made
    assert "| load s | 0.4 |" in made


def test_every_corpus_is_named_with_its_licence_and_what_was_left_out() -> None:
    made = card(METRICS, WEIGHTS, "d", 1.0)
    for name, c in manifest()["corpora"].items():
        assert (c["licence"] in made) or name == "gum"
    assert "Left out of this run: gum" in made


def test_it_says_who_must_not_use_it_and_what_was_not_measured() -> None:
    made = card({}, WEIGHTS, "d", 1.0)
    assert made.count("Not measured for this card.") == 3
    assert "document what has happened" in made and "for choosing targets" in made
    assert "\n\n\n" not in made


def test_parts_are_added_and_the_card_lies_beside_the_weights(tmp_path: Path) -> None:
    (tmp_path / "manifest.json").write_text(json.dumps(WEIGHTS))
    (tmp_path / "words.onnx").write_bytes(b"x" * 2_000_000)
    for name, held in (("metrics", {}), ("speed", {"load s": 0.7})):
        (tmp_path / f"{name}.json").write_text(json.dumps(held))
    given = ["--weights", str(tmp_path), "--part", f"speed={tmp_path / 'speed.json'}"]
    found = CliRunner().invoke(main, [str(tmp_path / "metrics.json"), *given])
    assert found.exit_code == 0, found.output
    text = (tmp_path / "MODEL_CARD.md").read_text()
    assert "| load s | 0.7 |" in text and "2.0 MB" in text
    assert write_card({}, tmp_path) == tmp_path / "MODEL_CARD.md"


def test_a_part_that_is_none_is_refused(tmp_path: Path) -> None:
    with pytest.raises(Exception, match=r"must be NAME=FILE"):
        part("weather=x.json")
    with pytest.raises(Exception, match="cannot be read"):
        part(f"speed={tmp_path / 'no.json'}")
