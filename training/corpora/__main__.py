"""Counts of what the corpora hold: `python -m training.corpora ROOT [NAME ...]`."""

from __future__ import annotations

import argparse
import sys
import time
from collections import Counter
from collections.abc import Sequence
from pathlib import Path

from training.corpora import CORPORA, CorpusError, load
from training.examples import ENTITY_TYPES, Example


def summary(name: str, found: Sequence[Example], seconds: float) -> str:
    """One line: examples, words, entities by type, frames, factuality labels, chains, seconds."""
    types = Counter(e.label for x in found for e in x.entities or ())
    frames = Counter(f.kind for x in found for f in x.frames or ())
    parts = [f"{len(found)} examples", f"{sum(len(x.words) for x in found)} words"]
    parts += [f"{types[t]} {t}" for t in ENTITY_TYPES if types[t]]
    parts += [f"{n} {kind} frames" for kind, n in sorted(frames.items())]
    parts += [f"{n} factuality" for n in [sum(len(x.factuality or ()) for x in found)] if n]
    parts += [f"{n} chains" for n in [sum(len(x.chains or ()) for x in found)] if n]
    return f"{name}: {', '.join(parts)}; {seconds:.1f} s"


def main(argv: Sequence[str] | None = None) -> int:
    """Print the counts; 1 if a corpus cannot be read."""
    parser = argparse.ArgumentParser(prog="python -m training.corpora", description=__doc__)
    parser.add_argument("root", type=Path, help="folder that holds the corpora")
    parser.add_argument("names", nargs="*", metavar="NAME", help=f"default: all of {', '.join(CORPORA)}")
    args = parser.parse_args(argv)
    for name in args.names or CORPORA:
        start = time.perf_counter()
        try:
            found = load(args.root, [name])
        except CorpusError as e:
            sys.stderr.write(f"{e}\n")
            return 1
        sys.stdout.write(summary(name, found, time.perf_counter() - start) + "\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
