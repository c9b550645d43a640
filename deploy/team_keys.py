#!/usr/bin/env python3
"""The off-line script of a team lead: makes the team's root key and signs the list of who can read.

One file, Python 3.11 and `cryptography` 50; it imports nothing of the platform, so that an auditor can read it whole.
Run it on a machine that is not on the network; carry the JSON files on a memory stick.
    team_keys.py make-root     --root root.age
    team_keys.py make-recovery --id m03 --out recovery-m03
    team_keys.py sign-list     --root root.age --request request.json --out signed.json [--recovery recovery-m03.json]
    team_keys.py renew         --root root.age --request request.json --out signed.json
    team_keys.py succeed       --root root.age --request request.json --out signed.json --next HEX
The request is what the site exports (JSON, UTF-8): all members as the site wishes them to stand on the next list.
    {"format":"hrdplatform-team-request","v":1,"team":hex16 or "","previous":text of the newest list or "",
     "members":[{"id":"m01","kem":b64,"kind":"reader|recovery","name":"","publish":0|1,"scope":"intake|case","sig":b64}],
     "partners":[{"name":"","root":hex64}]}
The site is not trusted: a new or changed key is signed only after the lead typed the six words (or numbers) that the
member reads out from the screen; a removal or another role only after it was confirmed; a recovery key only from the
file that `make-recovery` wrote here; never a list beside or before the last that this root signed.
The answer, imported by the site: {"format":"hrdplatform-team-list","v":1,"list":text,"rosters":{"m01":b64 (age)}}.
"""

import argparse
import base64
import getpass
import hashlib
import hmac
import json
import os
import re
import secrets
import sys
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from cryptography.exceptions import InvalidSignature, InvalidTag
from cryptography.hazmat.primitives import hpke
from cryptography.hazmat.primitives.asymmetric import ed25519, mlkem, x25519
from cryptography.hazmat.primitives.ciphers.aead import ChaCha20Poly1305

P = b"hrdplatform/sealing/v1/"
LOG_N = 15  # Scrypt costs 32 MiB; the passphrase is drawn here (118 bits), so that no more is needed.
WORDS_SHA256 = "aa55650ee0e25cec146f503c01e6e967b82af2ae9556b0270d759d677007dc22"
LAST_CHUNK = bytes(11) + b"\1"
SUITE = hpke.Suite(hpke.KEM.MLKEM768_X25519, hpke.KDF.HKDF_SHA256, hpke.AEAD.CHACHA20_POLY1305)
Json = dict[str, Any]


class Stop(Exception):  # noqa: N818 - the lead reads its words, not its name
    """The script ends here, and says why in one sentence."""


def need(condition: object, words: str) -> None:
    if not condition:
        raise Stop(words)


def b64(raw: bytes, drop: str = "") -> str:
    return base64.b64encode(raw).decode("ascii").rstrip(drop)


def unb64(text: object, length: int, what: str) -> bytes:
    try:
        raw = base64.b64decode(str(text), validate=True)
    except ValueError:
        raw = b""
    need(len(raw) == length and b64(raw) == text, f"{what} is not {length} bytes in base64")
    return raw


def canonical(value: Json) -> bytes:
    return json.dumps(value, sort_keys=True, separators=(",", ":"), ensure_ascii=True, allow_nan=False).encode("ascii")


def sha256(raw: bytes) -> str:
    return hashlib.sha256(raw).hexdigest()


def expand(secret: bytes, info: bytes, salt: bytes = bytes(32)) -> bytes:
    """HKDF-SHA256 for 32 bytes (RFC 5869); an empty salt is 32 zeros."""
    return hmac.digest(hmac.digest(salt, secret, "sha256"), info + b"\1", "sha256")


def public_of(seed: bytes) -> bytes:
    return ed25519.Ed25519PrivateKey.from_private_bytes(seed).public_key().public_bytes_raw()


