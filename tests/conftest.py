"""What all tests share: hypothesis without deadlines, since speed is measured by benchmarks and not by tests."""

from __future__ import annotations

from hypothesis import settings

settings.register_profile("dateline", deadline=None)
settings.load_profile("dateline")
