"""Counting queries of public pages: everything is warm, but no copy of the page is kept."""

from collections.abc import Iterator
from contextlib import contextmanager

from django.db import connection
from django.test import Client

from hrdplatform.web import generations, pagecache


def warmed(client: Client, address: str) -> str:
    """The address, visited once and forgotten; the next visit asks for the generations once and for all it shows."""
    assert client.get(address).status_code == 200
    pagecache.shelf.clear()
    generations.forget()
    return address


@contextmanager
def rows_read() -> Iterator[list[int]]:
    """How many rows each query brings in turn: each is asked once more, and counted."""
    read: list[int] = []

    def counted(execute, sql, params, many, context):
        if "SELECT" in sql[:8]:
            outer, connection.execute_wrappers = connection.execute_wrappers, []
            with connection.cursor() as again:
                again.execute(sql, params)
                read.append(len(again.fetchall()))
            connection.execute_wrappers = outer
        return execute(sql, params, many, context)

    with connection.execute_wrapper(counted):
        yield read
