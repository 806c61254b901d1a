"""English read with the embedded model: the lexicons' mentions, and the model's readings beside them."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import replace
from pathlib import Path

from dateline.language.base import Annotation, MentionKind, Names
from dateline.language.en.language import SILENT, English
from dateline.language.model.graphs import OnnxGraphs
from dateline.language.model.package import load
from dateline.language.model.reader import Reader
from dateline.records import Report, digest

WEIGHTS = Path(__file__).parent / "weights"
"""The folder of the weights that come with Dateline, under their own licence (CC BY-SA 4.0)."""
DIGEST = "fc650be7049bd918"
"""The weights this version was measured with; others are refused."""
_HINTS = frozenset({MentionKind.TRIGGER, MentionKind.HINT})


class ModelledEnglish(English):
    """The language "en.v2". `weights` is the digest of its model.

    Raises ModelError if the weights are missing, damaged or foreign.
    """

    name = "en.v2"
    reads = True
    """Its annotations hold readings."""

    def __init__(self, names: Names, reader: Reader | None = None) -> None:
        super().__init__(names)
        self._reader = reader or shipped()
        self.weights = self._reader.manifest.digest
        self.digest = digest(self.name, self.digest, self._reader.manifest.digest)

    def annotate(self, report: Report) -> Annotation:
        """As English has it, with readings, names and same pairs of all passages but credits."""
        held = super().annotate(report)
        hints = {m.start for m in held.mentions if m.kind in _HINTS}
        found = self._reader.read(held.tokens, [s for s in held.sentences if s.kind not in SILENT], hints)
        return replace(held, readings=found.readings, named=found.named, same=found.same)

    def asked(self, annotation: Annotation, starts: Collection[int]) -> Annotation:
        """The annotation with readings of the words that begin at `starts` too, each taken for an event."""
        spoken = [s for s in annotation.sentences if s.kind not in SILENT]
        hints = {m.start for m in annotation.mentions if m.kind in _HINTS}
        found = self._reader.read(annotation.tokens, spoken, hints, starts)
        return replace(annotation, readings=found.readings, same=found.same)


def shipped() -> Reader:
    """A reader of the weights that come with Dateline. Raises ModelError if they are missing, damaged or foreign."""
    package = load(WEIGHTS, DIGEST)
    return Reader(OnnxGraphs(package), package.manifest, package.vocabulary)
