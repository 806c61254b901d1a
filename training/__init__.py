"""Training the English model: data in, weights out. Run from the repository root; not part of the wheel."""
