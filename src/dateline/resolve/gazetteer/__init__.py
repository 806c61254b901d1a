"""Gazetteer: place names → entries with coordinates. Built in, or imported from a GeoNames dump."""
