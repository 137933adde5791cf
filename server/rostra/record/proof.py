"""The export of a history with its proof: a line for each commit, then a signed head.

PROOF.md beside this module is the specification, verify.py the verifier.
"""

import hashlib
import json
from collections.abc import Collection
from typing import Any, Literal, get_args

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from rostra.core.ids import MeetingId
from rostra.protocol.commit import Commit

FORMAT = "record 1"
#: What the line of a head begins with; no commit's does.
HEAD_START = '{"rostra":"record '

#: What is exported only when asked for; else as a digest.
ClosedPart = Literal["personal", "internal"]
CLOSED_PARTS: tuple[ClosedPart, ...] = get_args(ClosedPart)

Spans = list[list[int]]


class RecordKey:
    """Signs exports. Whoever has the public half can tell that they are ours."""

    def __init__(self, seed: bytes) -> None:
        """*seed* is 32 secret bytes; ValueError if not."""
        self._key = Ed25519PrivateKey.from_private_bytes(seed)
        #: 64 hex digits.
        self.public = self._key.public_key().public_bytes_raw().hex()

    def signature(self, message: str) -> str:
        """128 hex digits."""
        return self._key.sign(message.encode()).hex()


class Export:
    """One meeting's export: :meth:`line` for every commit from 1 on, then the head.

    *parts* are given in full, for those who may read them; *parts* that were erased
    are not there to give.
    """

    def __init__(self, meeting: MeetingId, parts: Collection[ClosedPart] = ()) -> None:
        self._meeting = meeting
        self._parts = parts
        self._count = 0
        self._hash = b""
        self._spans: dict[str, Spans] = {"personal": [], "internal": [], "erased": []}

    def line(self, commit: Commit) -> str:
        """The line of *commit*, the next of the history."""
        self._count, self._hash = commit.seq, commit.hash
        line: dict[str, Any] = {"seq": commit.seq, "open": commit.open.decode()}
        if commit.personal is None or commit.personal_salt is None:
            _extend(self._spans["erased"], commit.seq)
        elif "personal" in self._parts:
            _extend(self._spans["personal"], commit.seq)
            line["personal"] = commit.personal.decode()
            line["personal_salt"] = commit.personal_salt.hex()
        line["personal_sha256"] = commit.personal_hash.hex()
        if "internal" in self._parts:
            _extend(self._spans["internal"], commit.seq)
            line["internal"] = commit.internal.decode()
            line["internal_salt"] = commit.internal_salt.hex()
        salted = commit.internal_salt + commit.internal
        line["internal_sha256"] = hashlib.sha256(salted).hexdigest()
        line["hash"] = commit.hash.hex()
        return _canonical(line) + "\n"

    def head(self, key: RecordKey) -> str:
        """The last line: how many there were, where they ended, and the signature."""
        head = {
            "rostra": FORMAT,
            "meeting": self._meeting,
            "count": self._count,
            "seq": self._count,
            "hash": self._hash.hex(),
            **self._spans,
            "key": key.public,
        }
        message = _canonical(head)
        return f'{message[:-1]},"signature":"{key.signature(message)}"}}\n'


def _extend(spans: Spans, seq: int) -> None:
    """*seq* follows the last span, or begins one."""
    if spans and spans[-1][1] == seq - 1:
        spans[-1][1] = seq
    else:
        spans.append([seq, seq])


def _canonical(value: dict[str, Any]) -> str:
    """As JSON.stringify of ECMA-262 writes it."""
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))
