"""Every screen of the office that is Wagtail's, opened in a real browser under the content policy.

Our own, and those of learning, are opened under it by `test_office_accessibility.py`.
"""

import pytest
from django.contrib.auth.models import Group

from tests.factories.accounts import make_person
from tests.factories.cms import document, image, planted, standard_page
from tests.factories.office import platform_administrator
from tests.walks.office import in_turn, sign_in

pytestmark = pytest.mark.walk

SCREENS = [
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


def test_every_screen_of_the_office_keeps_the_policy(site, visitors):
    """In German, for the words of a language; the policy itself knows none."""
    home = planted()
    page = standard_page("Contact", slug="contact")
    administrator = platform_administrator()
    administrator.language = "de"
    administrator.save()
    numbers = {
        "home": home.pk,
        "page": page.pk,
        "image": image().pk,
        "document": document().pk,
        "person": make_person().pk,
        "locale": home.locale_id,
        "group": Group.objects.create(name="Translators").pk,
    }
    walker = visitors(language="de")
    sign_in(walker, administrator)
    screens = [screen.format(**numbers) for screen in SCREENS]
    assert [screen for screen, _page in in_turn(walker, screens, "de")] == screens
