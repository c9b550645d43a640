#!/usr/bin/env python3
"""Sets the project up on a bare machine and runs its verbs; the standard library is all it needs.

`python3 make.py VERB [NAME=VALUE …]`, or `make VERB [NAME=VALUE …]`, which is the same. `help` lists the verbs.
Every step of the set-up is done once and again only when what it was made from has changed.
"""

from __future__ import annotations

import hashlib
import os
import shutil
import subprocess
import sys
import time
from collections.abc import Callable, Iterable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

ROOT = Path(__file__).resolve().parent
VENV = ROOT / ".venv"
BIN = VENV / "bin"
PYTHON = BIN / "python"
BUILD = ROOT / "build"
STAMPS = BUILD / "stamps"
ROOMS = ("hrdplatform", "legal_aid", "consultations", "strategies", "cms")


class RefusalError(Exception):
    """Something is missing that this script may not bring; the words say what to install."""


def say(words: str) -> None:
    print(f"· {words}", flush=True)


def run(*words: str | Path, quiet: bool = False, **environment: str) -> None:
    """Runs a command in the project's root; raises `RefusalError` with its last lines when it fails."""
    command = [str(word) for word in words]
    result = subprocess.run(
        command,
        cwd=ROOT,
        env={**os.environ, **environment},
        check=False,
        text=True,
        capture_output=quiet,
    )
    if result.returncode:
        tail = "\n".join(((result.stdout or "") + (result.stderr or "")).splitlines()[-15:])
        raise RefusalError(f"`{' '.join(command[:4])} …` ended with {result.returncode}.\n{tail}".rstrip())


def fingerprint(paths: Iterable[Path]) -> str:
    """One hash over files, and over all files of folders, by name and content."""
    digest = hashlib.sha256()
    for path in sorted(paths):
        files = sorted(file for file in path.rglob("*") if file.is_file()) if path.is_dir() else [path]
        for file in files:
            if file.is_file() and "__pycache__" not in file.parts:
                digest.update(str(file.relative_to(ROOT)).encode() + b"\0" + file.read_bytes() + b"\0")
    return digest.hexdigest()


def of_rooms(folder: str) -> list[Path]:
    """The folders of this name in the program: `legal_aid/static`, `hrdplatform/web/static` …"""
    return sorted(found for room in ROOMS for found in (ROOT / room).glob(f"**/{folder}") if found.is_dir())


def once(name: str, words: str, sources: Iterable[Path], work: Callable[[], None], result: Path) -> None:
    """Does `work` unless it was done with the same sources and its result is still there."""
    stamp, mark = STAMPS / name, fingerprint(sources)
    if result.exists() and stamp.exists() and stamp.read_text() == mark:
        return
    say(words)
    started = time.monotonic()
    work()
    STAMPS.mkdir(parents=True, exist_ok=True)
    stamp.write_text(mark)
    say(f"  done in {time.monotonic() - started:.0f} s")


def debian(*packages: str) -> None:
    """Installs Debian packages where root and apt are there; else says exactly what to install."""
    names = " ".join(packages)
    if os.geteuid() != 0 or not shutil.which("apt-get"):
        raise RefusalError(f"Please install: {names}. On Debian, as root: apt-get install {names}")
    say(f"Debian packages: {names}")
    environment = {"DEBIAN_FRONTEND": "noninteractive"}
    run("apt-get", "update", "-qq", quiet=True, **environment)
    run("apt-get", "install", "-y", "-qq", "--no-install-recommends", *packages, quiet=True, **environment)


# set-up, step by step


def virtual_environment() -> None:
    if PYTHON.exists():
        return
    if sys.version_info < (3, 11):  # noqa: UP036  # said before anything else fails
        raise RefusalError("Python 3.11 or newer is needed: apt-get install python3.11 python3.11-venv")
    say("a virtual environment in .venv")
    made = subprocess.run([sys.executable, "-m", "venv", str(VENV)], check=False, capture_output=True)
    if made.returncode:
        shutil.rmtree(VENV, ignore_errors=True)
        debian("python3-venv")
        run(sys.executable, "-m", "venv", VENV, quiet=True)


def install(group: str) -> None:
    """Installs `requirements/GROUP.txt`, every package held to its hash: with uv if it can be had, else with pip."""
    listed = ROOT / "requirements" / f"{group}.txt"

    def work() -> None:
        pip = (PYTHON, "-m", "pip", "install", "--quiet", "--disable-pip-version-check", "--require-hashes", "-r")
        if group != "tools" and (BIN / "uv").exists():
            # Compiled once here, and not by each process anew where Python may not write beside its sources.
            uv = (BIN / "uv", "pip", "install", "--quiet", "--require-hashes", "--compile-bytecode")
            run(*uv, "--python", PYTHON, "-r", listed, quiet=True)
        else:
            run(*pip, listed, quiet=True)

    once(f"python-{group}", f"Python packages ({group}), held to their hashes", [listed], work, PYTHON)


