"""Build hook: compiles the built-in gazetteer into the package, for wheels and editable installs alike."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface


class GazetteerHook(BuildHookInterface[Any]):
    """Writes src/dateline/resolve/gazetteer/data/gazetteer.sqlite unless it is there and up to date."""

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        """Compile before files are collected; the result is added to the wheel as an artifact."""
        if self.target_name != "wheel":  # a source distribution holds the sources only
            return
        source = Path(self.root) / "src"
        sys.path.insert(0, str(source))
        try:
            from dateline.resolve.gazetteer.compile import compile_built_in
            from dateline.resolve.gazetteer.index import PACKAGED, stored_digest
            from dateline.resolve.gazetteer.source import digest_of

            if not PACKAGED.exists() or stored_digest(PACKAGED) != digest_of():
                compile_built_in(PACKAGED)
        finally:
            sys.path.remove(str(source))
        build_data["artifacts"].append("src/dateline/resolve/gazetteer/data/gazetteer.sqlite")
