import pytest
from django.core.management import call_command
from django.test import Client
from wagtail.search.models import IndexEntry

from cms.models import SectionPage
from hrdplatform.operations.management.commands import serve
from tests.factories.cms import planted
from tests.factories.learning import guide, section
from tests.factories.organisations import make_organisation

pytestmark = pytest.mark.django_db


@pytest.mark.database
def test_an_upgrade_opens_missing_sections_and_makes_the_search_find_again(client: Client):
    planted()
    guide("Votre téléphone", parent=section(make_organisation(slug="passerelle")))
    SectionPage.objects.filter(locale__language_code="de").first().delete()
    IndexEntry.objects.all().delete()
    assert "<mark>" not in client.get("/fr/search/?q=téléphone").content.decode()
    call_command("upgrade", verbosity=0)
    assert "Votre <mark>téléphone</mark></a>" in client.get("/fr/search/?q=téléphone").content.decode()
    assert SectionPage.objects.filter(locale__language_code="de").count() == 1


def test_each_start_of_the_embedded_platform_is_an_upgrade(capsys):
    planted()
    section(make_organisation(slug="passerelle"))
    SectionPage.objects.filter(locale__language_code="de").first().delete()
    serve.Command().prepare(demo=False)
    assert SectionPage.objects.filter(locale__language_code="de").count() == 1
    assert "bringing it up to date" in capsys.readouterr().out
