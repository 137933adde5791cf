"""What the web part is told at start. :mod:`rostra.config` reads it from the file."""

import sys
from pathlib import Path
from urllib.parse import urlsplit

from msgspec import Struct, field

from rostra.core.ids import Role


class Rate(Struct, frozen=True):
    """A token bucket: so many a second on average, so many at once."""

    per_s: float
    burst: int


DELEGATE_RATE = Rate(5, 20)


def _rates() -> dict[Role, Rate]:
    return {"moderator": Rate(50, 200)}


class Limits(Struct, frozen=True, kw_only=True):
    """What one client may take. Reasons and sources: DESIGN and PROMISES, section B."""

    #: A socket that has not said who it is by then is cut.
    join_deadline_s: float = 10.0
    #: Sockets that have not said who they are yet: from one address, and in all.
    waiting_per_address: int = 200
    waiting_in_all: int = 2_000
    #: Commands by link; a role that is not named has the delegates' rate.
    rates: dict[Role, Rate] = field(default_factory=_rates)
    #: Sockets of one personal link on one server: ten devices, and what they left
    #: half open.
    sockets_per_link: int = 40
    #: Wrong tokens from one address, over HTTP.
    try_rate: Rate = Rate(2, 100)
    #: State and log by GET, by link and address.
    read_rate: Rate = Rate(20, 400)
    #: ``time`` requests, and frames of any kind, by socket.
    time_rate: Rate = DELEGATE_RATE
    frame_rate: Rate = Rate(100, 400)
    #: Commands of one client that wait for their answer.
    unanswered: int = 256
    #: Whether the compiled send loop is used, where it was built.
    compiled_send: bool = True
    #: A client that lags further than either is cut and resumes.
    lag_deltas: int = 256
    lag_s: float = 30.0
    #: Malformed packets after which a client is cut.
    strikes: int = 3
    beat_s: float = 5.0
    here_s: float = 1.0
    #: Pads that have joined are written down so often; the devices of a speaker are
    #: gone, and every console is, after so long.
    attended_s: float = 2.0
    silent_s: float = 5.0
    unattended_s: float = 15.0
    #: The slow lane. A poll is kept so long at most, and answered so often at most.
    poll_s: int = 25
    poll_gap_s: float = 0.25
    #: One who polls is present until so long after the last answer; one who listens to
    #: a stream until so long without a sign of life, or, promising none, so long.
    linger_s: float = 8.0
    sign_s: float = 25.0
    stream_s: float = 3600.0
    #: A goodbye that cannot be written by then is not waited for.
    goodbye_s: float = 1.0
    #: A document of the record is given up after so long; so many may wait for theirs
    #: of those who write the record, and of all others.
    press_s: float = 60.0
    press_waiting: int = 8
    #: Documents by link and address, and pages of a finished meeting by address.
    document_rate: Rate = Rate(1, 20)
    #: Reconnecting after a restart is spread: so long for each connected client.
    spread_ms_per_client: float = 1.0
    spread_ms_at_most: int = 30_000
    ping_interval_s: float = 5.0
    ping_timeout_s: float = 8.0

    def rate(self, role: Role) -> Rate:
        """The rate of commands that a link of *role* may send."""
        return self.rates.get(role, DELEGATE_RATE)


class WebSettings(Struct, frozen=True, kw_only=True):
    """Where the server is reached, what it serves from disk, and its limits.

    ``hosts`` are names (or ``name:port``) that a request may ask for beside the base
    URL's own. ``trusted_proxies`` are addresses or networks whose
    ``X-Forwarded-For`` is believed.
    """

    base: str
    hosts: tuple[str, ...] = ()
    origins: tuple[str, ...] = ()
    trusted_proxies: tuple[str, ...] = ()
    #: Who may read ``/metrics``; for everybody else it is not there.
    metrics_from: tuple[str, ...] = ("127.0.0.0/8", "::1/128")
    templates_dir: Path
    static_dir: Path
    locales_dir: Path
    #: The presets of rules of procedure that operators are offered.
    profiles_dir: Path | None = None
    languages: tuple[str, ...] = ("en", "ar")
    build: str = ""
    #: This server among several.
    name: str = ""
    #: The public key that exports of the record are signed with here.
    record_key: str = ""
    #: What prints documents (:mod:`rostra.record.printing`).
    press_command: tuple[str, ...] = (sys.executable, "-m", "rostra.record.printing")
    trusted_types: bool = True
    limits: Limits = Limits()

    @property
    def https(self) -> bool:
        """Whether people reach the server by https."""
        return self.base.startswith("https://")

    @property
    def base_host(self) -> str:
        """Host and port of the base URL."""
        return urlsplit(self.base).netloc.lower()
