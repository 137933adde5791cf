"""Everything a developer or a fresh machine runs: `python3 dev.py help`.

Only the standard library, so that it runs before anything is installed. The Makefile
calls it; each target is one function here. A step of the setup leaves a fingerprint
of what it was made from and is skipped while that stays the same.
"""

from __future__ import annotations

import argparse
import contextlib
import hashlib
import importlib.util
import os
import platform
import shutil
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence

    Step = tuple[str, Sequence[str]] | tuple[str, Sequence[str], Path]

ROOT = Path(__file__).resolve().parent
CLIENT = ROOT / "client"
MODULES = CLIENT / "node_modules"
VENV = ROOT / ".venv"
BIN = VENV / "bin"
LOCK = ROOT / "requirements.lock"
DEV_LOCK = ROOT / "requirements-dev.lock"

OLDEST_PYTHON = (3, 11)
NEWER_PYTHONS = ("python3.14", "python3.13", "python3.12", "python3.11")
# What Vite runs on: 20.19 and later, but not 21 nor the first releases of 22.
OLDEST_NODE = (20, 19)
OLDEST_NODE_AFTER_20 = (22, 12)

# What the built client is made from, beside its lock.
CLIENT_INPUTS = ("src", "build", "vite.config.ts", "tsconfig.json", "package.json")

SEND_LOOP = ROOT / "server/rostra/web/send_loop.c"

# Scripts that measure or paint; they are run with the developer's arguments.
BENCH = ROOT / "tests/load/bench.py"
PEERS = ROOT / "tests/load/peers"
PICTURES = ROOT / "tests/e2e/pictures.py"
MESSAGES = ROOT / "config/locales/messages.py"


# Tests that mostly wait for servers of their own.
WAITING = (
    "tests/adapters",
    "tests/cluster",
    "tests/demo_cluster",
    "tests/deploy",
    "tests/engine",
    "tests/load",
    "tests/rehearsal",
    "tests/web",
)

# Programs that tests read with or measure with, and Debian's packages of them.
PROGRAMS = {
    "cc": ("gcc", "libc6-dev"),
    "openssl": ("openssl",),
    "pdftotext": ("poppler-utils",),
}
OFFICE = {"soffice": ("libreoffice-writer-nogui", "libreoffice-calc-nogui")}

# What pytest answers where nothing was selected.
NO_TESTS = 5


class StopError(Exception):
    """The machine lacks something; the message says what, in a sentence or two."""


# --- targets -----------------------------------------------------------------------


def setup(_args: Sequence[str] = ()) -> int:
    """install everything that tests and demo need (idempotent, fast when done)"""
    prepare()
    find_programs(PROGRAMS)
    find_browser()
    return 0


def demo(args: Sequence[str]) -> int:
    """start a meeting with simulated people and print its links"""
    prepare()
    program = str(BIN / "rostra")
    sys.stdout.flush()
    os.execv(program, [program, "demo", *args])  # signals then reach the server itself


def demo_cluster(args: Sequence[str]) -> int:
    """several servers, and a page to kill them on while a meeting goes on"""
    prepare()
    program = tool("python")
    os.environ["PYTHONPATH"] = str(ROOT / "tests")
    sys.stdout.flush()
    os.execv(program, [program, "-m", "demo_cluster", *args])


def test(args: Sequence[str]) -> int:
    """all checks and all tests; goes on after a failure and sums up at the end"""
    setup()
    pytest = [tool("pytest"), "-m"]
    short, cache = "not e2e and not torture", "cache_dir=.pytest_cache"
    # what mostly waits, for a browser or for servers, runs beside all the rest
    beside = [
        ("screens", [*pytest, "e2e and not torture", "-o", f"{cache}/e2e", *args])
    ]
    others = [*pytest, short, *args]
    if not args:
        beside.append(("servers", [*pytest, short, "-o", f"{cache}/servers", *WAITING]))
        others += [f"--ignore={folder}" for folder in WAITING]
    return run_all(
        [*checks(), ("vitest", npm("test"), CLIENT), ("pytest", others)],
        beside=[(f"pytest, {name}", command) for name, command in beside],
        may_be_empty=bool(args),
    )


