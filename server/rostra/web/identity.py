"""Who someone is: links, their tokens, and what a role may see.

A token is computed from the meeting, the link and its generation; it is never stored.
What a link is worth now (generation, revoked, expired) is the meeting's state.
"""

import base64
import hashlib
import hmac
import re

from msgspec import Struct

from rostra.core.actor import Actor
from rostra.core.ids import Audience, Code, Instant, LinkId, MeetingId, Role
from rostra.core.meeting import Link, Meeting

MAC_BYTES = 18
_TOKEN = re.compile(
    r"rl_([a-z0-9-]{1,40})\.([A-Za-z0-9.]{1,32})\.([\w-]{24})", re.ASCII
)
MEETING_ID = re.compile(r"[a-z0-9-]{1,40}")
TOKEN_IN_TEXT = re.compile(r"rl_[\w.-]+", re.ASCII)
LINK_ID = re.compile(r"[A-Za-z0-9.]{1,32}", re.ASCII)

_AUDIENCES: dict[Role, Audience] = {
    "delegate": "public",
    "viewer": "public",
    "display": "public",
    "rapporteur": "record",
    "moderator": "staff",
    "chair": "staff",
    "desk": "staff",
}


def audience_of(role: Role) -> Audience:
    """Which of the three views *role* gets."""
    return _AUDIENCES[role]


class Claim(Struct, frozen=True):
    """What somebody says of themselves, not yet believed."""

    meeting: MeetingId
    link: LinkId
    mac: str


class Identity(Struct, frozen=True, kw_only=True):
    """Somebody whose link was checked; ``device`` is the name the device goes by."""

    meeting: MeetingId
    link: LinkId
    generation: int
    role: Role
    delegation: Code | None
    device_id: str = ""
    device: str = ""
    lang: str = "en"

    @property
    def audience(self) -> Audience:
        """The view that this role gets."""
        return audience_of(self.role)

    @property
    def actor(self) -> Actor:
        """The sender of this one's commands."""
        return Actor(
            role=self.role,
            link=self.link,
            delegation=self.delegation,
            device=self.device,
        )


class Keys:
    """What is derived from the secret in the key file. The secret itself is let go."""

    def __init__(self, secret: bytes) -> None:
        if len(secret) < 16:
            raise ValueError("the link key needs at least 16 bytes")
        self._links = hmac.digest(secret, b"rostra link", "sha256")
        self.cookies = hmac.digest(secret, b"rostra cookie", "sha256")

    def mac(self, meeting: MeetingId, link: LinkId, generation: int) -> str:
        """The unguessable part of a token: 144 bits."""
        text = f"{meeting}\n{link}\n{generation}".encode()
        digest = hmac.digest(self._links, text, "sha256")[:MAC_BYTES]
        return base64.urlsafe_b64encode(digest).decode()

    def token(self, meeting: MeetingId, link: Link) -> str:
        """The token of *link* as it stands: ``rl_<meeting>.<link id>.<mac>``."""
        return f"rl_{meeting}.{link.id}.{self.mac(meeting, link.id, link.generation)}"

    def verify(
        self, meeting: Meeting | None, claim: Claim, now: Instant
    ) -> Link | None:
        """The link that *claim* truly has, or None; the time does not tell why not."""
        link = meeting.links.get(claim.link) if meeting else None
        generation = link.generation if link else 0
        right = self.mac(claim.meeting, claim.link, generation)
        same = hmac.compare_digest(
            hashlib.sha256(right.encode()).digest(),
            hashlib.sha256(claim.mac.encode()).digest(),
        )
        return link if same and link is not None and valid(link, now) else None


def valid(link: Link, now: Instant) -> bool:
    """Whether *link* may be used at *now*."""
    return not link.revoked and (link.expires_at is None or now < link.expires_at)


def still_valid(identity: Identity, meeting: Meeting, now: Instant) -> bool:
    """Whether the link that *identity* came by is what it was then."""
    link = meeting.links.get(identity.link)
    return (
        link is not None and link.generation == identity.generation and valid(link, now)
    )


def parse_token(token: str) -> Claim | None:
    """Take a token apart; None if it is none."""
    found = _TOKEN.fullmatch(token)
    if found is None:
        return None
    meeting, link, mac = found.groups()
    return Claim(MeetingId(meeting), LinkId(link), mac)


def identify(meeting: Meeting, link: Link, **more: str) -> Identity:
    """The identity of one who holds *link*; *more* is device and language."""
    return Identity(
        meeting=meeting.id,
        link=link.id,
        generation=link.generation,
        role=link.role,
        delegation=link.delegation,
        **more,
    )


def join_url(base: str, token: str) -> str:
    """A personal link: the token is in the fragment, so that it reaches no log."""
    return f"{base.rstrip('/')}/join#{token}"


def redacted(text: str) -> str:
    """*text* with every token in it taken out; for logs."""
    return TOKEN_IN_TEXT.sub("rl_…", text)
