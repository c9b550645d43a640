"""Which address leads to which room: every open door at once, as on one machine. The doors alone are beside it.

Each door's module offers `rooms` (addresses without language) and `spoken` (addresses below the language's prefix).
What two doors share, such as people's accounts, is the same object in both and stands here once. A process limited by
`HRD_DOORS` never imports the addresses of a closed door.
"""

from importlib import import_module

from django.conf.urls.i18n import i18n_patterns

from hrdplatform.conf import configuration
from hrdplatform.web import urls as web
from hrdplatform.web.urls import handler400, handler403, handler404, handler500

__all__ = ["handler400", "handler403", "handler404", "handler500", "urlpatterns"]

# The public door comes last: Wagtail's pages answer for all that nobody else takes.
_opened = [import_module(f"{__name__}.{door}") for door in ("office", "aid", "public") if door in configuration.doors]
_rooms = dict.fromkeys(pattern for door in _opened for pattern in door.rooms)
_spoken = dict.fromkeys(pattern for door in _opened for pattern in door.spoken)

urlpatterns = [web.everywhere, *_rooms, *i18n_patterns(web.spoken, *_spoken)]
