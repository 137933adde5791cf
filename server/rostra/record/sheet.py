"""The rules of a profile as a sheet to read and to print: every number is the file's.

What stands on it is made here, once, for the page of a meeting and for the command
line; how it looks is theirs.
"""

from collections.abc import Iterator, Mapping
from typing import Any

from msgspec import Struct

from rostra.core.ids import Interrupting
from rostra.core.profile import Interruption, Profile
from rostra.record import words
from rostra.record.words import Translate


class Table(Struct, frozen=True):
    """Rows under a head; the first column names the row."""

    head: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]


class Section(Struct, frozen=True):
    """A part of the sheet: sentences, then perhaps a table."""

    title: str
    lines: tuple[str, ...]
    table: Table | None = None


class Sheet(Struct, frozen=True):
    """The whole of it."""

    title: str
    sections: tuple[Section, ...]


def sheet(profile: Profile, tr: Translate = str) -> Sheet:
    """The rules of *profile* in the language of *tr*."""
    return Sheet(
        profile.title,
        (
            Section(tr("Order of speakers"), tuple(_order(profile, tr))),
            Section(tr("Asking for the floor"), tuple(_asking(profile, tr))),
            Section(tr("Closing of the list"), tuple(_closing(profile, tr))),
            Section(
                tr("Time limits"), tuple(_limits(profile, tr)), _table(profile, tr)
            ),
            Section(tr("Time signals"), tuple(_signals(profile, tr))),
            Section(tr("Right of reply"), tuple(_replies(profile, tr))),
            Section(tr("Interruptions"), tuple(_interruptions(profile, tr))),
            Section(tr("On the floor"), tuple(_floor(profile, tr))),
            Section(tr("At the end"), tuple(_end(profile, tr))),
        ),
    )


def clock(seconds: int) -> str:
    """``3:00``; below a minute ``0:45``."""
    return f"{seconds // 60}:{seconds % 60:02}"


def _order(p: Profile, tr: Translate) -> Iterator[str]:
    yield words.policies(tr)[p.order]
    for each in p.modifiers:
        yield words.modifiers(tr)[each]
    if p.order == "protocol_rank":
        named = _ranked(p.ranks, words.ranks(tr))
        yield tr("Ranks, the first before all others: {names}.").format(names=named)
    tiers = {k: v for k, v in p.tiers.items() if k != "group"}
    if len(set(tiers.values())) > 1:
        named = _ranked(tiers, words.tiers(tr))
        yield tr("Categories, one after the other: {names}.").format(names=named)
    else:
        yield tr("All categories stand in one order.")
    if p.state_of_palestine == "after_members":
        yield tr("The State of Palestine speaks after the Member States.")
    if p.spokesperson_gap:
        text = tr(
            "Who speaks for a group makes the national statement at least {count}"
            " places later."
        )
        yield text.format(count=p.spokesperson_gap)
    if p.on_deck:
        text = tr("The next {count} are told to be ready, and keep their places.")
        yield text.format(count=p.on_deck)


def _ranked(ranks: Mapping[Any, int], names: Mapping[Any, str]) -> str:
    """Names by rank; equal ones stand together with a stroke between."""
    steps = sorted(set(ranks.values()))
    return "; ".join(
        " / ".join(names[key] for key, rank in ranks.items() if rank == step)
        for step in steps
    )


def _asking(p: Profile, tr: Translate) -> Iterator[str]:
    match p.lists_open:
        case "at_lobby":
            yield tr("The list of speakers opens with the lobby.")
        case "at_order":
            yield tr("The list of speakers opens when the meeting is called to order.")
        case _:
            yield tr("The list of speakers is opened by the secretariat.")
    if p.lot_window_min:
        text = tr("Requests of the first {count} minutes are drawn by lot.")
        yield text.format(count=p.lot_window_min)
    if p.approval:
        yield tr("A request is on the list once the secretariat has accepted it.")
    if p.max_statements is not None:
        text = tr("A delegation makes at most {count} statements.")
        yield text.format(count=p.max_statements)
    if not p.inscribe_while_suspended:
        yield tr("While the meeting is suspended no requests are taken.")
    if p.park and p.keep_place:
        yield tr("A delegation may step aside and come back to its place.")
    elif p.park:
        yield tr("A delegation may step aside and come back at the end of the list.")
    match p.swaps:
        case "auto":
            yield tr("Two delegations may change places if both agree.")
        case "confirm":
            yield tr(
                "Two delegations may change places if both agree and the secretariat"
                " confirms it."
            )
        case _:
            pass
    match p.show_list:
        case "all":
            yield tr("Everybody sees the list.")
        case "own_place":
            yield tr("A delegation sees its own place on the list.")
        case _:
            yield tr("Delegations see how many are on the list.")


