"""Sources of the built-in gazetteer."""
