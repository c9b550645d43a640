"""Addresses of pages, below the language's prefix: the pages themselves, and on the office's host the way to them.

`everywhere` carries no language.
"""

from django.urls import URLPattern, URLResolver, path, re_path
from wagtail.urls import serve_pattern

from cms.views import (
    api,
    calendar,
    cards,
    certificate,
    emergency,
    feeds,
    glossary,
    initiatives,
    opinions,
    pages,
    parcels,
    progress,
    search,
    sitemap,
    topics,
)

everywhere: list[URLPattern | URLResolver] = [
    path("sitemap.xml", sitemap.sitemap, name="sitemap"),
    path("api/v2/", api.router.urls),
    path("cards/<int:page_id>/<slug:digest>.png", cards.card, name="page_card"),
    path("cards/<slug:language>/<slug:digest>.png", cards.site_card, name="site_card"),
]
NUMBER = "[1-9][0-9]{0,17}"
"""A row's number, as large as a database takes it."""

spoken: list[URLPattern | URLResolver] = [
    path("search/", search.search, name="search"),
    path("emergency/", emergency.emergency, name="emergency"),
    path("learn/topics/", topics.topics, name="learn_topics"),
    path("learn/topics/<slug:slug>/", topics.topic, name="learn_topic"),
    path("learn/topics/<slug:slug>/feed/", feeds.of_topic, name="learn_topic_feed"),
    path("learn/glossary/", glossary.glossary, name="learn_glossary"),
    path("learn/initiatives/", initiatives.initiatives, name="learn_initiatives"),
    path("learn/initiatives/<slug:slug>/", initiatives.initiative, name="learn_initiative"),
    path("learn/calendar/", calendar.calendar, name="learn_calendar"),
    path("learn/calendar.ics", calendar.calendar_of_all, name="learn_calendar_file"),
    path("learn/feed/", feeds.everything, name="learn_feed"),
    re_path(r"^learn/(?P<slug>[-\w]+)/feed/$", feeds.of_section, name="learn_section_feed"),
    re_path(r"^learn/(?P<path>[-\w/]+)\.ics$", calendar.calendar_of_one, name="learn_training_file"),
    path("learn/progress/", progress.progress, name="learn_progress"),
    re_path(rf"^learn/certificate/(?P<course_id>{NUMBER})/$", certificate.certificate, name="learn_certificate"),
    re_path(rf"^learn/useful/(?P<page_id>{NUMBER})/$", opinions.useful, name="learn_useful"),
    re_path(rf"^learn/useful/(?P<page_id>{NUMBER})/thanks/$", opinions.thanks, name="learn_useful_thanks"),
    re_path(r"^(?P<path>learn/.+\.(?:epub|zip))$", parcels.parcel, name="learn_parcel"),
    re_path(serve_pattern, pages.serve, name="wagtail_serve"),
]
elsewhere: list[URLPattern | URLResolver] = [re_path(serve_pattern, pages.to_public, name="wagtail_serve")]
