"""Which address leads to which room: every open door at once, as on one machine. The doors alone are beside it.

Each door's module offers `rooms` (addresses without language) and `spoken` (addresses below the language's prefix),
so that the doors together hold every namespace once. A process limited by `HRD_DOORS` never imports a closed door's.
"""

from importlib import import_module

from django.conf.urls.i18n import i18n_patterns

from hrdplatform.conf import configuration
from hrdplatform.urls import accounts
from hrdplatform.web import urls as web
from hrdplatform.web.urls import handler400, handler403, handler404, handler500

__all__ = ["handler400", "handler403", "handler404", "handler500", "urlpatterns"]

# The public door comes last: Wagtail's pages answer for all that nobody else takes.
_opened = [import_module(f"{__name__}.{door}") for door in ("office", "aid", "public") if door in configuration.doors]

urlpatterns = [
    web.everywhere,
    *accounts.rooms,
    *(pattern for door in _opened for pattern in door.rooms),
    *i18n_patterns(web.spoken, *(pattern for door in _opened for pattern in door.spoken)),
]
