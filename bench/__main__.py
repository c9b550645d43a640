"""Runs the measurements, holds medians against targets.toml, writes build/bench.json, exits 1 when one is missed."""

from __future__ import annotations

import json
import os
import platform
import statistics
import subprocess
import sys
import tomllib
from pathlib import Path

from bench.fresh import Figures, measured

FOLDER = Path(__file__).parent
RESULT = FOLDER.parent / "build" / "bench.json"


def verdict(name: str, figures: Figures, targets: dict[str, dict[str, float | str]]) -> tuple[dict[str, object], int]:
    """One measurement against its targets: what goes into the file, and how many targets it missed."""
    rows: dict[str, object] = {}
    missed = 0
    for figure, bounds in targets.items():
        values = figures.get(figure) or []
        median = statistics.median(values) if values else None
        kept = (
            median is not None
            and median >= float(bounds.get("least", "-inf"))
            and median <= float(bounds.get("most", "inf"))
        )
        missed += not kept
        bound = " ".join(f"{word} {bounds[word]}" for word in ("least", "most") if word in bounds)
        shown = "not measured" if median is None else f"{median:.3g}"
        spread = f" (of {len(values)}: {min(values):.3g} to {max(values):.3g})" if values else ""
        print(f"{'kept  ' if kept else 'MISSED'} {name}.{figure}: {shown}{spread}, {bound} | {bounds['meaning']}")
        rows[figure] = {"median": median, "runs": values, "bound": bound, "kept": kept}
    extra = {figure: values for figure, values in figures.items() if figure not in targets}
    for figure, values in extra.items():
        print(f"       {name}.{figure}: {', '.join(f'{value:.3g}' for value in values)}")
    return {**rows, **({"other": extra} if extra else {})}, missed


def main(chosen: list[str]) -> int:
    targets = tomllib.loads((FOLDER / "targets.toml").read_text())
    unknown = set(chosen) - set(targets)
    if unknown:
        print(f"No such measurement: {', '.join(sorted(unknown))}. There are: {', '.join(targets)}.")
        return 2
    commit = subprocess.run(["git", "rev-parse", "HEAD"], capture_output=True, text=True, check=False).stdout.strip()
    report: dict[str, object] = {
        "machine": {"system": platform.platform(), "cores": os.cpu_count(), "python": platform.python_version()},
        "commit": commit,
    }
    missed = 0
    for name in chosen or targets:
        print(f"· {name}", flush=True)
        figures = measured(name)
        report[name], more = verdict(name, figures, targets[name])
        missed += more
    RESULT.parent.mkdir(exist_ok=True)
    RESULT.write_text(json.dumps(report, indent=1) + "\n")
    print(f"{missed} missed. The whole report: {RESULT.relative_to(FOLDER.parent)}")
    return 1 if missed else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