def bech32(prefix: str, raw: bytes) -> str:
    """Bech32 (BIP 173), upper case, as age writes its secret keys."""
    bits, check = "".join(f"{byte:08b}" for byte in raw), 1
    data = [int(bits[place : place + 5].ljust(5, "0"), 2) for place in range(0, len(bits), 5)]
    head = [ord(letter) >> 5 for letter in prefix] + [0] + [ord(letter) & 31 for letter in prefix]
    for value in [*head, *data, 0, 0, 0, 0, 0, 0]:
        top, check = check >> 25, (check & 0x1FFFFFF) << 5 ^ value
        for bit, factor in enumerate((0x3B6A57B2, 0x26508E6D, 0x1EA119FA, 0x3D4233DD, 0x2A1462B3)):
            check ^= factor if top >> bit & 1 else 0
    data += [(check ^ 1) >> 5 * (5 - place) & 31 for place in range(6)]
    return (prefix + "1" + "".join("qpzry9x8gf2tvdw0s3jn54khce6mua7l"[value] for value in data)).upper()


def age_file(stanza: str, body: bytes, file_key: bytes, plaintext: bytes) -> bytes:
    """An age v1 file (C2SP age.md) of one stanza and one chunk."""
    need(len(plaintext) <= 65536, "more than 64 KiB of names")
    nonce = secrets.token_bytes(16)
    head = f"age-encryption.org/v1\n-> {stanza}\n{b64(body, '=')}\n---".encode("ascii")
    chunk = ChaCha20Poly1305(expand(file_key, b"payload", nonce)).encrypt(LAST_CHUNK, plaintext, None)
    mac = hmac.digest(expand(file_key, b"header"), head, "sha256")
    return head + f" {b64(mac, '=')}\n".encode("ascii") + nonce + chunk


def seal_to(recipient: bytes, plaintext: bytes, who: str) -> bytes:
    """An age file for one member: a `mlkem768x25519` stanza, HPKE over X-Wing."""
    file_key = secrets.token_bytes(16)
    try:
        first = mlkem.MLKEM768PublicKey.from_public_bytes(recipient[:1184])
        key = hpke.MLKEM768X25519PublicKey(first, x25519.X25519PublicKey.from_public_bytes(recipient[1184:]))
        sealed = SUITE.encrypt(file_key, key, b"age-encryption.org/mlkem768x25519")
    except ValueError:
        raise Stop(f"the key of {who} is no public key") from None
    return age_file(f"mlkem768x25519 {b64(sealed[:1120], '=')}", sealed[1120:], file_key, plaintext)


def scrypt_cipher(passphrase: str, salt: bytes) -> ChaCha20Poly1305:
    salted = b"age-encryption.org/v1/scrypt" + salt
    key = hashlib.scrypt(passphrase.encode(), salt=salted, n=2**LOG_N, r=8, p=1, maxmem=2**26, dklen=32)
    return ChaCha20Poly1305(key)


def lock_root(seed: bytes, passphrase: str) -> str:
    """The root as an armored age file, so that it can be printed; stock age opens it."""
    file_key, salt = secrets.token_bytes(16), secrets.token_bytes(16)
    body = scrypt_cipher(passphrase, salt).encrypt(bytes(12), file_key, None)
    text = f"# hrdplatform root v1\n# public {public_of(seed).hex()}\n{b64(seed)}\n".encode("ascii")
    rows = re.findall(".{1,64}", b64(age_file(f"scrypt {b64(salt, '=')} {LOG_N}", body, file_key, text)))
    return "\n".join(["-----BEGIN AGE ENCRYPTED FILE-----", *rows, "-----END AGE ENCRYPTED FILE-----", ""])


