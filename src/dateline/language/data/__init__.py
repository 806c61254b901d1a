"""Data of all languages: their names, and how one is told from another."""
