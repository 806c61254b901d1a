"""Linking statements into incidents, and showing what is said of each."""
