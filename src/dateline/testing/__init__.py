"""Contract checks that plugins must pass."""
