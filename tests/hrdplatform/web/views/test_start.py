import pytest
from django.test import Client


@pytest.fixture
def client():
    return Client()


@pytest.mark.parametrize(
    ("host", "language", "place"),
    [
        ("public.localhost", "de-LU,de;q=0.8", "/de/"),
        ("public.localhost", "ar", "/fr/"),
        ("aid.localhost", "ar", "/ar/aid/"),
        ("aid.localhost", "", "/fr/aid/"),
        ("localhost", "en", "/en/"),
        ("office.localhost", "en", "/office/"),
    ],
)
def test_the_first_address_leads_to_the_preferred_language(client, host, language, place):
    response = client.get("/", headers={"host": host, "accept-language": language})
    assert response.status_code == 302
    assert response["Location"] == place
    assert response.cookies == {}


def test_the_choice_is_cached_per_language_only(client):
    response = client.get("/", headers={"host": "public.localhost"})
    assert response["Vary"] == "Accept-Language"


def test_a_language_is_kept_for_pages_without_one(client):
    response = client.post("/language/", {"language": "de", "next": "/account/"})
    assert response["Location"] == "/account/"
    cookie = response.cookies["__Host-language"]
    assert cookie.value == "de"
    assert cookie["secure"]
    assert cookie["httponly"]
    assert cookie["max-age"] == ""


@pytest.mark.parametrize(
    "target", ["//evil.example/", "https://evil.example/", "/\\evil.example", "javascript:alert(1)", "", "account", "²"]
)
def test_the_way_back_stays_in_the_house(client, target):
    assert client.post("/language/", {"language": "de", "next": target})["Location"] == "/"


def test_an_unknown_language_is_not_kept(client):
    assert client.post("/language/", {"language": "xx", "next": "/"}).cookies == {}


def test_choosing_a_language_is_no_plain_visit(client):
    assert client.get("/language/?language=de").status_code == 405
