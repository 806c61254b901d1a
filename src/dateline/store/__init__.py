"""The database: tables, migrations, load, queries, search."""
