"""Sections, guides, courses and trainings for tests, published as the platform does."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from cms.domain.sections import open_section
from cms.models import (
    CoursePage,
    EmergencyContact,
    GuidePage,
    Initiative,
    LessonPage,
    ModulePage,
    NewsPage,
    SectionPage,
    Term,
    Topic,
    TrainingPage,
)
from hrdplatform.organisations.models import Organisation
from tests.factories.organisations import make_organisation


def section(owner: Organisation | None = None, language: str = "fr") -> SectionPage:
    """The section of an organisation (of a new one where none is given) in one language."""
    pages = open_section(owner or make_organisation())
    return next(page for page in pages if page.locale.language_code == language)


def topic(slug: str = "digital-security", **names: str) -> Topic:
    found, _ = Topic.objects.get_or_create(
        slug=slug,
        defaults={f"name_{code}": name for code, name in names.items()}
        or {"name_fr": "Sécurité numérique", "name_en": "Digital security"},
    )
    return found


def term(slug: str = "seizure") -> Term:
    words = {
        "word_fr": "saisie",
        "meaning_fr": "Quand la police prend un objet.",
        "word_en": "seizure",
        "meaning_en": "When the police take a thing.",
    }
    found, _ = Term.objects.get_or_create(slug=slug, defaults=words)
    return found


def initiative(slug: str = "open-doors", *, topics: tuple[Topic, ...] = (), **fields) -> Initiative:
    """An initiative that is shown, with an address to write to."""
    words = {"name_fr": "Portes ouvertes", "purpose_fr": "Nous ouvrons des portes.", "email": "hello@example.org"}
    fields = {"shown": True, **words, **fields}
    if "organisation" not in fields:
        fields["organisation"] = make_organisation()
    made = Initiative.objects.create(slug=slug, **fields)
    made.topics.set(topics)
    return made


def contact(name: str = "Police", **fields) -> EmergencyContact:
    words = {"name_fr": name, "use_fr": "En danger.", "telephone": "113"}
    return EmergencyContact.objects.create(**{**words, **fields})


def _published(page, parent, live, by=None):
    page.locale = parent.locale
    page.live = False
    parent.add_child(instance=page)
    revision = page.save_revision(user=by)
    if live:
        revision.publish()
    page.refresh_from_db()
    return page


def guide(title: str = "Votre téléphone", *, parent=None, live: bool = True, by=None, **fields) -> GuidePage:
    """A guide, written by a person or, where none is given, by the platform itself."""
    return _published(GuidePage(title=title, **fields), parent or section(), live, by)


def news(title: str = "Nouveau cours", *, parent=None, live: bool = True, **fields) -> NewsPage:
    return _published(NewsPage(title=title, **fields), parent or section(), live)


def training(
    title: str = "Atelier", *, parent=None, live: bool = True, starts_at: datetime | None = None, **fields
) -> TrainingPage:
    begin = starts_at or datetime(2027, 3, 1, 17, 0, tzinfo=UTC)
    fields = {"ends_at": begin + timedelta(hours=2), **fields}
    return _published(TrainingPage(title=title, starts_at=begin, **fields), parent or section(), live)


def course(
    title: str = "Sécurité numérique", *, parent=None, live: bool = True, lessons: int = 2, **fields
) -> CoursePage:
    """A course of one module with `lessons` lessons of ten minutes."""
    made = _published(CoursePage(title=title, **fields), parent or section(), live)
    module = _published(ModulePage(title="Premier module"), made, live)
    for number in range(1, lessons + 1):
        lesson(f"Leçon {number}", parent=module, live=live)
    return made


def lesson(title: str = "Leçon", *, parent, live: bool = True, **fields) -> LessonPage:
    return _published(LessonPage(title=title, **fields), parent, live)