def lint(_args: Sequence[str]) -> int:
    """the checks without the tests"""
    prepare()
    return run_all(checks())


def format_(_args: Sequence[str]) -> int:
    """rewrite Python and client sources in the house's form"""
    prepare()
    return run_all(
        [
            ("ruff check --fix", [tool("ruff"), "check", "--fix-only", "."]),
            ("ruff format", [tool("ruff"), "format", "."]),
            ("biome check --write", npm("format"), CLIENT),
        ]
    )


def build(_args: Sequence[str]) -> int:
    """the wheel and the sdist, with the client in them, in dist/"""
    prepare()
    return call([tool("hatchling"), "build", "-t", "sdist", "-t", "wheel"])


def torture(args: Sequence[str]) -> int:
    """the long tests: faults, restarts, many seeds"""
    setup()
    find_programs(OFFICE)
    install_peers()
    return call([tool("pytest"), "-m", "torture", "--timeout=0", *args])


def bench(args: Sequence[str]) -> int:
    """measure the server under load, beside its peers"""
    prepare()
    install_peers()
    return run_script(BENCH, args)


def pictures(args: Sequence[str]) -> int:
    """paint the README's pictures from the running server"""
    find_browser()
    return run_script(PICTURES, args)


def messages(args: Sequence[str]) -> int:
    """bring the catalogues of config/locales up to date with the source"""
    prepare()
    return run_script(MESSAGES, args)


def lock(_args: Sequence[str]) -> int:
    """write the lock files anew from pyproject.toml and client/package.json"""
    prepare()
    compile_ = [
        *(tool("uv"), "pip", "compile", "--quiet", "--universal", "--upgrade"),
        *("--python-version", "3.11", "--generate-hashes"),
        *("--no-emit-index-url", "--no-header", "pyproject.toml"),
    ]
    same = ["-c", LOCK.name, "--extra", "dev"]
    return run_all(
        [
            ("runtime", [*compile_, "-o", LOCK.name]),
            ("dev", [*compile_, *same, "-o", DEV_LOCK.name]),
            ("client", ["npm", "install", "--no-audit", "--no-fund"], CLIENT),
        ]
    )


def clean(_args: Sequence[str]) -> int:
    """remove what the other targets made; data folders stay"""
    made = [VENV, MODULES, CLIENT / "dist", ROOT / "dist", ROOT / "build"]
    made += [PEERS / "node_modules", BENCH.with_name(".built")]
    SEND_LOOP.with_name("_send_loop.so").unlink(missing_ok=True)
    caches = [ROOT / f".{tool}_cache" for tool in ("mypy", "pytest", "ruff")]
    for folder in [*made, *caches, ROOT / ".hypothesis"]:
        shutil.rmtree(folder, ignore_errors=True)
    return 0


def help_(_args: Sequence[str]) -> int:
    """this list"""
    for name, target in TARGETS.items():
        print(f"make {name:12} {target.__doc__}")
    print('\nArguments: make demo ARGS="--port 8080", make test ARGS="-k floor -x"')
    return 0


TARGETS: dict[str, Callable[[Sequence[str]], int]] = {
    "setup": setup,
    "demo": demo,
    "demo-cluster": demo_cluster,
    "test": test,
    "lint": lint,
    "format": format_,
    "build": build,
    "torture": torture,
    "bench": bench,
    "pictures": pictures,
    "messages": messages,
    "lock": lock,
    "clean": clean,
    "help": help_,
}


# --- steps of the setup ------------------------------------------------------------


