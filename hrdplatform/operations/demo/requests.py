"""Demo requests: sealed with the functions that stand for a defender's device, answered with a published key."""

from __future__ import annotations

from datetime import datetime, timedelta
from secrets import token_hex

from hrdplatform.operations.demo import cast
from hrdplatform.operations.demo.record import Receipt, Record
from hrdplatform.operations.demo.stories import Answer, Enclosure, Story
from hrdplatform.sealing import cases, demo, epochs, reading, receipts, records, writing
from hrdplatform.sealing.bodies import Attachment
from hrdplatform.sealing.epochs import Author
from hrdplatform.sealing.files import FileSealer
from hrdplatform.sealing.members import member_keys
from hrdplatform.sealing.stored import Defender, Member, StoredCard, StoredCase, StoredRecord, StoredWrap
from hrdplatform.sealing.writing import Turn
from legal_aid import queries
from legal_aid.domain import correspondence, desk, installation, intake, lists, speakers
from legal_aid.domain.correspondence import NewRecords
from legal_aid.domain.intake import NewCase
from legal_aid.domain.plain_intake import card_of, row_of
from legal_aid.domain.plain_receipt import DIGITS_FROM, LISTED
from legal_aid.domain.speakers import DEFENDER
from legal_aid.domain.uploads import Claim, Owner, StreamedUpload
from legal_aid.models import Case, Team, TeamMember
from legal_aid.states import Chain


def lay(story: Story, team: Team, record: Record, *, at: datetime) -> None:
    """One request, with its answer where the story has one. A receipt that the record knows is used again."""
    keys = receipts.receipt_keys(receipts.parse(" ".join(_receipt(story, record).words)), installation.salt())
    if Case.objects.filter(locator=keys.locator.hex()).exists():
        return
    arrived = at - timedelta(days=story.days_ago)
    case = _send(story, team, keys, at=arrived)
    if story.answer is not None:
        _answer(case, story.answer, team, at=arrived + timedelta(hours=3))


def _receipt(story: Story, record: Record) -> Receipt:
    found = record.receipt(story.key)
    if found is not None:
        return found
    listed = LISTED.get(story.language, DIGITS_FROM)
    indices = receipts.generate(listed)
    words = receipts.rendered(indices, listed) if story.language in LISTED else receipts.digits(indices)
    made = Receipt(story.key, story.team, story.language, story.state, list(words))
    record.receipts.append(made)
    return made


def _send(story: Story, team: Team, keys: receipts.ReceiptKeys, *, at: datetime) -> str:
    """Seal the story and open its case; returns the case's id."""
    defender = Defender(keys.kem, keys.sig)
    opened = epochs.open_case(lists.newest(team), defender, arrival=story.arrival)
    author = Author(DEFENDER, defender.sig_seed, story.arrival)
    owner = Owner(key=token_hex(32))
    files = [_seal(story.file, owner, at=at)] if story.file else []
    message = writing.write_message(opened.epoch, Turn(author, at), story.text, [one for one, _ in files])
    contact = writing.write_entity(opened.epoch, Turn(author, at, (message.id,)), records.CONTACT, story.contact.data())
    request = NewCase(
        team=team.hex,
        locator=keys.locator.hex(),
        urgency=story.urgency,
        card=card_of(opened),
        records=[row_of(message), row_of(contact)],
        claims=[claim for _, claim in files],
        owner=owner,
    )
    case, _ = intake.open_case(request, at=at)
    return case


def _seal(file: Enclosure, owner: Owner, *, at: datetime) -> tuple[Attachment, Claim]:
    """Seal a file into the storage, as the plain path does while a body arrives."""
    sealer, upload = FileSealer(), StreamedUpload(owner=owner, at=at)
    for piece in (*sealer.update(file.text.encode()), *sealer.finish()):
        upload.write(piece)
    upload.finish()
    entry = sealer.attachment(file.name, file.type)
    (row,) = owner.uploads()
    return entry, Claim(row.pk, entry.digest, entry.parts, entry.sealed)


def _answer(case_id: str, answer: Answer, team: Team, *, at: datetime) -> None:
    """Acknowledge the case and write back, as a member does at the desk."""
    member = TeamMember.objects.get(team=team, member=answer.by)
    speaker = speakers.member(member)
    keys = member_keys(demo.seed(_published(team, answer.by)))
    desk.acknowledge(case_id, speaker=speaker, at=at)
    stored = _stored(Case.objects.select_related("team").get(pk=case_id), reader=answer.by)
    chain = cases.verify(stored, Member(answer.by, (keys.kem,), keys.sig)).messages
    newest = chain.epochs[-1]
    turn = Turn(Author(answer.by, keys.sig), at, reading.heads(chain.trusted(newest.number)))
    message = writing.write_message(newest, turn, answer.text)
    new = NewRecords(case_id, Chain.CASE, newest.number, [row_of(message)])
    correspondence.add_records(new, speaker=speaker, at=at)


def _stored(case: Case, *, reader: str) -> StoredCase:
    rows = queries.case_rows(case, reader=reader, chains=[Chain.CASE])
    return StoredCase(
        case.pk,
        tuple(StoredCard(row.chain, row.epoch, bytes(row.container)) for row in rows.cards),
        tuple(StoredWrap(row.card.chain, row.card.epoch, bytes(row.sealed)) for row in rows.wraps),
        tuple(StoredRecord(r.row, r.card.chain, r.card.epoch, r.kind, bytes(r.sealed)) for r in rows.records),
        rows.lists,
    )


def _published(team: Team, member: str) -> str:
    """Which published key a member of a demo team has."""
    house = team.organisation.slug
    return next(one.published for one in cast.PEOPLE if (one.house, one.member) == (house, member))
