"""Where a server is reached, and whom it tells that it is there."""

import contextlib
import os
import socket

from rostra.config import Settings

#: Hosts that mean every address of this machine.
EVERYWHERE = frozenset(("0.0.0.0", "::", ""))


def base_url(settings: Settings, port: int) -> str:
    """Where people reach the server; for "every address" that is the LAN's."""
    if settings.base:
        return settings.base.rstrip("/")
    return _url(lan_address() if settings.host in EVERYWHERE else settings.host, port)


def local_url(settings: Settings, port: int) -> str:
    """Where this machine itself reaches the server."""
    return _url("127.0.0.1" if settings.host in EVERYWHERE else settings.host, port)


def own_names(settings: Settings, port: int) -> tuple[str, ...]:
    """Names by which this machine may be asked beside its base URL's."""
    names = ["localhost", "127.0.0.1", "[::1]", settings.host]
    if settings.host in EVERYWHERE:
        names += [lan_address(), socket.gethostname()]
    return tuple(f"{name}:{port}" for name in names)


def _url(host: str, port: int) -> str:
    return f"http://[{host}]:{port}" if ":" in host else f"http://{host}:{port}"


def lan_address() -> str:
    """This machine's address in its network; loopback if it has none.

    Connecting a UDP socket sends nothing: it only asks which address would be used
    towards a network that is reserved for documentation.
    """
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as probe:
        try:
            probe.connect(("192.0.2.1", 9))
            return str(probe.getsockname()[0])
        except OSError:
            return "127.0.0.1"


def notify(state: str) -> None:
    """Tell systemd (Type=notify); nothing where nobody asked."""
    address = os.environ.get("NOTIFY_SOCKET")
    if not address:
        return
    if address.startswith("@"):
        address = "\0" + address[1:]
    kind = (socket.AF_UNIX, socket.SOCK_DGRAM)
    with socket.socket(*kind) as sock, contextlib.suppress(OSError):
        sock.connect(address)
        sock.sendall(state.encode())
