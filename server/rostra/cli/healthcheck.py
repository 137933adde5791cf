"""``rostra healthcheck``: for containers, where there is no curl."""

import argparse
import sys
import urllib.error
import urllib.request

from rostra.cli.plainly import plainly, settings_of

PATH = "/readyz"
PATIENCE_S = 5


@plainly
def run(args: argparse.Namespace) -> int:
    """0 if the server says that it is ready, else 1 and why."""
    settings = settings_of(args)
    host = {"0.0.0.0": "127.0.0.1", "::": "[::1]"}.get(settings.host, settings.host)
    url = (args.url or f"http://{host}:{settings.port}").rstrip("/") + PATH
    try:
        with urllib.request.urlopen(url, timeout=PATIENCE_S):
            return 0
    except (urllib.error.URLError, OSError, ValueError) as error:
        print(f"rostra: {url}: {error}.", file=sys.stderr)
        return 1
