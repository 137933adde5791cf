"""The journal's tables, and how a commit lies in a row of them.

Knows SQL and commits, not sqlite3: a row is a tuple.
"""

from collections.abc import Iterator
from typing import Any

from msgspec import Struct

from rostra.core.ids import MeetingId
from rostra.protocol.commit import Commit, Hash, follows

#: ``user_version`` of the file. Raise it with every change of SCHEMA.
FORMAT = 1

# The personal part and its salt have columns of their own, so that they can be set to
# NULL later: everything else stays as it was, and so does the chain.
SCHEMA = (
    "CREATE TABLE meetings (meeting TEXT PRIMARY KEY, epoch TEXT NOT NULL)",
    """CREATE TABLE commits (
        meeting TEXT NOT NULL REFERENCES meetings (meeting),
        seq INTEGER NOT NULL,
        open BLOB NOT NULL,
        internal BLOB NOT NULL,
        internal_salt BLOB NOT NULL,
        personal BLOB,
        personal_salt BLOB,
        personal_hash BLOB NOT NULL,
        hash BLOB NOT NULL,
        PRIMARY KEY (meeting, seq)
    )""",
    f"PRAGMA user_version = {FORMAT}",
)

INSERT = "INSERT INTO commits VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)"
SELECT = """SELECT seq, open, internal, internal_salt, personal, personal_salt,
    personal_hash, hash FROM commits
    WHERE meeting = ? AND seq > ? AND seq <= ? ORDER BY seq"""
# CAST: a flipped bit can turn a blob into anything.
NEW_EPOCH = "UPDATE meetings SET epoch = ? WHERE meeting = ?"
FORGET = """UPDATE commits SET personal = NULL, personal_salt = NULL
    WHERE meeting = ? AND seq <= ? AND personal IS NOT NULL"""
HASH_AT = "SELECT CAST(hash AS BLOB) FROM commits WHERE meeting = ? AND seq = ?"
HEADS = """SELECT meeting, epoch, seq, CAST(hash AS BLOB)
    FROM meetings JOIN commits USING (meeting)
    WHERE seq = (SELECT max(seq) FROM commits AS c WHERE c.meeting = meetings.meeting)
    ORDER BY meeting"""


class Page(Struct, frozen=True):
    """Some intact commits, in order; ``damaged`` is the seq of the one after them."""

    commits: list[Commit]
    damaged: int | None = None


def to_row(meeting: MeetingId, commit: Commit) -> tuple[object, ...]:
    """What INSERT takes."""
    return (
        meeting,
        commit.seq,
        commit.open,
        commit.internal,
        commit.internal_salt,
        commit.personal,
        commit.personal_salt,
        commit.personal_hash,
        commit.hash,
    )


def checked(rows: Iterator[tuple[Any, ...]], previous: Hash, expected: range) -> Page:
    """The commits of *rows* as far as they are the chain's *expected* ones."""
    commits: list[Commit] = []
    for seq, row in zip(expected, rows, strict=False):
        commit = _commit(row)
        if commit is None or commit.seq != seq or not follows(previous, commit):
            break
        commits.append(commit)
        previous = commit.hash
    whole = len(commits) == len(expected)
    return Page(commits, None if whole else expected.start + len(commits))


def _commit(row: tuple[Any, ...]) -> Commit | None:
    """The row as a commit, or None where a column is not of its type."""
    seq, opened, internal, internal_salt, personal, personal_salt = row[:6]
    personal_hash, digest = row[6:]
    if (
        type(seq) is int
        and type(opened) is type(internal) is type(internal_salt) is bytes
        and (personal is None or type(personal) is bytes)
        and (personal_salt is None or type(personal_salt) is bytes)
        and type(personal_hash) is type(digest) is bytes
    ):
        return Commit(
            seq=seq,
            open=opened,
            personal=personal,
            internal=internal,
            personal_salt=personal_salt,
            internal_salt=internal_salt,
            personal_hash=personal_hash,
            hash=digest,
        )
    return None
