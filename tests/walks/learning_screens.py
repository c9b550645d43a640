"""What the office shows of learning: each screen's address, and words that stand there in English."""

from django.urls import reverse
from django.utils import translation

from cms.models import Opinion
from hrdplatform.web import clock
from tests.cms.test_translations import begun
from tests.factories.learning import contact, initiative
from tests.factories.library import library
from tests.factories.organisations import make_organisation
from tests.factories.videos import captioned


@translation.override("en")
def filled() -> dict[str, str]:
    """Makes a library of which each screen has something to show; the trees must be planted."""
    owner = make_organisation("Passerelle", slug="passerelle")
    shelf = library("en", owner)
    _translation, german = begun(shelf.guide)
    film = captioned("How to lock it", owner=owner)
    shown = initiative(organisation=owner, name_en="Open doors", topics=(shelf.course.topic,))
    shown.proposed = {"town": "Wiltz"}
    shown.save()
    Opinion.objects.create(page=shelf.guide, on=clock.now().date(), useful=False, words="A step is missing.")
    lesson = shelf.lessons[-1]
    term = next(block.value["term"] for block in lesson.body if block.block_type == "term")
    rows = {
        "initiatives": (shown, "Readers now see"),
        "topics": (shelf.course.topic, "Digital security"),
        "terms": (term, "seizure"),
        "contacts": (contact(), "Police"),
        "videos": (film, "How to lock it"),
    }
    screens = {
        reverse("wagtailadmin_pages:edit", args=[lesson.pk]): lesson.title,
        reverse("wagtailadmin_pages:edit", args=[shelf.course.pk]): "Your telephone",
        reverse("wagtailadmin_pages:edit", args=[shelf.training.pk]): "Workshop",
        reverse("wagtailadmin_pages:edit", args=[shelf.channels.pk]): "Which channel?",
        reverse("wagtailadmin_pages:edit", args=[german.pk]): "When it is seized",
        reverse("wagtailadmin_pages:add", args=["cms", "guidepage", shelf.section.pk]): "Guide",
        reverse("office_submit_translation", args=[shelf.training.pk]): "Workshop",
        reverse("office_import_course"): "Folder as a zip file",
        reverse("office_parcels:index"): "Your telephone",
        reverse("office_opinions"): "A step is missing.",
        reverse("office_to_check"): "Your telephone",
    }
    for name, (row, words) in rows.items():
        screens[reverse(f"office_{name}:index")] = str(row)
        screens[reverse(f"office_{name}:add")] = ""
        screens[reverse(f"office_{name}:edit", args=[row.pk])] = words
    return screens
