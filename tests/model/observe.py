"""The real meeting, driven by plain commands and seen in the model's shape."""

import json
from pathlib import Path
from typing import Any

import msgspec
from msgspec import structs, to_builtins

from rostra.core import commands as c
from rostra.core.actor import Actor
from rostra.core.alarms import Alarm, next_alarm
from rostra.core.decide import decide
from rostra.core.events import AnyEvent, MeetingCreated
from rostra.core.evolve import evolve
from rostra.core.floor import phase
from rostra.core.founding import found
from rostra.core.ids import Code, Instant, LinkId, MeetingId
from rostra.core.meeting import (
    LIVE,
    Held,
    Intervention,
    Link,
    Meeting,
    Request,
    Segment,
    SpeakerList,
    Stopped,
)
from rostra.core.profile import Profile, parse_profile
from rostra.core.programme import Planned, Programme
from rostra.core.refusals import Refusal
from rostra.core.roster import BadFile, Delegation, Group, Roster
from rostra.core.timing import left_ms, used_ms

Plain = dict[str, Any]

START = Instant(1_600_000_000_000)
PROFILES = Path(__file__).parents[2] / "config" / "profiles"
ALARMS = {each.__struct_config__.tag: each for each in Alarm.__args__}  # type: ignore[attr-defined]


def profile_of(text: str) -> Plain | None:
    """A profile file as plain data; None where it cannot be read."""
    try:
        found: Plain = to_builtins(parse_profile(text))
    except BadFile:
        return None
    return found


class Real:
    """The product's own meeting."""

    def __init__(self, setup: Plain) -> None:
        self.created = created(setup)
        self.meeting = found(self.created, START)
        self.before = self.meeting
        self.commits: list[tuple[int, Instant, tuple[AnyEvent, ...]]] = []
        self.result: Plain = {}

    def send(self, command: Plain, who: Plain, at: int) -> str:
        """``ok``, or the code of the refusal."""
        actor = Actor(
            role=who["role"],
            link=LinkId(who["link"]),
            delegation=who["delegation"],
            device=who["device"],
        )
        decision = decide(self.meeting, made(command), actor, Instant(at))
        if isinstance(decision, Refusal):
            return decision.code
        assert decision.events, "an accepted command says what happened (I5)"
        seq = self.meeting.seq + 1
        folded = evolve(self.meeting, seq, Instant(at), decision.events)
        assert folded == decision.meeting, "the events alone give the same (I9)"
        self.commits.append((seq, Instant(at), decision.events))
        self.before, self.meeting = self.meeting, decision.meeting
        self.result = decision.result
        return "ok"

    def next_alarm(self) -> tuple[int, Plain] | None:
        """What happens by itself next, and when."""
        due = next_alarm(self.meeting)
        return (due[0], to_builtins(due[1])) if due else None


def made(command: Plain) -> Any:
    """A plain command as the wire gives it."""
    if command["type"] in ALARMS:
        return msgspec.convert(command, ALARMS[command["type"]])
    return msgspec.convert({"id": "sent-0000", **command}, c.AnyCommand)


def created(setup: Plain) -> MeetingCreated:
    """The first commit of the meeting that *setup* describes."""
    delegations = {
        Code(code): Delegation(
            code=Code(code),
            tier=each["tier"],
            address="representative_of",
            region=each.get("region", ""),
            may_reply=each.get("may_reply", False),
            may_order=each.get("may_order", False),
            replies=each.get("replies"),
            names={"en": each["name"]},
            sort={"en": each["name"]},
            spoken=each["name"],
            plate=each["name"],
        )
        for code, each in setup["roster"].items()
    }
    groups = {
        code: Group(code=code, names={"en": code}, spoken=code)
        for code in setup["groups"]
    }
    programme = {
        "id": "tried",
        "title": "A meeting",
        "roster": "letters",
        "profile": "tried",
        "segments": setup["segments"],
        "questions": [f"Question {n}" for n in range(setup["questions"])],
    }
    return MeetingCreated(
        meeting=MeetingId("m"),
        programme=msgspec.convert(programme, Programme),
        planned=Planned(midnights=tuple(setup.get("midnights", ()))),
        profile=msgspec.convert(setup["profile"], Profile),
        roster=Roster(
            id="letters", title="Letters", delegations=delegations, groups=groups
        ),
        links=tuple(
            Link(id=LinkId(key), role=each["role"], delegation=each["delegation"])
            for key, each in setup["links"].items()
        ),
        lot_key=setup["lot_key"],
    )


