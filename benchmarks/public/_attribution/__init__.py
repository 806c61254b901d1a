"""Attributions of a report by rules over its Annotation: a proposal for the engine, measured by PolNeAR."""