def python_packages(group: str) -> None:
    virtual_environment()
    if not (BIN / "uv").exists():
        try:
            install("tools")
        except RefusalError:
            say("  uv cannot be had here; pip will do")
    install(group)


def node() -> tuple[str, str]:
    """The node and npm to use: the machine's if new enough, else those of a wheel."""
    found, npm = shutil.which("node"), shutil.which("npm")
    if found and npm:
        version = subprocess.run([found, "--version"], check=False, capture_output=True, text=True).stdout
        if version.startswith("v") and int(version[1:].split(".")[0]) >= 18:
            return found, npm
    install("node")
    return str(BIN / "node"), str(BIN / "npm")


def scripts() -> None:
    """Installs the locked npm packages and bundles the browser's scripts."""
    found, npm = node()
    path = f"{Path(found).parent}{os.pathsep}{os.environ.get('PATH', '')}"
    lock = [ROOT / "package.json", ROOT / "package-lock.json"]
    words = (npm, "ci", "--ignore-scripts", "--no-audit", "--no-fund", "--loglevel=error")
    once("npm", "npm packages, locked", lock, lambda: run(*words, quiet=True, PATH=path), ROOT / "node_modules")
    sources = [
        *lock,
        ROOT / "deploy" / "bundle.mjs",
        ROOT / "hrdplatform" / "sealing" / "words",
        *of_rooms("browser"),
    ]
    bundle = (found, "deploy/bundle.mjs")
    once("bundle", "the browser's scripts", sources, lambda: run(*bundle, quiet=True), BUILD / "bundle-manifest.json")


def translations() -> None:
    """Compiles the catalogue; Babel does it without gettext on the machine."""
    folder = ROOT / "hrdplatform" / "locale"
    sources = sorted(folder.glob("*/LC_MESSAGES/django.po"))
    if not sources:
        return
    words = (BIN / "pybabel", "-q", "compile", "-D", "django", "-d", folder)
    done = sources[0].with_suffix(".mo")
    once("messages", "translations", sources, lambda: run(*words, quiet=True), done)


def static_files() -> None:
    """Collects and fingerprints style sheets, scripts and icons for the web server."""
    sources = [
        BUILD / "static",
        ROOT / "requirements" / "run.txt",
        ROOT / "hrdplatform" / "settings.py",
        *of_rooms("static"),
    ]
    words = (PYTHON, "manage.py", "collectstatic", "--noinput", "--verbosity", "0")
    once("static", "style sheets, scripts, icons", sources, lambda: run(*words, quiet=True), BUILD / "collected")


def face() -> None:
    """All that browsers load: scripts, translations, style sheets."""
    scripts()
    translations()
    static_files()


def platform(*beside: Callable[[], None]) -> None:
    """All that running the platform needs; work that needs only Python goes `beside` the browser's files."""
    python_packages("run")
    with ThreadPoolExecutor() as pool:
        for job in [pool.submit(work) for work in (face, *beside)]:
            job.result()


def browser() -> None:
    """Brings Chromium, and the one without a window, which does half the work; the walks can do with the first."""
    if not shutil.which("chromium"):
        debian("chromium", "chromium-headless-shell", "fonts-noto-core")
    elif not shutil.which("chromium-headless-shell"):
        try:
            debian("chromium-headless-shell")
        except RefusalError:
            say("  the walks take the Chromium that is here")


def suite() -> None:
    """All that the tests need: the platform, the test group, a browser, gettext, epubcheck, both proxies."""
    python_packages("test")
    face()
    browser()
    wanted = []
    tools = {"xgettext": "gettext", "epubcheck": "epubcheck"}
    wanted += [package for name, package in tools.items() if not shutil.which(name)]
    # Where no root's path is set, servers stand in a folder that is not looked at.
    servers = f"{os.environ.get('PATH', '')}:/usr/sbin"
    wanted += [name for name in ("nginx", "caddy") if not shutil.which(name, path=servers)]
    if wanted:
        debian(*wanted)


# the verbs


def verb_run(options: dict[str, str]) -> None:
    """Starts the platform here with demo content: run [PORT=8000] [DATA=var] [DEMO=0]"""
    environment = {"HRD_DATA": options.get("DATA", "var"), "HRD_PORT": options.get("PORT", "8000")}
    database = ROOT / environment["HRD_DATA"] / "platform.sqlite3"
    os.environ.update(environment)

    def tables() -> None:
        say("a new database")
        run(PYTHON, "manage.py", "migrate", "--verbosity", "0", quiet=True)

    # Only the first time: `serve` itself brings a standing database up to date.
    platform(*([] if database.exists() else [tables]))
    demo = [] if options.get("DEMO") == "0" else ["--demo"]
    sys.stdout.flush()
    os.chdir(ROOT)
    os.execv(PYTHON, [str(PYTHON), "manage.py", "serve", *demo])  # noqa: S606  # this process becomes the platform


