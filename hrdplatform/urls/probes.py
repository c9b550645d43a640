"""Health only: what answers at 127.0.0.1, where no person comes by."""

from hrdplatform.web import urls as web
from hrdplatform.web.urls import handler400, handler403, handler404, handler500

__all__ = ["handler400", "handler403", "handler404", "handler500", "urlpatterns"]

urlpatterns = [web.probes]
