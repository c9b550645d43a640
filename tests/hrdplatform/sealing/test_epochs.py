"""Opening epochs: what goes to the server holds no key, and each wrap opens for its reader alone."""

from dataclasses import replace

import pytest

from hrdplatform.sealing import epochs, wraps, xwing
from hrdplatform.sealing.errors import WrongKeyError
from tests.factories.sealed_case import Case, failures, seed


def test_every_reader_and_the_receipt_get_the_same_identity():
    case = Case()
    opened = case.reopen("m01")
    seeds = {reader: case.team.keys(reader).kem for reader in ("m01", "m02", "m03")}
    seeds[epochs.RECEIPT] = case.defender.kem_seed
    assert opened.wraps.keys() == seeds.keys()
    for reader, blob in opened.wraps.items():
        wrap = wraps.open_sealed(blob, seeds[reader])
        assert (wrap.case, wrap.epoch, wrap.card) == (case.id, 2, opened.epoch.signed.id)
        assert xwing.public_key(wrap.seed) == opened.epoch.signed.card.kem


def test_a_wrap_opens_for_its_reader_alone():
    case = Case()
    with pytest.raises(WrongKeyError):
        wraps.open_sealed(case.wraps["case", 1, "m01"], case.team.keys("m02").kem)


def test_each_epoch_has_its_own_identity_and_salt():
    case = Case()
    cards = [case.reopen("m01").epoch.signed.card, case.reopen("m01").epoch.signed.card]
    assert len({card.kem for card in cards} | {card.salt for card in cards}) == 4


def test_notes_are_wrapped_to_the_readers_and_never_to_the_receipt():
    opened = Case().open_notes("m01")
    assert opened.wraps.keys() == {"m01", "m02", "m03"}
    assert opened.epoch.signed.card.receipt is None


def test_what_is_not_open_cannot_be_granted():
    case = Case()
    closed = case.view("m04").messages
    assert failures(case.view("m04")) == {"wrap_absent"}
    with pytest.raises(epochs.NotOpenError):
        epochs.grant(closed, case.team.member("m04"), [1])


def test_a_receipt_of_a_case_without_epochs_is_not_replaced():
    case = Case()
    chain = replace(case.view("defender").messages, epochs=())
    with pytest.raises(epochs.NotOpenError):
        epochs.replace_receipt(chain, case.team.newest, case.author("defender"), case.defender, heads=())


def test_keys_do_not_show_in_logs():
    case = Case()
    shown = repr(case.author("m01")) + repr(case.defender) + repr(case.reopen("m01").epoch) + repr(case.viewer("m01"))
    assert repr(case.team.keys("m01").sig) not in shown
    assert repr(seed("kem")) not in shown
    assert "seed=" not in shown
