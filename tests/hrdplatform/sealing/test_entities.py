"""Current versions: nobody's change is lost, and a removal is one too."""

from dataclasses import replace
from datetime import timedelta

from hypothesis import given
from hypothesis import strategies as st

from hrdplatform.sealing.bodies import Entity, Place
from hrdplatform.sealing.entities import Version, current
from tests.factories.sealed_case import AT

PLACE = Place("a" * 32, "case", 1, "b" * 64, "defender", (), AT, "c" * 32)


def version(name: str, *replaces: str, data: dict | None = {}, minute: int = 0) -> Version:  # noqa: B006 - never changed
    place = replace(PLACE, sent=AT + timedelta(minutes=minute))
    return Version(name, "contact", Entity(place, "e" * 32, data, replaces))


def standing(*versions: Version) -> list[str]:
    return [one.id for found in current(versions).values() for one in found]


def test_the_last_of_a_line_stands():
    assert standing(version("one"), version("two", "one"), version("three", "two")) == ["three"]


def test_two_at_once_stand_side_by_side_until_a_third_replaces_both():
    beside = [version("one"), version("two", "one", minute=2), version("three", "one", minute=1)]
    assert standing(*beside) == ["three", "two"]
    assert standing(*beside, version("four", "two", "three")) == ["four"]


def test_a_removal_removes():
    assert standing(version("one"), version("gone", "one", data=None)) == []


def test_a_removal_beside_a_change_is_seen():
    assert standing(version("one"), version("gone", "one", data=None), version("two", "one", minute=1)) == [
        "gone",
        "two",
    ]


def test_replaced_ids_that_one_cannot_see_are_ignored():
    assert standing(version("two", "unknown")) == ["two"]


def test_another_kind_or_entity_replaces_nothing():
    one = version("one")
    other = replace(version("two", "one"), kind="consent")
    foreign = replace(version("three", "one"), body=replace(version("three", "one").body, entity="f" * 32))
    assert set(standing(one, other, foreign)) == {"one", "two", "three"}


def test_nothing_replaces_itself():
    assert standing(version("one", "one")) == ["one"]


@given(st.permutations([version("one"), version("two", "one"), version("three", "one"), version("four", "two")]))
def test_the_order_of_arrival_does_not_matter(arrived):
    assert set(standing(*arrived)) == {"three", "four"}
