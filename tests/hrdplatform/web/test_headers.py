"""The whole policy of every door, as browsers read it, on pages that somebody is shown and on refusals."""

import pytest
from django.conf import settings
from django.test import Client

from hrdplatform.web.headers import FILE, FILM
from tests.factories import legal_aid
from tests.factories.accounts import signed_in
from tests.factories.cms import planted
from tests.factories.office import platform_administrator
from tests.house.answers import AID, OFFICE, PUBLIC, parsed

DOORS = {
    "public": ("public.localhost", "/fr/", PUBLIC),
    "aid": ("aid.localhost", "/fr/aid/", AID),
    "desk": ("aid.localhost", "/desk/", AID),
    "office": ("office.localhost", "/office/", OFFICE),
    "account in the office": ("office.localhost", "/account/", PUBLIC),
    "account at the desk": ("aid.localhost", "/account/", AID),
}


def visitor_of(door):
    """A client that is shown what stands at a door."""
    if door == "office":
        return signed_in(platform_administrator())
    if door in {"public", "aid"}:
        return Client()
    return signed_in(legal_aid.team().users["m02"])


@pytest.mark.django_db
@pytest.mark.parametrize("door", DOORS)
def test_a_page_of_a_door_carries_this_policy_and_no_other(door):
    planted()
    host, address, policy = DOORS[door]
    response = visitor_of(door).get(address, headers={"host": host})
    assert response.status_code == 200
    assert response["Content-Type"].startswith("text/html")
    assert parsed(response["Content-Security-Policy"]) == policy


@pytest.mark.django_db
@pytest.mark.parametrize("door", DOORS)
def test_a_refusal_at_a_door_carries_it_too(door):
    host, address, policy = DOORS[door]
    response = Client(raise_request_exception=False).get(f"{address}nowhere/", headers={"host": host})
    assert response.status_code in {302, 404}
    assert parsed(response["Content-Security-Policy"]) == policy


def test_a_file_that_somebody_uploaded_may_do_nothing():
    assert parsed(FILE) == {"default-src": ["'none'"], "frame-ancestors": ["'none'"], "sandbox": []}
    assert parsed(FILM) == parsed(FILE) | {"media-src": ["'self'"], "sandbox": ["allow-same-origin"]}


@pytest.mark.parametrize("policy", ["img-src 'self'; img-src *", "default-src 'none'; default-src 'none'"])
def test_a_seeded_directive_that_stands_twice_is_reported(policy):
    with pytest.raises(AssertionError):
        parsed(policy)


def test_no_cache_of_django_s_stands_where_sessions_are():
    assert "django.contrib.sessions.middleware.SessionMiddleware" in settings.MIDDLEWARE
    assert [name for name in settings.MIDDLEWARE if name.startswith("django.middleware.cache")] == []
