"""The server's own log: text for people, JSON lines for machines, never a token."""

import logging
import sys
from datetime import UTC, datetime

import msgspec

from rostra.config import Log
from rostra.web.identity import redacted

_CONTROL = {code: f"\\x{code:02x}" for code in (*range(32), 127)} | {10: "\\n", 9: " "}


class Redacted(logging.Formatter):
    """One line a record: tokens taken out, control characters made visible."""

    def format(self, record: logging.LogRecord) -> str:
        """The line, with a traceback below it where there is one."""
        text = record.getMessage().translate(_CONTROL)
        line = f"{self.formatTime(record)} {record.levelname.lower()} {text}"
        if record.exc_info:
            line = f"{line}\n{self.formatException(record.exc_info)}"
        return redacted(line)


class JsonLines(logging.Formatter):
    """One JSON object a record."""

    def format(self, record: logging.LogRecord) -> str:
        """The object, with the traceback as ``exception``."""
        at = datetime.fromtimestamp(record.created, UTC)
        entry = {
            "at": at.isoformat(timespec="milliseconds"),
            "level": record.levelname.lower(),
            "logger": record.name,
            "message": record.getMessage(),
        }
        if record.exc_info:
            entry["exception"] = self.formatException(record.exc_info)
        return redacted(msgspec.json.encode(entry).decode())


def set_up(log: Log) -> None:
    """Write the log to standard error as *log* says."""
    handler = logging.StreamHandler(sys.stderr)
    as_text = log.format == "text" or (log.format == "auto" and sys.stderr.isatty())
    handler.setFormatter(Redacted() if as_text else JsonLines())
    logging.basicConfig(level=log.level.upper(), handlers=[handler], force=True)
    for noisy in ("engineio", "socketio", "aiohttp.access"):
        logging.getLogger(noisy).setLevel(logging.WARNING)
