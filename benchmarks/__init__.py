"""Measurements of speed, memory and quality. Not part of the wheel."""
