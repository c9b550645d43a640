"""Counting queries of public pages: everything is warm, but no copy of the page is kept."""

from django.test import Client

from hrdplatform.web import generations, pagecache


def warmed(client: Client, address: str) -> str:
    """The address, visited once and forgotten; the next visit asks for the generations once and for all it shows."""
    assert client.get(address).status_code == 200
    pagecache.shelf.clear()
    generations.forget()
    return address
