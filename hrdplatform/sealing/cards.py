"""The card: the signed opening of an epoch, saying who reads it, under which list, and which receipt the defender
holds.

One per chain and epoch, stored unsealed as its container, since a reader without old wraps must be able to verify; it
holds ids and public keys only. Whether a card may follow another: `succession`. sealing.md 4.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from hrdplatform.sealing import canonical, fields, records
from hrdplatform.sealing.canonical import CanonicalError, Value
from hrdplatform.sealing.fields import NO_HASH
from hrdplatform.sealing.labels import hashed

KEYS = frozenset(
    {
        "arrival",
        "author",
        "barred",
        "base",
        "case",
        "chain",
        "epoch",
        "heads",
        "kem",
        "list",
        "list_seq",
        "prev",
        "readers",
        "receipt",
        "root",
        "salt",
        "team",
        "v",
    }
)
RECEIPT_KEYS = frozenset({"kem", "sig"})

LAST_EPOCH = 99_999_999
"""A wrap writes the epoch with eight digits."""

DEFENDER = "defender"


@dataclass(frozen=True)
class ReceiptKeys:
    """The public keys of a receipt: `kem` 1,216 bytes, `sig` 32."""

    kem: bytes
    sig: bytes


@dataclass(frozen=True)
class Card:
    """The fields of a card's body; `kem` is the public key of the epoch's identity, `root` 32 raw bytes."""

    arrival: str
    author: str
    barred: tuple[str, ...]
    base: str
    case: str
    chain: str
    epoch: int
    heads: tuple[str, ...]
    kem: bytes
    list: str
    list_seq: int
    prev: str
    readers: tuple[str, ...]
    receipt: ReceiptKeys | None
    root: bytes
    salt: str
    team: str


@dataclass(frozen=True)
class SignedCard:
    """A card with the container it came in. Its signature and its right to follow are not judged by `parse`."""

    card: Card
    container: records.Container

    @property
    def id(self) -> str:
        """H(body), 64 hex digits."""
        return self.container.id

    @property
    def case(self) -> str:
        """The case id, 32 hex digits: made from this card if it is a case's first, else the one it names."""
        return self.card.case or case_id(self.id)


def case_id(card_id: str) -> str:
    """Return the id of the case that card 1 opens: the first 16 bytes of `H(P"case" || 0 || card id)` as hex."""
    return hashed("case", bytes.fromhex(card_id))[:16].hex()


def parse(raw: bytes) -> SignedCard:
    """Return the card in a container. Raises `RecordError` or `CanonicalError`."""
    container = records.parse(raw)
    if container.kind is not records.CARD:
        raise CanonicalError(f"a {container.kind.name} where a card should be")
    found = canonical.parse_object(container.body, KEYS)
    fields.literal(found["v"], 1)
    card = _card(found)
    _check_chain(card)
    return SignedCard(card, container)


def build(card: Card, seed: bytes) -> bytes:
    """Return the container of `card`, signed by the author's 32-byte Ed25519 `seed`. Raises a `MalformedError`."""
    _check_chain(card)
    return records.build(records.CARD, canonical.emit(_spell(card)), seed)


def _card(found: Mapping[str, Value]) -> Card:
    return Card(
        arrival=fields.choice(found["arrival"], "browser", "server"),
        author=fields.author(found["author"]),
        barred=fields.member_ids(found["barred"]),
        base=fields.hash_hex(found["base"]),
        case=fields.hex16_or_nothing(found["case"]),
        chain=fields.choice(found["chain"], "case", "notes"),
        epoch=fields.number(found["epoch"], least=1),
        heads=fields.hashes(found["heads"]),
        kem=fields.octets(found["kem"], fields.KEM_LENGTH),
        list=fields.hash_hex(found["list"]),
        list_seq=fields.number(found["list_seq"], least=1),
        prev=fields.hash_hex(found["prev"]),
        readers=fields.member_ids(found["readers"]),
        receipt=_receipt(found["receipt"]),
        root=bytes.fromhex(fields.hash_hex(found["root"])),
        salt=fields.hex16(found["salt"]),
        team=fields.hex16(found["team"]),
    )


def _receipt(value: Value) -> ReceiptKeys | None:
    if value is None:
        return None
    found = canonical.exact(value, RECEIPT_KEYS)
    return ReceiptKeys(fields.octets(found["kem"], fields.KEM_LENGTH), fields.octets(found["sig"], fields.SIG_LENGTH))


def _check_chain(card: Card) -> None:
    first = card.epoch == 1
    if card.epoch > LAST_EPOCH:
        raise CanonicalError("an epoch beyond eight digits")
    if first != (card.prev == NO_HASH):
        raise CanonicalError("only epoch 1 has nothing before it")
    if first and card.heads:
        raise CanonicalError("epoch 1 closes no other")
    if card.chain == "case":
        _check_case(card)
    else:
        _check_notes(card)


def _check_case(card: Card) -> None:
    if (card.epoch == 1) != (card.case == "") or card.base != NO_HASH or card.receipt is None:
        raise CanonicalError("not the fields of a card on the case chain")


def _check_notes(card: Card) -> None:
    if card.case == "" or card.base == NO_HASH or card.receipt is not None:
        raise CanonicalError("not the fields of a card on the notes chain")
    if card.arrival != "browser" or card.author == DEFENDER:
        raise CanonicalError("notes are opened in a team member's browser only")


def _spell(card: Card) -> dict[str, Value]:
    receipt = card.receipt
    return {
        "arrival": card.arrival,
        "author": card.author,
        "barred": list(card.barred),
        "base": card.base,
        "case": card.case,
        "chain": card.chain,
        "epoch": card.epoch,
        "heads": list(card.heads),
        "kem": fields.spell(card.kem),
        "list": card.list,
        "list_seq": card.list_seq,
        "prev": card.prev,
        "readers": list(card.readers),
        "receipt": None if receipt is None else {"kem": fields.spell(receipt.kem), "sig": fields.spell(receipt.sig)},
        "root": card.root.hex(),
        "salt": card.salt,
        "team": card.team,
        "v": 1,
    }
