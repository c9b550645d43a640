"""Failures are printed when they happen, so that a run that is cut off has said what it saw."""

import pytest


class AtOnce:
    """Says each failure in full, and each wait that is tried once more in one line."""

    def __init__(self, config: pytest.Config) -> None:
        self.config = config

    @pytest.hookimpl(trylast=True)
    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        screen = self.config.pluginmanager.get_plugin("terminalreporter")
        if report.outcome == "rerun":
            screen.ensure_newline()
            screen.line(f"once more: {report.nodeid}: {report.longrepr.reprcrash.message.splitlines()[0]}")
        elif report.failed:
            screen.ensure_newline()
            screen.section(f"{report.nodeid} ({report.when})", sep="-")
            screen.line(report.longreprtext)

    def pytest_sessionfinish(self) -> None:
        self.config.option.tbstyle = "no"  # the list at the end names them only


def pytest_configure(config: pytest.Config) -> None:
    if not hasattr(config, "workerinput"):  # the workers of xdist have no screen
        config.pluginmanager.register(AtOnce(config), "failures-at-once")
