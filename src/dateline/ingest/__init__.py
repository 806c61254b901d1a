"""Files to reports: readers split a file into items, parse turns one item into a Report."""
