"""One listener of a crowd: its connection, its place in the history, its ways back.

What most bytes mean is found in a table by the crowd itself; here is everything else.
A listener comes back as a browser does: after the pauses of ``connection.ts``, spread
as the server said, with the place that it had reached.
"""

import json
import random
import socket
import ssl
from collections.abc import Callable
from typing import Literal

from msgspec import Struct

from rostra.rehearsal import framing
from rostra.rehearsal.pauses import after_goodbye_ms, pause_ms
from rostra.rehearsal.story import NOWHERE, SEQ_MASK, Goodbye, Heard, Story, Welcomed

Stage = Literal["waiting", "dialling", "securing", "upgrading", "joining", "joined"]
CHUNK = 32_768
#: So many examples of what went wrong are kept; the rest is counted.
EXAMPLES = 20
PONG = framing.text("3")
_rng = random.Random()


class Lost(Exception):
    """The connection is over; ``reason`` names why, ``wait_ms`` when to come back."""

    def __init__(self, reason: str, wait_ms: float | None = None) -> None:
        super().__init__(reason)
        self.reason = reason
        self.wait_ms = wait_ms


class Door(Struct, frozen=True, kw_only=True):
    """Where and how a crowd comes in."""

    family: int
    address: tuple[str, int]
    request: bytes
    protocol: int
    namespace: str
    name: str
    tls: ssl.SSLContext | None
    #: Nothing is said to begin with: for servers that only send.
    bare: bool


class Breaks:
    """What listeners were told that they must not be: counted, the first kept."""

    def __init__(self) -> None:
        self.counts: dict[str, int] = {}
        self.examples: list[str] = []
        #: Who came back too late for what it missed: no break, but a whole view.
        self.snapshots = 0

    def note(self, kind: str, example: str) -> None:
        """Count it."""
        self.counts[kind] = self.counts.get(kind, 0) + 1
        if len(self.examples) < EXAMPLES:
            self.examples.append(example)


