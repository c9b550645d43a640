"""A process that opens one door only, asked as one machine is asked: everything that the door needs is there."""

import json

import pytest

from tests.servers import commands

ASK = """
import json
from django.test import Client
client = Client(headers={{"host": "localhost", "accept-language": "en"}}, raise_request_exception=False)
found = {{}}
for path in {paths}:
    answer = client.get(path)
    found[path] = answer.get("Location") or answer.status_code
print(json.dumps(found))
"""
WANTED = {
    "aid": {
        "/": "/en/aid/",
        "/robots.txt": 200,
        "/static/web/mark.svg": 200,
        "/account/login/": 200,
        "/desk/": "/account/login/?next=%2Fdesk%2F",
        "/office/": 404,
        "/en/quetsch/": 200,
        "/nothing/": 404,
    },
    "office": {
        "/": "/office/",
        "/robots.txt": 200,
        "/static/web/mark.svg": 200,
        "/account/login/": 200,
        "/office/": "/account/login/?next=%2Foffice%2F",
        "/desk/": 404,
        "/en/aid/": 404,
    },
    "public": {
        "/": "/en/",
        "/robots.txt": 200,
        "/static/web/mark.svg": 200,
        "/account/login/": 404,
        "/office/": 404,
        "/desk/": 404,
        "/en/aid/": 404,
    },
}


@pytest.mark.parametrize("door", WANTED)
def test_a_process_with_one_door_has_all_that_the_door_needs_and_nothing_of_the_others(tmp_path, door):
    said = commands.script(tmp_path, ASK.format(paths=list(WANTED[door])), DOORS=door, STATICS=str(tmp_path))
    assert json.loads(said) == WANTED[door]
