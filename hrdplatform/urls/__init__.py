"""Which address leads to which room: every door at once, as on one machine. The doors alone are beside it.

Each door's module offers `rooms` (addresses without language) and `spoken` (addresses below the language's prefix),
so that the doors together hold every namespace once.
"""

from django.conf.urls.i18n import i18n_patterns

from hrdplatform.media import urls as media
from hrdplatform.urls import accounts, aid, office, public
from hrdplatform.web import urls as web
from hrdplatform.web.urls import handler400, handler403, handler404, handler500

__all__ = ["handler400", "handler403", "handler404", "handler500", "urlpatterns"]

urlpatterns = [
    web.everywhere,
    *media.everywhere,
    *accounts.rooms,
    *office.rooms,
    *aid.rooms,
    *i18n_patterns(web.spoken, *aid.spoken, *public.spoken),
]
