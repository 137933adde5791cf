"""``rostra serve``."""

import argparse
import asyncio
import errno

from rostra.cli.logs import set_up
from rostra.cli.office import Sorry
from rostra.cli.plainly import plainly, settings_of
from rostra.config import Settings
from rostra.main import serve


@plainly
def run(args: argparse.Namespace) -> int:
    """Serve until told to stop."""
    settings = settings_of(args)
    set_up(settings.log)
    try:
        return asyncio.run(serve(settings))
    except OSError as error:
        raise taken(settings, error) from error


def taken(settings: Settings, error: OSError) -> Exception:
    """What to say when the address cannot be had."""
    where = f"{settings.host}:{settings.port}"
    if error.errno == errno.EADDRINUSE:
        return Sorry(f"Another program listens at {where}. Take another --port.")
    if error.errno in (errno.EADDRNOTAVAIL, errno.EACCES):
        return Sorry(f"This machine cannot listen at {where}: {error.strerror}.")
    return error
