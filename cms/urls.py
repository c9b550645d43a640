"""Addresses of pages, below the language's prefix: the pages themselves, and on the office's host the way to them."""

from django.urls import URLPattern, URLResolver, path, re_path
from wagtail.urls import serve_pattern

from cms.views import certificate, opinions, pages, progress

spoken: list[URLPattern | URLResolver] = [
    path("learn/progress/", progress.progress, name="learn_progress"),
    path("learn/certificate/<int:course_id>/", certificate.certificate, name="learn_certificate"),
    path("learn/useful/<int:page_id>/", opinions.useful, name="learn_useful"),
    path("learn/useful/<int:page_id>/thanks/", opinions.thanks, name="learn_useful_thanks"),
    re_path(serve_pattern, pages.serve, name="wagtail_serve"),
]
elsewhere: list[URLPattern | URLResolver] = [re_path(serve_pattern, pages.to_public, name="wagtail_serve")]
