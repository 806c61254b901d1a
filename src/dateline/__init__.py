"""Dateline reads news reports of armed conflict and politics and keeps who said what, and how surely.

import dateline
for s in dateline.read(text, published="2015-11-17", outlet="A paper"):
    print(s.event.code, [a.name for a in s.actors], s.certainty.label)
project = dateline.Project("my-project")
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

__version__ = "0.1.0"

if TYPE_CHECKING:
    from dateline.project import Project, read

__all__ = ["Project", "__version__", "read"]


def __getattr__(name: str) -> Any:
    """Load the API on first use, so that `import dateline` and `dateline --help` stay quick."""
    if name in ("Project", "read"):
        from dateline import project

        return getattr(project, name)
    raise AttributeError(f"module 'dateline' has no attribute {name!r}")