class Listener:
    """One of the crowd. Methods raise :class:`Lost` where the connection ends."""

    __slots__ = (
        "at", "back_at", "door", "failures", "fd", "heard_at", "left", "lost_at",
        "number", "parts", "recv", "rest", "sock", "source", "spread_ms", "stage",
        "stalled", "token",
    )  # fmt: skip

    def __init__(self, number: int, door: Door, token: str, source: str | None) -> None:
        self.number = number
        self.door = door
        self.token = token
        self.source = source
        self.stage: Stage = "waiting"
        self.sock: socket.socket | None = None
        self.recv: Callable[[int], bytes] = _nothing
        self.fd = -1
        #: Its place; what came of a frame that has not ended; of a message.
        self.at = NOWHERE
        self.rest = b""
        self.parts = b""
        self.heard_at = 0
        self.lost_at = 0
        self.back_at = 0
        self.failures = 0
        self.spread_ms = 0
        self.stalled = False
        self.left = False

    def dial(self) -> int:
        """Begin to connect; the descriptor. Raises OSError."""
        sock = socket.socket(
            self.door.family, socket.SOCK_STREAM | socket.SOCK_NONBLOCK
        )
        try:
            sock.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
            if self.source is not None:
                _let_port_be_chosen_late(sock)
                sock.bind((self.source, 0))
            sock.connect_ex(self.door.address)
        except OSError:
            sock.close()
            raise
        self.sock, self.fd, self.recv = sock, sock.fileno(), _nothing
        self.stage, self.rest, self.parts = "dialling", b"", b""
        return self.fd

    def writable(self) -> None:
        """The connection stands, or a handshake goes on."""
        if self.stage == "dialling":
            self._dialled()
        if self.stage == "securing":
            self._secure()

    def _dialled(self) -> None:
        assert self.sock is not None
        error = self.sock.getsockopt(socket.SOL_SOCKET, socket.SO_ERROR)
        if error:
            raise Lost("not connected")
        if self.door.bare:
            self.stage, self.at, self.recv = "joined", NOWHERE, self.sock.recv
        elif self.door.tls is None:
            self._upgrade()
        else:
            self.sock = self.door.tls.wrap_socket(
                self.sock,
                do_handshake_on_connect=False,
                server_hostname=self.door.name,
            )
            self.stage = "securing"

    def _secure(self) -> None:
        assert isinstance(self.sock, ssl.SSLSocket)
        try:
            self.sock.do_handshake()
        except (ssl.SSLWantReadError, ssl.SSLWantWriteError):
            return
        except OSError as error:
            raise Lost(f"no TLS: {type(error).__name__}") from None
        self._upgrade()

    def _upgrade(self) -> None:
        assert self.sock is not None
        self._send(self.door.request)
        self.stage, self.recv = "upgrading", self.sock.recv

    def read(self, data: bytes, story: Story, breaks: Breaks, now: int) -> int:
        """Take bytes that are not simply the next move; how many moves were in them."""
        if not data:
            raise Lost("closed")
        data = self.rest + data
        self.rest = b""
        at = self._upgraded(data) if self.stage == "upgrading" else 0
        steps: list[Heard] = []
        whole = at == 0 and not self.parts
        while at is not None and at < len(data):
            try:
                found = framing.find(data, at)
            except framing.BadFrame as error:
                raise Lost(f"bad frame: {error}") from None
            if found is None:
                break
            heard = self._heard(data[at : found[2]], found, at, story)
            at = found[2]
            if heard is not None:
                steps.append(heard)
                self.take(heard, story, breaks, now)
        if at is None or at < len(data):
            self.rest = data[at or 0 :]
        elif whole and not self.parts and len(steps) > 1:
            story.join(data, steps)
        return sum(each.kind == "moved" for each in steps)

    def _upgraded(self, data: bytes) -> int | None:
        """Where the frames begin after the answer's head; None if it is not whole."""
        end = data.find(b"\r\n\r\n")
        if end < 0:
            return None
        status = framing.status_of(data[:end])
        if status != 101:
            raise Lost(f"HTTP {status or 'nonsense'}")
        self.stage = "joining"
        return end + 4

    def _heard(
        self, frame: bytes, found: framing.Found, at: int, story: Story
    ) -> Heard | None:
        """What a frame means; None for a part of a message that goes on."""
        first, start, end = found[0], found[1] - at, found[2] - at
        control = first & 0x08
        if control or (first & framing.FIN and first & 0x0F):
            return story.hear(frame, (first, start, end))
        self.parts += frame[start:end]
        if not first & framing.FIN:
            return None
        message, self.parts = self.parts, b""
        return story.hear_text(message)

    def take(self, heard: Heard, story: Story, breaks: Breaks, now: int) -> None:
        """Do what *heard* asks for."""
        match heard.kind:
            case "moved":
                self._move(heard, breaks, now)
            case "ping":
                self._send(PONG)
            case "joint":
                for each in heard.steps:
                    self.take(each, story, breaks, now)
            case "welcome":
                self._welcomed(heard, breaks)
            case "opened":
                self._send(self._join(story))
            case "bye":
                self._goodbye(heard.said)
            case "refused":
                raise Lost(f"refused {_code(heard.said)}")
            case "closed":
                raise Lost("closed")
            case "ws_ping":
                assert isinstance(heard.said, bytes)
                self._send(framing.masked(framing.PONG, heard.said))
            case "connected" | "other":
                pass

    def _move(self, heard: Heard, breaks: Breaks, now: int) -> None:
        at, before, after = self.at, heard.before, heard.after
        if at == before or (at == NOWHERE and self.door.bare):
            heard.times.append(now)
        else:
            self._broken(heard, breaks)
        self.at = max(at, after)

    def _broken(self, heard: Heard, breaks: Breaks) -> None:
        at, before, after = self.at, heard.before, heard.after
        told = f"listener {self.number} at {_seq(at)} was told {_seq(before)} to "
        told += str(_seq(after))
        if before > at:
            breaks.note("gap", told)
        else:
            breaks.note("again" if after <= at else "overlap", told)

    def _welcomed(self, heard: Heard, breaks: Breaks) -> None:
        said = heard.said
        assert isinstance(said, Welcomed)
        was, now = self.at, heard.after
        same_epoch = was >= 0 and (was ^ now) <= SEQ_MASK
        told = f"listener {self.number} at {_seq(was)} was welcomed at {_seq(now)}"
        if said.mode == "resume" and was != now:
            breaks.note("resume", told)
        elif same_epoch and now < was:
            breaks.note("back", told)
        elif said.mode == "snapshot" and was >= 0 and said.reason is not None:
            if said.reason == "too_old":
                breaks.snapshots += 1
            else:
                breaks.note(f"snapshot: {said.reason}", told)
        self.at = now
        self.spread_ms = said.spread_ms
        self.stage = "joined"
        self.failures = 0

    def _goodbye(self, said: object) -> None:
        assert isinstance(said, Goodbye)
        if said.retry_ms is None:
            self.left = True
        wait = after_goodbye_ms(_rng, said.retry_ms or 0, self.spread_ms)
        raise Lost(f"bye {said.code}", wait)

    def _join(self, story: Story) -> bytes:
        auth: dict[str, object] = {
            "protocol": self.door.protocol,
            "token": self.token,
            "device": "Rehearsal",
        }
        position = story.position(self.at)
        if position is not None:
            auth["resume"] = position
        named = f"{self.door.namespace}," if self.door.namespace != "/" else ""
        return framing.text(f"40{named}{json.dumps(auth)}")

    def _send(self, data: bytes) -> None:
        """Write *data*, which is short: who cannot take it is cut off anyway."""
        assert self.sock is not None
        try:
            self.sock.send(data)
        except (ssl.SSLWantWriteError, BlockingIOError):
            raise Lost("not writable") from None
        except OSError:
            raise Lost("closed") from None

    def backoff_ms(self) -> float:
        """How long a browser waits before it tries again."""
        return pause_ms(_rng, self.failures, self.spread_ms)

    def hang_up(self, *, at_once: bool = False) -> None:
        """Let go of the connection; *at_once* without a word to the other side."""
        if self.sock is None:
            return
        if at_once:
            linger = b"\x01\0\0\0\0\0\0\0"
            self.sock.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, linger)
        self.sock.close()
        self.sock, self.fd, self.recv, self.stage = None, -1, _nothing, "waiting"


def _let_port_be_chosen_late(sock: socket.socket) -> None:
    """So that every source address has all ports for itself (Linux)."""
    option = getattr(socket, "IP_BIND_ADDRESS_NO_PORT", 24)
    try:
        sock.setsockopt(socket.IPPROTO_IP, option, 1)
    except OSError:
        return


def _nothing(_size: int) -> bytes:
    raise BlockingIOError


def _seq(place: int) -> int | str:
    return place & SEQ_MASK if place >= 0 else "nothing"


def _code(said: object) -> str:
    try:
        told = json.loads(said) if isinstance(said, bytes) else {}
        return str((told.get("data") or {}).get("code") or told.get("message"))
    except (ValueError, AttributeError):
        return "without a reason"