def unlock_root(path: str) -> bytes:
    """The root's seed from a file that `lock_root` wrote; its last line inside is the seed in base64."""
    passphrase = (getpass.getpass if sys.stdin.isatty() else input)("Passphrase of the root: ").strip()
    shape = rb"\A(age-encryption\.org/v1\n-> scrypt (\S{22}) 15\n(\S{43})\n---) (\S{43})\n(.{16})(.{17,})\Z"
    try:
        raw = base64.b64decode("".join(Path(path).read_text(encoding="ascii").strip().splitlines()[1:-1]))
        ((head, salt, body, mac, nonce, chunk),) = re.findall(shape, raw, re.DOTALL)
        cipher = scrypt_cipher(passphrase, base64.b64decode(salt + b"=="))
        file_key = cipher.decrypt(bytes(12), base64.b64decode(body + b"="), None)
        text = ChaCha20Poly1305(expand(file_key, b"payload", nonce)).decrypt(LAST_CHUNK, chunk, None)
    except (InvalidTag, ValueError):
        raise Stop("wrong passphrase, or not the file of a root that this script made") from None
    expected = hmac.digest(expand(file_key, b"header"), head, "sha256")
    need(hmac.compare_digest(b64(expected, "=").encode("ascii"), mac), "the file of the root was changed")
    return unb64(text.decode("ascii").splitlines()[2], 32, "the root")


def spoken(label: str, value: bytes, words: list[str]) -> list[list[str]]:
    """What two people compare by voice: six words, if the list is there, and the same as six numbers 0001 to 7776."""
    digest = hashlib.sha256(P + label.encode("ascii") + b"\0" + value).digest()
    six = [int.from_bytes(digest[place : place + 2], "big") % 7776 for place in range(0, 12, 2)]
    return [[words[index] for index in six] for _ in words[:1]] + [[f"{index + 1:04}" for index in six]]


def load_words(path: str) -> list[str]:
    """The platform's English list, known by its hash; nothing if none is given."""
    raw = Path(path).read_bytes() if path else b""
    need(not path or sha256(raw) == WORDS_SHA256, f"{path} is not the word list of this format")
    return raw.decode("ascii").split()


def read_json(path: str, kind: str, keys: set[str]) -> Json:
    try:
        found = dict(json.loads(Path(path).read_text(encoding="utf-8")))
    except (ValueError, TypeError, RecursionError):
        found = {}
    good = found.keys() == keys | {"format", "v"} and (found["format"], found["v"]) == (kind, 1)
    need(good, f"{path} is no {kind} file")
    return found


def read_request(path: str) -> Json:
    request = read_json(path, "hrdplatform-team-request", {"team", "previous", "members", "partners"})
    good = isinstance(request["members"], list) and isinstance(request["partners"], list)
    rows = request["members"] + request["partners"] if good else [None]
    need(all(isinstance(row, dict) for row in rows), f"{path}: members and partners are not rows")
    need(re.fullmatch(r"([0-9a-f]{32})?", str(request["team"])), f"{path}: the team's id is not 32 hex digits")
    for member in request["members"]:
        who, keys = str(member.get("id")), {"id", "kem", "kind", "name", "publish", "scope", "sig"}
        need(member.keys() == keys and re.fullmatch(r"m[0-9]{2,}", who), f"{path}: {shown(who)} is not a whole member")
        unb64(member["kem"], 1216, f"the kem key of {who}")
        unb64(member["sig"], 32, f"the sig key of {who}")
        need(member["kind"] in ("reader", "recovery") and member["scope"] in ("intake", "case"), f"{who}: unknown role")
        need(is_name(member["name"]), f"{who} has no name of 255 characters at most")
        need(type(member["publish"]) is int and member["publish"] in (0, 1), f"{who}: publish is not 0 or 1")
    need(len({member["id"] for member in request["members"]}) == len(request["members"]), f"{path}: a member twice")
    for partner in request["partners"]:
        need(partner.keys() == {"name", "root"} and is_name(partner["name"]), f"{path}: a partner without name")
        need(re.fullmatch(r"[0-9a-f]{64}", str(partner["root"])), f"{path}: a partner without root")
    return request


