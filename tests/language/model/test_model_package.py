from __future__ import annotations

import hashlib
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from tests.language.model.fake_graphs import LABELS, manifest

from dateline.errors import ModelError
from dateline.language.model.graphs import OnnxGraphs
from dateline.language.model.package import SCHEMA, digest_of, load

FILES = {
    "words.onnx": b"words",
    "frames.onnx": b"frames",
    "same.onnx": b"same",
    "vocab.txt": "[PAD]\n[UNK]\n[CLS]\n[SEP]\nétat\n".encode(),
}


def sound() -> dict[str, Any]:
    """A manifest without a fault."""
    m = manifest()
    return {
        "schema": SCHEMA,
        "name": "small",
        "licence": "CC-BY-SA-4.0",
        "labels": {k: list(v) for k, v in LABELS.items()},
        "sizes": m.sizes,
        "thresholds": m.thresholds,
        "temperatures": {"trigger": 1.5},
        "files": {name: hashlib.sha256(data).hexdigest() for name, data in FILES.items()},
    }


def folder(at: Path, held: object) -> Path:
    """A folder of weights with that manifest."""
    for name, data in FILES.items():
        (at / name).write_bytes(data)
    (at / "manifest.json").write_text(json.dumps(held), encoding="utf-8")
    return at


def test_a_sound_folder_is_loaded(tmp_path: Path) -> None:
    digest = digest_of(sound())
    package = load(folder(tmp_path, sound()), digest)
    assert package.manifest.digest == digest
    assert (package.manifest.name, package.manifest.licence) == ("small", "CC-BY-SA-4.0")
    assert package.manifest.labels == LABELS
    assert package.manifest.temperatures == {"trigger": 1.5}
    assert package.graphs == {n: data for n, data in FILES.items() if n != "vocab.txt"}
    assert package.vocabulary == ("[PAD]", "[UNK]", "[CLS]", "[SEP]", "état")


def test_the_digest_depends_on_all_that_decides_but_not_on_its_order() -> None:
    held = sound()
    assert digest_of(held) == digest_of(dict(reversed(held.items()))) == digest_of({**held, "name": "another"})
    others = [{**held, "files": {}}, {**held, "thresholds": {**held["thresholds"], "trigger": 0.123}}]
    others.append({**held, "temperatures": {"trigger": 1.6}})
    assert len({digest_of(x) for x in (held, *others)}) == 4


def test_a_folder_without_a_manifest_is_no_model(tmp_path: Path) -> None:
    with pytest.raises(ModelError, match=r"manifest\.json is missing"):
        load(tmp_path / "nowhere")


@pytest.mark.parametrize("data", [b"", b"{", b"\xff\xfe", b"[" * 20])
def test_a_manifest_that_is_no_json_is_refused(tmp_path: Path, data: bytes) -> None:
    folder(tmp_path, sound())
    (tmp_path / "manifest.json").write_bytes(data)
    with pytest.raises(ModelError, match=r"manifest\.json: cannot be read"):
        load(tmp_path)


@pytest.mark.parametrize("held", [[], "words", None, {}, sound() | {"schema": "dateline.model/2"}])
def test_another_schema_is_refused(tmp_path: Path, held: object) -> None:
    with pytest.raises(ModelError, match=r"manifest\.json: schema .*reads 'dateline\.model/1'"):
        load(folder(tmp_path, held))


Fault = Callable[[dict[str, Any]], object]


@pytest.mark.parametrize(
    ("fault", "said"),
    [
        (lambda m: m.pop("files"), "must name the files words.onnx"),
        (lambda m: m["files"].pop("vocab.txt"), "must name the files"),
        (lambda m: m["files"].update({"../secret": ""}), "must name the files"),
        (lambda m: m.pop("labels"), "is not whole.*labels"),
        (lambda m: m.update(labels=["events"]), "is not whole"),
        (lambda m: m["labels"].pop("roles"), "must name the labels"),
        (lambda m: m["labels"].update(extra=[]), "must name the labels"),
        (lambda m: m["labels"].update(events=["ASSAULT", "PICNIC"]), "unknown events: PICNIC"),
        (lambda m: m["labels"].update(sub_events=["Picnic"]), "unknown sub_events: Picnic"),
        (lambda m: m["labels"].update(certainties=["sure"]), "unknown certainties: sure"),
        (lambda m: m["labels"].update(measures=["hungry"]), "unknown measures: hungry"),
        (lambda m: m["labels"].update(source_types=["oracle"]), "unknown source_types: oracle"),
        (lambda m: m["labels"].update(same=["name", "shape"]), "unknown same: shape"),
        (lambda m: m["labels"].update(roles=["actor", "witness"]), "lacks the thresholds witness"),
        (lambda m: m["thresholds"].pop("carried_place"), "lacks the thresholds carried_place"),
        (lambda m: m["thresholds"].update(trigger="high"), "is not whole.*high"),
        (lambda m: m["sizes"].pop("context"), "lacks the sizes context"),
        (lambda m: m["sizes"].update(limit=0), "lacks the sizes limit"),
        (lambda m: m["temperatures"].update(trigger=0), "temperature 0.0 of trigger"),
        (lambda m: m.pop("licence"), "is not whole.*licence"),
    ],
)
def test_a_manifest_that_does_not_fit_is_refused(tmp_path: Path, fault: Fault, said: str) -> None:
    held = sound()
    fault(held)
    with pytest.raises(ModelError, match=rf"manifest\.json: .*{said}"):
        load(folder(tmp_path, held))


@pytest.mark.parametrize("name", FILES)
def test_a_missing_file_is_named(tmp_path: Path, name: str) -> None:
    (folder(tmp_path, sound()) / name).unlink()
    with pytest.raises(ModelError, match=rf"{name}: cannot be read"):
        load(tmp_path)


@pytest.mark.parametrize("name", FILES)
def test_one_flipped_bit_is_noticed(tmp_path: Path, name: str) -> None:
    data = bytearray(FILES[name])
    data[-2] ^= 1
    (folder(tmp_path, sound()) / name).write_bytes(data)
    with pytest.raises(ModelError, match=rf"{name}: damaged or foreign"):
        load(tmp_path)


def test_other_weights_than_expected_are_refused(tmp_path: Path) -> None:
    digest = digest_of(sound())
    with pytest.raises(ModelError, match=rf"these are the weights {digest}, not 0123456789abcdef"):
        load(folder(tmp_path, sound()), "0123456789abcdef")


def test_a_vocabulary_without_its_marks_is_refused(tmp_path: Path) -> None:
    held = sound()
    data = b"only\nwords\n[UNK]\n"
    held["files"]["vocab.txt"] = hashlib.sha256(data).hexdigest()
    (folder(tmp_path, held) / "vocab.txt").write_bytes(data)
    with pytest.raises(ModelError, match=r"vocab\.txt: is no vocabulary: it lacks \[CLS\], \[SEP\]"):
        load(tmp_path)


def test_bytes_that_are_no_graphs_are_refused(tmp_path: Path) -> None:
    with pytest.raises(ModelError, match="model small: onnxruntime cannot load it"):
        OnnxGraphs(load(folder(tmp_path, sound())))
