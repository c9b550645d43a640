import pytest
from django.core.cache import cache

from hrdplatform.web.throttle import Throttle


@pytest.fixture(autouse=True)
def empty_cache():
    cache.clear()


def test_the_limit_is_kept_and_the_wait_is_never_longer_than_the_period(stopped_clock):
    throttle = Throttle("try", limit=3, period=600)
    assert [bool(throttle.hit("circuit")) for _ in range(5)] == [True, True, True, False, False]
    assert 0 < throttle.hit("circuit").seconds <= 600


def test_another_circuit_is_not_slowed(stopped_clock):
    throttle = Throttle("try", limit=1, period=600)
    throttle.hit("one")
    assert not throttle.hit("one")
    assert throttle.hit("two")


def test_two_throttles_do_not_share_a_count(stopped_clock):
    Throttle("one", limit=1, period=600).hit("circuit")
    assert Throttle("two", limit=1, period=600).hit("circuit")


def test_the_next_window_begins_anew(stopped_clock):
    throttle = Throttle("try", limit=1, period=600)
    throttle.hit("circuit")
    stopped_clock.move(seconds=600)
    assert throttle.hit("circuit")


def test_a_success_is_forgotten(stopped_clock):
    throttle = Throttle("try", limit=1, period=600)
    throttle.hit("account")
    throttle.forget("account")
    assert throttle.hit("account")


def test_the_cache_does_not_know_who_tried(stopped_clock):
    Throttle("try", limit=1, period=600).hit("203.0.113.9")
    kept = repr(cache._cache)
    assert "throttle:" in kept
    assert "203.0.113.9" not in kept


def test_a_cache_that_is_down_turns_nobody_away(settings, stopped_clock):
    settings.CACHES = {
        "default": {"BACKEND": "django.core.cache.backends.redis.RedisCache", "LOCATION": "redis://127.0.0.1:1/0"}
    }
    throttle = Throttle("try", limit=1, period=600)
    assert [bool(throttle.hit("circuit")) for _ in range(3)] == [True, True, True]