def observe(meeting: Meeting, at: int) -> Plain:
    """*meeting* in the model's shape."""
    now = Instant(at)
    m = meeting
    return {
        "meeting": {
            "state": m.state,
            "segment": m.segment,
            "numbered": m.numbered,
            "downtime": m.downtime_ms,
            "resume_at": m.resume_at,
            "suspended_reason": m.suspended_reason,
            "written_until": m.written_until,
            "corrections_until": m.corrections_until,
            "published": list(m.published),
            "erased": m.erased_seq,
            "handed_over_at": m.handed_over_at,
            "conclusion_shown": m.conclusion_shown,
            "gavel": m.gavel.link if m.gavel else None,
            "carried": list(m.carried),
        },
        "segments": {key: _segment(each) for key, each in m.segments.items()},
        "lists": {key: _list(m, each) for key, each in m.lists.items()},
        "requests": {key: _request(each) for key, each in m.requests.items()},
        "floor": [
            {"id": key, "left": left_ms(m.interventions[key], now)} for key in m.stack
        ],
        "interventions": {
            key: _intervention(each, now) for key, each in m.interventions.items()
        },
        "delivered": [_row(m, m.interventions[key], now) for key in m.delivered],
        "totals": {k: (t.interventions, t.spoken_ms) for k, t in m.totals.items()},
        "notes": {
            key: {
                "intervention": each.intervention,
                "request": each.request,
                "scope": each.scope,
                "text": each.text,
                "version": each.version,
                "tags": list(each.tags),
                "questions": list(each.questions),
                "follow_up": each.follow_up,
                "document": each.document,
                "correction": each.correction,
                "by": each.correction_by,
                "proposed": to_builtins(each.proposed),
                "settled": each.settled,
                "answer": each.answer,
            }
            for key, each in m.notes.items()
        },
        "conclusions": {
            key: {
                "text": each.text,
                "agreed": each.agreed,
                "interventions": list(each.interventions),
                "version": each.version,
                "released": each.released,
                "heading": (each.segment, str(each.question), str(each.addendum)),
                "place": each.place,
            }
            for key, each in m.conclusions.items()
        },
        "announcements": {key: each.text for key, each in m.announcements.items()},
        "signals": {
            key: {"delegation": each.delegation, "text": each.text}
            for key, each in m.signals.items()
        },
        "links": {
            key: {"generation": each.generation, "revoked": each.revoked}
            for key, each in m.links.items()
        },
        "messages": [
            [key, each.role, each.link, each.phrase, each.text, each.delegation]
            for key, each in m.messages.items()
        ],
        "swaps": {
            key: {
                "offered": each.offered,
                "wanted": each.wanted,
                "accepted": each.accepted,
            }
            for key, each in m.swaps.items()
        },
        "attendance": {
            key: {
                "checks": each.checks,
                "sources": list(each.sources),
                "contact": each.contact,
                "flag": each.flag,
                "flag_reason": each.flag_reason,
            }
            for key, each in m.attendance.items()
        },
        "acts": [(each.seq, each.type) for each in m.actions],
        "live": sorted(k for k, each in m.requests.items() if each.status in LIVE),
    }


def _segment(segment: Segment) -> Plain:
    return {
        "state": segment.state,
        "started": segment.started_at,
        "ended": segment.ended_at,
        "called": segment.called,
        "phase": segment.phase,
        "presider": [segment.presider.name, segment.presider.function],
    }


def _list(meeting: Meeting, speakers: SpeakerList) -> Plain:
    alive = meeting.state not in ("rose", "archived")
    return {
        "id": speakers.id,
        "segment": speakers.segment,
        "purpose": speakers.purpose,
        "state": speakers.state,
        "generation": speakers.generation,
        "opens_at": speakers.opens_at,
        "closes_at": speakers.closes_at,
        "closed_at": speakers.closed_at,
        "basis": speakers.basis,
        "policy": speakers.policy,
        "modifiers": list(speakers.modifiers),
        "order": list(speakers.order),
        "round": speakers.round,
        "limits": speakers.limits_s,
        "lot_until": speakers.lot_until,
        "auto_close_at": speakers.auto_close_at,
        "draws": speakers.draws,
        "draw": json.loads(json.dumps(to_builtins(speakers.draw))),
        "commitment": speakers.commitment,
        "spoken": speakers.spoken,
        "heard": list(speakers.heard) if alive else None,
    }


def _request(request: Request) -> Plain:
    plain = structs.asdict(request)
    renamed = {
        "told_at": None,
        "told": "told_text",
        "registered_at": None,
        "limit_ms": "limit",
        "media_ms": "media",
        "person_confirmed": "confirmed",
        "ended_at": "ended",
    }
    shown = {
        renamed.get(key, key): list(value) if key in ("addressed", "answers") else value
        for key, value in plain.items()
        if renamed.get(key, key) is not None
    }
    return {
        **shown,
        "person": to_builtins(request.person),
        "told": request.told_at is not None,
    }


def _intervention(each: Intervention, now: Instant) -> Plain:
    clock = each.clock
    standing = [(clock.reason, clock.since, None)] if isinstance(clock, Held) else []
    return {
        "id": each.id,
        "request": each.request,
        "list": each.list,
        "segment": each.segment,
        "ahead": list(each.ahead),
        "resume_of": each.resume_of,
        "called": each.called_at,
        "attempts": len(each.attempts),
        "ready": each.ready_at is not None,
        "started": each.started_at,
        "ended": clock.at if isinstance(clock, Stopped) else None,
        "limit": each.limit_ms,
        "extension": each.extension_ms,
        "credit": each.credit_ms,
        "line_lost": each.line_lost,
        "outcome": each.outcome,
        "counted": each.counted,
        "by": each.ended_by,
        "over": each.over,
        "ruling": each.ruling,
        "appeal": each.appeal,
        "ruling_note": each.ruling_note,
        "corrections": [to_builtins(one) for one in each.corrections],
        "cut": each.cut_at is not None,
        "phase": None if each.outcome else phase(each),
        "used": used_ms(clock, now),
        "holds": [(h.reason, h.since, h.until) for h in each.holds] + standing,
    }


def _row(meeting: Meeting, row: Intervention, now: Instant) -> tuple[Any, ...]:
    request = meeting.requests[row.request]
    return (
        row.id,
        request.kind,
        request.delegation,
        used_ms(row.clock, now),
        row.counted,
        row.outcome,
        row.over,
        row.ruling,
    )
