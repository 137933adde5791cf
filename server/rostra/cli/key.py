"""``rostra key``: the public key that exports are signed with."""

import argparse
from pathlib import Path

from rostra.cli.office import Sorry
from rostra.cli.plainly import plainly, settings_of
from rostra.config import record_key


@plainly
def run(args: argparse.Namespace) -> int:
    """Print it; it is made where the data folder has none yet."""
    settings = settings_of(args)
    own = not settings.record_key_file and not settings.journal
    if own and not Path(settings.data).is_dir():
        raise Sorry(
            f"There is no data folder {settings.data}. Say where it is with --data."
        )
    print(record_key(settings).public)
    return 0
