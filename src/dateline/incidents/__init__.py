"""Statements to incidents: block, score, cluster, ledger."""
