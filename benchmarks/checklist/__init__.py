"""Whether the product reads names, places and numbers it has not seen as well as those of an annotated file."""
