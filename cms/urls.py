"""Addresses of pages, below the language's prefix: the pages themselves, and on the office's host the way to them."""

from django.urls import URLPattern, URLResolver, re_path
from wagtail.urls import serve_pattern

from cms.views import pages

spoken: list[URLPattern | URLResolver] = [re_path(serve_pattern, pages.serve, name="wagtail_serve")]
elsewhere: list[URLPattern | URLResolver] = [re_path(serve_pattern, pages.to_public, name="wagtail_serve")]