def read_list(text: str) -> tuple[Json, str]:
    """A list that its own root signed, and its hash."""
    lines = text.split("\n")
    try:
        body = lines[0].encode("ascii")
        listed: Json = json.loads(body)
        root = ed25519.Ed25519PublicKey.from_public_bytes(bytes.fromhex(listed["root"]))
        root.verify(unb64(lines[1], 64, "the signature"), P + b"sig/list\0" + body)
        good = canonical(listed) == body and lines[2:] == [""] and {"next_root", "members", "seq"} <= listed.keys()
    except (ValueError, LookupError, TypeError, AttributeError, RecursionError, InvalidSignature):
        good = False
    need(good, "the previous list is damaged, or its root did not sign it")
    return listed, sha256(body)


def judge_previous(request: Json, root: bytes, state: Path, words: list[str]) -> tuple[Json | None, str]:
    """The list to go on from: signed by this root or by one that announced it, not older than the last signed here."""
    last = json.loads(state.read_text(encoding="utf-8")) if state.exists() else None
    if not request["previous"]:
        need(last is None, f"the site knows no list, but you signed list {last and last['seq']}: find out why")
        return None, "0" * 64
    listed, digest = read_list(str(request["previous"]))
    if listed["root"] != root.hex():
        # A site could make a root that announces ours, and with it a list on which its own keys already stand.
        need(last is None and listed["next_root"] == sha256(root), "the previous list is of another root")
        hear("root", bytes.fromhex(listed["root"]), "stand on the paper of the root before this one", words)
    need(request["team"] == listed["team"], "the request and its list are of two teams")
    if last is None:
        typed = input(f"The site says that list {listed['seq']} is the newest. Type its number from your own notes: ")
        need(typed.strip() == str(listed["seq"]), "the site does not name the list of your notes")
    elif listed["seq"] < last["seq"] or (listed["seq"] == last["seq"] and digest != last["hash"]):
        raise Stop(f"you signed list {last['seq']}, the site names another: bring it the answer kept in {state}")
    return listed, digest


def add_recovery(request: Json, files: list[str]) -> set[str]:
    """Put recovery keys that were made here into the request; return their ids."""
    made = [read_json(path, "hrdplatform-recovery", {"id", "kem", "sig"}) for path in files]
    ids = {one["id"] for one in made}
    fixed = {"kind": "recovery", "scope": "intake", "name": "recovery key on paper", "publish": 0}
    rows = [fixed | {key: one[key] for key in ("id", "kem", "sig")} for one in made]
    request["members"] = [member for member in request["members"] if member["id"] not in ids] + rows
    return ids


def judge_members(old: Json | None, request: Json, made_here: set[str], words: list[str]) -> bool:
    """Ask the lead about everything that changes; return whether anything did."""
    before = {member["id"]: member for member in old["members"]} if old else {}
    changed = False
    for member in request["members"]:
        name, then = member["id"], before.pop(member["id"], None)
        who = f"{name} {shown(member['name'])} ({member['kind']}, {member['scope']})"
        if then and all(then[key] == member[key] for key in ("kem", "sig", "kind", "scope")):
            print(f"stays    {who}")
            continue
        changed = True
        if then and (then["kem"], then["sig"]) == (member["kem"], member["sig"]):
            print(f"CHANGES  {who}, was {then['kind']}, {then['scope']}")
            confirm(f"Type {name} to agree: ", name)
        elif name in made_here:
            print(f"NEW      {who}, made here")
        else:
            need(member["kind"] == "reader", f"{name}: a recovery key comes from make-recovery, never from the site")
            print(f"NEW KEY  {who}")
            value = base64.b64decode(member["kem"]) + base64.b64decode(member["sig"])
            hear("member", value, f"{name} reads out", words)
    for gone, then in before.items():
        print(f"REMOVED  {gone} ({then['kind']}, {then['scope']})")
        confirm(f"Type {gone} to agree: ", gone)
    return changed or bool(before)


