"""The model's state in the shape in which it is compared."""

from typing import Any

from model import conclusions, rounds
from model.base import LIVE, Plain, Turn, allotted, phase, used, voice
from model.corrections import voice_of
from model.order import rows

#: How the model keeps a clock is its own business.
_CLOCK = ("runs", "holds", "resets", "said")


def observed(t: Turn) -> Plain:
    """Everything that the papers speak of, by names that both sides use."""
    s = t.s
    floor = [s["interventions"][key] for key in s["stack"]]
    delivered = [s["interventions"][key] for key in s["delivered"]]
    return {
        "meeting": {
            name: s[name]
            for name in (
                "state",
                "segment",
                "numbered",
                "downtime",
                "resume_at",
                "suspended_reason",
                "written_until",
                "corrections_until",
                "published",
                "erased",
                "handed_over_at",
                "conclusion_shown",
                "gavel",
                "carried",
            )
        },
        "segments": {
            key: {
                name: each[name]
                for name in ("state", "started", "ended", "called", "phase", "presider")
            }
            for key, each in s["segments"].items()
        },
        "lists": {key: list_shown(t, each) for key, each in s["lists"].items()},
        "requests": {
            key: {
                **{k: v for k, v in each.items() if k not in ("put", "registered")},
                "unanswered": rounds.unanswered(t, each),
            }
            for key, each in s["requests"].items()
        },
        "floor": [
            {"id": each["id"], "left": allotted(each) - used(each, t.at)}
            for each in floor
        ],
        "interventions": {
            key: {
                **{k: v for k, v in each.items() if k not in _CLOCK},
                "phase": None if each["outcome"] else phase(each),
                "used": used(each, t.at),
                "holds": [tuple(one) for one in each["holds"]],
            }
            for key, each in s["interventions"].items()
        },
        "delivered": [delivered_row(t, each) for each in delivered],
        "totals": totals(t),
        "notes": s["notes"],
        "conclusions": conclusions.shown(t),
        "announcements": s["announcements"],
        "signals": s["signals"],
        "links": s["links"],
        "messages": s["messages"],
        "swaps": s["swaps"],
        "attendance": s["attendance"],
        "acts": [(act["seq"], act["type"]) for act in s["acts"]],
        "live": sorted(
            key for key, each in s["requests"].items() if each["status"] in LIVE
        ),
    }


def list_shown(t: Turn, speakers: Plain) -> Plain:
    """A list, with what the record says of it."""
    spoken: dict[str, int] = {}
    for row in rows(t):
        if row["list"] == speakers["id"] and row["counted"]:
            who = voice(t.s["requests"][row["request"]])
            spoken[who] = spoken.get(who, 0) + 1
    return {
        **speakers,
        "spoken": spoken,
        "heard": rounds.heard(t, speakers["id"])
        if t.s["state"] not in ("rose", "archived")
        else None,
    }


def delivered_row(t: Turn, row: Plain) -> tuple[Any, ...]:
    """A row of the record."""
    request = t.s["requests"][row["request"]]
    return (
        row["id"],
        request["kind"],
        request["delegation"],
        used(row, t.at),
        row["counted"],
        row["outcome"],
        row["over"],
        row["ruling"],
    )


def totals(t: Turn) -> dict[str, tuple[int, int]]:
    """What the rows add up to, for each voice (K7)."""
    sums: dict[str, tuple[int, int]] = {}
    for row in rows(t):
        if t.closed(row["segment"]):
            continue
        who = voice_of(t, row)
        times, spent = sums.get(who, (0, 0))
        sums[who] = (times + row["counted"], spent + used(row, t.at))
    return sums
