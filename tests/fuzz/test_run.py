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


def test_a_run_that_ended_too_early_is_not_whole():
    assert run.Outcome(1_000, 60).whole(60, 1_000)
    assert not run.Outcome(999, 60).whole(60, 1_000)
    assert not run.Outcome(1_000, 59).whole(60, 1_000)
    assert not run.Outcome(1_000, 60, run.FOUND).whole(60, 1_000)


def test_a_long_run_goes_on_until_it_has_had_its_seconds_and_its_executions():
    outcome = run.long_run("header", seconds=1, runs=60_000)
    assert outcome.whole(1, 60_000), outcome


def test_a_planted_bug_that_no_longer_fits_says_so_in_the_words_of_git(tmp_path):
    rotten = tmp_path / "99-rotten.patch"
    whole = (run.PLANTED / "11-list-sequence-zero.patch").read_text("utf-8")
    rotten.write_text(whole.replace("-        seq=", "-        number="), "utf-8")
    with pytest.raises(run.PatchRefusedError, match=r"99-rotten\.patch does not fit.*\n.*patch failed: .*lists\.py"):
        run.planted_run(rotten)
