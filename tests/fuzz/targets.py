"""What is fuzzed: three parsers, each held against `reference`, and what they accept emitted again as the same bytes.

A target returns for every input; a wrong verdict is an `AssertionError`, any error without a name of ours is a crash.
"""

from hashlib import sha256

from hrdplatform.sealing import bodies, cards, ed25519, lists, pins, records, wraps
from hrdplatform.sealing.age import header as age_header
from hrdplatform.sealing.age import sealed
from hrdplatform.sealing.age.stanzas import encoded
from hrdplatform.sealing.errors import MalformedError, SealingError
from tests.fuzz import reference, shapes

ROOT_SEED = sha256(b"fuzzing root").digest()
ROOT = ed25519.public_key(ROOT_SEED)


def header(data: bytes) -> None:
    """The header of an age file, and the strict look at our own objects from the outside."""
    try:
        found = age_header.parse(data)
    except MalformedError:
        found = None
    assert (found is not None) == reference.header(data)
    if found is not None:
        again = found.covered + b" " + encoded(found.mac).encode() + b"\n"
        assert again == data
        assert age_header.VERSION_LINE + b"".join(map(_stanza, found.stanzas)) + age_header.END == found.covered
    try:
        sealed.check_outside(data)
    except MalformedError:
        return
    assert data[: sealed.HEADER_LENGTH].count(b"\n-> ") == 1


def _stanza(stanza: age_header.Stanza) -> bytes:
    body = encoded(stanza.body)
    lines = [body[place : place + 64] for place in range(0, len(body) + 1, 64)]
    return "\n".join([" ".join(["->", stanza.kind, *stanza.arguments]), *lines, ""]).encode()


def record(data: bytes) -> None:
    """A container, a body in a sound container, or a wrap; the first byte says which."""
    way, rest = data[0] if data else 0, data[1:]
    if way % 3 == 0:
        length = reference.BUCKETS[way // 3 % 3] + way // 9 % 3 - 1
        _container(rest[:-2].ljust(length - 2, b"\0") + rest[-2:].rjust(2, b"\0"))
        _container(rest)
    elif way % 3 == 1:
        _body(way // 3 % 27, rest)
    else:
        _wrap(rest)


def _container(raw: bytes) -> None:
    try:
        found = records.parse(raw)
    except MalformedError:
        found = None
    assert (found is not None) == reference.container(raw)
    if found is not None:
        assert raw[:76] + found.body + bytes(len(raw) - 76 - len(found.body)) == raw


def _body(number: int, body: bytes) -> None:
    content = b"HRS1" + bytes([number, 0, 0, 0]) + len(body).to_bytes(4, "big") + bytes(64) + body
    raw = content.ljust(next(size for size in reference.BUCKETS if size >= len(content)), b"\0")
    try:
        again = _read(raw)
    except MalformedError:
        assert not (reference.container(raw) and shapes.body(number, body))
    else:
        assert shapes.body(number, body)
        assert again == body


def _read(raw: bytes) -> bytes:
    """Parse a container and its body; return the body as it is emitted again."""
    found = records.parse(raw)
    if found.kind is records.CARD:
        return records.parse(cards.build(cards.parse(raw).card, ROOT_SEED)).body
    return bodies.emit(bodies.parse(found.kind, found.body))


def _wrap(raw: bytes) -> None:
    try:
        found = wraps.parse(raw)
    except MalformedError:
        return
    assert wraps.emit(found) == raw


def listed(data: bytes) -> None:
    """The body of a member list, signed where the paper says that a signature is asked for; then the file as it came.

    Three bodies in four are refused before their signature is looked at: the fuzzer does not wait for one there.
    """
    value = reference.canonical(data)
    signed = shapes.under(ROOT.hex(), value)
    file = (data + b"\n").decode("latin-1") + lists.fields.spell(signature(data) if signed else STRAY) + "\n"
    try:
        found = lists.parse(file)
    except ed25519.SignatureError:
        assert not signed
        assert value is not ..., "the signature of a body that is not canonical was looked at"
    except SealingError:
        assert not (signed and shapes.member_list(value))
    else:
        assert signed
        assert shapes.member_list(value)
        assert lists.build(found, ROOT_SEED) == file
        _believe(found)
    try:
        lists.parse(data.decode("latin-1"))
    except SealingError:
        return


def signature(body: bytes) -> bytes:
    return ed25519.sign(ROOT_SEED, records.signed_bytes("list", body))


STRAY = signature(b"")


def _believe(found: lists.MemberList) -> None:
    other = pins.Pin(ROOT, 2, "0" * 64, found.team)
    try:
        pins.verify(found, other, {found.hash: found})
    except pins.ListRefusedError:
        return
    raise AssertionError("a list that the pin does not know was believed")


TARGETS = {"header": header, "record": record, "list": listed}
