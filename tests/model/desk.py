"""Beside the floor: the back-channel, the readiness board, the gavel, the rules."""

from model.base import No, Plain, Turn, line

MESSAGES_KEPT = 100
NOBODY: Plain = {
    "checks": {},
    "sources": [],
    "contact": "",
    "flag": None,
    "flag_reason": "",
}


def known(t: Turn, code: str) -> None:
    """A delegation of the roster."""
    if code not in t.setup["roster"]:
        raise No("not_in_roster")


def row(t: Turn, code: str) -> Plain:
    """What the desk knows of a delegation, to be written on."""
    if code not in t.s["attendance"]:
        new = {**NOBODY, "checks": {}, "sources": []}
        t.s["attendance"][code] = new
    found: Plain = t.s["attendance"][code]
    return found


def message(t: Turn, c: Plain) -> None:
    """A line among chair, operators and desk."""
    t.open_record()
    phrase, text = c.get("phrase", ""), line(c.get("text", ""))
    if not phrase and not text:
        raise No("empty")
    if phrase and phrase not in t.setup["phrases"]:
        raise No("no_such_entity")
    about = c.get("delegation")
    if about is not None:
        known(t, about)
    key = t.new_id("m")
    said = [key, t.who["role"], t.who["link"], phrase, text, about]
    t.s["messages"] = [*t.s["messages"], said][-MESSAGES_KEPT:]


def tick(t: Turn, c: Plain) -> None:
    """One check of the readiness board."""
    t.open_record()
    known(t, c["delegation"])
    row(t, c["delegation"])["checks"][c["check"]] = c["ok"]


def mark_attendance(t: Turn, c: Plain) -> None:
    """These were there."""
    t.open_record()
    for code in c["delegations"]:
        known(t, code)
    for code in c["delegations"]:
        there(t, code, c.get("source", "tick"))


def there(t: Turn, code: str, source: str) -> None:
    """A delegation was there, as *source* says."""
    sources = row(t, code)["sources"]
    if source not in sources:
        sources.append(source)


def attended(t: Turn, c: Plain) -> None:
    """Pads of these have joined, while there was something to attend."""
    t.in_state("lobby", "in_session", "suspended")
    codes = [code for code in c["delegations"] if code in t.setup["roster"]]
    before = t.s["attendance"]
    if all("pad" in before.get(code, NOBODY)["sources"] for code in codes):
        raise No("stale")
    for code in codes:
        there(t, code, "pad")


def set_contact(t: Turn, c: Plain) -> None:
    """How a delegation is reached."""
    t.open_record()
    if t.who["role"] == "delegate" and c["delegation"] != t.who["delegation"]:
        raise No("not_your_delegation")
    known(t, c["delegation"])
    row(t, c["delegation"])["contact"] = line(c.get("contact", ""))


def flag_delegation(t: Turn, c: Plain) -> None:
    """Absent or suspended: in its place, and not called (7.12)."""
    t.alive()
    known(t, c["delegation"])
    flag, reason = c["flag"], line(c.get("reason", ""))
    if flag is None and t.s["attendance"].get(c["delegation"], NOBODY)["flag"] is None:
        raise No("stale")
    if flag == "suspended" and not reason:
        raise No("reason_needed")
    row(t, c["delegation"]).update(flag=flag, flag_reason=reason if flag else "")


# The gavel (7.10)


def one_hand(t: Turn, expect: Plain) -> None:
    """Only where the profile has a gavel, and it lies where the screen showed it."""
    t.open_record()
    if t.profile["control"] != "gavel":
        raise No("not_enabled")
    if expect["holder"] != t.s["gavel"]:
        raise No("stale")


def an_operator(t: Turn, link: str) -> None:
    """A link that an operator can use."""
    found = t.find("links", link)
    if t.setup["links"][link]["role"] != "moderator" or found["revoked"]:
        raise No("no_such_entity")


def take_gavel(t: Turn, c: Plain) -> None:
    """Free it is taken as it is, out of a colleague's hand with a reason."""
    one_hand(t, c["expect"])
    if t.s["gavel"] == t.who["link"]:
        raise No("stale")
    an_operator(t, t.who["link"])
    if t.s["gavel"] is not None and not line(c.get("reason", "")):
        raise No("reason_needed")
    t.s["gavel"] = t.who["link"]


def hand_gavel(t: Turn, c: Plain) -> None:
    """Its holder gives it away, or puts it down."""
    one_hand(t, c["expect"])
    if t.s["gavel"] != t.who["link"]:
        raise No("no_gavel")
    if c["to"] == t.s["gavel"]:
        raise No("stale")
    if c["to"] is not None:
        an_operator(t, c["to"])
    t.s["gavel"] = c["to"]


def set_profile(t: Turn, c: Plain) -> None:
    """Other rules from now on; lists keep their order and limits as announced."""
    t.alive()
    profile = t.setup["read_profile"](c["text"])
    if profile is None:
        raise No("bad_profile")
    t.s["profile"] = profile
    if profile["control"] != "gavel":
        t.s["gavel"] = None


RULES = {
    "message": message,
    "tick": tick,
    "mark_attendance": mark_attendance,
    "attended": attended,
    "set_contact": set_contact,
    "flag_delegation": flag_delegation,
    "take_gavel": take_gavel,
    "hand_gavel": hand_gavel,
    "set_profile": set_profile,
}
