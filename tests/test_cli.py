"""The command line: help that teaches, errors in a sentence, import, links, export."""

import asyncio
import csv
import hashlib
import io
import json
import subprocess
import sys
from pathlib import Path

import pytest

from rostra.cli.files import planned, read_meeting, rebased
from rostra.cli.links import as_csv
from rostra.cli.mixture import mixed
from rostra.cli.office import LinkRow, Office
from rostra.cli.parser import main
from rostra.config import load
from rostra.core.actor import CONTROL
from rostra.core.commands import Adjourn, CallToOrder, ExpectState, OpenLobby
from rostra.core.ids import Code, Instant, LinkId, MeetingId
from rostra.core.programme import parse_programme
from rostra.core.roster import BadFile
from rostra.engine.outcomes import Accepted
from rostra.main import opened
from rostra.web.submit import digest

COMMANDS = (
    *("serve", "demo", "import", "links", "export", "verify-draw"),
    *("check", "rules", "attendance", "rehearse", "healthcheck", "version"),
    *("move-journal", "verify", "key", "open"),
)
SPEAKERS = """\
1. Kenya
2. Dr. Ada Example, Brazil
3. Niger
4. Atlantis
5. France on behalf of the European Union and its member States
"""


@pytest.fixture
def data(tmp_path: Path) -> str:
    """A data folder that does not exist yet."""
    return str(tmp_path / "data")


@pytest.fixture
def meeting(data: str, capsys: pytest.CaptureFixture[str]) -> str:
    """The closing discussion, imported with nobody serving."""
    assert main(["import", "closing-discussion", "--data", data]) == 0
    assert "212 links, 202 of them for delegations" in capsys.readouterr().out
    return "closing-discussion"


def said(capsys: pytest.CaptureFixture[str], *args: str) -> tuple[int, str, str]:
    """Exit code, output and errors of a command."""
    code = main(args)
    captured = capsys.readouterr()
    return code, captured.out, captured.err


