"""How dates and numbers are written in languages for which Django has no forms of its own."""
