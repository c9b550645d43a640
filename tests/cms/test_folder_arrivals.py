"""Folders that people send in, as the worker reads them: by turns, on where it was, stopped, given up, swept away."""

from datetime import timedelta

import pytest
from django.core.files.storage import default_storage
from django.db import transaction

from cms.domain import arrivals, readings
from cms.domain.card_files import files
from cms.domain.lifting import export
from cms.models import CoursePage, SentFolder
from cms.states import Arrival
from hrdplatform.media.models import PlatformImage
from hrdplatform.organisations.domain.roles import take_role
from hrdplatform.organisations.states import Role
from hrdplatform.web import clock
from tests.factories.cms import picture_bytes
from tests.factories.folders import folder, sent, taken, writer
from tests.factories.organisations import make_member, membership_of

pytestmark = [pytest.mark.django_db, pytest.mark.database]

LESSON = "01-before/02-your-phone.md"


@pytest.fixture
def organisation():
    return writer()


@pytest.fixture
def author(organisation):
    return make_member(organisation, Role.AUTHOR)


def pictures(count: int, **changed: bytes) -> dict[str, bytes]:
    """The canonical course with so many pictures more in a lesson."""
    text, more = folder()[LESSON].decode(), {}
    for number in range(count):
        more[f"media/p{number}.png"] = picture_bytes(size=(60 + number, 40))
        text += f"\n```image\nfile: media/p{number}.png\nalt: A picture\n```\n"
    return folder(**{LESSON: text, **more, **changed})


def again(row: SentFolder) -> SentFolder:
    return SentFolder.objects.select_related("by", "organisation").get(pk=row.pk)


def a_turn(row: SentFolder, seconds: float = 0) -> SentFolder:
    """One turn, of one picture unless it is longer."""
    readings.read_on(again(row), at=clock.now(), seconds=seconds)
    return again(row)


def stored(row: SentFolder) -> set[str]:
    return set(files(f"{arrivals.FOLDER}/{row.place}")[1])


def test_a_turn_ends_after_some_pictures_and_the_next_goes_on_there(organisation, author):
    row = sent(pictures(2), organisation, author)
    found, copies = [], []
    while (row := a_turn(row)).state == Arrival.WANTED:
        found.append((row.done, len(stored(row)), row.tries))
        copies.append({seen["copy"] for seen in row.pictures.values() if seen})
    assert found == [(31, 2, 0), (63, 3, 0)]
    assert copies[0] < copies[1]
    assert (row.state, row.done) == (Arrival.TAKEN, 100)
    assert dict(export(CoursePage.objects.get())) == pictures(2)


def test_what_a_look_let_through_is_not_made_once_more(organisation, author):
    row = a_turn(sent(pictures(2), organisation, author, dry=True), seconds=60)
    assert (row.state, row.report["media"][-1]) == (Arrival.LOOKED, "media/phone.png")
    assert not CoursePage.objects.exists()
    copies = stored(row)
    assert len(copies) == 4
    assert arrivals.take(row, at=clock.now())
    row = a_turn(row)
    assert row.state == Arrival.TAKEN
    assert PlatformImage.objects.count() == 3


def test_several_folders_are_read_by_turns(organisation, author):
    first = sent(pictures(2), organisation, author, at=clock.now() - timedelta(minutes=2))
    second = sent(folder(), organisation, make_member(organisation, Role.EDITOR), at=clock.now() - timedelta(minutes=1))
    assert readings.due().first() == first
    a_turn(first)
    assert readings.due().first() == second
    assert readings.read_due(at=clock.now()) == 1
    assert (again(second).state, again(first).state) == (Arrival.TAKEN, Arrival.WANTED)


def test_a_picture_that_is_refused_is_told_with_everything_else(organisation, author):
    broken = pictures(1, **{"media/p0.png": b"GIF89a", "01-before/module.yaml": b"title: Before\nled: x\n"})
    row = sent(broken, organisation, author)
    while (row := a_turn(row)).state == Arrival.WANTED:
        pass
    assert row.state == Arrival.BROKEN
    told = [(file, line) for file, line, _words in row.findings]
    assert told == [("01-before/module.yaml", 2), ("media/p0.png", 0)]
    assert not PlatformImage.objects.exists()


def test_findings_are_told_in_the_language_of_who_sent_it(organisation, author):
    author.language = "fr"
    author.save()
    row = a_turn(sent(folder(**{"course.yaml": None}), organisation, author))
    assert "Ce fichier manque" in row.findings[0][2]


def test_who_lost_the_right_meanwhile_is_told_so(organisation, author):
    row = sent(folder(), organisation, author)
    take_role(membership_of(author, organisation), by=make_member(organisation), at=clock.now())
    row = a_turn(row)
    assert (row.state, row.findings) == (Arrival.BROKEN, [["", 0, "You cannot write in this section."]])
    assert not CoursePage.objects.exists()


def test_who_was_switched_off_takes_nothing_in(organisation, author):
    row = sent(folder(), organisation, author)
    author.is_active = False
    author.save()
    assert a_turn(row).state == Arrival.BROKEN
    assert not CoursePage.objects.exists()