@pytest.mark.parametrize("command", COMMANDS)
def test_each_command_explains_itself(
    command: str, capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(SystemExit) as stopped:
        main([command, "--help"])
    assert stopped.value.code == 0
    text = capsys.readouterr().out
    assert f"usage: rostra {command}" in text
    assert max(map(len, text.splitlines())) <= 88


def test_help_shows_the_way_from_a_programme_to_a_log(
    capsys: pytest.CaptureFixture[str],
) -> None:
    with pytest.raises(SystemExit):
        main(["--help"])
    text = capsys.readouterr().out
    for command in COMMANDS:
        assert command in text
    assert "ROSTRA_PORT" in text


def test_help_answers_without_loading_the_server() -> None:
    code = (
        "import sys; from rostra.cli.parser import main\n"
        "try: main(['--help'])\n"
        "except SystemExit: pass\n"
        "assert not {'aiohttp', 'socketio', 'msgspec'} & set(sys.modules)"
    )
    done = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr


def test_import_links_export_without_a_server(
    data: str, meeting: str, capsys: pytest.CaptureFixture[str]
) -> None:
    code, out, _ = said(capsys, "links", meeting, "--data", data, "--csv")
    rows = list(csv.DictReader(io.StringIO(out)))
    assert code == 0
    assert len(rows) == 212
    kenya = next(row for row in rows if row["code"] == "KEN")
    assert kenya["name"] == "Kenya"
    assert kenya["role"] == "delegate"
    assert kenya["url"].startswith("http://127.0.0.1:8080/join#rl_closing-discussion.")

    code, out, _ = said(capsys, "export", meeting, "--data", data)
    assert code == 0
    assert out.startswith("meeting,n,id,segment,phase,kind,entity_code")
    code, out, _ = said(capsys, "export", meeting, "--data", data, "--as", "json")
    assert json.loads(out)["rows"] == []


def test_links_for_programs_have_what_the_table_for_mail_has(
    data: str, meeting: str, capsys: pytest.CaptureFixture[str]
) -> None:
    table = said(capsys, "links", meeting, "--data", data, "--csv")[1]
    told = json.loads(said(capsys, "links", meeting, "--data", data, "--json")[1])
    rows = list(csv.DictReader(io.StringIO(table)))
    assert [{**each, "code": each["code"] or ""} for each in told] == rows


def test_a_meeting_to_rehearse_in_has_an_operator_for_it(
    data: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["import", "bioterrorism", "--data", data, "--rehearsal"]) == 0
    capsys.readouterr()
    table = said(capsys, "links", "bioterrorism", "--data", data, "--csv")[1]
    rows = csv.DictReader(io.StringIO(table))
    assert [r["name"] for r in rows if r["role"] == "moderator"][-1] == "Rehearsal"


def test_links_are_the_same_each_time_and_carry_the_address_asked_for(
    data: str, meeting: str, capsys: pytest.CaptureFixture[str]
) -> None:
    one = said(capsys, "links", meeting, "--data", data, "--role", "moderator")[1]
    base = "https://floor.example.org"
    args = ("links", meeting, "--data", data, "--role", "moderator", "--base", base)
    two = said(capsys, *args)[1]
    assert len(one.splitlines()) == 2
    assert two == one.replace("http://127.0.0.1:8080", base)


def test_a_role_that_is_not_there_is_answered_with_the_nearest(
    data: str, meeting: str, capsys: pytest.CaptureFixture[str]
) -> None:
    code, _, err = said(capsys, "links", meeting, "--data", data, "--role", "delegat")
    assert code == 2
    assert err == "rostra: There is no role delegat; did you mean delegate?\n"


def test_the_exported_history_can_be_checked_by_anybody(
    data: str, meeting: str, capsys: pytest.CaptureFixture[str]
) -> None:
    out = said(capsys, "export", meeting, "--data", data, "--commits")[1]
    previous = hashlib.sha256(meeting.encode()).digest()
    for number, line in enumerate(out.splitlines()[:-1], start=1):
        commit = json.loads(line)
        opened = hashlib.sha256(commit["open"].encode()).digest()
        rest = bytes.fromhex(commit["personal_sha256"] + commit["internal_sha256"])
        previous = hashlib.sha256(previous + opened + rest).digest()
        assert commit["seq"] == number
        assert commit["hash"] == previous.hex()
    assert number >= 1


def test_an_export_is_verified_with_the_key_that_is_made_known(
    data: str, meeting: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    key = said(capsys, "key", "--data", data)[1].strip()
    assert said(capsys, "key", "--data", data)[1].strip() == key
    file = tmp_path / "history.jsonl"
    export = ("export", meeting, "--data", data, "--commits")
    file.write_text(said(capsys, *export)[1], encoding="utf-8")
    code, out, _ = said(capsys, "verify", str(file), "--key", key)
    assert (code, out[:12]) == (0, "Intact: all ")
    code, out, _ = said(capsys, "verify", str(file), "--key", "0" * 64)
    assert (code, key in out) == (1, True)
    text = file.read_text(encoding="utf-8")
    file.write_text(text.replace('"seq":1,', '"seq": 1,', 1), encoding="utf-8")
    code, out, _ = said(capsys, "verify", str(file))
    assert (code, out[:26]) == (1, "Not intact, from line 1 on")
    file.write_text("number,name\n")
    assert said(capsys, "verify", str(file))[0] == 2
    assert said(capsys, "verify", str(tmp_path / "none"))[0] == 2
    code, _, err = said(capsys, "verify", str(file), "--key", "12")
    assert (code, err[:37]) == (2, "rostra: A public key is 64 hex digits")


def test_an_export_may_come_by_the_input(
    data: str,
    meeting: str,
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    text = said(capsys, "export", meeting, "--data", data, "--commits")[1]
    stdin = io.TextIOWrapper(io.BytesIO(text.encode()))
    monkeypatch.setattr("sys.stdin", stdin)
    assert said(capsys, "verify", "-")[0] == 0


def test_closed_parts_are_exported_only_when_they_are_asked_for(
    data: str, meeting: str, capsys: pytest.CaptureFixture[str]
) -> None:
    export = ("export", meeting, "--data", data, "--commits")
    assert '"internal":"' not in said(capsys, *export)[1]
    whole = said(capsys, *export, "--with", "personal, internal")[1]
    assert '"personal":"' in whole
    assert '"internal":"' in whole
    assert '"internal":"' not in said(capsys, *export, "--with", "personal")[1]


def test_a_pasted_list_is_recognised_first_and_inserted_on_request(
    data: str, meeting: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = tmp_path / "speakers.txt"
    file.write_text(SPEAKERS)
    args = ("import", str(file), "--meeting", meeting, "--data", data)
    code, out, _ = said(capsys, *args)
    assert code == 0
    assert "   1  Kenya" in out
    assert "   2  Brazil, Dr. Ada Example" in out
    assert "Atlantis: not in this meeting's roster" in out
    assert "   5  France (European Union and its member States)" in out
    assert "Nothing was inserted" in out
    code, out, err = said(capsys, *args, "--yes")
    assert (code, err) == (0, "")
    assert "4 inserted." in out
    file.write_text(SPEAKERS + "6. Japan\n")
    assert "1 inserted, 4 were on the list already." in said(capsys, *args, "--yes")[1]


@pytest.mark.parametrize(
    ("args", "sentence"),
    [
        (("links", "none"), "There is no data folder"),
        (("key",), "There is no data folder"),
        (("export", "x", "--commits", "--with", "open"), "There is no part open"),
        (("import", "closing-discusion"), "did you mean closing-discussion?"),
        (("import", "names.txt"), "say which by --meeting"),
        (("import", "none.toml"), "none.toml: No such file or directory."),
        (("import", "bioterrorism", "--as", "Day 2"), "cannot name a meeting"),
        (("import", "bioterrorism", "--roster", "fictonal"), "did you mean fictional?"),
        (("serve", "--config", "none.toml"), "none.toml cannot be read"),
    ],
)
def test_a_mistake_is_answered_in_a_sentence_and_exit_code_two(
    data: str,
    args: tuple[str, ...],
    sentence: str,
    capsys: pytest.CaptureFixture[str],
) -> None:
    code, out, err = said(capsys, *args, "--data", data)
    assert code == 2
    assert out == ""
    assert sentence in err
    assert err.startswith("rostra: ")
    assert err.count("\n") == 1


def test_a_meeting_is_not_made_twice_and_can_have_another_name(
    data: str, meeting: str, capsys: pytest.CaptureFixture[str]
) -> None:
    code, _, err = said(capsys, "import", meeting, "--data", data)
    assert code == 2
    assert "There is a meeting closing-discussion already" in err
    assert said(capsys, "import", meeting, "--as", "day-2", "--data", data)[0] == 0
    out = said(capsys, "links", "--data", data)[1]
    assert [line.split()[0] for line in out.splitlines()] == [meeting, "day-2"]
    _, _, err = said(capsys, "export", "day-3", "--data", data)
    assert "There is no meeting day-3" in err


async def test_a_list_of_the_meetings_opens_none_of_them(
    data: str, capsys: pytest.CaptureFixture[str]
) -> None:
    for number in (1, 2):
        await asyncio.to_thread(
            main, ["import", "closing-discussion", "--as", f"m{number}", "--data", data]
        )
    async with opened(load(None, flags={"data": data}), serving=False) as house:
        office = Office(house.rooms, house.journal, house.keys, "", house.record_key)
        title = "Interactive Closing Discussion"
        assert await office.meetings() == [
            {"id": "m1", "title": title, "seq": 1},
            {"id": "m2", "title": title, "seq": 1},
        ]
        assert not house.rooms._rooms


PLENARY = """\
id = "day-1"
title = "Plenary, first day"
roster = "fictional"
profile = "plenary_item"

[[segments]]
kind = "discussion"
title = "Item 7"
requests = true
"""


async def rise(data: str, meeting: str) -> None:
    """The meeting is opened, and rises at once."""
    async with opened(load(None, flags={"data": data}), serving=False) as house:
        room = await house.rooms.room(MeetingId(meeting))
        assert room is not None
        for kind in (OpenLobby, CallToOrder, Adjourn):
            expect = ExpectState(room.meeting.state)
            command = kind(id=f"rise:{kind.__name__}", expect=expect)
            outcome = await room.submit(command, CONTROL, digest(command))
            assert isinstance(outcome, Accepted), outcome


def test_who_was_not_heard_is_carried_over_to_the_next_meeting_of_the_item(
    tmp_path: Path, data: str, capsys: pytest.CaptureFixture[str]
) -> None:
    programme, names = tmp_path / "day.toml", tmp_path / "names.txt"
    programme.write_text(PLENARY, encoding="utf-8")
    names.write_text("Aruvai\nAdunara\nAltavera\n", encoding="utf-8")
    first, place = str(programme), ("--data", data)
    assert said(capsys, "import", first, *place)[0] == 0
    added = ("--meeting", "day-1", "--yes")
    assert "3 inserted" in said(capsys, "import", str(names), *added, *place)[1]

    day_2 = ("import", first, "--as", "day-2", "--carry", "day-1", *place)
    code, _, err = said(capsys, *day_2)
    assert code == 2
    assert "The meeting day-1 has not risen yet: adjourn it first." in err

    asyncio.run(rise(data, "day-1"))
    code, out, _ = said(capsys, *day_2)
    assert code == 0
    assert "Requests carried over from day-1: 3." in out
    # they are on its list already
    code, _, err = said(
        capsys, "import", str(names), "--meeting", "day-2", "--yes", *place
    )
    assert (code, "is on the list already" in err) == (2, True)


def test_what_cannot_be_carried_over_is_said_in_a_sentence(
    tmp_path: Path, data: str, meeting: str, capsys: pytest.CaptureFixture[str]
) -> None:
    more = ("--carry", "day-9", "--data", data)
    code, _, err = said(capsys, "import", meeting, "--as", "day-2", *more)
    assert (code, "There is no meeting day-9" in err) == (2, True)
    names = tmp_path / "names.txt"
    names.write_text("Kenya\n", encoding="utf-8")
    code, _, err = said(capsys, "import", str(names), "--meeting", meeting, *more)
    assert code == 2
    assert "--carry goes with a new meeting" in err


def test_mail_merge_is_safe_from_formulas() -> None:
    row = LinkRow(
        id=LinkId("k1.9"),
        role="delegate",
        delegation=Code("X"),
        name="=HYPERLINK()",
        label="",
        url="http://x",
        revoked=False,
    )
    assert "'=HYPERLINK()" in as_csv([row])


def test_the_wall_clock_becomes_instants_in_the_meetings_zone() -> None:
    text = """
        id = "m"
        title = "M"
        roster = "un"
        profile = "web_dialogue"
        zone = "America/New_York"
        date = "2020-07-10"
        starts = "11:30"
        ends = "{ends}"
        segments = [{{ kind = "opening", title = "Opening" }}]
    """
    found = planned(parse_programme(text.format(ends="13:30")))
    assert found.starts_at == 1594395000000
    assert found.ends_at == 1594395000000 + 7_200_000
    late = planned(parse_programme(text.format(ends="01:30")))
    assert late.ends_at == 1594395000000 + 14 * 3_600_000
    with pytest.raises(BadFile, match="zone"):
        planned(parse_programme(text.replace("New_York", "Atlantis").format(ends="x")))


def test_a_rehearsal_starts_at_this_minute_and_is_as_long_as_planned() -> None:
    made = rebased(read_meeting("closing-discussion"), Instant(1_700_000_045_678))
    assert made.planned.starts_at == 1_700_000_040_000
    assert made.planned.ends_at == 1_700_000_040_000 + 7_200_000
    assert planned(made.programme) == made.planned
    undated = rebased(read_meeting("bioterrorism"), Instant(1_700_000_045_678))
    assert undated.planned.ends_at is None


def test_no_real_person_speaks_among_invented_delegations() -> None:
    made = read_meeting("closing-discussion", "fictional")
    speakers = [s for plan in made.programme.segments for s in plan.speakers]
    assert [s.name for s in speakers] == ["to be announced"]
    assert all(s.entity is None for s in speakers)


def test_a_rehearsal_is_played_by_some_of_every_region() -> None:
    roster = read_meeting("closing-discussion").roster
    played = mixed(roster, 40, frozenset({Code("UNOCT")}))
    regions = [roster.delegations[code].region for code in played]
    assert len(set(played)) == 40
    assert {regions.count(name) for name in ("AFR", "APG", "EEG", "LAC", "WEO")} <= {
        6,
        7,
    }
    assert played == mixed(roster, 40, frozenset({Code("UNOCT")}))
    assert "UNOCT" not in mixed(roster, 999, frozenset({Code("UNOCT")}))
