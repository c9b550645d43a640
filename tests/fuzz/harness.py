"""One fuzzing process: `python -m tests.fuzz.harness TARGET [libFuzzer options] FOLDER`; a finding ends it.

libFuzzer ends the process itself, so that each run has its own; `tests.fuzz.run` starts them and reads what they say.
"""

import sys
from pathlib import Path
from random import Random

import atheris

with atheris.instrument_imports(include=["hrdplatform.sealing"]):
    from tests.fuzz import targets
from tests.fuzz import mutations


def main() -> None:
    """Fuzz the target named first, with the beginnings in the folder named last."""
    _, target, *options = sys.argv
    beginnings = [file.read_bytes() for file in sorted(Path(options[-1]).iterdir())]

    def mutator(data: bytes, max_size: int, seed: int) -> bytes:
        def blind(raw: bytes) -> bytes:
            return atheris.Mutate(raw, max_size)

        return mutations.mutate(target, data, beginnings, Random(seed), blind)[:max_size]

    atheris.Setup([sys.argv[0], *options], targets.TARGETS[target], custom_mutator=mutator)
    atheris.Fuzz()


if __name__ == "__main__":
    main()
