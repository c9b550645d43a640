"""No test reaches another machine: Python's connections and Chromium's are refused before a packet leaves."""

import asyncio
import socket
import urllib.request
from collections.abc import Coroutine
from concurrent.futures import ThreadPoolExecutor

import pytest
from playwright.sync_api import Browser, Error
from pytest_socket import SocketConnectBlockedError

AWAY = "192.0.2.1"  # kept free for examples: nobody is there (RFC 5737)


def loop_of_its_own(work: Coroutine) -> None:
    """In another thread: Playwright keeps an event loop in this one."""
    with ThreadPoolExecutor() as threads:
        threads.submit(asyncio.run, work).result()


@pytest.mark.filterwarnings("ignore:A test tried to use socket")
@pytest.mark.parametrize(
    "reach",
    [
        lambda: socket.create_connection((AWAY, 80), timeout=1),
        lambda: socket.socket(type=socket.SOCK_DGRAM).connect((AWAY, 53)),
        lambda: urllib.request.urlopen(f"http://{AWAY}/", timeout=1),
        lambda: loop_of_its_own(asyncio.open_connection(AWAY, 80)),
    ],
    ids=["tcp", "udp", "http", "asyncio"],
)
def test_a_connection_to_another_machine_is_refused(reach):
    with pytest.raises(SocketConnectBlockedError, match=AWAY):
        reach()


def test_a_connection_to_this_machine_is_made():
    with socket.create_server(("127.0.0.1", 0)) as here:
        socket.create_connection(here.getsockname(), timeout=5).close()


@pytest.mark.walk
@pytest.mark.parametrize("host", [AWAY, "platform.example"])
def test_chromium_asks_no_other_machine(chromium: Browser, host: str):
    page = chromium.new_page()
    with pytest.raises(Error, match="ERR_PROXY_CONNECTION_FAILED"):
        page.goto(f"http://{host}/", timeout=10_000)
    page.close()
