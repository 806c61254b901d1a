"""Data of ingest: names of columns, months, furniture of web pages."""
