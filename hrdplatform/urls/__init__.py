"""Which address leads to which room: every door at once, as on one machine. The doors alone are beside it."""

from hrdplatform.urls import aid, office, public

urlpatterns = [*office.urlpatterns, *aid.urlpatterns, *public.urlpatterns]