def hear(label: str, value: bytes, where: str, words: list[str]) -> None:
    """Three tries to type what is read out or stands on paper; never shown here, so that nobody nods it through."""
    for _ in range(3):
        typed = input(f"Six {'words or ' if words else ''}numbers that {where}: ").lower()
        if re.findall(r"[^\W_]+", typed) in spoken(label, value, words):
            return
        print("These are not the words of this key.")
    raise Stop("the site shows another key than that of these words: find out why before you sign")


def sign_file(body: bytes, name: bytes, seed: bytes) -> str:
    signature = ed25519.Ed25519PrivateKey.from_private_bytes(seed).sign(P + b"sig/" + name + b"\0" + body)
    return f"{body.decode('ascii')}\n{b64(signature)}\n"


def build(old: Json | None, prev: str, request: Json, seed: bytes, args: argparse.Namespace) -> Json:
    """The answer for the site, with number and hash of the list."""
    members = sorted(request["members"], key=lambda member: str(member["id"]))
    root, today, seq = public_of(seed).hex(), datetime.now(UTC).date(), old["seq"] + 1 if old else 1
    team = request["team"] or secrets.token_hex(16)
    names = [{key: member[key] for key in ("id", "name", "publish")} for member in members]
    roster = canonical({"members": names, "salt": secrets.token_hex(16), "seq": seq, "team": team, "v": 1})
    kept = old["next_root"] if old and old["root"] == root else ""
    days = {"issued": today.isoformat(), "expires": (today + timedelta(days=args.days)).isoformat()}
    roots = {"root": root, "next_root": sha256(bytes.fromhex(args.next)) if args.next else kept}
    place = {"v": 1, "demo": 0, "team": team, "seq": seq, "prev": prev, "roster": sha256(roster)}
    rows = [{key: member[key] for key in ("id", "kem", "kind", "scope", "sig")} for member in members]
    body = canonical(days | roots | place | {"members": rows, "partners": request["partners"]})
    file = sign_file(roster, b"roster", seed).encode("ascii")
    rosters = {one["id"]: b64(seal_to(base64.b64decode(one["kem"]), file, one["id"])) for one in members}
    answer = {"format": "hrdplatform-team-list", "v": 1, "list": sign_file(body, b"list", seed), "rosters": rosters}
    return {"seq": seq, "hash": sha256(body), "answer": answer}


def sign(args: argparse.Namespace) -> None:
    """sign-list, renew and succeed: one list, after the lead agreed to what changes in it."""
    words, request, state = load_words(args.words), read_request(args.request), Path(args.root + ".last.json")
    need(re.fullmatch(r"([0-9a-f]{64})?", args.next), "--next is a public key of 64 hex digits")
    need(not Path(args.out).exists(), f"{args.out} exists")
    made_here = add_recovery(request, args.recovery)
    seed = unlock_root(args.root)
    old, prev = judge_previous(request, public_of(seed), state, words)
    changed = judge_members(old, request, made_here, words)
    need(args.command == "sign-list" or not changed, f"{args.command} changes no member: use sign-list")
    for partner in request["partners"] if not old or request["partners"] != old["partners"] else []:
        six = spoken("root", bytes.fromhex(partner["root"]), words)[0]
        print(f"PARTNER  {shown(partner['name'])}, root words: {' '.join(six)}")
    intake = [one["id"] for one in request["members"] if (one["kind"], one["scope"]) == ("reader", "intake")]
    recovery = ", ".join(one["id"] for one in request["members"] if one["kind"] == "recovery")
    need(intake, "nobody on this list would read new requests")
    print(f"New requests are read by {', '.join(intake)} (two to four are right); recovery: {recovery or 'NONE'}")
    confirm(f"Today is {datetime.now(UTC):%Y-%m-%d} here. Type sign to sign this list for {args.days} days: ", "sign")
    made = build(old, prev, request, seed, args)
    write_private(f"{state}.new", json.dumps(made) + "\n")
    Path(f"{state}.new").replace(state)
    write_private(args.out, json.dumps(made["answer"]) + "\n")
    print(f"List {made['seq']} is signed. Note its number; bring {args.out} to the site.")