def verb_test(options: dict[str, str]) -> None:
    """Runs the whole suite, on SQLite and then on PostgreSQL: test [ONLY=path] [WORKERS=2] [ROUNDS=10]"""
    suite()
    if "ROUNDS" in options:  # how often tests of faults kill what they test
        os.environ["HRD_TEST_ROUNDS"] = options["ROUNDS"]
    chosen = options.get("ONLY", "tests").split()
    # A wait in the browser that ran out on a busy machine is tried once more, and said; nothing else is.
    patience = ("--reruns", "1", "--only-rerun", r"Timeout \d+ms exceeded|with timeout \d+ms")
    # Each worker begins at its own end of the suite, keeps files together, and takes from the other when it is done.
    pytest = (PYTHON, "-m", "pytest", "-q", "-n", options.get("WORKERS", "2"), "--dist", "worksteal", *patience)
    run(*pytest, *chosen)
    if "ONLY" not in options:
        say("once more on PostgreSQL: what touches the database")
        run(*pytest, "-m", "database", *chosen, HRD_TEST_DATABASE="postgresql")


def verb_check(options: dict[str, str]) -> None:
    """Looks without running: style, types, import contracts, migrations, translations, templates, deployment."""
    suite()
    manage = (PYTHON, "manage.py")
    say("style")
    run(BIN / "ruff", "check", ".")
    run(BIN / "ruff", "format", "--check", "--quiet", ".")
    say("types")
    run(BIN / "mypy", *ROOMS, "bench", "deploy/team_keys.py", "make.py")
    say("import contracts")
    run(BIN / "lint-imports", "--no-cache", quiet=True)
    say("migrations")
    run(*manage, "makemigrations", "--check", "--dry-run", "--verbosity", "0")
    say("translations")
    run(*manage, "messages", "--check")
    say("templates, settings, deployment")
    house = (f"tests/house/test_{name}.py" for name in ("files", "settings", "templates"))
    run(PYTHON, "-m", "pytest", "-q", *house, "tests/hrdplatform/web/test_checks.py")  # with Django's `check --deploy`


def verb_messages(options: dict[str, str]) -> None:
    """Collects the words to translate, and fails when a language that must be complete is not."""
    suite()
    run(PYTHON, "manage.py", "messages")


def verb_bench(options: dict[str, str]) -> None:
    """Measures against references in the same run and holds the ratios against bench/targets.toml: bench [ONLY=name]"""
    suite()
    run(PYTHON, "-m", "bench", *options.get("ONLY", "").split())


def verb_fuzz(options: dict[str, str]) -> None:
    """Fuzzes each parser until it had both the seconds and a million executions: fuzz [SECONDS=600]"""
    suite()
    run(PYTHON, "-m", "tests.fuzz.run", "--seconds", options.get("SECONDS", "600"))


def verb_demo(options: dict[str, str]) -> None:
    """Lays the demo content into a data folder: demo [DATA=var]"""
    os.environ["HRD_DATA"] = options.get("DATA", "var")
    platform()
    run(PYTHON, "manage.py", "migrate", "--verbosity", "0")
    run(PYTHON, "manage.py", "demo")


def verb_lock(options: dict[str, str]) -> None:
    """Writes the hashed requirements anew from pyproject.toml: lock [UPGRADE=1]"""
    python_packages("test")
    compile_: list[str | Path] = [BIN / "uv", "pip", "compile", "-q", "--universal", "--generate-hashes"]
    compile_ += ["--no-emit-index-url", "--no-header"]
    compile_ += ["--upgrade"] if options.get("UPGRADE") == "1" else []
    folder = Path("requirements")
    run(*compile_, "pyproject.toml", "-o", folder / "run.txt")
    run(*compile_, "pyproject.toml", "--extra", "test", "-c", folder / "run.txt", "-o", folder / "test.txt")
    for extra in ("tools", "node"):
        run(*compile_, folder / f"{extra}.in", "-o", folder / f"{extra}.txt")


def verb_audit(options: dict[str, str]) -> None:
    """Asks the advisories about every locked package; fails if even one was skipped."""
    suite()
    run(BIN / "pip-audit", "--strict", "--require-hashes", "-r", "requirements/run.txt")
    run(node()[1], "audit", "--omit=dev")


def verb_help(options: dict[str, str]) -> None:
    """Lists the verbs."""
    for name, verb in VERBS.items():
        print(f"  {name:<9} {(verb.__doc__ or '').strip()}")


VERBS: dict[str, Callable[[dict[str, str]], None]] = {
    name.removeprefix("verb_"): value for name, value in list(globals().items()) if name.startswith("verb_")
}


def main(arguments: list[str]) -> int:
    name, *rest = arguments or ["help"]
    if name not in VERBS or any("=" not in word for word in rest):
        print(f"make.py: no verb `{' '.join(arguments)}`. The verbs are:", file=sys.stderr)
        verb_help({})
        return 2
    try:
        VERBS[name](dict(word.split("=", 1) for word in rest))
    except RefusalError as refusal:
        print(f"\n{refusal}", file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        return 130
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
