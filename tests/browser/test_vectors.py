"""Every vector of `tests/vectors/sealing.json`, computed by the browser twin in Chromium."""

from hashlib import sha256

import pytest
from playwright.sync_api import Page


@pytest.mark.parametrize("number", [0, 1])
def test_receipt_gives_token_keys_and_locator(page: Page, vectors: dict, number: int) -> None:
    vector = vectors["receipts"][number]
    made = page.evaluate(
        """({indices, salt}) => {
            const {receipts, octets} = sealing;
            const keys = receipts.receiptKeys(indices, octets.fromHex(salt));
            const spelled = (text) => octets.hex(octets.fromB64(text));
            return {token: octets.hex(keys.token), kem: octets.hex(keys.kem), sig: octets.hex(keys.sig),
                locator: keys.locator, kem_public: spelled(keys.card.kem), sig_public: spelled(keys.card.sig)};
        }""",
        vector,
    )
    assert made == {name: vector[name] for name in made}


@pytest.mark.parametrize("number", [0, 1, 2])
def test_member_seed_gives_keys_words_and_identity_file(page: Page, vectors: dict, number: int) -> None:
    vector = vectors["members"][number]
    made = page.evaluate(
        """({id, seed}) => {
            const {members, octets, spoken} = sealing;
            const keys = members.memberKeys(octets.fromHex(seed));
            const {kem, sig} = members.publicKeys(keys);
            return {kem: octets.hex(keys.kem), sig: octets.hex(keys.sig), kem_public: octets.hex(kem),
                sig_public: octets.hex(sig), words: spoken.spokenIndices("member", octets.concat(kem, sig)),
                file: octets.fromUtf8(members.identityFile(id, keys))};
        }""",
        vector,
    )
    assert made == {name: vector[name] for name in made}


def test_identity_file_is_read_back_to_the_same_keys(page: Page, vectors: dict) -> None:
    vector = vectors["members"][1]
    read = page.evaluate(
        """(file) => {
            const {member, keys} = sealing.members.readIdentityFile(sealing.octets.utf8(file));
            return [member, sealing.octets.hex(keys.kem), sealing.octets.hex(keys.sig)];
        }""",
        vector["file"],
    )
    assert read == [vector["id"], vector["kem"], vector["sig"]]


def test_list_is_parsed_verified_and_hashed(page: Page, vectors: dict) -> None:
    vector = vectors["list"]
    read = page.evaluate(
        """(file) => {
            const list = sealing.lists.parse(file);
            const words = sealing.spoken.spokenIndices("root", sealing.octets.fromHex(list.root));
            return [list.hash, [...list.members.keys()], words];
        }""",
        vector["file"],
    )
    assert read == [vector["hash"], ["m01", "m02", "m03"], vector["root_words"]]


def test_card_is_built_to_the_same_octets_and_names_its_case(page: Page, vectors: dict) -> None:
    vector, receipt = vectors["card"], vectors["receipts"][0]
    made = page.evaluate(
        """([body, sig]) => {
            const {cards, octets, labels, spoken} = sealing;
            const container = cards.build(JSON.parse(body), octets.fromHex(sig));
            const signed = cards.parse(container);
            return {container_sha256: octets.hex(labels.digest(container)), container_length: container.length,
                signature: octets.hex(signed.container.signature), id: signed.id, case: signed.case,
                check_words: spoken.spokenIndices("check", octets.fromHex(signed.id)),
                body: octets.fromUtf8(signed.container.body)};
        }""",
        [vector["body"], receipt["sig"]],
    )
    assert made == {name: vector[name] for name in made}


def test_wrap_is_rendered_exactly(page: Page, vectors: dict) -> None:
    vector = vectors["card"]
    made = page.evaluate(
        """([body, sig, seed]) => {
            const {cards, octets, wraps} = sealing;
            const signed = cards.parse(cards.build(JSON.parse(body), octets.fromHex(sig)));
            return octets.fromUtf8(wraps.render(signed, octets.fromHex(seed)));
        }""",
        [vector["body"], vectors["receipts"][0]["sig"], vector["identity_seed"]],
    )
    assert made == vector["wrap"]


@pytest.mark.parametrize("number", [0, 1, 2])
def test_message_is_built_to_the_same_octets(page: Page, vectors: dict, number: int) -> None:
    vector = vectors["messages"][number]
    made = page.evaluate(
        """([raw, sig]) => {
            const {bodies, records, octets, labels} = sealing;
            const body = bodies.parse("message", octets.utf8(raw));
            const container = records.build("message", bodies.emit(body), octets.fromHex(sig));
            const parsed = records.parse(container);
            return {text: body.text, id: parsed.id, signature: octets.hex(parsed.signature),
                container_length: container.length, container_sha256: octets.hex(labels.digest(container))};
        }""",
        [vector["body"], vectors["receipts"][0]["sig"]],
    )
    assert made == {name: vector[name] for name in made}


def test_canonical_json_has_the_published_octets(page: Page, vectors: dict) -> None:
    made = page.evaluate(
        "(all) => all.map((one) => sealing.octets.fromUtf8(sealing.canonical.emit(one.value)))", vectors["canonical"]
    )
    assert made == [one["bytes"] for one in vectors["canonical"]]


def test_20_ed25519_verdicts_are_those_of_the_paper(page: Page, vectors: dict) -> None:
    vector = vectors["ed25519"]
    verdicts = page.evaluate(
        """({message, cases}) => Object.fromEntries(Object.entries(cases).map(([name, one]) => [name,
            sealing.ed25519.verify(
                ...[one.public, message, one.signature].map((text) => sealing.octets.fromHex(text)))]))""",
        vector,
    )
    assert verdicts == {name: one["accept"] for name, one in vector["cases"].items()}


def test_vectors_are_the_ones_that_python_uses(vectors: dict) -> None:
    assert sha256(vectors["list"]["body"].encode()).hexdigest() == vectors["list"]["hash"]
