"""The page's end of the worker: what happens when the worker cannot run, when the page goes, and what crosses
at all.
"""

import json

import pytest
from playwright.sync_api import Page, Route

from . import people
from .doors import Doors
from .worker import Fault, Worker

ASK = """async ([operation, options]) => {
    const client = new sealing.client.SealingClient("/static/sealing/worker.js");
    return client.call(operation, options).then(() => "answered", (fault) => [fault.name, fault.code]);
}"""
START = {"base": "/en/aid/sealed/", "csrf": "token", "hostIsLoopback": False, "teamHex": people.TEAM}


def test_23_a_blocked_worker_script_posts_nothing(page: Page, doors: Doors) -> None:
    page.route("**/worker.js", lambda route: route.abort())
    assert page.evaluate(ASK, ["prepare", START]) == ["SealingFault", "worker"]
    assert doors.heard == []


@pytest.mark.parametrize("breaks_policy", [True])
def test_23_a_policy_without_workers_posts_nothing(page: Page, doors: Doors) -> None:
    def without_workers(route: Route) -> None:
        answer = route.fetch()
        policy = answer.headers["content-security-policy"].replace("worker-src 'self'", "worker-src 'none'")
        route.fulfill(response=answer, headers=answer.headers | {"content-security-policy": policy})

    page.route(page.url, without_workers)
    page.reload()
    found = page.evaluate(ASK, ["prepare", START])
    assert found == ["SealingFault", "worker"]
    assert doors.heard == []


def test_an_operation_that_is_none_is_refused(worker: Worker) -> None:
    for name in ("keys", "constructor", "__proto__", "toString"):
        with pytest.raises(Fault) as refused:
            worker(name)
        assert refused.value.detail == "operation"


def test_leaving_the_page_ends_the_worker(page: Page, worker: Worker) -> None:
    page.evaluate("() => dispatchEvent(new PageTransitionEvent('pagehide'))")
    with pytest.raises(Fault) as refused:
        worker("prepare", {"teamHex": people.TEAM})
    assert refused.value.code == "worker"


def test_no_key_crosses_to_the_page(page: Page, doors: Doors, worker: Worker) -> None:
    page.evaluate(
        """(name) => {
            globalThis.crossed = [];
            globalThis[name].worker.addEventListener("message", ({data}) => crossed.push(data));
        }""",
        worker.name,
    )
    worker("prepare", {"teamHex": people.TEAM})
    worker("makeReceipt", {"language": "en"})
    worker("sealFile", {"id": "a"}, {"file": {"parts": [["eA==", 1]], "filename": "a", "type": ""}})
    worker("openCase", {"text": "x", "urgency": "open", "language": "en", "fileIds": ["a"]})
    worker("loadCase")
    crossed = json.dumps(page.evaluate("() => crossed"))
    assert '"digest"' in crossed
    assert '"seed"' not in crossed
    assert '"key"' not in crossed
    assert "AGE-SECRET" not in crossed
