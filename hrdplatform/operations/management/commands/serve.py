"""`manage.py serve`: the whole platform on this machine, two processes, loopback only, until Ctrl-C."""

from __future__ import annotations

from typing import Any

from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError, CommandParser

from hrdplatform.conf import configuration
from hrdplatform.operations.supervision import Supervisor, web_server, worker


class Command(BaseCommand):
    """Upgrades, lays the demo content where asked, starts web server and worker, and keeps both alive."""

    help = "Runs the platform on this machine: web server and worker, in the foreground."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--demo", action="store_true", help="lay the demo content first")

    def handle(self, *, demo: bool = False, **options: Any) -> None:
        if configuration.production:
            raise CommandError("`serve` is the embedded platform. In production use the units in deploy/systemd/.")
        try:
            self.prepare(demo=demo)
        except KeyboardInterrupt:
            raise CommandError("Stopped before it was ready. Nothing is lost: start it again.") from None
        base = f"http://localhost:{configuration.port}"
        with Supervisor([web_server(configuration.port), worker()], self.say) as supervisor:
            if supervisor.wait_until_ready(f"http://127.0.0.1:{configuration.port}/health/ready", 60):
                self.announce(base, demo=demo)
            elif not supervisor.stopping:
                raise CommandError(f"Not ready after 60 s. Look at {base}/health/ready for what is missing.")
            supervisor.watch()

    def prepare(self, *, demo: bool) -> None:
        """Database and content, before anybody can ask for a page."""
        self.say(f"Data folder: {configuration.data}")
        self.say("Database: bringing it up to date …")
        call_command("upgrade", verbosity=0)
        if demo:
            self.say("Demo content …")
            call_command("demo", stdout=self.stdout)

    def say(self, words: str) -> None:
        self.stdout.write(words)
        self.stdout.flush()

    def announce(self, base: str, *, demo: bool) -> None:
        """The addresses, and where the sign-in secrets are."""
        office, aid = (f"http://{name}.localhost:{configuration.port}" for name in ("office", "aid"))
        self.say(f"\nReady. {base}/\n  legal help  {aid}/\n  case desk   {aid}/desk/\n  office      {office}/office/\n")
        if demo:
            self.say(f"Demo accounts with their secrets: {configuration.data / 'demo-accounts.json'}")
        else:
            place = f"HRD_DATA={configuration.data} HRD_PORT={configuration.port}"
            self.say("An empty platform. Its first administrator gets a link by:")
            self.say(f"  {place} .venv/bin/python manage.py first_administrator")
        self.say("Ctrl-C stops it.\n")
