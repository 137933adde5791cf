"""What the commands share: settings from arguments, questions, errors in a sentence."""

import argparse
import asyncio
import functools
import os
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import msgspec

from rostra.adapters.sqlite_journal import CannotOpen
from rostra.cli import control
from rostra.cli.address import base_url
from rostra.cli.office import AnyAsk, AskCreate, Office, Reply, Sorry
from rostra.config import Settings, SettingsError, load
from rostra.core.roster import BadFile
from rostra.main import opened

REFUSED = (Sorry, SettingsError, BadFile, CannotOpen)
EXIT_REFUSED = 2
EXIT_INTERRUPTED = 130

Run = Callable[[argparse.Namespace], int]


def plainly(run: Run) -> Run:
    """Make *run* say what is wrong in a sentence and end with exit code 2."""

    @functools.wraps(run)
    def wrapped(args: argparse.Namespace) -> int:
        try:
            code = run(args)
            sys.stdout.flush()
            return code
        except REFUSED as error:
            print(f"rostra: {error}", file=sys.stderr)
        except BrokenPipeError:
            os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
            return 0
        except OSError as error:
            where = f"{error.filename}: " if error.filename else ""
            print(f"rostra: {where}{error.strerror or error}.", file=sys.stderr)
        except KeyboardInterrupt:
            return EXIT_INTERRUPTED
        return EXIT_REFUSED

    return wrapped


def settings_of(args: argparse.Namespace) -> Settings:
    """The settings with what the command line says. Raises SettingsError."""
    config = getattr(args, "config", None)
    flags = {name: getattr(args, name, None) for name in ("host", "port", "data")}
    return load(Path(config) if config else None, flags=flags)


def put(settings: Settings, ask: AnyAsk) -> Any:
    """Ask the running server; if nobody serves, open the journal. Raises Sorry."""
    return asyncio.run(_put(settings, ask))


async def _put(settings: Settings, ask: AnyAsk) -> Any:
    request = msgspec.json.encode(ask)
    try:
        raw = await control.ask(Path(settings.data), request)
    except control.NobodyServes:
        raw = await _answer_here(settings, ask, request)
    reply = msgspec.json.decode(raw, type=Reply)
    if reply.sorry:
        raise Sorry(reply.sorry)
    return reply.value


async def _answer_here(settings: Settings, ask: AnyAsk, request: bytes) -> bytes:
    elsewhere = settings.journal or isinstance(ask, AskCreate)
    if not elsewhere and not Path(settings.data).is_dir():
        raise Sorry(
            f"There is no data folder {settings.data}. Say where it is with --data, "
            "or make a meeting with: rostra import."
        )
    async with opened(settings, serving=False) as house:
        base = base_url(settings, settings.port)
        office = Office(house.rooms, house.journal, house.keys, base, house.record_key)
        return await office.answer(request)
