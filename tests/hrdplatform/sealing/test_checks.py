"""What the server accepts without being able to open it, and what it refuses."""

from dataclasses import replace

import pytest

from hrdplatform.sealing import cards, checks, epochs, lists, pins, records
from hrdplatform.sealing.checks import Circumstances
from hrdplatform.sealing.epochs import NewEpoch
from hrdplatform.sealing.errors import MalformedError
from hrdplatform.sealing.stored import Defender
from hrdplatform.sealing.succession import CardRefusedError, Standing
from tests.factories.sealed_case import TODAY, Case, seed


def given(case: Case) -> Circumstances:
    return Circumstances(
        case.team.newest, {hash_: lists.parse(text) for hash_, text in case.team.texts.items()}, TODAY, False
    )


def check(case: Case, made: NewEpoch, sender: str, **changes: object):
    """Check a card that follows the newest of the case, as the server would."""
    newest = case.view("m01").messages.newest
    standing = Standing(case.id, "case", newest.number + 1, before=newest.signed, listed_before=newest.listed)
    rest = {"card_wraps": made.wraps, "given": given(case)} | changes
    return checks.check_card(cards.parse(made.container), sender=sender, standing=standing, **rest)


def made(case: Case, who: str = "m01", change: epochs.Change = epochs.UNCHANGED) -> NewEpoch:
    newest = case.view("m01").messages.newest
    return epochs.open_epoch(newest.signed, case.team.newest, case.author(who), heads=(), change=change)


def test_the_first_card_of_a_case():
    case = Case()
    opened = epochs.open_case(case.team.newest, case.defender, arrival="browser")
    standing = Standing(opened.epoch.signed.case, "case", 1)
    signed = cards.parse(opened.container)
    assert signed == opened.epoch.signed
    assert checks.check_card(signed, opened.wraps, sender="defender", standing=standing, given=given(case)) is signed


@pytest.mark.parametrize("who", ["defender", "m01"])
def test_the_next_card(who):
    case = Case()
    opened = made(case, who)
    assert check(case, opened, who) == opened.epoch.signed


def test_a_card_of_the_notes_chain():
    case = Case()
    base = case.view("m01").messages.newest
    opened = epochs.open_notes(base, case.author("m01"))
    standing = Standing(case.id, "notes", 1, base=base.signed)
    found = checks.check_card(opened.epoch.signed, opened.wraps, sender="m01", standing=standing, given=given(case))
    assert found.card.receipt is None


def test_a_card_by_somebody_else_than_its_sender():
    case = Case()
    with pytest.raises(checks.SenderError):
        check(case, made(case, "m01"), "m02")


def test_a_card_under_an_older_list():
    case = Case()
    opened = made(case)
    case.team.next()
    with pytest.raises(checks.StaleListError):
        check(case, opened, "m01")


def test_a_card_under_a_list_that_expired():
    case = Case()
    late = replace(given(case), today=case.team.newest.expires.replace(day=25))
    with pytest.raises(pins.ListExpiredError):
        check(case, made(case), "m01", given=late)


def test_a_card_that_readers_would_refuse():
    case = Case()
    thief = epochs.receipt_keys(Defender(seed("thief kem"), seed("thief sig")))
    with pytest.raises(CardRefusedError):
        check(case, made(case, "m01", epochs.Change(receipt=thief)), "m01")


@pytest.mark.parametrize("spoil", ["less", "more", "size", "stanza"])
def test_wraps_are_exactly_those_of_the_readers_and_the_receipt(spoil):
    case = Case()
    opened = made(case)
    wraps = dict(opened.wraps)
    if spoil == "less":
        del wraps["receipt"]
    elif spoil == "more":
        wraps["m04"] = wraps["m01"]
    elif spoil == "size":
        wraps["m01"] += b"x"
    else:
        wraps["m01"] = wraps["m01"].replace(b"mlkem768x25519", b"mlkem768x25518", 1)
    with pytest.raises((checks.WrapsError, MalformedError)):
        check(case, opened, "m01", card_wraps=wraps)


