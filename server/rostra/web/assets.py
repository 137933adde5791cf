"""The built client's files: which scripts and styles a page needs.

Vite writes a manifest beside them. Without a build pages work as far as the server
draws them.
"""

from pathlib import Path
from typing import Any

import msgspec
from msgspec import Struct

PREFIX = "/static/"


class Needs(Struct, frozen=True):
    """What a page loads: one script, what it imports, and styles."""

    script: str | None
    preloads: tuple[str, ...]
    styles: tuple[str, ...]


class Assets:
    """Reads the manifest once; a build made later is found at the next page."""

    def __init__(self, folder: Path) -> None:
        self._path = folder / "manifest.json"
        self._manifest: dict[str, dict[str, Any]] = {}
        self._read_at = -1

    def needs(self, screen: str) -> Needs:
        """The files of the entry ``src/screens/<screen>.tsx``."""
        self._refresh()
        entry = f"src/screens/{screen}.tsx"
        if entry not in self._manifest:
            return Needs(None, (), ())
        chunks = self._chunks(entry, [])
        styles = [css for key in chunks for css in self._manifest[key].get("css", ())]
        return Needs(
            script=PREFIX + self._manifest[entry]["file"],
            preloads=tuple(PREFIX + self._manifest[key]["file"] for key in chunks[:-1]),
            styles=tuple(PREFIX + each for each in dict.fromkeys(styles)),
        )

    def _chunks(self, key: str, seen: list[str]) -> list[str]:
        """*key* after everything that it imports, each once."""
        for each in self._manifest[key].get("imports", ()):
            if each not in seen and each in self._manifest:
                self._chunks(each, seen)
        if key not in seen:
            seen.append(key)
        return seen

    def _refresh(self) -> None:
        try:
            changed_at = self._path.stat().st_mtime_ns
        except FileNotFoundError:
            return
        if changed_at != self._read_at:
            self._manifest = msgspec.json.decode(self._path.read_bytes())
            self._read_at = changed_at
