"""Pure figures: SVG geometry, rounding and audited suppression. Knows no Django."""