@pytest.mark.parametrize("size", records.SEALED_SIZES)
def test_a_record_is_of_a_known_size_and_looks_like_one(size):
    for blob in (bytes(size), bytes(size - 1), b""):
        with pytest.raises(MalformedError):
            checks.check_record(blob)


@pytest.mark.parametrize(
    ("kind", "chain", "sender", "good"),
    [
        ("message", "case", "defender", True),
        ("message", "case", "m01", True),
        ("contact", "case", "defender", True),
        ("opened", "case", "defender", True),
        ("summary", "notes", "m01", True),
        ("opened", "case", "m01", False),
        ("note", "notes", "defender", False),
        ("note", "case", "m01", False),
        ("message", "notes", "m01", False),
        ("summary", "notes", "defender", False),
        ("card", "case", "m01", False),
        ("poem", "case", "m01", False),
    ],
)
def test_labels(kind, chain, sender, good):
    if good:
        checks.check_label(kind, chain, sender)
    else:
        with pytest.raises(checks.SenderError):
            checks.check_label(kind, chain, sender)


def replaced(case: Case) -> epochs.Replacement:
    new = Defender(seed("new kem"), seed("new sig"))
    view = case.view("defender").messages
    return epochs.replace_receipt(view, case.team.newest, case.author("defender"), new, heads=())


def rows(wraps: tuple[epochs.OldWrap, ...]) -> list[tuple[str, int, str, bytes]]:
    return [(wrap.chain, wrap.epoch, wrap.reader, wrap.sealed) for wrap in wraps]


def test_a_receipt_is_replaced_by_two_cards():
    case = Case()
    case.reopen("m01")
    both = replaced(case)
    first, second = both.first.epoch.signed, both.second.epoch.signed
    before = case.view("m01").messages.newest.signed.card.receipt
    assert checks.check_replacement([first, second], before)
    assert not checks.check_replacement([made(case).epoch.signed], before)
    checks.check_old_wraps(rows(both.wraps), second, epochs={"case": 2}, replaced=True)


def test_a_receipt_is_not_replaced_by_one_card_or_two_kinds_of_readers():
    case = Case()
    both = replaced(case)
    first, second = both.first.epoch.signed, both.second.epoch.signed
    before = case.view("m01").messages.newest.signed.card.receipt
    other = replace(second, card=replace(second.card, readers=("m01",)))
    for made in ([first], [first, other]):
        with pytest.raises(checks.SenderError):
            checks.check_replacement(made, before)


def test_a_replaced_receipt_takes_every_old_wrap_along():
    case = Case()
    case.reopen("m01")
    both = replaced(case)
    for wraps in (both.wraps[:1], both.wraps[:1] * 2, ()):
        with pytest.raises(checks.WrapsError):
            checks.check_old_wraps(rows(wraps), both.second.epoch.signed, epochs={"case": 2}, replaced=True)


def test_wraps_are_granted_to_readers_of_the_new_epoch():
    case = Case()
    grants = epochs.grant(case.view("m01").messages, case.team.member("m04"), [1])
    opened = made(case, "m01", epochs.Change(reading=("m01", "m03", "m04"))).epoch.signed
    checks.check_old_wraps(rows(grants), opened, epochs={"case": 1}, replaced=False)
    for spoiled in (
        [("case", 2, "m04", grants[0].sealed)],
        [("notes", 1, "m04", grants[0].sealed)],
        [("case", 1, "m02", grants[0].sealed)],
        [("case", 1, "receipt", grants[0].sealed)],
    ):
        with pytest.raises(checks.WrapsError):
            checks.check_old_wraps(spoiled, opened, epochs={"case": 1}, replaced=False)


def test_a_defender_grants_nothing():
    """She cannot judge who of the team may see what; a hostile one would fill the case with wraps that open nothing."""
    case = Case()
    grants = epochs.grant(case.view("m01").messages, case.team.member("m01"), [1])
    opened = made(case, "defender").epoch.signed
    with pytest.raises(checks.WrapsError):
        checks.check_old_wraps(rows(grants), opened, epochs={"case": 1}, replaced=False)
    checks.check_old_wraps([], opened, epochs={"case": 1}, replaced=False)
