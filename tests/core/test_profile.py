"""Rules of procedure as data."""

from pathlib import Path
from typing import Any

import pytest

from rostra.core.profile import Profile, parse_profile
from rostra.core.roster import BadFile
from support.floor import PROFILE, Floor, rule

CONFIG = Path(__file__).parents[2] / "config/profiles"


@rule("K1")
@pytest.mark.parametrize(
    ("kind", "tier", "seconds"),
    [
        ("statement", "member_state", 180),
        ("statement", "organisation", 120),
        ("group_statement", "member_state", 300),
        ("question", "ngo", 90),
        ("programme", "ngo", 120),
    ],
)
def test_the_limit_is_that_of_the_kind_by_tier(
    kind: Any, tier: Any, seconds: int
) -> None:
    assert PROFILE.limit_ms(kind, tier) == seconds * 1000


@rule("K1")
def test_a_group_statement_without_a_table_has_the_limit_of_the_group_tier() -> None:
    profile = Profile(id="x", title="x", limits={"statement": {"any": 60, "group": 90}})
    assert profile.limit_ms("group_statement", "member_state") == 90_000
    assert Profile(id="x", title="x", limits={}).limit_ms("answer", "ngo") == 180_000


@rule("K1")
def test_requests_get_the_limit_of_their_delegation_s_tier() -> None:
    floor = Floor().opened()
    floor.ask("A", "I", "EU")
    limits = [floor.request(each).limit_ms for each in ("A", "I", "EU")]
    assert limits == [180_000, 120_000, 300_000]


@rule("K8")
@pytest.mark.parametrize(
    ("limit", "warn"), [(20, 10), (60, 15), (90, 30), (180, 30), (181, 60), (900, 60)]
)
def test_the_warning_begins_as_the_table_says_and_never_before_half(
    limit: int, warn: int
) -> None:
    assert PROFILE.warn_ms(limit * 1000) == warn * 1000


def test_beyond_the_table_there_is_no_warning() -> None:
    assert Profile(id="x", title="x", limits={}, warn=()).warn_ms(60_000) == 0


def test_a_limit_may_be_one_number_or_a_table() -> None:
    profile = parse_profile(
        'id = "x"\ntitle = "X"\n[limits]\nquestion = 90\n'
        "[limits.statement]\nany = 180\nngo = 120\n"
    )
    assert profile.limit_ms("question", "ngo") == 90_000
    assert profile.limit_ms("statement", "ngo") == 120_000


@pytest.mark.parametrize(
    "text",
    ["id = ", 'id = "x"', 'id = "x"\ntitle = "X"\ntypo = 1\n[limits]\n'],
)
def test_a_file_that_says_something_else_is_bad(text: str) -> None:
    with pytest.raises(BadFile):
        parse_profile(text)


@rule("Q3")
@pytest.mark.parametrize(
    "path", sorted(CONFIG.glob("*.toml")), ids=lambda path: path.stem
)
def test_the_profiles_that_are_shipped_can_be_read(path: Path) -> None:
    assert parse_profile(path.read_text()).id == path.stem


@rule("Z6")
@pytest.mark.parametrize(
    ("seconds", "spoken"),
    [(14, 0), (15, 15), (119, 105), (120, 120), (149, 120), (150, 150), (200, 180)],
)
def test_limits_are_announced_in_steps_that_can_be_spoken(
    seconds: int, spoken: int
) -> None:
    assert PROFILE.stepped(seconds) == spoken
