"""Property tests have no deadline: a busy machine is no defect of the code."""

from hypothesis import settings

settings.register_profile("patient", deadline=None)


def pytest_runtest_setup() -> None:
    """Before each test: the profile belongs to a thread, and what ran before may have left another one."""
    settings.load_profile("patient")
