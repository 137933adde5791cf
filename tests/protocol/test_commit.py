"""The chain of commits: what continues it, and that no change goes unseen."""

import hashlib

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from rostra.core.ids import MeetingId
from rostra.protocol.commit import (
    SALT_BYTES,
    Commit,
    chain_mark,
    first_hash,
    follows,
    seal,
    wire_mark,
)

START = first_hash(MeetingId("ctw-2020"))
SALTS = (b"p" * SALT_BYTES, b"i" * SALT_BYTES)

parts = st.tuples(*[st.binary(max_size=200)] * 3)
salts = st.tuples(*[st.binary(min_size=SALT_BYTES, max_size=SALT_BYTES)] * 2)
commits = st.builds(seal, st.just(START), st.just(1), parts, salts)

FIELDS = (
    "open",
    "personal",
    "internal",
    "personal_salt",
    "internal_salt",
    "personal_hash",
    "hash",
)


def whole(seq: int = 1, previous: bytes = START) -> Commit:
    """A commit as the engine writes it."""
    return seal(previous, seq, (b'{"open":1}', b'{"name":2}', b'{"note":3}'), SALTS)


def test_the_hash_is_the_one_that_the_design_writes_down() -> None:
    def digest(content: bytes) -> bytes:
        return hashlib.sha256(content).digest()

    commit = whole()
    assert digest(b"ctw-2020") == START
    assert commit.personal_hash == digest(SALTS[0] + b'{"name":2}')
    assert commit.hash == digest(
        START
        + digest(b'{"open":1}')
        + digest(SALTS[0] + b'{"name":2}')
        + digest(SALTS[1] + b'{"note":3}')
    )


def test_the_parts_are_kept_as_they_were_given() -> None:
    commit = whole(7)
    assert commit.seq == 7
    assert (commit.open, commit.personal, commit.internal) == (
        b'{"open":1}',
        b'{"name":2}',
        b'{"note":3}',
    )
    assert (commit.personal_salt, commit.internal_salt) == SALTS


def test_the_mark_that_people_see_is_sixteen_digits_of_the_hash() -> None:
    assert chain_mark(bytes(range(32))) == "0001020304050607"


def test_the_mark_on_the_wire_is_eight_characters_and_safe_in_an_address() -> None:
    assert wire_mark(bytes(range(32))) == "AAECAwQF"
    assert wire_mark(b"\xff" * 32) == "________"
    assert wire_mark(bytes(5) + b"\1" + bytes(26)) != wire_mark(bytes(32))


@given(commits)
def test_a_sealed_commit_follows_what_it_was_sealed_to(commit: Commit) -> None:
    assert follows(START, commit)


@given(commits, st.binary(min_size=32, max_size=32).filter(lambda h: h != START))
def test_a_commit_follows_nothing_else(commit: Commit, other: bytes) -> None:
    assert not follows(other, commit)


@given(commits, st.sampled_from(FIELDS), st.data())
def test_a_change_of_any_byte_of_any_part_is_found(
    commit: Commit, field: str, data: st.DataObject
) -> None:
    content = bytearray(getattr(commit, field) or b"\x00")
    at = data.draw(st.integers(0, len(content) - 1))
    content[at] ^= data.draw(st.integers(1, 255))
    assert not follows(START, replace(commit, **{field: bytes(content)}))


@given(commits, st.sampled_from(FIELDS), st.data())
def test_a_byte_too_many_or_too_few_in_any_part_is_found(
    commit: Commit, field: str, data: st.DataObject
) -> None:
    content: bytes = getattr(commit, field)
    at = data.draw(st.integers(0, len(content)))
    longer = content[:at] + data.draw(st.binary(min_size=1)) + content[at:]
    shorter = content[:at] + content[at + 1 :]
    for changed in {longer, shorter} - {content}:
        assert not follows(START, replace(commit, **{field: changed}))


@given(commits, st.integers(1, 200))
def test_moving_bytes_between_a_part_and_its_salt_is_found(
    commit: Commit, many: int
) -> None:
    for part, salt in (("internal", "internal_salt"), ("personal", "personal_salt")):
        both: bytes = getattr(commit, salt) + getattr(commit, part)
        border = min(SALT_BYTES + many, len(both))
        for at in {border, max(0, SALT_BYTES - many)} - {SALT_BYTES}:
            moved = replace(commit, **{salt: both[:at], part: both[at:]})
            assert not follows(START, moved)


@given(commits)
def test_a_commit_whose_personal_part_was_deleted_still_follows(
    commit: Commit,
) -> None:
    assert follows(START, replace(commit, personal=None, personal_salt=None))


@given(commits, st.sampled_from(["open", "internal", "personal_hash", "hash"]))
def test_without_the_personal_part_any_other_change_is_still_found(
    commit: Commit, field: str
) -> None:
    content = getattr(commit, field)
    changed = {field: content[:-1] + bytes([content[-1] ^ 1]) if content else b"x"}
    without = replace(commit, personal=None, personal_salt=None, **changed)
    assert not follows(START, without)


@given(st.lists(parts, min_size=2, max_size=6), st.data())
def test_a_commit_left_out_or_moved_breaks_the_chain(
    contents: list[tuple[bytes, bytes, bytes]], data: st.DataObject
) -> None:
    chain = []
    previous = START
    for seq, content in enumerate(contents, start=1):
        chain.append(seal(previous, seq, content, SALTS))
        previous = chain[-1].hash
    assert is_chain(chain)
    gone = data.draw(st.integers(0, len(chain) - 2))
    assert not is_chain(chain[:gone] + chain[gone + 1 :])
    swapped = list(chain)
    swapped[gone], swapped[gone + 1] = swapped[gone + 1], swapped[gone]
    assert not is_chain(swapped)


@pytest.mark.parametrize("lengths", [(0, SALT_BYTES), (SALT_BYTES, SALT_BYTES + 1)])
def test_a_salt_of_another_length_is_refused(lengths: tuple[int, int]) -> None:
    with pytest.raises(ValueError, match="salt"):
        seal(START, 1, (b"", b"", b""), (b"s" * lengths[0], b"s" * lengths[1]))


def is_chain(chain: list[Commit]) -> bool:
    """Whether each commit follows the one before it."""
    previous = START
    for commit in chain:
        if not follows(previous, commit):
            return False
        previous = commit.hash
    return True
