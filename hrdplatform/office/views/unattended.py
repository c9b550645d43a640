"""What an open page asks by itself. Nobody need sit before it, so it does not prolong the session."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps

from django.http import HttpRequest, HttpResponse

View = Callable[..., HttpResponse]


def by_itself(view: View) -> View:
    """The half hour after which an idle session ends goes on running: the view writes nothing into the session."""

    @wraps(view)
    def wrapper(request: HttpRequest, *arguments: object, **words: object) -> HttpResponse:
        response = view(request, *arguments, **words)
        request.session.modified = False
        return response

    return wrapper
