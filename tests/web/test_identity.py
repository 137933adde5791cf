"""Tokens: what they open, and what changes them."""

import pytest
from msgspec import structs

from rostra.core.ids import Instant, LinkId
from rostra.web.app import HALLS
from rostra.web.identity import (
    Claim,
    Keys,
    join_url,
    parse_token,
    redacted,
    still_valid,
    valid,
)
from web.house import DELEGATE, KEYS, MEETING, MODERATOR, OTHER, House

NOW = Instant(1_000)


def test_a_token_names_meeting_and_link() -> None:
    token = KEYS.token(MEETING, DELEGATE)
    claim = parse_token(token)
    assert claim is not None
    assert (claim.meeting, claim.link) == (MEETING, DELEGATE.id)
    assert len(claim.mac) * 6 >= 128
    assert join_url("http://x/", token) == f"http://x/join#{token}"


def test_meeting_link_generation_and_key_all_count() -> None:
    renewed = structs.replace(DELEGATE, generation=2)
    other_key = Keys(b"another key of more than 32 bytes")
    tokens = {
        KEYS.token(MEETING, DELEGATE),
        KEYS.token(OTHER, DELEGATE),
        KEYS.token(MEETING, MODERATOR),
        KEYS.token(MEETING, renewed),
        other_key.token(MEETING, DELEGATE),
    }
    assert len({token[-24:] for token in tokens}) == 5


@pytest.mark.parametrize(
    "text",
    [
        "",
        "rl_",
        "rl_harbour.k1.2",
        "rl_Harbour.k1.2." + "A" * 24,
        "rl_harbour.k1.2." + "A" * 25,
        "rl_harbour.k1.2." + "A" * 24 + "\n",
        "rl_" + "a" * 41 + ".k1.2." + "A" * 24,
        "xl_harbour.k1.2." + "A" * 24,
        "rl_harbour.k١.2." + "A" * 24,
    ],
)
def test_what_is_no_token_is_none(text: str) -> None:
    assert parse_token(text) is None


def test_a_key_must_not_be_short() -> None:
    with pytest.raises(ValueError, match="16 bytes"):
        Keys(b"short")


async def test_only_the_right_mac_of_a_valid_link_counts(house: House) -> None:
    meeting = house.room.meeting
    right = parse_token(KEYS.token(MEETING, DELEGATE))
    assert right is not None
    found = KEYS.verify(meeting, right, NOW)
    assert found is not None and found.id == DELEGATE.id
    assert KEYS.verify(None, right, NOW) is None
    assert KEYS.verify(meeting, structs.replace(right, mac="A" * 24), NOW) is None
    unknown = Claim(MEETING, LinkId("k9.9"), right.mac)
    assert KEYS.verify(meeting, unknown, NOW) is None
    # The mac over generation 0 is computed for links that are not there.
    zero = KEYS.mac(MEETING, LinkId("k9.9"), 0)
    assert KEYS.verify(meeting, Claim(MEETING, LinkId("k9.9"), zero), NOW) is None


def test_a_link_ends_by_revocation_and_by_time() -> None:
    assert valid(DELEGATE, NOW)
    assert not valid(structs.replace(DELEGATE, revoked=True), NOW)
    assert valid(structs.replace(DELEGATE, expires_at=Instant(1_001)), NOW)
    assert not valid(structs.replace(DELEGATE, expires_at=NOW), NOW)


async def test_an_identity_ends_with_its_generation(house: House) -> None:
    line = await house.joined(DELEGATE)
    assert house.client.app is not None
    (hall,) = house.client.app[HALLS].all()
    (member,) = hall.members()
    meeting = house.room.meeting
    assert still_valid(member.identity, meeting, NOW)
    renewed = {**meeting.links, DELEGATE.id: structs.replace(DELEGATE, generation=2)}
    assert not still_valid(
        member.identity, structs.replace(meeting, links=renewed), NOW
    )
    assert line.welcome


def test_tokens_are_taken_out_of_texts() -> None:
    token = KEYS.token(MEETING, DELEGATE)
    assert token not in redacted(f"GET /join#{token} from x")
    assert redacted(f"{token} and {token}") == "rl_… and rl_…"
