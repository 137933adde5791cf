"""What an export has of a history: only what was asked for, and its signature."""

import hashlib
import json

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

from rostra.core.ids import MeetingId
from rostra.protocol.commit import first_hash, seal
from rostra.record.proof import CLOSED_PARTS, HEAD_START, RecordKey
from support.proofs import KEY, PARTS, exported, forgotten, lines_of, wandered

NAME, NOTE = "Ms. C. Anary", "a note of the operators"


def commits(many: int = 3) -> list:  # type: ignore[type-arg]
    """With a name and a note in each."""
    made, previous = [], first_hash(MeetingId("harbour"))
    for seq in range(1, many + 1):
        parts = (
            json.dumps({"meeting": "harbour", "seq": seq}).encode(),
            json.dumps({"name": f"{NAME} {seq}"}).encode(),
            json.dumps({"note": NOTE}).encode(),
        )
        made.append(seal(previous, seq, parts, (b"p" * 16, b"i" * 16)))
        previous = made[-1].hash
    return made


@pytest.mark.parametrize("parts", PARTS)
def test_only_the_parts_that_were_asked_for_are_in_it(parts: tuple[str, ...]) -> None:
    text = exported(commits(), parts).decode()  # type: ignore[arg-type]
    assert (NAME in text) is ("personal" in parts)
    assert (NOTE in text) is ("internal" in parts)
    # with its salt one could try names until the digest fits
    assert ((b"p" * 16).hex() in text) is ("personal" in parts)
    assert ((b"i" * 16).hex() in text) is ("internal" in parts)


def test_what_was_erased_is_not_in_it_and_is_said_to_be_gone() -> None:
    *_, last = lines_of(exported(forgotten(commits(), 2), CLOSED_PARTS))
    head = json.loads(last)
    assert head["erased"] == [[1, 2]]
    assert head["personal"] == [[3, 3]]
    assert head["internal"] == [[1, 3]]
    text = exported(forgotten(commits(), 2), CLOSED_PARTS).decode()
    assert f"{NAME} 2" not in text
    assert f"{NAME} 3" in text


def test_the_head_says_where_the_history_ends_and_is_signed() -> None:
    made = commits()
    *_, last = exported(made).decode().splitlines()
    assert last.startswith(HEAD_START)
    head = json.loads(last)
    signature = bytes.fromhex(head.pop("signature"))
    assert head == {
        "rostra": "record 1",
        "meeting": "harbour",
        "count": 3,
        "seq": 3,
        "hash": made[-1].hash.hex(),
        "personal": [],
        "internal": [],
        "erased": [],
        "key": KEY.public,
    }
    message = json.dumps(head, separators=(",", ":")).encode()
    public = Ed25519PublicKey.from_public_bytes(bytes.fromhex(head["key"]))
    public.verify(signature, message)  # raises where it does not fit


async def test_digests_are_those_of_the_chain() -> None:
    made = await wandered(3, "harbour", 12)
    for commit, line in zip(made, lines_of(exported(made)), strict=False):
        found = json.loads(line)
        assert commit.personal_salt is not None
        assert commit.personal is not None
        salted = commit.personal_salt + commit.personal
        assert found["personal_sha256"] == hashlib.sha256(salted).hexdigest()
        salted = commit.internal_salt + commit.internal
        assert found["internal_sha256"] == hashlib.sha256(salted).hexdigest()
        assert found["open"].encode() == commit.open


def test_a_key_is_thirty_two_bytes() -> None:
    with pytest.raises(ValueError, match="32"):
        RecordKey(b"short")
