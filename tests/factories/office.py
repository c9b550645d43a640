"""One thing of an organisation for each model that the office shows; a viewset without a maker here fails its tests."""

from cms.domain.sections import collection_of
from cms.models import CourseParcel, EmergencyContact, Initiative, Term, Topic
from hrdplatform.accounts.models import User
from hrdplatform.media.models import PlatformVideo
from hrdplatform.office.access import OFFICE_ROLES
from hrdplatform.organisations.models import Organisation
from tests.factories.learning import contact, course, initiative, section, term, topic
from tests.factories.organisations import make_member


def parcel(organisation: Organisation) -> CourseParcel:
    """A package of a live course that bears its organisation's name."""
    made = course(str(organisation.name), parent=section(organisation), lessons=1)
    return CourseParcel.objects.get(course=made, form="epub")


def video(organisation: Organisation) -> PlatformVideo:
    """A link to a film, on the shelf of its organisation."""
    return PlatformVideo.objects.create(
        title=str(organisation.name),
        address="https://video.example.org/1",
        language="fr",
        transcript="Une rivière.",
        collection=collection_of(organisation),
    )


MAKERS = {
    Organisation: lambda organisation: organisation,
    Initiative: lambda organisation: initiative(
        f"of-{organisation.slug}", organisation=organisation, name_fr=str(organisation.name)
    ),
    Topic: lambda _organisation: topic(),
    Term: lambda _organisation: term(),
    EmergencyContact: lambda _organisation: contact(),
    PlatformVideo: video,
    CourseParcel: parcel,
}


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
