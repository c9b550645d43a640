"""The same rows judged twice: what the Python side found in a case, and what the browser twin finds, in one
comparable form.
"""

import base64
from typing import Any

from playwright.sync_api import Page

from hrdplatform.sealing.cases import CaseView
from hrdplatform.sealing.stored import Defender, StoredCase, Viewer

JUDGE = """async ({stored, viewer}) => {
    const {cases, octets} = sealing;
    const bytes = (row, name) => ({...row, [name]: octets.fromB64(row[name])});
    const view = await cases.verifyCase({
        case: stored.case, lists: stored.lists,
        cards: stored.cards.map((row) => bytes(row, "container")),
        wraps: stored.wraps.map((row) => bytes(row, "sealed")),
        records: stored.records.map((row) => bytes(row, "sealed")),
    }, {...viewer, keys: viewer.keys.map(({kem, sig}) => ({kem: octets.fromB64(kem), sig: octets.fromB64(sig)}))});
    const problem = ({failure, chain, epoch, row, id}) => [failure, chain, epoch, row, id];
    return Object.fromEntries(Object.entries(view.chains).map(([name, chain]) => [name, {
        halted: chain.halted,
        epochs: chain.epochs.map(({number, signed, seed}) => [number, signed.id, seed ? octets.hex(seed) : ""]),
        problems: chain.problems.map(problem),
        records: chain.records.map(({row, epoch, kind, id, body, problems}) =>
            [row, epoch, kind, id, body?.text ?? null, problems.map(problem)]),
    }]));
}"""


def b64(raw: bytes) -> str:
    return base64.b64encode(raw).decode("ascii")


def judged_by_browser(page: Page, stored: StoredCase, viewer: Viewer) -> dict[str, Any]:
    return page.evaluate(JUDGE, {"stored": spelled(stored), "viewer": spelled_viewer(viewer)})


def spelled(stored: StoredCase) -> dict[str, Any]:
    return {
        "case": stored.case,
        "lists": dict(stored.lists),
        "cards": [{"chain": row.chain, "epoch": row.epoch, "container": b64(row.container)} for row in stored.cards],
        "wraps": [{"chain": row.chain, "epoch": row.epoch, "sealed": b64(row.sealed)} for row in stored.wraps],
        "records": [
            {"row": row.row, "chain": row.chain, "epoch": row.epoch, "kind": row.kind, "sealed": b64(row.sealed)}
            for row in stored.records
        ],
    }


def spelled_viewer(viewer: Viewer) -> dict[str, Any]:
    if isinstance(viewer, Defender):
        keys = [{"kem": b64(viewer.kem_seed), "sig": b64(viewer.sig_seed)}]
        return {"role": "defender", "id": "defender", "keys": keys, "pin": None, "chainPins": {}}
    pinned = viewer.pinned
    return {
        "role": "member",
        "id": viewer.id,
        "keys": [{"kem": b64(kem), "sig": b64(viewer.sig_seed)} for kem in viewer.kem_seeds],
        "pin": None if pinned is None else vars(pinned) | {"root": pinned.root.hex()},
        "chainPins": {chain: vars(pin) for chain, pin in viewer.chain_pins.items()},
    }


def judged_by_python(view: CaseView) -> dict[str, Any]:
    def problem(one: Any) -> list[Any]:
        return [one.failure.value, one.chain, one.epoch, one.row, one.id]

    return {
        name: {
            "halted": chain.halted,
            "epochs": [[one.number, one.signed.id, one.seed.hex() if one.seed else ""] for one in chain.epochs],
            "problems": [problem(one) for one in chain.problems],
            "records": [
                [
                    one.row,
                    one.epoch,
                    one.kind,
                    one.id,
                    getattr(one.body, "text", None),
                    [problem(it) for it in one.problems],
                ]
                for one in chain.records
            ],
        }
        for name, chain in view.chains.items()
    }
