"""Demonstration keys: the same everywhere, and known for what they are."""

import pytest

from hrdplatform.sealing import demo, ed25519
from tests.factories.sealed_case import Team


def test_each_role_has_its_own_seed():
    assert len({demo.seed(role) for role in demo.ROLES}) == len(demo.ROLES)


def test_the_seeds_never_change():
    assert demo.seed("root").hex() == "0a8d5ab414e2ffacb93b700c3fbcf62b0f1bedbf6ba44bc1f7862fac240dacac"


def test_a_demonstration_root_is_known():
    assert demo.is_demo_root(ed25519.public_key(demo.seed("root")))
    assert demo.is_demo_root(ed25519.public_key(demo.seed("other root")))
    assert not demo.is_demo_root(Team().newest.root)


def test_a_role_that_nobody_published():
    with pytest.raises(KeyError):
        demo.seed("operator")
