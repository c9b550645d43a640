"""The same deed many times at once, each on a database connection of its own."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

from django.db import connection


def at_once(times: int, deed: Callable[[], object]) -> list[object]:
    """What each call answered or raised, all started together."""
    start = Barrier(times)

    def one(_number: int) -> object:
        start.wait()
        try:
            return deed()
        except Exception as error:  # noqa: BLE001 - the test judges it
            return error
        finally:
            connection.close()

    with ThreadPoolExecutor(times) as pool:
        return list(pool.map(one, range(times)))