def test_what_is_stopped_while_the_worker_reads_it_makes_nothing_and_leaves_nothing(organisation, author):
    row = sent(pictures(2), organisation, author)
    a_turn(row)
    reading = again(row)
    assert arrivals.stop(row, at=clock.now())
    readings.read_on(reading, at=clock.now())
    assert (again(row).state, stored(row)) == (Arrival.STOPPED, set())
    assert not CoursePage.objects.exists()
    assert not arrivals.stop(row, at=clock.now())
    assert not arrivals.take(row, at=clock.now())


def test_a_stop_at_the_very_last_moment_undoes_the_pages(organisation, author):
    row = sent(folder(), organisation, author)
    reading = again(row)
    with default_storage.open(arrivals.file_of(row)) as stream:
        source = readings.opened(row.name, stream)
        arrivals.stop(row, at=clock.now())
        with pytest.raises(readings.StoppedError):
            readings.finish(reading, source, readings.gate_of({}), at=clock.now())
    assert not CoursePage.objects.exists()


def test_two_workers_at_one_folder_make_one_course(organisation, author):
    row = sent(folder(), organisation, author)
    one, other = again(row), again(row)
    readings.read_on(one, at=clock.now())
    readings.read_on(other, at=clock.now())
    assert again(row).state == Arrival.TAKEN
    assert CoursePage.objects.count() == 1


def test_a_second_worker_leaves_what_the_first_has_looked_at(organisation, author):
    row = sent(folder(), organisation, author, dry=True)
    one, other = again(row), again(row)
    readings.read_on(one, at=clock.now())
    readings.read_on(other, at=clock.now())
    assert again(row).state == Arrival.LOOKED
    assert len(stored(row)) == 2
    assert arrivals.take(row, at=clock.now())
    assert a_turn(row).state == Arrival.TAKEN


def test_a_folder_that_kills_the_worker_is_given_up(organisation, author):
    row = sent(folder(), organisation, author)
    SentFolder.objects.update(tries=readings.MOST_TRIES)  # turns of which nobody came back
    row = a_turn(row)
    assert (row.state, row.findings) == (Arrival.BROKEN, [["", 0, "The platform could not read this."]])


def test_a_fault_of_the_platform_is_tried_again_and_then_said(organisation, author):
    row = sent(folder(), organisation, author)
    default_storage.delete(arrivals.file_of(row))
    for tries in range(1, readings.MOST_TRIES + 1):
        row = a_turn(row)
        assert (row.state, row.tries) == (Arrival.WANTED, tries)
    assert a_turn(row).state == Arrival.BROKEN


def test_its_file_goes_when_it_is_taken_in_or_broken(organisation, author, django_capture_on_commit_callbacks):
    for content, ended in ((folder(), Arrival.TAKEN), ({"x.txt": b""}, Arrival.BROKEN)):
        row = sent(content, organisation, author)
        with django_capture_on_commit_callbacks(execute=True):
            assert a_turn(row, seconds=60).state == ended
        assert stored(row) == set()


def test_a_day_later_it_is_forgotten_unless_it_still_waits(organisation, author):
    looked = a_turn(sent(folder(), organisation, author, dry=True), seconds=60)
    waiting = sent(folder(), organisation, author)
    arrivals.sweep(at=clock.now() + timedelta(hours=23))
    assert SentFolder.objects.count() == 2
    arrivals.sweep(at=clock.now() + timedelta(hours=25))
    assert SentFolder.objects.get() == waiting
    assert (stored(looked), stored(waiting)) == (set(), {"folder"})


def test_files_of_nobody_go_but_not_those_on_their_way_into_a_row(organisation, author):
    row = sent(folder(), organisation, author)
    place = row.place
    author.delete()
    assert not SentFolder.objects.exists()
    arrivals.sweep(at=clock.now())
    assert default_storage.exists(f"{arrivals.FOLDER}/{place}/folder")
    assert arrivals.sweep(at=clock.now() + timedelta(hours=2)) >= 1
    assert not default_storage.exists(f"{arrivals.FOLDER}/{place}/folder")


def test_a_picture_may_have_the_longest_name_that_a_folder_takes(organisation, author):
    name = f"media/{'ü' * 190}.png"
    text = folder()[LESSON].decode() + f"\n```image\nfile: {name}\nalt: A picture\n```\n"
    row = a_turn(sent(folder(**{LESSON: text, name: picture_bytes(size=(90, 40))}), organisation, author), seconds=60)
    assert row.state == Arrival.TAKEN
    assert PlatformImage.objects.filter(title="ü" * 190).exists()


def test_pictures_that_the_shelf_has_are_not_written_anew(organisation, author):
    taken(pictures(1), organisation)
    row = a_turn(sent(pictures(1), organisation, author, dry=True))
    assert (row.state, row.pictures, row.report["same"][0][:12]) == (Arrival.LOOKED, {}, "course.yaml:")


def finished_and_undone(row: SentFolder) -> None:
    with default_storage.open(arrivals.file_of(row)) as stream, transaction.atomic():
        readings.finish(row, readings.opened(row.name, stream), readings.gate_of({}), at=clock.now())
        assert CoursePage.objects.exists()
        raise RuntimeError


def test_nothing_is_half_done_when_the_pages_cannot_be_kept(organisation, author):
    row = again(sent(folder(), organisation, author))
    with pytest.raises(RuntimeError):
        finished_and_undone(row)
    assert not CoursePage.objects.exists()
    assert again(row).state == Arrival.WANTED
