"""Every screen of the office, opened in a real browser under the content policy."""

import pytest
from django.contrib.auth.models import Group

from tests.factories.accounts import make_person
from tests.factories.cms import document, image, planted, standard_page
from tests.factories.office import platform_administrator
from tests.factories.organisations import make_organisation
from tests.walks.learning_screens import filled
from tests.walks.office import settle, sign_in

pytestmark = pytest.mark.walk

SCREENS = [
    "/office/",
    "/office/pages/",
    "/office/pages/{home}/",
    "/office/pages/{page}/edit/",
    "/office/pages/{home}/edit/",
    "/office/pages/add/cms/standardpage/{home}/",
    "/office/pages/{page}/history/",
    "/office/pages/{page}/usage/",
    "/office/pages/{page}/copy/",
    "/office/pages/{page}/move/",
    "/office/pages/{page}/unpublish/",
    "/office/pages/{page}/delete/",
    "/office/images/",
    "/office/images/add/",
    "/office/images/{image}/",
    "/office/images/multiple/add/",
    "/office/images/usage/{image}/",
    "/office/documents/",
    "/office/documents/add/",
    "/office/documents/edit/{document}/",
    "/office/documents/multiple/add/",
    "/office/organisations/",
    "/office/organisations/new/",
    "/office/organisations/edit/{organisation}/",
    "/office/organisations/history/{organisation}/",
    "/office/organisations/usage/{organisation}/",
    "/office/organisations/inspect/{organisation}/",
    "/office/organisations/delete/{organisation}/",
    "/office/unfinished/",
    "/office/users/",
    "/office/users/edit/{person}/",
    "/office/users/history/{person}/",
    "/office/groups/",
    "/office/groups/new/",
    "/office/groups/edit/{group}/",
    "/office/sites/",
    "/office/sites/new/",
    "/office/locales/",
    "/office/locales/new/",
    "/office/locales/edit/{locale}/",
    "/office/collections/",
    "/office/collections/add/",
    "/office/workflows/list/",
    "/office/workflows/add/",
    "/office/workflows/tasks/index/",
    "/office/workflows/tasks/select_type/",
    "/office/reports/locked/",
    "/office/reports/workflow/",
    "/office/reports/workflow_tasks/",
    "/office/reports/site-history/",
    "/office/reports/aging-pages/",
    "/office/reports/page-types-usage/",
    "/office/localize/submit/page/{page}/",
]


@pytest.mark.parametrize("language", ["fr", "de"])
def test_every_screen_of_the_office_keeps_the_policy(site, visitors, language):
    home = planted()
    page = standard_page("Contact", slug="contact")
    administrator = platform_administrator()
    administrator.language = language
    administrator.save()
    numbers = {
        "home": home.pk,
        "page": page.pk,
        "image": image().pk,
        "document": document().pk,
        "organisation": make_organisation("Passerelle").pk,
        "person": make_person().pk,
        "locale": home.locale_id,
        "group": Group.objects.create(name="Translators").pk,
    }
    walker = visitors(language=language)
    sign_in(walker, administrator)
    for screen in SCREENS:
        walker.visit(screen.format(**numbers))
        settle(walker)
        assert walker.page.locator("html").get_attribute("lang") == language, screen


def test_every_screen_where_learning_is_written_keeps_the_policy(site, visitors):
    planted()
    screens = filled()
    administrator = platform_administrator()
    administrator.language = "de"
    administrator.save()
    walker = visitors(language="de")
    sign_in(walker, administrator)
    for screen in screens:
        walker.visit(screen)
        settle(walker)
        assert walker.page.locator("html").get_attribute("lang") == "de", screen
