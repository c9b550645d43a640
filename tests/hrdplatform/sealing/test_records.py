"""Containers: what is built is parsed, and its length says a bucket only. Refusals: `test_negative_records`, 19."""

from hashlib import sha256

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hrdplatform.sealing import ed25519, records
from hrdplatform.sealing.age import sealed
from tests.factories.sealed_case import seed
from tests.hrdplatform.sealing.vectors import VECTORS

KIB = 1024


@pytest.mark.parametrize("vector", VECTORS["messages"], ids=range(3))
def test_the_published_messages(vector):
    raw = records.build(records.MESSAGE, vector["body"].encode(), bytes.fromhex(VECTORS["receipts"][0]["sig"]))
    assert (len(raw), sha256(raw).hexdigest()) == (vector["container_length"], vector["container_sha256"])
    container = records.parse(raw)
    container.verify(bytes.fromhex(VECTORS["receipts"][0]["sig_public"]))
    assert (container.id, container.signature.hex()) == (vector["id"], vector["signature"])


@pytest.mark.parametrize(
    ("length", "bucket"), [(0, 8), (8 * KIB - 76, 8), (8 * KIB - 75, 32), (32 * KIB, 128), (512 * KIB, 2048)]
)
def test_the_smallest_bucket_that_holds_it(length, bucket):
    raw = records.build(records.NOTE, b"x" * length, bytes(32))
    assert len(raw) == bucket * KIB
    assert records.parse(raw).body == b"x" * length


def test_a_body_beyond_the_largest_bucket():
    assert len(records.build(records.NOTE, b"x" * records.LONGEST_BODY, bytes(32))) == 2048 * KIB
    with pytest.raises(records.RecordError):
        records.build(records.NOTE, b"x" * (records.LONGEST_BODY + 1), bytes(32))


def test_sealed_sizes_follow_from_the_buckets():
    assert tuple(sealed.sealed_size(bucket) for bucket in records.BUCKETS) == records.SEALED_SIZES


@given(st.sampled_from(records.KINDS), st.binary(max_size=300))
def test_what_is_built_is_parsed(kind, body):
    container = records.parse(records.build(kind, body, seed("author")))
    container.verify(ed25519.public_key(seed("author")))
    assert (container.kind, container.body) == (kind, body)


@given(st.binary(max_size=200), st.integers(0, 8192))
def test_any_bytes_are_read_exactly_or_refused(head, length):
    raw = (records.MAGIC + head).ljust(length, b"\0")
    try:
        container = records.parse(raw)
    except records.RecordError:
        return
    end = records.OVERHEAD + len(container.body)
    assert raw == raw[:12] + container.signature + container.body + bytes(len(raw) - end)


def test_the_type_table():
    assert [kind.number for kind in records.KINDS] == [1, 2, 3, 4, 5, 6, *range(16, 27)]
    assert {kind.name for kind in records.KINDS if kind.by_defender} == {
        "card",
        "message",
        "opened",
        "contact",
        "consent",
    }
    assert all(kind.carries_data == (kind.number >= 5) for kind in records.KINDS)
    assert all(kind.chains == ("notes",) for kind in records.KINDS if kind.number >= 16 or kind is records.NOTE)
