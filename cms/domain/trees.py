"""The page trees: one home page for each language, side by side, and the site that leads to them.

Written over plain columns, so that a migration (with its historical models) and everything later (with the real ones)
plant the same trees. Idempotent: what stands is left as it is.
"""

from __future__ import annotations

import uuid
from collections.abc import Callable, Iterable
from typing import Any, Final

from django.conf import settings

from cms.domain.seeds import LEARNING, SEEDS, Seed
from hrdplatform.conf import configuration

Models = Callable[[str, str], Any]
"""`apps.get_model` of a migration's state or of the running platform."""

LANGUAGES: Final = ("fr", "de", "lb", "en")
"""The complete languages, the default first."""

HOME_KEY: Final = uuid.UUID("5a3c1f0e-7f0b-4f0e-9a51-2d8a1c9b7e10")
"""The home pages of all languages are translations of each other: they share this key."""

LEARN_KEY: Final = uuid.UUID("9d0b6c52-3d0a-4a2e-8a57-0c6f5be1f1c4")
"""The learning sections of all languages share this key."""

STEPS: Final = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ"
STEP_LENGTH: Final = 4


def following(path: str) -> str:
    """The path of the next sibling in a materialised-path tree (base 36, four characters a level).

    >>> following("00010009")
    '0001000A'
    >>> following("0001000Z")
    '00010010'
    """
    parent, number = path[:-STEP_LENGTH], int(path[-STEP_LENGTH:], 36) + 1
    digits = ""
    while number:
        number, digit = divmod(number, 36)
        digits = STEPS[digit] + digits
    return parent + digits.rjust(STEP_LENGTH, "0")


def plant(models: Models, languages: Iterable[str] = LANGUAGES) -> None:
    """Gives each of `languages` its locale and home page, and the site its root (the default language's home page).

    Wagtail's own welcome page gives way. Languages come from `SEEDS`; raises `KeyError` for another.
    """
    homes = {language: plant_home(models, SEEDS[language], language) for language in languages}
    first = next(iter(homes.values()))
    site, made = models("wagtailcore", "Site").objects.get_or_create(
        is_default_site=True,
        defaults={
            "hostname": configuration.public_host,
            "port": 443 if configuration.production else configuration.port,
            "site_name": str(settings.PLATFORM_NAME),
            "root_page_id": first,
        },
    )
    welcome = models("wagtailcore", "Page").objects.filter(
        pk=site.root_page_id, slug="home", content_type__model="page", numchild=0
    )
    if made or not welcome.exists():
        return
    site.root_page_id = first
    site.hostname = configuration.public_host
    site.port = 443 if configuration.production else configuration.port
    site.site_name = str(settings.PLATFORM_NAME)
    site.save()
    welcome.delete()
    recount(models)


def plant_home(models: Models, seed: Seed, language: str) -> int:
    """The number of the home page in `language`, made where there is none."""
    page_model, home_model = models("wagtailcore", "Page"), models("cms", "HomePage")
    locale, _ = models("wagtailcore", "Locale").objects.get_or_create(language_code=language)
    standing = home_model.objects.filter(locale_id=locale.pk, translation_key=HOME_KEY).first()
    if standing is not None:
        return int(standing.pk)
    kind, _ = models("contenttypes", "ContentType").objects.get_or_create(app_label="cms", model="homepage")
    root = root_page(models)
    last = page_model.objects.filter(depth=2).order_by("-path").values_list("path", flat=True).first()
    home = home_model.objects.create(
        title=seed.title,
        draft_title=seed.title,
        slug=language,
        url_path=f"/{language}/",
        hero=seed.hero,
        lead=seed.lead,
        locale_id=locale.pk,
        translation_key=HOME_KEY,
        content_type_id=kind.pk,
        path=following(last) if last else root.path + "0001",
        depth=2,
        numchild=0,
        live=True,
    )
    recount(models)
    return int(home.pk)


def plant_learning(models: Models, languages: Iterable[str] = LANGUAGES) -> None:
    """Gives each home page of `languages` its learning section at `/<language>/learn/`."""
    page_model, learn_model = models("wagtailcore", "Page"), models("cms", "LearnPage")
    kind, _ = models("contenttypes", "ContentType").objects.get_or_create(app_label="cms", model="learnpage")
    for language in languages:
        locale = models("wagtailcore", "Locale").objects.filter(language_code=language).first()
        home = models("cms", "HomePage").objects.filter(locale=locale, translation_key=HOME_KEY).first()
        if home is None or learn_model.objects.filter(locale=locale, translation_key=LEARN_KEY).exists():
            continue
        below = page_model.objects.filter(path__startswith=home.path, depth=3)
        last = below.order_by("-path").values_list("path", flat=True).first()
        title, lead = LEARNING[language]
        learn_model.objects.create(
            title=title,
            draft_title=title,
            lead=lead,
            slug="learn",
            url_path=f"{home.url_path}learn/",
            locale_id=locale.pk,
            translation_key=LEARN_KEY,
            content_type_id=kind.pk,
            path=following(last) if last else home.path + "0001",
            depth=3,
            numchild=0,
            live=True,
            show_in_menus=True,
        )
        page_model.objects.filter(pk=home.pk).update(numchild=below.count())


def clear_learning(models: Models) -> None:
    """The way back of `plant_learning`."""
    pages = models("wagtailcore", "Page").objects
    for path in models("cms", "LearnPage").objects.values_list("path", flat=True):
        pages.filter(path__startswith=path).delete()
    for home in models("cms", "HomePage").objects.all():
        pages.filter(pk=home.pk).update(numchild=pages.filter(path__startswith=home.path, depth=3).count())


def root_page(models: Models) -> Any:
    """The page above all trees, which Wagtail's first migration makes and which an emptied database lacks."""
    page_model = models("wagtailcore", "Page")
    root = page_model.objects.filter(depth=1).first()
    if root is None:
        locale, _ = models("wagtailcore", "Locale").objects.get_or_create(language_code=LANGUAGES[0])
        kind, _ = models("contenttypes", "ContentType").objects.get_or_create(app_label="wagtailcore", model="page")
        root = page_model.objects.create(
            title="Root",
            draft_title="Root",
            slug="root",
            url_path="/",
            locale_id=locale.pk,
            content_type_id=kind.pk,
            path="0001",
            depth=1,
            numchild=0,
            live=True,
        )
    return root


def recount(models: Models) -> None:
    """Writes the root's number of children anew."""
    pages = models("wagtailcore", "Page").objects
    pages.filter(depth=1).update(numchild=pages.filter(depth=2).count())


def uproot(models: Models) -> None:
    """The way back of `plant`: takes the home pages away and leaves Wagtail's own welcome page."""
    pages, homes = models("wagtailcore", "Page").objects, models("cms", "HomePage").objects
    locale = models("wagtailcore", "Locale").objects.filter(language_code=LANGUAGES[0]).first()
    kind, _ = models("contenttypes", "ContentType").objects.get_or_create(app_label="wagtailcore", model="page")
    last = pages.filter(depth=2).order_by("-path").values_list("path", flat=True).first()
    welcome = pages.create(
        title="Welcome",
        draft_title="Welcome",
        slug="home",
        url_path="/home/",
        locale_id=locale.pk,
        content_type_id=kind.pk,
        path=following(last) if last else "00010001",
        depth=2,
        numchild=0,
        live=True,
    )
    models("wagtailcore", "Site").objects.update(root_page_id=welcome.pk)
    planted = list(homes.filter(translation_key=HOME_KEY).values_list("pk", "path"))
    for _, path in planted:
        pages.filter(path__startswith=path).delete()
    recount(models)
