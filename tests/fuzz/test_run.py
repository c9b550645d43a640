"""The fuzzer itself: short runs by executions; `make fuzz` runs long ones."""

import pytest

from tests.fuzz import corpus, run, targets


@pytest.mark.parametrize("target", run.NAMES)
def test_the_parsers_stand_a_short_run(target):
    outcome = run.long_run(target, seconds=0, runs=5_000)
    assert outcome.finding == ""
    assert outcome.runs >= 5_000


@pytest.mark.parametrize("patch", sorted(run.PLANTED.glob("*.patch")), ids=lambda patch: patch.stem)
def test_a_planted_bug_is_found(patch):
    outcome = run.planted_run(patch)
    assert outcome.found, outcome.finding


@pytest.mark.parametrize("target", run.NAMES)
def test_every_target_has_a_planted_bug(target):
    assert len([patch for patch in run.PLANTED.glob("*.patch") if run.planted_target(patch) == target]) >= 3


def test_the_beginnings_are_sound():
    for data in corpus.headers():
        targets.header(data)
    for data in corpus.record_inputs():
        targets.record(data)
    for data in corpus.list_bodies():
        targets.listed(data)


def test_a_process_that_cannot_begin_has_found_nothing():
    assert not run.Outcome(0, 0, "ModuleNotFoundError: no such module").found