def _closing(p: Profile, tr: Translate) -> Iterator[str]:
    yield tr("The chair announces the closing, or closes the list.")
    closing = p.closing
    if closing.after_start_min is not None:
        text = tr("The list closes by itself {count} minutes after the segment began.")
        yield text.format(count=closing.after_start_min)
    if closing.capacity is not None:
        text = tr("It closes when {count} are on it.")
        yield text.format(count=closing.capacity)
    if closing.before_last is not None:
        text = tr("It closes when only {count} are left on it.")
        yield text.format(count=closing.before_last)
    if p.late_tray:
        yield tr("Later requests are kept, and admitted if there is time.")
    if p.late_within_tier:
        yield tr("If it is opened again, newcomers stand last in their own category.")
    else:
        yield tr("If it is opened again, newcomers stand after everybody else.")


def _limits(p: Profile, tr: Translate) -> Iterator[str]:
    if p.enforcement == "soft":
        yield tr("The limits are voluntary.")
    text = tr(
        "The chair may set another limit for those who have not been called: in steps"
        " of {long} s, below 2:00 of {short} s, and not less than {least}."
    )
    yield text.format(
        long=p.limit_step_s, short=p.limit_step_short_s, least=clock(p.limit_floor_s)
    )
    text = tr("The chair may add up to {percent} % of the limit.")
    yield text.format(percent=p.extension_cap_percent)
    text = tr("A recorded statement is introduced in {time}.")
    yield text.format(time=clock(p.media_intro_s))


