"""The published vectors of the format, made by an independent model and shared by Python and browser."""

import json
from pathlib import Path

VECTORS = json.loads((Path(__file__).parents[2] / "vectors" / "sealing.json").read_text("utf-8"))
