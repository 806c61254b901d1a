"""Expressions to values: dates, places, actors."""
