"""An exported history: its draws made again, and whatever was changed in it found."""

import hashlib
from collections.abc import Callable
from typing import Any

import msgspec
import pytest
from msgspec import structs

from rostra.core import commands as c
from rostra.core.alarms import next_alarm
from rostra.core.draws import by_lot
from rostra.core.events import Carried, ProfileSet
from rostra.core.founding import found
from rostra.core.ids import Code, LinkId, MeetingId
from rostra.protocol.commit import first_hash, seal
from rostra.protocol.stored import FORMAT, Origin, Record, write
from rostra.record.draws import Finding, NotAHistory, verified
from support.floor import Floor, list_key
from support.rooms import roster

UN = roster("un")
SALTS = (b"p" * 16, b"i" * 16)
Lines = list[dict[str, Any]]
Opens = list[dict[str, Any]]


def history(floor: Floor) -> Lines:
    """What ``rostra export --commits`` writes of a meeting, line by line."""
    at = floor.created.planned.starts_at or floor.meeting.created_at
    commits: list[Any] = [(1, at, (floor.created,)), *floor.commits]
    previous, lines = first_hash(floor.meeting.id), []
    for seq, instant, events in commits:
        record = Record(
            meeting=floor.meeting.id,
            epoch="e",
            seq=seq,
            at=instant,
            events=events,
            origin=Origin(
                role="moderator", link=LinkId("k"), command="", digest="", result={}
            ),
        )
        commit = seal(previous, seq, write(record), SALTS)
        previous = commit.hash
        internal = hashlib.sha256(commit.internal_salt + commit.internal)
        lines.append(
            {
                "seq": seq,
                "open": commit.open.decode(),
                "personal_sha256": commit.personal_hash.hex(),
                "internal_sha256": internal.hexdigest(),
                "hash": commit.hash.hex(),
            }
        )
    return lines


def resealed(lines: Lines, change: Callable[[Opens], Any]) -> Lines:
    """The same history with its open parts changed, and all hashes made to fit."""
    opens = [msgspec.json.decode(each["open"]) for each in lines]
    change(opens)
    previous, made = first_hash(MeetingId(opens[0]["meeting"])), []
    for line, opened in zip(lines, opens, strict=True):
        text = msgspec.json.encode(opened).decode()
        rest = bytes.fromhex(line["personal_sha256"] + line["internal_sha256"])
        own = hashlib.sha256(text.encode()).digest()
        previous = hashlib.sha256(previous + own + rest).digest()
        made.append({**line, "open": text, "hash": previous.hex()})
    return made


def verify(lines: Lines) -> list[Finding]:
    """What is found."""
    return verified([msgspec.json.encode(each).decode() for each in lines])


def wrong(lines: Lines) -> str:
    """The one thing that is found wrong."""
    (found_wrong,) = (each for each in verify(lines) if each.ok is False)
    return found_wrong.text


def sound(lines: Lines) -> str:
    """Nothing is wrong; all that is said."""
    findings = verify(lines)
    assert [each for each in findings if each.ok is False] == []
    return "\n".join(each.text for each in findings)


def of(opens: Opens, tag: str, nth: int = 0) -> dict[str, Any]:
    """The fields of the n-th open event of that name."""
    every = [each for opened in opens for each in opened["events"] if each[1] == tag]
    fields: dict[str, Any] = every[nth][2]
    return fields


def drawn(**profile: Any) -> Floor:
    """A meeting in which lots were drawn twice, among four and then three."""
    made = {"order": "lot", "on_deck": 0, "lot_key": "secret", **profile}
    floor = Floor(**made).opened()
    floor.ask("A", "B", "C", "D")
    floor.put("E", kind="introduction")
    floor.draw()
    floor.heard("A")
    floor.ask("F")
    floor.withdraw("F")
    floor.draw()
    return floor


def test_a_history_as_it_was_exported_is_sound() -> None:
    text = sound(history(drawn()))
    assert "All 15 commits of m follow from each other" in text
    assert "its seed was published in commit 2" in text
    assert "Draw 1 of list l1.0" in text
    assert "all 4 entries had been registered" in text
    assert "Draw 2 of list l1.0" in text
    assert "all 3 entries had been registered" in text
    assert text.count("seed and entries lead to the order that was said") == 2


def test_who_had_asked_and_was_not_put_in_is_named() -> None:
    floor = drawn()
    gone = floor.of("F")
    text = sound(history(floor))
    assert f"not put in, because no longer waiting, or called already: {gone} F" in text
    assert floor.of("A") not in text.split("Draw 2")[-2]


def test_without_a_draw_it_is_said_so() -> None:
    floor = Floor().opened()
    assert "No draw by lot was held in this history." in sound(history(floor))


