"""Who may send which command: the table for people and the table of the code."""

import re
from pathlib import Path
from typing import get_args

import pytest

import rostra.core.permissions
from rostra.core import commands as c
from rostra.core.actor import Actor
from rostra.core.ids import Code, LinkId, Role
from rostra.core.permissions import PERMITTED, permitted
from support.floor import Floor, rule

TABLE = Path(rostra.core.permissions.__file__).with_name("PERMISSIONS.md")
ROLES: tuple[Role, ...] = get_args(Role)
COMMANDS = {str(k.__struct_config__.tag): k for k in get_args(c.AnyCommand)}


def table() -> dict[tuple[str, str], bool]:
    """Each cell of PERMISSIONS.md."""
    lines = [
        [cell.strip().strip("`") for cell in line.strip("|").split("|")]
        for line in TABLE.read_text().splitlines()
        if line.startswith("|") and not line.startswith("|-")
    ]
    head, *rows = lines
    assert all(re.fullmatch("yes|", cell) for row in rows for cell in row[1:])
    return {
        (role, row[0]): cell == "yes"
        for row in rows
        for role, cell in zip(head[1:], row[1:], strict=True)
    }


@rule("M9")
def test_the_table_for_people_is_the_table_of_the_code() -> None:
    code = {(role, each): permitted(role, each) for role in ROLES for each in COMMANDS}
    assert table() == code


def test_every_command_that_is_permitted_exists() -> None:
    assert set().union(*PERMITTED.values()) <= COMMANDS.keys()


def test_every_command_is_permitted_to_someone() -> None:
    assert set().union(*PERMITTED.values()) == COMMANDS.keys()


@rule("M9")
@pytest.mark.parametrize("role", ROLES)
def test_a_role_that_may_not_is_refused_before_anything_else(role: Role) -> None:
    floor = Floor().opened()
    floor.ask("A")
    floor.call("A")
    by = Actor(role=role, link=LinkId("x"), delegation=Code("A"))
    stale = c.ExpectFloor(floor.active.id, "paused")
    if permitted(role, "end"):
        floor.refused("stale", c.End, by, expect=stale)
    else:
        floor.refused("not_permitted", c.End, by, expect=stale)
