"""Verify a case: from the rows that the server hands out to what its viewer may be shown, every failure named.

The algorithm *verify case* of sealing.md 5, for the defender and for members of the team: `ladders` walks the cards,
`reading` reads the records. The browser twin is `browser/cases.js`; both give the same verdict on the same rows.
"""

from hrdplatform.sealing import ladders, pins, reading
from hrdplatform.sealing.ed25519 import public_key
from hrdplatform.sealing.ladders import Walk
from hrdplatform.sealing.pins import Pin
from hrdplatform.sealing.stored import ChainPin, Defender, StoredCase, Viewer
from hrdplatform.sealing.verdicts import CaseView, ChainView


def verify(stored: StoredCase, viewer: Viewer) -> CaseView:
    """Return the case as `viewer` may see it. Never raises for what the server handed out: failures are in the view."""
    listed = ladders.Lists(stored.lists)
    case = ladders.climb(Walk(stored, "case", viewer, listed))
    # The notes are the team's: whatever a server mixes into the defender's answer is not looked at.
    own = isinstance(viewer, Defender)
    notes = ChainView("notes") if own else ladders.climb(Walk(stored, "notes", viewer, listed, case))
    chains = {"case": reading.read(stored.records, case)}
    chains["notes"] = notes if own else reading.read(stored.records, notes)
    return CaseView(stored.case, chains)


def defender_pin(view: CaseView, viewer: Defender) -> Pin | None:
    """Return the list that a returning defender believes: that of the newest card signed by her own key."""
    own = public_key(viewer.sig_seed)
    signed = [epoch for epoch in view.messages.epochs if epoch.signed_by == own]
    return pins.pin(signed[-1].listed) if signed else None


def chain_pin(chain: ChainView) -> ChainPin | None:
    """Return what a member keeps of a verified chain; None for one without epochs."""
    newest = chain.newest
    return None if newest is None else ChainPin(newest.number, newest.signed.id, newest.listed.seq)
