"""``rostra open``: an exported meeting, to be looked at again, without its journal."""

import argparse
import asyncio
import secrets
import tempfile
from pathlib import Path

from msgspec import structs

from rostra.adapters.archive_journal import SCHEME, ArchiveJournal
from rostra.cli.demo import TITLES
from rostra.cli.logs import set_up
from rostra.cli.office import Sorry
from rostra.cli.plainly import plainly, settings_of
from rostra.cli.serve import taken
from rostra.config import Log, Settings
from rostra.main import Served, serve
from rostra.record.verify import judge


@plainly
def run(args: argparse.Namespace) -> int:
    """Verify the file, then serve it read-only until Ctrl-C."""
    settings = settings_of(args)
    set_up(Log(format="text", level="warning"))
    path = Path(args.file).resolve()
    file = path.read_bytes()
    code, _, sentence = judge(file, args.key)
    if code:
        raise Sorry(f"{sentence} It is not opened.")
    archive = ArchiveJournal(file)
    print(sentence)

    async def tell(served: Served) -> None:
        """Where it can be seen, each screen once."""
        told: set[str] = set()
        print(f"\nTo be read only, at {served.base}\n")
        for row in await served.office.links(archive.meeting):
            if row.role in TITLES and row.role not in told:
                told.add(row.role)
                print(f"  {TITLES[row.role]:20} {row.url}")
        print("\nNothing is kept of this visit. Ctrl-C ends it.", flush=True)
        await asyncio.Event().wait()

    with tempfile.TemporaryDirectory(prefix="rostra-open-") as folder:
        visit = _visit(settings, path, Path(folder))
        try:
            return asyncio.run(serve(visit, tell))
        except OSError as error:
            raise taken(visit, error) from error


def _visit(settings: Settings, path: Path, folder: Path) -> Settings:
    """Keys of this visit alone: the links of the meeting itself do not open it."""
    key = folder / "link.key"
    key.touch(mode=0o600)
    key.write_text(secrets.token_hex(32))
    return structs.replace(
        settings,
        journal=f"{SCHEME}{path}",
        data=str(folder),
        link_key_file=str(key),
        record_key_file="",
    )
