"""Words for weapons, and weapons inside other words."""

from __future__ import annotations
