"""What a zip file says of itself is held against what it is, before it costs anything."""

import io
import random
import struct
import tracemalloc
import zipfile

import pytest

from hrdplatform.media import archives

MB = 1024 * 1024
ROW = struct.pack("<4s4B4HL2L5H2L", b"PK\1\2", 20, 0, 20, 0, 0, 0, 0, 0x21, 0, 0, 0, 1, 0, 0, 0, 0, 0, 0) + b"a"
"""The table's row of an empty member."""


def packed(**members: bytes) -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in members.items():
            archive.writestr(name, content)
    return stream.getvalue()


def lying(whole: bytes, said: int) -> bytes:
    """A zip file of one member that says another size, with the checksum of as many noughts."""
    raw, row = bytearray(whole), whole.rfind(b"PK\1\2")
    checksum = zipfile.crc32(bytes(said))
    struct.pack_into("<L", raw, row + 24, said)
    struct.pack_into("<L", raw, row + 16, checksum)
    struct.pack_into("<L", raw, 14, checksum)
    return bytes(raw)


def end(rows: int, length: int, *, disks: int = 0, comment: bytes = b"") -> bytes:
    """The last record."""
    head = struct.pack("<4s4H2LH", b"PK\5\6", disks, disks, rows & 0xFFFF, rows & 0xFFFF, length, 0, len(comment))
    return head + comment


def read(whole: bytes) -> bytes:
    archive = archives.opened(io.BytesIO(whole), most=10)
    return archives.content(archive, archive.infolist()[0])


def cost(whole: bytes, *, refused: bool = True) -> int:
    """The most bytes that are held at once while it is read."""
    stream = io.BytesIO(whole)
    tracemalloc.start()
    try:
        archive = archives.opened(stream, most=4_000)
        archives.content(archive, archive.infolist()[0])
        assert not refused
    except archives.BROKEN:
        assert refused
    finally:
        most = tracemalloc.get_traced_memory()[1]
        tracemalloc.stop()
    return most


def test_a_member_comes_out_as_it_went_in():
    for content in (b"", b"x", random.Random(1).randbytes(100_000), bytes(3 * MB)):
        assert read(packed(a=content)) == content


@pytest.mark.parametrize("said", [5_001, 50_000])
def test_a_member_that_is_shorter_than_it_said_is_damaged(said):
    with pytest.raises(archives.BROKEN):
        read(lying(packed(a=bytes(5_000)), said))


def test_a_member_with_another_checksum_is_damaged():
    whole = bytearray(packed(a=b"words"))
    whole[whole.rfind(b"PK\1\2") + 16] ^= 1
    with pytest.raises(archives.BROKEN):
        read(bytes(whole))


def test_of_a_bomb_no_more_is_unpacked_than_it_said():
    bomb = lying(packed(a=bytes(200 * MB)), 100)
    assert len(bomb) < MB
    assert cost(bomb, refused=False) < MB


@pytest.mark.parametrize("said", [1_000, 600_000])
def test_a_long_table_of_contents_is_refused_before_it_is_read_whatever_it_says(said):
    """600,000 rows; the first four bytes behind the signature say once more that a record begins."""
    table = ROW * 600_000
    assert cost(table + end(said, len(table))) < MB
    hidden = bytearray(end(said, len(table)))
    hidden[4:8] = b"PK\5\6"
    assert cost(table + hidden) < MB


def test_a_table_of_more_rows_than_it_says_is_refused():
    table = ROW * 11
    with pytest.raises(archives.BROKEN):
        archives.opened(io.BytesIO(table + end(10, len(table))), most=10)
    with pytest.raises(archives.TooManyError):
        archives.opened(io.BytesIO(table + end(11, len(table))), most=10)
    assert len(archives.opened(io.BytesIO(table + end(11, len(table))), most=11).infolist()) == 11


@pytest.mark.parametrize("comment", [b"", b"words", b"x" * 65_535])
def test_a_large_file_s_own_record_is_not_walked_into(comment):
    """The longest comment pushes what stands before the record out of a look at the last 64 KB."""
    table = ROW * 600_000
    large = struct.pack("<4sQ2H2L4Q", b"PK\6\6", 44, 45, 45, 0, 0, 600_000, 600_000, len(table), 0)
    locator = struct.pack("<4sLQL", b"PK\6\7", 0, len(table), 1)
    assert cost(table + large + locator + end(1, len(ROW), comment=comment)) < MB


@pytest.mark.parametrize(
    "tail",
    [
        end(1, len(ROW), disks=1),
        end(1, len(ROW))[:-1],
        end(1, len(ROW)) + b"more",
        end(1, len(ROW), comment=b"a comment with PK\5\6 in it"),
        b"no record",
    ],
)
def test_a_last_record_that_is_not_the_last_thing_is_none(tail):
    with pytest.raises(archives.BROKEN):
        archives.opened(io.BytesIO(ROW + tail), most=10)


def test_a_comment_does_no_harm():
    assert len(archives.opened(io.BytesIO(ROW + end(1, len(ROW), comment=b"by hand")), most=10).infolist()) == 1