def prepare() -> None:
    """Everything but a browser: needs no root where Python and Node are complete."""
    check_node()
    make_venv()
    install_python_packages()
    build_send_loop()
    install_client_packages()
    build_client()


def check_node() -> None:
    """Stop with a sentence where Node or npm is missing or too old."""
    wanted = "Node 20.19 or later (not 21, and 22 from 22.12 on) with npm is needed"
    node = shutil.which("node")
    if node is None or shutil.which("npm") is None:
        raise StopError(f"{wanted}; there is none on the PATH.")
    said = subprocess.check_output([node, "--version"], text=True)
    if not node_is_usable(said):
        raise StopError(f"{wanted}; this is Node {said.strip().lstrip('v')}.")


def node_is_usable(version: str) -> bool:
    """Whether Vite runs on what `node --version` printed."""
    major, minor = (int(part) for part in version.strip().lstrip("v").split(".")[:2])
    if major == OLDEST_NODE[0]:
        return (major, minor) >= OLDEST_NODE
    return (major, minor) >= OLDEST_NODE_AFTER_20


def make_venv() -> None:
    """Make .venv with this Python, unless it is there and works here."""
    stamp = VENV / "rostra-venv"
    mark = fingerprint([], ROOT, platform.python_version())
    if is_fresh(stamp, mark) and (BIN / "python").exists():
        return
    if importlib.util.find_spec("ensurepip") is None:
        install_venv_module()
    say("making .venv")
    shutil.rmtree(VENV, ignore_errors=True)
    must([sys.executable, "-m", "venv", str(VENV)])
    stamp.write_text(mark)


def install_venv_module() -> None:
    """Debian's python3 comes without venv; root gets it, others the line to run."""
    if not apt("python3-venv"):
        line = "sudo apt-get install python3-venv"
        raise StopError(f"Python lacks its venv module. Run: {line}")


def find_programs(wanted: Mapping[str, Sequence[str]]) -> None:
    """Install what is missing; what cannot be, its own tests fail for."""
    missing = [name for name in wanted if shutil.which(name) is None]
    packages = [package for name in missing for package in wanted[name]]
    if packages and not apt(*packages):
        say(f"not found: {', '.join(missing)}. Install: {' '.join(packages)}")


def apt(*packages: str) -> bool:
    """Install Debian packages, as root; whether that was done."""
    if shutil.which("apt-get") is None or os.geteuid() != 0:
        return False
    say(f"installing {' '.join(packages)}")
    install = ["apt-get", "install", "-qq", "-y", "--no-install-recommends"]
    return call(["apt-get", "update", "-qq"]) == 0 == call([*install, *packages])


def install_python_packages() -> None:
    """What the lock says, by content hash, and Rostra itself as an editable install."""
    inputs = [DEV_LOCK, ROOT / "pyproject.toml", ROOT / "hatch_build.py"]
    stamp = VENV / "rostra-packages"
    mark = fingerprint(inputs, ROOT, platform.python_version())
    if is_fresh(stamp, mark):
        return
    say("installing the Python packages")
    wheels = ["--require-hashes", "-r", str(DEV_LOCK)]
    pip = [tool("python"), "-m", "pip", "install", "--quiet"]
    uv = [tool("uv"), "pip", "install", "--quiet", "--python", tool("python")]
    if not (install_uv(pip) and call([*uv, *wheels]) == 0):
        say("uv did not do it; pip takes a little longer")
        must([*pip, *wheels])
    must([*pip, "--no-deps", "--no-build-isolation", "--editable", str(ROOT)])
    stamp.write_text(mark)


def install_uv(pip: Sequence[str]) -> bool:
    """Install the locked uv, ten times faster than pip; without it pip does."""
    only = VENV / "uv.lock"
    only.write_text(locked("uv", DEV_LOCK.read_text()))
    return call([*pip, "--require-hashes", "--no-deps", "-r", str(only)]) == 0


