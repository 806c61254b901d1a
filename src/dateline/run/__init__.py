"""Executing a run: plan, shards, journal, executors."""
