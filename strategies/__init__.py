"""Strategies with measures, indicators and two assessments."""