@pytest.mark.parametrize("policy", ["alpha_from_lot", "regional_rotation"])
def test_a_letter_and_a_regional_group_are_made_again(policy: Any) -> None:
    floor = Floor(order=policy, roster=UN, lot_key="x").opened()
    floor.draw()
    draw = floor.speakers().draw
    lines = history(floor)
    assert (
        f"lead to the {_what(policy)} {draw.letter or draw.region} that was"
        in sound(lines)
    )

    def another(opens: Opens) -> None:
        fields = of(opens, "drawn")
        field = "letter" if policy == "alpha_from_lot" else "region"
        fields[field] = next(e for e in fields["inputs"] if e != fields[field])

    assert "do not lead to the" in wrong(resealed(lines, another))

    def fewer(opens: Opens) -> None:
        fields = of(opens, "drawn")
        first = draw.letter or draw.region
        fields["inputs"].remove(next(e for e in fields["inputs"] if e != first))

    assert "but not as the roster has them" in wrong(resealed(lines, fewer))


def _what(policy: str) -> str:
    return "letter" if policy == "alpha_from_lot" else "regional group"


def test_a_window_for_the_lot_publishes_its_digest_too() -> None:
    floor = Floor(order="lot", lot_window_min=15, on_deck=0).lobby()
    floor.ask("A", "B", list=list_key())
    until = floor.speakers().lot_until
    assert until is not None
    floor.wait(900)
    from_ = floor.meeting
    alarm = _alarm(floor)
    floor.alarm(alarm)
    assert floor.meeting is not from_
    assert floor.speakers().draw is not None
    assert "all 2 entries had been registered" in sound(history(floor))


def _alarm(floor: Floor) -> Any:
    due = next_alarm(floor.meeting)
    assert due is not None
    return due[1]


# Every way of tampering is found, the first of them without looking at a draw.


@pytest.mark.parametrize("seq", [1, 3, 8])
def test_a_commit_that_was_changed_is_not_what_was_sealed(seq: int) -> None:
    lines = history(drawn())
    lines[seq - 1]["open"] = lines[seq - 1]["open"].replace('"at":', '"at": ')
    assert wrong(lines) == f"Commit {seq} is not what was sealed: its hash is another."


def test_a_part_that_is_not_shown_cannot_be_changed_either() -> None:
    lines = history(drawn())
    lines[4]["internal_sha256"] = "0" * 64
    assert "Commit 5 is not what was sealed" in wrong(lines)
    lines[4]["internal_sha256"] = "no digest"
    assert "The digests of commit 5 cannot be read." in wrong(lines)


def test_a_commit_that_was_left_out_or_is_of_another_meeting_is_missed() -> None:
    lines = history(drawn())
    first, *_ = verify(lines[:3] + lines[4:])
    assert first == Finding(False, "Line 4 is not commit 4 of m.")

    def elsewhere(opens: Opens) -> None:
        opens[3]["meeting"] = "n"

    assert wrong(resealed(lines, elsewhere)) == "Line 4 is not commit 4 of m."


def test_a_seed_whose_digest_nobody_published_is_found() -> None:
    lines = history(drawn())

    def chosen(opens: Opens) -> None:
        fields = of(opens, "drawn")
        fields["seed"] = "0" * 64
        order = by_lot(fields["seed"], fields["inputs"])
        fields["order"] = [each.split()[0] for each in order]

    assert "no earlier commit published the digest" in wrong(resealed(lines, chosen))


def test_a_digest_that_was_published_with_the_draw_is_too_late() -> None:
    lines = history(drawn())

    def later(opens: Opens) -> None:
        (early,) = (e for e in opens[1]["events"] if e[1] == "draw_prepared")
        opens[1]["events"].remove(early)
        at = next(o for o in opens if any(e[1] == "drawn" for e in o["events"]))
        at["events"].insert(0, early)

    assert "no earlier commit published the digest" in wrong(resealed(lines, later))


def test_a_seed_that_was_drawn_with_before_is_found() -> None:
    lines = history(drawn())

    def again(opens: Opens) -> None:
        fields = of(opens, "drawn", 1)
        fields["seed"] = of(opens, "drawn")["seed"]
        order = by_lot(fields["seed"], fields["inputs"])
        fields["order"] = [each.split()[0] for each in order]

    assert "its seed was known from an earlier draw" in wrong(resealed(lines, again))


@pytest.mark.parametrize(
    "strange", ["r99.0 A", "r4.0 B", "r4.0", "r8.0 E", "", "r1.0 A"]
)
def test_an_entry_that_nobody_had_asked_for_is_found(strange: str) -> None:
    lines = history(drawn())

    def invented(opens: Opens) -> None:
        fields = of(opens, "drawn")
        assert fields["inputs"][0] == "r4.0 A"
        fields["inputs"] = sorted([strange, *fields["inputs"][1:]])
        order = by_lot(fields["seed"], fields["inputs"])
        fields["order"] = [each.split(" ")[0] for each in order]

    if strange == "r1.0 A":
        # whom an earlier meeting left, this history does not show
        assert "does not show whose these entries are" in sound(
            resealed(lines, invented)
        )
        return
    assert "is not what was asked for before" in wrong(resealed(lines, invented))


