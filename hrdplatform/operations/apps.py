"""How Django knows this app; it also tells the rooms below who keeps audit heads and how the worker is."""

from django.apps import AppConfig


class OperationsConfig(AppConfig):
    name = "hrdplatform.operations"
    label = "operations"

    def ready(self) -> None:
        from hrdplatform.audit import anchors  # noqa: PLC0415  # models load after the apps are ready
        from hrdplatform.operations import buckets, keepers, wellbeing  # noqa: F401, PLC0415  # as above; `buckets` checks
        from hrdplatform.web import health  # noqa: PLC0415  # as above

        anchors.register(keepers.administrators)
        health.register("worker", wellbeing.worker, vital=False, in_database=True)
