import pytest
from django.test import RequestFactory

from hrdplatform.conf import read
from hrdplatform.web.doors import EVERY_DOOR, PROBES, URLCONFS, Door, door_of_path, door_url, doors


@pytest.fixture
def production(tmp_path):
    for name in ("secret", "vault"):
        (tmp_path / name).write_text(name * 20)
    return {
        "HRD_PROFILE": "production",
        "HRD_DATA": str(tmp_path),
        "HRD_SECRET_KEY_FILE": str(tmp_path / "secret"),
        "HRD_VAULT_KEY_FILE": str(tmp_path / "vault"),
        "HRD_PUBLIC_HOST": "rights.example",
        "HRD_ONION_HOST": "abc.onion",
    }


def test_in_production_each_host_leads_to_its_door_only(production):
    house = doors(read(production))
    assert house.way("rights.example", "/fr/") == (Door.PUBLIC, URLCONFS[Door.PUBLIC])
    assert house.way("office.rights.example", "/office/") == (Door.OFFICE, URLCONFS[Door.OFFICE])
    assert house.way("aid.rights.example", "/desk/") == (Door.AID, URLCONFS[Door.AID])
    assert house.way("abc.onion", "/fr/aid/") == (Door.AID, URLCONFS[Door.AID])
    assert house.way("localhost", "/") is None


def test_a_closed_door_answers_nobody(production):
    house = doors(read(production | {"HRD_DOORS": "aid"}))
    assert house.way("rights.example", "/fr/") is None
    assert house.way("aid.rights.example", "/fr/aid/") == (Door.AID, URLCONFS[Door.AID])


def test_a_closed_door_still_says_that_it_is_well(production):
    house = doors(read(production | {"HRD_DOORS": "aid"}))
    assert house.way("rights.example", "/health/ready") == (Door.PUBLIC, PROBES)


def test_on_one_machine_localhost_answers_for_all(tmp_path):
    house = doors(read({"HRD_DATA": str(tmp_path)}))
    assert house.way("localhost", "/fr/aid/") == (Door.AID, EVERY_DOOR)
    assert house.way("localhost", "/fr/") == (Door.PUBLIC, EVERY_DOOR)
    assert house.way("aid.localhost", "/fr/aid/") == (Door.AID, URLCONFS[Door.AID])
    assert house.way("127.0.0.1", "/office/") == (Door.PUBLIC, PROBES)


LIMITED = {
    "public": {"/": "public", "/robots.txt": "public", "/static/x.css": "public", "/fr/": "public"},
    "office": {"/": "office", "/robots.txt": "office", "/account/login/": "office", "/office/": "office"},
    "aid": {"/": "aid", "/robots.txt": "aid", "/static/x.css": "aid", "/account/login/": "aid", "/desk/": "aid"},
    "office aid": {"/": "aid", "/account/login/": "office", "/desk/": "aid", "/office/": "office"},
}
CLOSED = {
    "public": ["/account/login/", "/office/", "/desk/", "/fr/aid/"],
    "office": ["/desk/", "/fr/aid/"],
    "aid": ["/office/"],
    "office aid": [],
}


@pytest.mark.parametrize("opened", LIMITED)
def test_on_one_machine_with_some_doors_shut_the_others_have_all_that_they_need(tmp_path, opened):
    house = doors(read({"HRD_DATA": str(tmp_path), "HRD_DOORS": opened}))
    assert {path: house.way("localhost", path) for path in LIMITED[opened]} == {
        path: (Door(door), EVERY_DOOR) for path, door in LIMITED[opened].items()
    }
    assert [path for path in CLOSED[opened] if house.way("localhost", path)] == []


@pytest.mark.parametrize(
    ("path", "door"),
    [
        ("/lb/aid/request/", Door.AID),
        ("/desk/", Door.AID),
        ("/desk", Door.AID),
        ("/office/pages/3/", Door.OFFICE),
        ("/account/login/", Door.OFFICE),
        ("/fr/aidance/", Door.PUBLIC),
        ("/fr/desk/", Door.PUBLIC),
        ("/", Door.PUBLIC),
    ],
)
def test_a_path_tells_its_door(path, door):
    assert door_of_path(path) == door


def test_on_a_shared_host_a_link_to_another_door_is_a_path():
    request = RequestFactory().get("/", headers={"host": "localhost:8123"})
    assert door_url("office", "web:robots", request=request) == "/robots.txt"


def test_from_one_door_to_another_a_link_names_the_host():
    request = RequestFactory().get("/", headers={"host": "office.localhost:8123"})
    assert door_url("aid", "web:robots", request=request) == "http://localhost:8123/robots.txt"
    assert door_url("office", "web:robots", request=request) == "/robots.txt"


def test_a_letter_names_the_whole_address():
    assert door_url("aid", "web:robots") == "http://localhost:8000/robots.txt"