def locked(name: str, lock_text: str) -> str:
    """The lines of one package, with its hashes, from a lock."""
    lines = lock_text.splitlines()
    first = next(i for i, line in enumerate(lines) if line.startswith(f"{name}=="))
    last = next(i for i in range(first, len(lines)) if not lines[i].endswith("\\"))
    return "\n".join(lines[first : last + 1]) + "\n"


def build_send_loop() -> None:
    """The compiled part of sending, when there is a compiler; it works without."""
    stamp = VENV / "rostra-send-loop"
    mark = fingerprint([SEND_LOOP], ROOT, platform.machine())
    if is_fresh(stamp, mark):
        return
    call([tool("python"), "-m", "rostra.web.sending"])
    stamp.write_text(mark)


def install_client_packages() -> None:
    """What client/package-lock.json says."""
    inputs = [CLIENT / "package.json", CLIENT / "package-lock.json"]
    stamp = MODULES / ".rostra-packages"
    mark = fingerprint(inputs, ROOT)
    if is_fresh(stamp, mark):
        return
    say("installing the client's packages")
    must(["npm", "ci", "--no-audit", "--no-fund", "--loglevel=error"], CLIENT)
    stamp.write_text(mark)


def install_peers() -> None:
    """What Rostra is measured beside, as tests/load/peers/package-lock.json says."""
    if shutil.which(os.environ.get("CC", "cc")) is None:
        raise StopError("A C compiler is needed for the load: install gcc or clang.")
    inputs = [PEERS / "package.json", PEERS / "package-lock.json"]
    stamp = PEERS / "node_modules/.rostra-packages"
    mark = fingerprint(inputs, ROOT)
    if is_fresh(stamp, mark):
        return
    say("installing what the server is measured beside")
    must(["npm", "ci", "--no-audit", "--no-fund", "--loglevel=error"], PEERS)
    stamp.write_text(mark)


def build_client() -> None:
    """client/dist, when something it is made from changed."""
    if not any(CLIENT.glob("src/screens/*.tsx")):
        say("the client has no screens yet: nothing to build")
        return
    inputs = [CLIENT / name for name in CLIENT_INPUTS]
    inputs += [CLIENT / "package-lock.json", ROOT / "config/locales"]
    stamp = MODULES / ".rostra-build"
    mark = fingerprint(files_in(inputs), ROOT)
    if is_fresh(stamp, mark) and (CLIENT / "dist/manifest.json").exists():
        return
    say("building the client")
    must(npm("build"), CLIENT)
    stamp.write_text(mark)


def find_browser() -> None:
    """Find or install a Chromium; without one only the tests that need it fail."""
    sys.path.insert(0, str(ROOT / "tests"))
    from support.chromium import NoChromiumError, chromium  # noqa: PLC0415

    try:
        say(f"browser: {chromium(install=True).executable}")
    except NoChromiumError as error:
        say(str(error))


# --- checks and how commands are run -----------------------------------------------


def checks() -> list[Step]:
    """What reads the sources without running them."""
    return [
        ("ruff check", [tool("ruff"), "check", "."]),
        ("ruff format", [tool("ruff"), "format", "--check", "."]),
        ("mypy", [tool("mypy")]),
        ("tsc", npm("check"), CLIENT),
        ("biome", npm("lint"), CLIENT),
    ]


def tool(name: str) -> str:
    """A program of .venv, by its full path."""
    return str(BIN / name)


def npm(script: str) -> list[str]:
    """The client's own script of that name."""
    return ["npm", "run", "--silent", script]


