"""Linking statements into incidents, and showing what is said of each."""

from dateline.incidents.items import Linkable, linkables
from dateline.incidents.linking import Linking, link
from dateline.incidents.views import consolidate, views

__all__ = ["Linkable", "Linking", "consolidate", "link", "linkables", "views"]
