"""Scores of statements against gold ones."""