def run_all(
    steps: Sequence[Step],
    beside: Sequence[tuple[str, Sequence[str]]] = (),
    *,
    may_be_empty: bool = False,
) -> int:
    """Run each step, whatever became of the ones before; 1 if any failed.

    What is *beside* runs at the same time and is shown after them. With *may_be_empty*
    a run of pytest that selects no test is no failure.
    """
    results = []
    with contextlib.ExitStack() as open_files:
        begun = time.monotonic()
        others = []
        for name, command in beside:
            output = open_files.enter_context(tempfile.TemporaryFile("w+"))
            process = subprocess.Popen(command, cwd=ROOT, stdout=output, stderr=output)
            others.append((name, process, output))
        for name, command, *folder in steps:
            say(name)
            start = time.monotonic()
            code = call(command, *folder)
            results.append((name, code, time.monotonic() - start))
        for name, process, output in others:
            say(name)
            code = process.wait()
            output.seek(0)
            print(output.read())
            results.append((name, code, time.monotonic() - begun))
    if may_be_empty:
        results = [(n, 0 if c == NO_TESTS else c, s) for n, c, s in results]
    print()
    for name, code, seconds in results:
        verdict = "ok" if code == 0 else f"FAILED ({code})"
        print(f"{name:20} {seconds:6.1f} s  {verdict}")
    sys.stdout.flush()
    return int(any(code for _, code, _ in results))


def run_script(script: Path, args: Sequence[str]) -> int:
    """Run a Python script of the tree with what it may import."""
    if not script.exists():
        raise StopError(f"There is no {script.relative_to(ROOT)} yet.")
    prepare()
    os.environ["PYTHONPATH"] = str(ROOT / "tests")
    return call([tool("python"), str(script), *args])


def call(command: Sequence[str], folder: Path = ROOT) -> int:
    """Run a command with its output shown; its exit code."""
    return subprocess.run(command, cwd=folder, check=False).returncode


def must(command: Sequence[str], folder: Path = ROOT) -> None:
    """Run a command that the rest depends on."""
    if call(command, folder) != 0:
        raise StopError(f"This failed: {' '.join(command)}")


def say(text: str) -> None:
    """Announce a step, in order with the output of the commands."""
    print(f"==> {text}", flush=True)


# --- fingerprints ------------------------------------------------------------------


def fingerprint(files: Iterable[Path], *also: object) -> str:
    """A hash over the names and contents of files, and over what else matters."""
    digest = hashlib.sha256(repr([str(part) for part in also]).encode())
    for file in sorted(files):
        content = hashlib.sha256(file.read_bytes()).hexdigest()
        digest.update(f"{file} {content}\n".encode())
    return digest.hexdigest()


def files_in(paths: Iterable[Path]) -> list[Path]:
    """The files themselves and those within folders; missing ones are left out."""
    inside = [path.rglob("*") if path.is_dir() else [path] for path in paths]
    return [file for files in inside for file in files if file.is_file()]


def is_fresh(stamp: Path, mark: str) -> bool:
    """Whether the step that writes this stamp was done from the same inputs."""
    return stamp.exists() and stamp.read_text() == mark


# --- start -------------------------------------------------------------------------


def use_new_enough_python() -> None:
    """Start over under a newer Python of the PATH where this one is too old."""
    if sys.version_info >= OLDEST_PYTHON:
        return
    newer = next(filter(None, map(shutil.which, NEWER_PYTHONS)), None)
    if newer is None:
        version = platform.python_version()
        raise StopError(f"Python 3.11 or later is needed; this is {version}.")
    os.execv(newer, [newer, *sys.argv])


def main() -> int:
    """Run the target named on the command line; 0 when all went well."""
    parser = argparse.ArgumentParser(prog="dev.py")
    parser.add_argument("target", nargs="?", default="help", choices=TARGETS)
    parser.add_argument("args", nargs=argparse.REMAINDER, help="handed to the target")
    chosen = parser.parse_args()
    if not sys.stdout.isatty():
        os.environ.setdefault("NO_COLOR", "1")  # a log is for reading
    try:
        use_new_enough_python()
        return TARGETS[chosen.target](chosen.args)
    except StopError as stop:
        print(stop, file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        return 130


if __name__ == "__main__":
    sys.exit(main())
