"""Editors' rights: given by one verb, again without effect, and to nobody else."""

import pytest
from django.core.management import call_command
from wagtail.models import GroupPagePermission

from cms.domain.rights import let_editors_write
from hrdplatform.organisations.states import Role
from tests.factories.cms import home, planted
from tests.factories.organisations import make_member, make_organisation, make_platform

pytestmark = pytest.mark.django_db


def test_editors_write_and_publish_on_every_home_page():
    planted()
    call_command("editor_rights")
    editor = make_member(make_platform(), Role.EDITOR)
    for language in ("fr", "de", "lb", "en"):
        may = home(language).permissions_for_user(editor)
        assert may.can_add_subpage()
        assert may.can_publish()


def test_authors_get_none_of_it():
    planted()
    let_editors_write()
    author = make_member(make_organisation(), Role.AUTHOR)
    assert not home("fr").permissions_for_user(author).can_edit()


def test_a_second_time_changes_nothing():
    planted()
    let_editors_write()
    before = GroupPagePermission.objects.count()
    let_editors_write()
    assert GroupPagePermission.objects.count() == before
