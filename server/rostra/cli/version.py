"""``rostra version``."""

import argparse

from rostra import __version__


def run(_args: argparse.Namespace) -> int:
    """Print the version."""
    print(f"rostra {__version__}")
    return 0
