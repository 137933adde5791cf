"""Finds a Chromium on this machine: nothing but the standard library.

`dev.py` uses it before any package is installed, the browser fixture in the tests.
"""

import functools
import json
import os
import shutil
import subprocess
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from types import MappingProxyType

CLIENT = Path(__file__).resolve().parents[2] / "client"

NAMES = (
    "chromium",
    "chromium-browser",
    "google-chrome",
    "google-chrome-stable",
    "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
)

ARGS = (
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)

# Without this name of a runtime the package does not unpack the libraries it brings.
LAMBDA = {"AWS_LAMBDA_JS_RUNTIME": "nodejs20.x"}

ASK_NPM_PACKAGE = """
import("@sparticuz/chromium").then(async (module) => {
  const executable = await module.default.executablePath();
  const libraries = process.env.LD_LIBRARY_PATH ?? "";
  const fonts = process.env.FONTCONFIG_PATH ?? "";
  console.log(JSON.stringify({ executable, libraries, fonts }));
});
"""


class NoChromiumError(RuntimeError):
    """No browser was found; the message says what to do about it."""


@dataclass(frozen=True)
class Launch:
    """How to start the browser; `env` goes on top of the environment at hand.

    The arguments leave out the profile: give a fresh `--user-data-dir` to each start
    (Playwright does so by itself).
    """

    executable: str
    args: tuple[str, ...] = ARGS
    env: Mapping[str, str] = field(default_factory=lambda: MappingProxyType({}))


@functools.cache
def chromium(*, install: bool = False) -> Launch:
    """Find a Chromium; with `install`, as root, ask apt for one before giving up.

    The order: `$ROSTRA_CHROMIUM`, the PATH, apt, the npm package of the client.
    """
    found = _named() or _on_path()
    if found is None and install and _may_use_apt():
        _apt_install()
        found = _on_path()
    found = found or _from_npm()
    if found is None:
        raise NoChromiumError(
            "No Chromium found. Install one (apt-get install chromium), or name one in "
            "ROSTRA_CHROMIUM, or run `make setup` for the one from npm (Linux, x86-64)."
        )
    return found


def _named() -> Launch | None:
    name = os.environ.get("ROSTRA_CHROMIUM")
    if not name:
        return None
    path = shutil.which(name)
    if path is None:
        raise NoChromiumError(f"ROSTRA_CHROMIUM is no program: {name}")
    return Launch(path)


def _on_path() -> Launch | None:
    paths = (shutil.which(name) for name in NAMES)
    return next((Launch(path) for path in paths if path), None)


def _may_use_apt() -> bool:
    return shutil.which("apt-get") is not None and os.geteuid() == 0


def _apt_install() -> None:
    """Errors are printed by apt itself; the search goes on without it."""
    env = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    install = ["apt-get", "install", "-qq", "-y", "--no-install-recommends", "chromium"]
    for command in (["apt-get", "update", "-qq"], install):
        subprocess.run(command, env=env, check=False, stdout=subprocess.DEVNULL)


def _from_npm() -> Launch | None:
    node = shutil.which("node")
    if node is None or not (CLIENT / "node_modules/@sparticuz/chromium").is_dir():
        return None
    answer = subprocess.run(
        [node, "-e", ASK_NPM_PACKAGE],
        cwd=CLIENT,
        env={**os.environ, **LAMBDA},
        capture_output=True,
        text=True,
        check=False,
    )
    if answer.returncode != 0:
        return None
    found = json.loads(answer.stdout)
    env = {"LD_LIBRARY_PATH": found["libraries"], "FONTCONFIG_PATH": found["fonts"]}
    # This build is headless only and has no zygote to fork from.
    args = ("--headless=shell", "--no-zygote", *ARGS[1:])
    return Launch(found["executable"], args, {k: v for k, v in env.items() if v})
