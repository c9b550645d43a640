"""The objects of the format as tables over `reference`: bodies, cards and lists, judged field by field."""

from typing import Any

from tests.fuzz.reference import (
    AUTHOR,
    DAY,
    HASH,
    HEX16,
    MEMBER,
    MINUTE,
    NOTES,
    RECEIPT,
    at_least,
    canonical,
    fits,
    ids,
    matching,
    octets,
    one_of,
    rows,
    text,
)

PLACE = {
    "after": ids(HASH),
    "author": matching(AUTHOR),
    "card": matching(HASH),
    "case": matching(HEX16),
    "chain": one_of("case", "notes"),
    "epoch": at_least(1),
    "salt": matching(HEX16),
    "sent": MINUTE,
    "v": one_of(1),
}
ATTACHMENT = {
    "digest": matching(HASH),
    "key": octets(32),
    "name": text(255),
    "parts": at_least(1),
    "sealed": at_least(1),
    "size": at_least(0),
    "type": lambda value: text(100)(value) and value.isascii(),
}
MESSAGE = PLACE | {"attachments": rows(ATTACHMENT, 64), "text": text(20_000)}
ENTITY = PLACE | {
    "data": lambda value: value is None or isinstance(value, dict),
    "entity": matching(HEX16),
    "replaces": ids(HASH),
}
CARD = {
    "arrival": one_of("browser", "server"),
    "author": matching(AUTHOR),
    "barred": ids(MEMBER),
    "base": matching(HASH),
    "case": matching(f"({HEX16})?"),
    "chain": one_of("case", "notes"),
    "epoch": at_least(1),
    "heads": ids(HASH),
    "kem": octets(1216),
    "list": matching(HASH),
    "list_seq": at_least(1),
    "prev": matching(HASH),
    "readers": ids(MEMBER),
    "receipt": lambda value: value is None or fits(value, RECEIPT),
    "root": matching(HASH),
    "salt": matching(HEX16),
    "team": matching(HEX16),
    "v": one_of(1),
}
MEMBERS = {
    "id": matching(MEMBER),
    "kem": octets(1216),
    "kind": one_of("reader", "recovery"),
    "scope": one_of("intake", "case"),
    "sig": octets(32),
}
LIST = {
    "demo": one_of(0, 1),
    "expires": DAY,
    "issued": DAY,
    "members": rows(MEMBERS),
    "next_root": matching(f"({HASH})?"),
    "partners": rows({"name": text(255), "root": matching(HASH)}),
    "prev": matching(HASH),
    "root": matching(HASH),
    "roster": matching(HASH),
    "seq": at_least(1),
    "team": matching(HEX16),
    "v": one_of(1),
}
NOTHING = "0" * 64


def body(number: int, raw: bytes) -> bool:
    """Whether `raw` is the body of a record of that type."""
    value = canonical(raw)
    if number == 1:
        return fits(value, CARD) and _card(value)
    if not fits(value, MESSAGE if number in (2, 3, 4) else ENTITY):
        return False
    silent = number != 4 or not (value["text"] or value["attachments"])
    return silent and (value["chain"] == "notes") == (number in NOTES)


def _card(value: dict[str, Any]) -> bool:
    first, notes = value["epoch"] == 1, value["chain"] == "notes"
    if value["epoch"] > 99_999_999 or first != (value["prev"] == NOTHING) or (first and value["heads"]):
        return False
    if notes:
        team = value["author"] != "defender" and value["arrival"] == "browser"
        return team and value["case"] != "" and value["base"] != NOTHING and value["receipt"] is None
    return first == (value["case"] == "") and value["base"] == NOTHING and value["receipt"] is not None


def under(root: str, value: Any) -> bool:
    """Whether an object names that root: only then is its signature one of that root's."""
    return isinstance(value, dict) and value.get("root") == root


def member_list(value: Any) -> bool:
    """Whether a value of canonical JSON is the body of a list."""
    if not fits(value, LIST):
        return False
    members = [member["id"] for member in value["members"]]
    return members == sorted(set(members))