def _table(p: Profile, tr: Translate) -> Table:
    """A row for each kind, and for each category where a kind has several limits."""
    rows: list[tuple[str, ...]] = []
    tiers = words.tiers(tr)
    # replies have a section of their own
    elsewhere = {"right_of_reply"}
    response = p.interruptions.get("response")
    if response is None or not response.enabled:
        elsewhere.add("response")
    for kind, name in words.kinds(tr).items():
        if kind not in p.limits or kind in elsewhere:
            continue
        if kind == "programme":
            rows += _parts(p, name, tr)
            continue
        by_tier = {tier: p.limit_ms(kind, tier) // 1000 for tier in tiers}
        if len(set(by_tier.values())) == 1:
            rows.append((name, clock(next(iter(by_tier.values())))))
            continue
        for tier, seconds in by_tier.items():
            rows.append((f"{name}: {tiers[tier]}", clock(seconds)))
    return Table((tr("Kind"), tr("Limit")), tuple(rows))


def _parts(p: Profile, name: str, tr: Translate) -> Iterator[tuple[str, ...]]:
    """A row for each part of the programme: for speakers it names no limit for."""
    for part, what in words.parts(tr).items():
        yield f"{name}: {what}", clock(p.part_ms(part) // 1000)


def _signals(p: Profile, tr: Translate) -> Iterator[str]:
    for step in p.warn:
        if step.up_to_s < 36_000:
            text = tr("A limit of up to {limit} warns {count} s before its end.")
            yield text.format(limit=clock(step.up_to_s), count=step.before_s)
        else:
            text = tr("A longer one warns {count} s before its end.")
            yield text.format(count=step.before_s)
    match p.enforcement:
        case "soft":
            yield tr("When the time is over the clock says so; nothing turns red.")
        case "firm":
            text = tr(
                "When the time is over the speaker is asked to conclude; {count} s"
                " later the chair is told."
            )
            yield text.format(count=p.over_alarm_s)
        case _:
            text = tr(
                "When the time is over the speaker is asked to conclude; {count} s"
                " later the cut is signalled to the speaker, the chair and the"
                " technical desk."
            )
            yield text.format(count=p.grace_s)


def _replies(p: Profile, tr: Translate) -> Iterator[str]:
    replies = p.replies
    if replies is None:
        yield tr("There is no right of reply.")
        return
    text = tr("Replies of a delegation on one item: {count}. Their limits: {limits}.")
    limits = ", ".join(map(clock, replies.limits_s))
    yield text.format(count=len(replies.limits_s), limits=limits)
    match replies.place:
        case "end_of_item":
            yield tr("They are heard at the end of the item.")
        case "end_of_meeting":
            yield tr("They are heard at the end of the meeting.")
        case _:
            yield tr("They are heard at the end of the day.")
    if len(replies.limits_s) > 1 and replies.second == "involved":
        yield tr(
            "A second reply is open to those who made, or were addressed in, a first"
            " one."
        )
    if replies.in_writing_to:
        names = words.ranks(tr)
        text = tr("Statements of these are replied to in writing: {names}.")
        named = ", ".join(names[each] for each in replies.in_writing_to)
        yield text.format(names=named)


def _interruptions(p: Profile, tr: Translate) -> Iterator[str]:
    for kind, name in words.interruptions(tr).items():
        each = p.interruptions.get(kind)
        if each is None or not each.enabled:
            text = tr("{name}: not in these rules.")
            yield text.format(name=name)
            continue
        said = " ".join(_interruption(kind, each, tr))
        yield f"{name}: {said}"
    text = tr("At most {count} may stand over one intervention.")
    yield text.format(count=p.interruption_depth)


def _interruption(
    kind: Interrupting, each: Interruption, tr: Translate
) -> Iterator[str]:
    if kind == "technical":
        yield tr("reported to the technical desk at any time.")
    elif each.when == "at_once":
        yield tr("at once, on the chair's word.")
    else:
        yield tr("between two interventions.")
    match each.clock:
        case "hold":
            yield tr("The speaker's clock stands still, and goes on by itself.")
        case "stop":
            yield tr("The clock stands still until it is started again.")
        case _:
            yield tr("The speaker's clock runs on.")
    if each.ruling:
        yield tr("The chair's ruling is recorded.")
    if each.per_trigger is not None:
        text = tr("At most {count} to one intervention.")
        yield text.format(count=each.per_trigger)


def _floor(p: Profile, tr: Translate) -> Iterator[str]:
    if p.clock_starts == "at_ready":
        yield tr("The clock starts when the delegation says that it is ready.")
    else:
        yield tr("The secretariat starts the clock when the speaker begins.")
    text = tr(
        "After a technical pause {pause} s are given back, after a lost line {line} s."
    )
    yield text.format(pause=p.pause_credit_s, line=p.line_lost_credit_s)
    if p.auto_hold:
        yield tr("The clock is held when every device of a speaker is gone.")
    if p.no_show == "end_of_category":
        text = tr(
            "Who does not answer is called again at the end of the category,"
            " {count} times at most."
        )
        yield text.format(count=p.returns)
    else:
        text = tr(
            "Who does not answer is called again after {after} further speakers,"
            " {count} times at most."
        )
        yield text.format(after=p.return_after, count=p.returns)
    text = tr("In a panel {count} questions are heard, then they are answered.")
    yield text.format(count=p.round_size)
    if p.control == "gavel":
        yield tr("One operator acts for the chair at a time.")


def _end(p: Profile, tr: Translate) -> Iterator[str]:
    if p.carry_over:
        yield tr("Whoever was not heard comes first when the item is taken up again.")
    elif p.unheard == "written_only":
        yield tr("Whoever was not heard may send the statement in writing.")
    else:
        yield tr("Requests that were not heard lapse with the meeting.")
    if p.quorum:
        text = tr("The secretariat is told if fewer than {count} are present.")
        yield text.format(count=p.quorum)
