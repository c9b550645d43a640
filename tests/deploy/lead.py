"""A team lead at the off-line machine, and the site that exports requests: the script runs as its own process."""

import base64
import json
import re
import subprocess
import sys
from dataclasses import dataclass, field
from pathlib import Path

from hrdplatform.sealing import lists
from hrdplatform.sealing.lists import MemberList
from hrdplatform.sealing.members import MemberKeys, member_keys
from hrdplatform.sealing.spoken import spoken_digits, spoken_words
from tests.factories.sealed_case import seed

SCRIPT = Path("deploy/team_keys.py")
WORDS = Path("hrdplatform/sealing/words/en.txt")


def keys(who: str, generation: str = "") -> MemberKeys:
    return member_keys(seed(f"{who}{generation}"))


def member(who: str, generation: str = "", **changes: object) -> dict[str, object]:
    """A row of the request, as the site exports it."""
    own = keys(who, generation)
    row = {"id": who, "kem": b64(own.kem_public), "kind": "reader", "name": f"Name of {who}", "publish": 0}
    return row | {"scope": "intake", "sig": b64(own.sig_public)} | changes


def b64(raw: bytes) -> str:
    return base64.b64encode(raw).decode()


def numbers(who: str, generation: str = "") -> str:
    """What a member reads out: six numbers."""
    own = keys(who, generation)
    return " ".join(spoken_digits("member", own.kem_public + own.sig_public))


def words(who: str) -> str:
    own = keys(who)
    return " ".join(spoken_words("member", own.kem_public + own.sig_public))


@dataclass
class Lead:
    """Runs the script in a folder; what is typed is its standard input."""

    folder: Path
    passphrase: str = ""
    texts: list[str] = field(default_factory=list)

    def run(self, *arguments: str, typed: str = "") -> subprocess.CompletedProcess[str]:
        command = [sys.executable, str(SCRIPT.resolve()), *arguments]
        return subprocess.run(
            command, input=typed, capture_output=True, text=True, cwd=self.folder, timeout=60, check=False
        )

    def make_root(self, name: str = "root.age") -> str:
        """Make a root as a person does, who types back what is shown; return its public key."""
        command = [sys.executable, "-u", str(SCRIPT.resolve()), "make-root", "--root", name]
        with subprocess.Popen(
            command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, cwd=self.folder
        ) as process:
            self.passphrase = process.stdout.readline().split()[-1]
            rest, _ = process.communicate(self.passphrase + "\n", timeout=60)
        assert process.returncode == 0, rest
        return re.search(r"[0-9a-f]{64}", rest).group()

    def request(self, *members: dict[str, object], **changes: object) -> None:
        """Write what the site exports: the newest list it has, and all members as they shall be."""
        previous = self.texts[-1] if self.texts else ""
        team = lists.parse(previous).team if previous else ""
        whole = {"format": "hrdplatform-team-request", "v": 1, "team": team, "previous": previous, "partners": []}
        (self.folder / "request.json").write_text(json.dumps(whole | {"members": members} | changes))

    def sign(
        self, *typed: str, command: str = "sign-list", root: str = "root.age", more: tuple[str, ...] = ()
    ) -> subprocess.CompletedProcess[str]:
        """Sign the request; on success the site has the new list."""
        (self.folder / "signed.json").unlink(missing_ok=True)
        lines = "\n".join((self.passphrase, *typed)) + "\n"
        files = ("--root", root, "--request", "request.json", "--out", "signed.json")
        front = ("--words", str(WORDS.resolve())) if "words" in more else ()
        rest = tuple(one for one in more if one != "words")
        done = self.run(*front, command, *files, *rest, typed=lines)
        if done.returncode == 0:
            self.texts.append(self.answer()["list"])
        return done

    def answer(self) -> dict[str, object]:
        return json.loads((self.folder / "signed.json").read_text())

    @property
    def newest(self) -> MemberList:
        return lists.parse(self.texts[-1])