def make_root(args: argparse.Namespace) -> None:
    """A new root under a passphrase that is drawn here."""
    words, seed = load_words(args.words), secrets.token_bytes(32)
    drawn = "".join(secrets.choice("abcdefghjkmnpqrstuvwxyz23456789") for _ in range(24))
    passphrase = "-".join(re.findall("....", drawn))
    print(f"Write this passphrase on paper, it is shown once: {passphrase}")
    confirm("Type it back from the paper: ", passphrase)
    write_private(args.root, lock_root(seed, passphrase))
    six = " ".join(spoken("root", public_of(seed), words)[0])
    print(f"Root (public): {public_of(seed).hex()}; its six words: {six}")
    print(f"Print {args.root} on a second paper and keep the two in different places.")


def make_recovery(args: argparse.Namespace) -> None:
    """A recovery member: the secret as text to be printed, the public half for sign-list."""
    need(re.fullmatch(r"m[0-9]{2,}", args.id), "an id is m and two digits or more, as m03")
    seed = secrets.token_bytes(32)
    kem, sig = (expand(seed, P + b"member/" + name) for name in (b"kem", b"sig"))
    wide = hashlib.shake_256(kem).digest(96)  # X-Wing: 64 bytes for ML-KEM, 32 for X25519.
    first = mlkem.MLKEM768PrivateKey.from_seed_bytes(wide[:64]).public_key().public_bytes_raw()
    second = x25519.X25519PrivateKey.from_private_bytes(wide[64:]).public_key().public_bytes_raw()
    public = {"id": args.id, "kem": b64(first + second), "sig": b64(public_of(sig))}
    text = f"# hrdplatform member v1 {args.id}\n# sig {b64(sig)}\n{bech32('age-secret-key-pq-', kem)}\n"
    write_private(args.out + ".txt", text)
    write_private(args.out + ".json", json.dumps({"format": "hrdplatform-recovery", "v": 1} | public) + "\n")
    print(f"Print {args.out}.txt, lock the paper away, destroy the file; give {args.out}.json to sign-list --recovery.")


def is_name(name: object) -> bool:
    return isinstance(name, str) and 0 < len(name) <= 255 and name.encode("utf-8", "ignore").decode() == name


def shown(name: str) -> str:
    """Words of the site without anything that could move the cursor or turn the line round."""
    return "".join(letter if letter.isprintable() else "?" for letter in name)


def confirm(prompt: str, expected: str) -> None:
    need(input(prompt).strip() == expected, "not agreed; nothing was written")


def write_private(path: str, text: str) -> None:
    """A new file that only its owner reads; an existing one is never touched."""
    with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w", encoding="utf-8") as file:
        file.write(text)


def arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    signing = ("root", "request", "out")
    needed = {"make-root": ("root",), "make-recovery": ("id", "out"), "sign-list": signing, "renew": signing}
    needed["succeed"] = (*signing, "next")
    parser.add_argument("command", choices=needed)
    parser.add_argument("--recovery", action="append", default=[], help="a .json file of make-recovery")
    parser.add_argument("--days", type=int, choices=range(1, 63), default=62, metavar="1-62")
    parser.add_argument("--words", default="", help="the platform's English list; without it numbers are compared")
    for name in ("root", "request", "out", "id", "next"):
        parser.add_argument("--" + name, default="")
    args = parser.parse_args()
    missing = [name for name in needed[args.command] if not getattr(args, name)]
    return args if not missing else parser.error(f"{args.command} needs --{' --'.join(missing)}")


if __name__ == "__main__":
    chosen = arguments()
    try:
        {"make-root": make_root, "make-recovery": make_recovery}.get(chosen.command, sign)(chosen)
    except (Stop, OSError) as error:
        sys.exit(f"Stopped: {error}")
    except (EOFError, KeyboardInterrupt):
        sys.exit("\nStopped: nothing was written.")
