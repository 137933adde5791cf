"""Names, announcements, signals and links."""

from model.base import No, Plain, Turn, line, person
from model.order import RANKS


def name_speaker(t: Turn, c: Plain) -> None:
    """Who speaks; typed by a delegation it waits for an operator (N1)."""
    t.open_record()
    request = t.request(c["request"])
    t.own(request)
    who, language = person(c.get("person")), c.get("language")
    rank = c.get("rank")
    silent = language is None and rank is None
    if who is None and (c.get("person") is not None or silent):
        raise No("empty")
    if t.who["role"] == "moderator":
        request["confirmed"] = request["confirmed"] or who is not None
    elif who not in (None, request["person"]) or rank not in (None, request["rank"]):
        # a rank is public with the name that it belongs to
        request["confirmed"] = False
    if rank is not None:
        absent = request["returns"] and request["status"] == "queued"
        if absent and fell(t, request, rank):
            request["fixed"] = False
        request["rank"] = rank
    if who is not None:
        request["person"] = who
    if language is not None:
        request["language"] = language


def fell(t: Turn, request: Plain, rank: str) -> bool:
    """Where ranks decide: a substitute of a lower one has no place kept (O11)."""
    if t.s["lists"][request["list"]]["policy"] != "protocol_rank":
        return False
    places = {**RANKS, **t.profile["ranks"]}
    return bool(places[rank] > places[request["rank"] or "chair_of_delegation"])


def confirm_name(t: Turn, c: Plain) -> None:
    """The name may be shown to everyone."""
    t.open_record()
    request = t.request(c["request"])
    if request["person"] is None and not request["group_text"]:
        raise No("empty")
    request["confirmed"] = True


def announce(t: Turn, c: Plain) -> None:
    """A sentence for everyone (N4)."""
    t.alive()
    if not line(c["text"]):
        raise No("empty")
    t.s["announcements"][t.new_id("a")] = line(c["text"])


def clear_announcement(t: Turn, c: Plain) -> None:
    """It is taken away."""
    t.open_record()
    t.find("announcements", c["announcement"])
    del t.s["announcements"][c["announcement"]]


def clear_signal(t: Turn, c: Plain) -> None:
    """The problem is dealt with."""
    t.open_record()
    t.find("signals", c["signal"])
    del t.s["signals"][c["signal"]]


def other_link(t: Turn, c: Plain) -> Plain:
    """A link that is not the one in use (N5)."""
    link = t.find("links", c["link"])
    if c["link"] == t.who["link"]:
        raise No("own_link")
    return link


def revoke_link(t: Turn, c: Plain) -> None:
    """It opens nothing any more."""
    other_link(t, c)["revoked"] = True
    if t.s["gavel"] == c["link"]:
        t.s["gavel"] = None


def renew_link(t: Turn, c: Plain) -> None:
    """A new one of the next generation does."""
    link = other_link(t, c)
    link.update(generation=link["generation"] + 1, revoked=False)


RULES = {
    "name_speaker": name_speaker,
    "confirm_name": confirm_name,
    "announce": announce,
    "clear_announcement": clear_announcement,
    "clear_signal": clear_signal,
    "revoke_link": revoke_link,
    "renew_link": renew_link,
}
