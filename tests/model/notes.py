"""Notes on rows (N3, R6, R7)."""

from model.base import No, Plain, Turn, line

BLANK: Plain = {
    "intervention": None,
    "request": None,
    "text": "",
    "follow_up": False,
    "document": "",
    "tags": [],
    "questions": [],
    "version": 0,
    "correction": False,
    "by": None,
    "proposed": None,
    "settled": None,
    "answer": "",
}


def note(t: Turn, c: Plain) -> None:
    """A rapporteur's note of a row, or an operator's own (N3, R6, R7)."""
    t.open_record()
    scope = "record" if t.who["role"] == "rapporteur" else "staff"
    key, old = standing(t, c, scope)
    on, request = old["intervention"], old["request"]
    if on is None and (request is None or scope == "record"):
        raise No("empty")
    if on is not None:
        known(t, on, scope)
    if request is not None:
        t.find("requests", request)
    whole = {k: c[k] for k in ("text", "follow_up", "document") if c.get(k) is not None}
    if "document" in whole:
        whole["document"] = line(whole["document"])
    marks = [k for k in ("tags", "questions") if c.get(k) is not None]
    if scope == "staff" and (marks or set(whole) - {"text"}):
        raise No("not_permitted")
    if not whole and not marks:
        raise No("empty")
    for name, value in whole.items():
        # what somebody else has changed since is not written over
        late = changed(t, key, name) > c.get("version", 0)
        if value != old[name] and (late or c.get("version", 0) > old["version"]):
            raise No("stale")
    tags = marked(old["tags"], c.get("tags"))
    questions = c.get("questions") or {}
    if any(not 1 <= q <= t.setup["questions"] for q in questions.get("add", [])):
        raise No("no_such_entity")
    new = {
        **old,
        **whole,
        "scope": scope,
        "tags": tags,
        "questions": sorted(marked(old["questions"], questions)),
        "version": old["version"] + 1,
    }
    key = key or t.new_id("n")
    for name in ("text", "follow_up", "document"):
        if new[name] != old[name]:
            t.s["changed"][f"{key} {name}"] = new["version"]
    t.s["notes"][key] = new


def standing(t: Turn, c: Plain, scope: str) -> tuple[str | None, Plain]:
    """The note as it stands: rapporteurs share one for each row."""
    if c.get("note") is not None:
        old = t.find("notes", c["note"])
        if old["scope"] != scope or old["correction"]:
            raise No("not_permitted")
        return c["note"], old
    on = c.get("intervention")
    if scope == "record" and on is not None:
        for key, each in t.s["notes"].items():
            mine = (each["intervention"], each["scope"], each["correction"])
            if mine == (on, "record", False):
                return key, each
    return None, {**BLANK, "intervention": on, "request": c.get("request")}


def changed(t: Turn, key: str | None, name: str) -> int:
    """In which version a field of a note was last changed."""
    found: int = t.s["changed"].get(f"{key} {name}", 0)
    return found


def marked(old: list[object], edit: Plain | None) -> list[object]:
    """A set after something was added and taken away."""
    add, drop = (edit or {}).get("add", []), (edit or {}).get("drop", [])
    both = [*old, *(each for each in add if each not in old)]
    return [each for each in both if each not in drop]


def known(t: Turn, on: str, scope: str) -> None:
    """A rapporteur knows what has begun and stands."""
    noted = t.find("interventions", on)
    hidden = noted["started"] is None or noted["outcome"] == "voided"
    if scope == "record" and hidden:
        raise No("no_such_entity")


RULES = {
    "note": note,
}
