"""The auxiliary corpora of the training recipe, each read into `training.examples.Example`.

Nothing of a corpus is in the repository: the readers are given the folder that holds them. `training/corpora.yaml`
lists files, checksums, licences and what each corpus is trained on.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import partial
from pathlib import Path

from training.corpora import current_events, ewt, geneva, gum, meantime, ner, re3d
from training.corpora._files import CorpusError, problems
from training.examples import Example

__all__ = ["CORPORA", "CorpusError", "load", "verify"]

Reader = Callable[[Path], Iterator[Example]]

CORPORA: Mapping[str, Reader] = {
    "ewt": ewt.read,
    "geneva": geneva.read,
    "re3d": partial(re3d.read, folders=re3d.GREEN),
    "re3d_wikipedia": partial(re3d.read, folders=re3d.WIKIPEDIA),
    "meantime": meantime.read,
    "wikigold": ner.WIKIGOLD.read,
    "wnut17": ner.WNUT17.read,
    "crossner_politics": ner.CROSSNER.read,
    "uner_ewt": ner.UNER.read,
    "gum": gum.read,
    "current_events": current_events.read,
}


def verify(root: Path, names: Iterable[str] = tuple(CORPORA)) -> list[str]:
    """What is wrong with the files under `root`: missing, or of another checksum than listed. Empty if all is well."""
    return problems(root, _known(names))


def load(root: Path, names: Iterable[str] = tuple(CORPORA)) -> list[Example]:
    """All examples of these corpora, in this order. Raises CorpusError naming each file that is missing or changed."""
    chosen = _known(names)
    if wrong := problems(root, chosen):
        raise CorpusError("\n".join(wrong))
    return [e for name in chosen for e in CORPORA[name](root)]


def _known(names: Iterable[str]) -> list[str]:
    chosen = list(names)
    for name in chosen:
        if name not in CORPORA:
            raise CorpusError(f"{name}: no such corpus; there are {', '.join(CORPORA)}")
    return chosen
