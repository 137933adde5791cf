"""The stored form: a commit of three parts in a hash chain (DESIGN "The journal").

Written once and never re-encoded. What an event's fields hold is divided over the
parts by the table in :mod:`rostra.protocol.stored`; this module knows bytes only.
"""

import hashlib
from base64 import urlsafe_b64encode

from msgspec import Struct

from rostra.core.ids import MeetingId

Hash = bytes
SALT_BYTES = 16


class Commit(Struct, frozen=True, kw_only=True, gc=False):
    """One commit as it lies in the journal.

    ``open``, ``personal`` and ``internal`` are canonical JSON in UTF-8. ``personal``
    and its salt may be ``None``: they were deleted, and ``personal_hash`` stays.
    """

    seq: int
    open: bytes
    personal: bytes | None
    internal: bytes
    personal_salt: bytes | None
    internal_salt: bytes
    personal_hash: Hash
    hash: Hash


class Head(Struct, frozen=True, gc=False):
    """Where a meeting's history ends. ``seq`` 0 is before the first commit."""

    epoch: str
    seq: int
    hash: Hash


def first_hash(meeting: MeetingId) -> Hash:
    """The hash before the first commit: SHA-256 of the meeting's id."""
    return hashlib.sha256(meeting.encode()).digest()


def chain_mark(digest: Hash) -> str:
    """The short form of a hash that people are shown: 16 hex digits."""
    return digest.hex()[:16]


def wire_mark(digest: Hash) -> str:
    """What crosses the wire of a hash as ``chain``, with every change: 48 bits.

    It finds a history that is another by accident; the record is proved by the whole.
    """
    return urlsafe_b64encode(digest[:6]).decode()


def seal(
    previous: Hash,
    seq: int,
    parts: tuple[bytes, bytes, bytes],
    salts: tuple[bytes, bytes],
) -> Commit:
    """Chain the parts (open, personal, internal) of commit *seq* to *previous*.

    *salts* are fresh random bytes for personal and internal, SALT_BYTES each;
    ValueError if they are not.
    """
    if any(len(salt) != SALT_BYTES for salt in salts):
        raise ValueError(f"a salt has {SALT_BYTES} bytes")
    opened, personal, internal = parts
    personal_hash = hashlib.sha256(salts[0] + personal).digest()
    return Commit(
        seq=seq,
        open=opened,
        personal=personal,
        internal=internal,
        personal_salt=salts[0],
        internal_salt=salts[1],
        personal_hash=personal_hash,
        hash=link_hash(previous, opened, personal_hash, salts[1] + internal),
    )


def link_hash(
    previous: Hash, opened: bytes, personal_hash: Hash, salted_internal: bytes
) -> Hash:
    """SHA-256(previous ‖ H(open) ‖ H(salt₁ ‖ personal) ‖ H(salt₂ ‖ internal))."""
    return hashlib.sha256(
        previous
        + hashlib.sha256(opened).digest()
        + personal_hash
        + hashlib.sha256(salted_internal).digest()
    ).digest()


def follows(previous: Hash, commit: Commit) -> bool:
    """Whether *commit* is intact and continues the chain after *previous*.

    The number ``seq`` is not in the hash (``open`` begins with it): whoever reads a
    chain counts.
    """
    # A salt of another length could have taken bytes from its part, unseen by a hash of
    # both.
    if len(commit.internal_salt) != SALT_BYTES:
        return False
    if commit.personal_salt is not None and len(commit.personal_salt) != SALT_BYTES:
        return False
    if commit.personal is not None and commit.personal_salt is not None:
        salted = commit.personal_salt + commit.personal
        if hashlib.sha256(salted).digest() != commit.personal_hash:
            return False
    return commit.hash == link_hash(
        previous,
        commit.open,
        commit.personal_hash,
        commit.internal_salt + commit.internal,
    )
