"""Rounds of a panel: questions, then answers (RULES 1a, P8, P9)."""

from typing import Any

from model.asking import register
from model.base import LIVE, No, Plain, Turn, copied
from model.fields import ENTRY
from model.lists import shown_list
from model.order import rows


def heard(t: Turn, speakers: str) -> list[str]:
    """The questions of the round: delivered, counted and not yet put (P8)."""
    requests = t.s["requests"]
    return [
        row["request"]
        for row in rows(t)
        if row["list"] == speakers
        and row["counted"]
        and requests[row["request"]]["kind"] == "question"
        and not requests[row["request"]]["put"]
    ]


def unanswered(t: Turn, question: Plain) -> bool:
    """Put, or never to be, and nobody has answered it or is going to (P9)."""
    if question["kind"] != "question":
        return False
    if t.s["state"] in ("rose", "archived") and not question["put"]:
        return question["id"] in heard(t, question["list"])
    return question["put"] and not any(
        question["id"] in each["answers"]
        and each["status"] in (*LIVE, "granted", "done")
        for each in t.s["requests"].values()
    )


def close_round(t: Turn, c: Plain) -> None:
    """The panellists who were asked answer, in the programme's order (P8)."""
    speakers = shown_list(t, c)
    if speakers["segment"] is None:
        raise No("list_takes_no_requests")
    panel = [
        each
        for each in t.s["requests"].values()
        if each["list"] == speakers["id"] and each["part"] == "panellist"
    ]
    questions = [t.s["requests"][key] for key in heard(t, speakers["id"])]
    if not panel or not questions or t.s["stack"]:
        raise No("round_not_possible")
    answers = []
    for each in panel:
        asked = [
            q["id"]
            for q in questions
            if not q["addressed"] or each["id"] in q["addressed"]
        ]
        if asked and each["status"] in ("queued", "granted", "done"):
            answers.append(answer(t, speakers, each, asked))
    for question in questions:
        question["put"] = True
    speakers["round"] += 1
    speakers["order"][:0] = answers
    t.undoable("close_round")


def answer(t: Turn, speakers: Plain, panellist: Plain, asked: list[str]) -> str:
    """The answer of a panellist, as a request of its own."""
    entry = {
        **copied(ENTRY),
        "kind": "answer",
        "delegation": panellist["delegation"],
        "label": panellist["label"],
        "person": panellist["person"],
    }
    confirmed = panellist["confirmed"]
    made = register(t, speakers, entry, answers=asked, confirmed=confirmed)
    return str(made["id"])


RULES: dict[str, Any] = {
    "close_round": close_round,
}
