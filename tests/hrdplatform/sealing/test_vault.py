"""The vault opens what it sealed, in its own place, under any key that is still in the file."""

import pytest

from hrdplatform.sealing.errors import MalformedError, TamperedError, WrongKeyError
from hrdplatform.sealing.vault import open_secret, seal_secret

NEW, OLD = "newest line", "older line"


def test_a_secret_comes_back_and_each_box_differs():
    box = seal_secret(b"seed", (NEW,), b"row 1")
    assert open_secret(box, (NEW,), b"row 1") == b"seed"
    assert box != seal_secret(b"seed", (NEW,), b"row 1")


def test_boxes_of_an_older_key_still_open_and_new_ones_are_made_under_the_newest():
    assert open_secret(seal_secret(b"seed", (OLD,), b"row"), (NEW, OLD), b"row") == b"seed"
    with pytest.raises(WrongKeyError):
        open_secret(seal_secret(b"seed", (NEW, OLD), b"row"), (OLD,), b"row")


def test_a_box_opens_in_no_other_place_and_unchanged_only():
    box = seal_secret(b"seed", (NEW,), b"row 1")
    for other, place in ((box, b"row 2"), (box[:-1] + bytes([box[-1] ^ 1]), b"row 1")):
        with pytest.raises(TamperedError):
            open_secret(other, (NEW,), place)
    with pytest.raises(MalformedError):
        open_secret(box[:35], (NEW,), b"row 1")
