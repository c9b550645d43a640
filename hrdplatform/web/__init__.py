"""Doors, headers, base templates, components, error pages."""
