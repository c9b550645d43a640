"""One thing of an organisation for each model that the office shows; a viewset without a maker here fails its tests."""

from hrdplatform.accounts.models import User
from hrdplatform.office.access import OFFICE_ROLES
from hrdplatform.organisations.models import Organisation
from tests.factories.organisations import make_member

MAKERS = {Organisation: lambda organisation: organisation}


def thing_of(model, organisation: Organisation):
    """An object of `model` that belongs to `organisation`."""
    return MAKERS[model](organisation)


def all_rounder(organisation: Organisation) -> User:
    """Somebody with every role of the office, in one organisation only."""
    user = None
    for role in sorted(OFFICE_ROLES):
        user = make_member(organisation, role, user)
    return User.objects.get(pk=user.pk)


def platform_administrator() -> User:
    """Somebody who looks after everything."""
    from tests.factories.accounts import make_person

    return make_person(is_staff=True, is_superuser=True)
