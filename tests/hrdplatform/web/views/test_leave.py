from django.test import Client

from hrdplatform.web import leaving


def test_leaving_empties_the_browser_and_shows_a_recipe():
    response = Client().get("/fr/quetsch/", headers={"host": "aid.localhost"})
    assert response.status_code == 200
    assert response["Clear-Site-Data"] == '"cookies", "storage"'
    assert response["Cache-Control"] == "no-store"
    assert b"platform" not in response.content.replace(b"web/platform.css", b"")


def test_leaving_takes_every_cookie_of_ours():
    client = Client()
    client.cookies["__Host-plain"] = "x"
    client.cookies["__Host-csrf"] = "y"
    response = client.get("/fr/quetsch/", headers={"host": "aid.localhost"})
    assert {name: cookie["max-age"] for name, cookie in response.cookies.items()} == {
        "__Host-plain": 0,
        "__Host-csrf": 0,
    }


def test_rooms_end_their_own_sessions(monkeypatch):
    seen = []
    monkeypatch.setattr(leaving, "_closers", {})
    leaving.register("room", lambda request: seen.append(request.path))
    Client().get("/de/quetsch/")
    assert seen == ["/de/quetsch/"]


def test_a_database_that_is_down_keeps_nobody_here(monkeypatch):
    from django.db import OperationalError

    def closer(request):
        raise OperationalError("gone")

    monkeypatch.setattr(leaving, "_closers", {"room": closer})
    assert Client().get("/de/quetsch/").status_code == 200
