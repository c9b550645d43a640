"""`manage.py editor_rights`: editors may write, translate and publish; run once, and again after a new language."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand

from cms.domain.rights import let_editors_write


class Command(BaseCommand):
    help = "Gives the group `editor` its usual rights on pages, images and documents. Rights given by hand stay."

    def handle(self, *args: Any, **options: Any) -> None:
        let_editors_write()
