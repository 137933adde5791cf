"""Where a request comes from and which host it asks for, believing nobody untold."""

from ipaddress import IPv4Network, IPv6Address, IPv6Network, ip_address, ip_network
from urllib.parse import SplitResult, urlsplit

from aiohttp import web

from rostra.web.settings import WebSettings

Network = IPv4Network | IPv6Network


class Addresses:
    """The settings about hosts, origins and proxies, ready to be asked."""

    def __init__(self, settings: WebSettings) -> None:
        self._proxies = _networks(settings.trusted_proxies)
        self._watchers = _networks(settings.metrics_from)
        self._hosts = {settings.base_host, *(each.lower() for each in settings.hosts)}
        self._scheme = urlsplit(settings.base).scheme
        self._origins = {f"{self._scheme}://{settings.base_host}", *settings.origins}

    def host_allowed(self, host: str) -> bool:
        """Whether *host* (a Host header) is one of ours. ``*`` allows any."""
        host = host.lower()
        name = _split(f"//{host}").hostname or ""
        return "*" in self._hosts or host in self._hosts or name in self._hosts

    def origin_allowed(self, origin: str, host: str) -> bool:
        """Whether a page of *origin* may speak to us: ours, or one that is named."""
        if origin in self._origins:
            return True
        parts = _split(origin)
        same = parts.netloc.lower() == host.lower()
        return same and parts.scheme == self._scheme and self.host_allowed(host)

    def peer(self, request: web.BaseRequest) -> str:
        """The address to count by: an IPv4 address, or the /64 of an IPv6 one."""
        return _counted(self._address(request))

    def may_watch(self, request: web.BaseRequest) -> bool:
        """Whether figures about the server may be shown."""
        return _within(self._address(request), self._watchers)

    def _address(self, request: web.BaseRequest) -> str:
        address = request.remote or "unknown"
        forwarded = ",".join(request.headers.getall("X-Forwarded-For", []))
        hops = [each.strip() for each in forwarded.split(",") if each.strip()]
        while hops and _within(address, self._proxies):
            address = hops.pop()
        return address


def _split(url: str) -> SplitResult:
    """*url* in parts; empty ones for what is none."""
    try:
        return urlsplit(url)
    except ValueError:
        return urlsplit("")


def _networks(names: tuple[str, ...]) -> list[Network]:
    return [ip_network(each, False) for each in names]


def _within(address: str, networks: list[Network]) -> bool:
    try:
        found = ip_address(address)
    except ValueError:
        return False
    if isinstance(found, IPv6Address) and found.ipv4_mapped is not None:
        found = found.ipv4_mapped
    return any(found in network for network in networks)


def _counted(address: str) -> str:
    try:
        found = ip_address(address)
    except ValueError:
        return "unknown"
    if not isinstance(found, IPv6Address):
        return str(found)
    if found.ipv4_mapped is not None:
        return str(found.ipv4_mapped)
    return str(ip_network(f"{found}/64", False))
