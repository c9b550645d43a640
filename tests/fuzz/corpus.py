"""Where the fuzzer begins: sound inputs of each target, made anew for every run."""

from pathlib import Path

from hrdplatform.sealing import canonical, reading, records, rosters, wraps, writing
from hrdplatform.sealing.age import sealed
from hrdplatform.sealing.epochs import Change
from tests.factories.sealed_case import AT, Case, Team
from tests.fuzz.targets import ROOT, ROOT_SEED


def write(target: str, folder: Path) -> None:
    """Write the beginnings of `target` into an empty folder."""
    for place, data in enumerate({"header": headers, "record": record_inputs, "list": list_bodies}[target]()):
        (folder / f"{place:03}").write_bytes(data)


def headers() -> list[bytes]:
    """Our own header, whole objects, and headers of other kinds as the grammar allows."""
    whole = sealed.seal(b"", Team().member("m01").kem)
    own = whole[: whole.index(b"\n---") + 49]
    mac = b"--- " + b"A" * 43 + b"\n"
    first = b"age-encryption.org/v1\n"
    return [
        own,
        whole,
        first + b"-> X25519 " + b"A" * 43 + b"\n" + b"A" * 43 + b"\n" + mac,
        first + b"-> scrypt " + b"A" * 22 + b" 15\n" + b"A" * 43 + b"\n" + mac,
        first + b"-> a b c\n" + b"A" * 64 + b"\n\n" + b"-> d\nAA\n" + mac,
    ]


def record_inputs() -> list[bytes]:
    """Bodies of all kinds, containers and wraps, each after the byte that says which."""
    case = Case()
    case.write("defender", "help")
    case.write("m01", "we are here")
    case.reopen("m01", Change(barred=("m02",)))
    case.open_notes("m01")
    case.write("m01", "careful", chain="notes")
    newest = case.view("m01").messages.newest
    turn = writing.Turn(case.author("m01"), AT, reading.heads(case.view("m01").messages.trusted(2)))
    entity = writing.write_entity(newest, turn, records.CONTACT, {"channel": "phone"})
    inputs = [_body(row.container) for row in case.cards]
    inputs += [_body(_container(case, place)) for place in range(len(case.records))]
    inputs.append(_body(sealed.open_sealed(entity.sealed, newest.seed or b"")))
    inputs += [bytes([0]) + case.cards[0].container[:500], bytes([0]) + _container(case, 0)]
    inputs.append(bytes([2]) + wraps.emit(wraps.Wrap(case.id, "case", 1, newest.signed.id, bytes(32))))
    return inputs


def _container(case: Case, place: int) -> bytes:
    row = case.records[place]
    epoch = case.view("m01").chains[row.chain].epochs[row.epoch - 1]
    return sealed.open_sealed(row.sealed, epoch.seed or b"")


def _body(container: bytes) -> bytes:
    found = records.parse(container)
    return bytes([found.kind.number * 3 + 1]) + found.body


def list_bodies() -> list[bytes]:
    """Lists of one and two members, with a partner, under the root that the target signs with."""
    team = Team()
    raw = canonical.parse(team.texts[team.newest.hash].split("\n")[0].encode())
    whole = canonical.exact(raw, frozenset(raw) if isinstance(raw, dict) else frozenset())
    whole |= {"root": ROOT.hex(), "partners": [{"name": "Partner", "root": ROOT.hex()}]}
    members = whole["members"]
    rows = members if isinstance(members, list) else []
    return [canonical.emit(whole | {"members": rows[:count]}) for count in (1, 2)] + [
        rosters.sign(b"{}", "list", ROOT_SEED).encode()
    ]
