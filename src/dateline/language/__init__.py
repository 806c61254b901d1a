"""The only place that knows a model or a human language."""