def test_an_entry_that_stands_twice_is_found() -> None:
    lines = history(drawn())

    def twice(opens: Opens) -> None:
        fields = of(opens, "drawn")
        fields["inputs"] = sorted([*fields["inputs"], fields["inputs"][0]])
        order = by_lot(fields["seed"], fields["inputs"])
        fields["order"] = [each.split()[0] for each in order]

    assert "one that stands twice" in wrong(resealed(lines, twice))


def test_a_request_that_came_after_the_draw_is_not_an_entry() -> None:
    floor = drawn()
    floor.ask("F")
    late = floor.of("F")
    lines = history(floor)

    def early(opens: Opens) -> None:
        fields = of(opens, "drawn", 1)
        fields["inputs"] = sorted([*fields["inputs"], f"{late} F"])
        order = by_lot(fields["seed"], fields["inputs"])
        fields["order"] = [each.split()[0] for each in order]

    assert f"not what was asked for before: {late} F" in wrong(resealed(lines, early))


def test_an_order_that_does_not_follow_is_found() -> None:
    lines = history(drawn())

    def preferred(opens: Opens) -> None:
        of(opens, "drawn")["order"].reverse()

    assert "do not lead to the order" in wrong(resealed(lines, preferred))


# What the history cannot show is said.


def test_where_the_list_was_not_shown_the_entries_are_taken_as_they_are() -> None:
    text = sound(history(drawn(show_list="count")))
    assert "this history does not show whose these entries are" in text


def test_where_the_rules_came_to_show_the_list_it_is_said_too() -> None:
    floor = Floor(order="lot", on_deck=0, show_list="count").opened()
    floor.ask("A", "B")
    shown = structs.replace(floor.meeting.profile, show_list="all")
    floor.meeting = structs.replace(floor.meeting, profile=shown)
    floor.commits.append(
        (floor.meeting.seq + 1, floor.now, (ProfileSet(profile=shown),))
    )
    floor.meeting = structs.replace(floor.meeting, seq=floor.meeting.seq + 1)
    floor.ask("C")
    floor.draw()
    text = sound(history(floor))
    assert f"when they came: {floor.of('A')} A, {floor.of('B')} B." in text


def test_who_was_carried_over_is_not_shown_by_the_history() -> None:
    floor = Floor(order="lot", on_deck=0)
    left = Carried(segment=0, kind="statement", delegation=Code("A"), limit_ms=180_000)
    floor.created = structs.replace(floor.created, carried=(left,))
    floor.meeting = found(floor.created, floor.now)
    floor.opened().ask("B")
    floor.draw()
    assert "does not show whose these entries are" in sound(history(floor))


# What is no history at all is refused.


@pytest.mark.parametrize("text", ["", "{}", "r4.0", '{"seq": 1}'])
def test_what_is_no_history_is_said_to_be_none(text: str) -> None:
    with pytest.raises(NotAHistory):
        verified([text] if text else [])


def test_a_draw_that_cannot_be_read_is_said_to_be_none() -> None:
    def broken(opens: Opens) -> None:
        del of(opens, "drawn")["inputs"]

    with pytest.raises(NotAHistory, match="line 9"):
        verify(resealed(history(drawn()), broken))


def test_a_newer_format_is_not_guessed_at() -> None:
    def newer(opens: Opens) -> None:
        opens[0]["format"] = FORMAT + 1

    with pytest.raises(NotAHistory, match="newer version"):
        verify(resealed(history(drawn()), newer))


def test_the_digest_can_be_computed_by_hand_as_the_help_says() -> None:
    lines = history(drawn())
    opens = [msgspec.json.decode(each["open"]) for each in lines]
    seed = of(opens, "drawn")["seed"]
    published = of(opens, "draw_prepared")["commitment"]
    assert hashlib.sha256(seed.encode()).hexdigest() == published
    inputs = of(opens, "drawn")["inputs"]

    def digest(entry: str) -> str:
        return hashlib.sha256(f"{seed}:{entry}".encode()).hexdigest()

    ordered = [each.split()[0] for each in sorted(inputs, key=digest)]
    assert ordered == of(opens, "drawn")["order"]
    assert c.DrawLots.__struct_config__.tag == "draw"


def test_who_waited_for_a_yes_is_not_shown_by_the_history() -> None:
    floor = Floor(order="lot", on_deck=0, approval=True).opened()
    for code in "AB":
        floor.do(c.Accept, request=floor.ask(code))
    floor.put("C")
    floor.draw()
    text = sound(history(floor))
    assert f"when they came: {floor.of('A')} A, {floor.of('B')} B." in text
    assert "seed and entries lead to the order" in text
