"""The heart: events, roles, figures, sources and certainty of each statement."""
