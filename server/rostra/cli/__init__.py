"""The command line. A folder, because each command is a page of its own.

This module stays light: a command's module, and with it the server, is imported when
that command is called, so that ``rostra --help`` answers at once.
"""

from rostra.cli.parser import main

__all__ = ["main"]
