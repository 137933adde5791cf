"""Conclusions: drawn, ordered, handed over, released (R12 to R16)."""

from model.base import No, Plain, Turn, line
from model.notes import known, marked


def write_conclusion(t: Turn, c: Plain) -> None:
    """A new one, or a change of one (R12, R13)."""
    t.open_record()
    said = c.get("text")
    if said is not None and not said.strip():
        raise No("empty")
    key = c.get("conclusion")
    if key is None:
        draw(t, c, said)
        return
    old = t.find("conclusions", key)
    agreed, support = c.get("agreed"), c.get("interventions")
    if said is None and agreed is None and support is None:
        raise No("empty")
    text = old["text"] if said is None else said.strip()
    if agreed is None and text != old["text"]:
        agreed = False
    read = c.get("version", 0)
    # nobody writes over what he has not read, nor agrees to it
    if text != old["text"] and unread(t, key, "text", read):
        raise No("stale")
    if (
        agreed is not None
        and agreed != old["agreed"]
        and unread(t, key, "agreed", read)
    ):
        raise No("stale")
    if agreed and said is None and unread(t, key, "text", read):
        raise No("stale")
    for on in (support or {}).get("add", []):
        known(t, on, "record")
    links = marked(old["interventions"], support)
    if text != old["text"] or links != old["interventions"]:
        loose(t, old)
    if old["released"] and agreed is False:
        raise No("conclusion_fixed")
    new = {"text": text, "agreed": old["agreed"] if agreed is None else agreed}
    old["version"] += 1
    for name, value in new.items():
        if value != old[name]:
            t.s["changed"][f"{key} {name}"] = old["version"]
    old.update(new, interventions=links)


def draw(t: Turn, c: Plain, said: str | None) -> None:
    """A new one, the last under its heading."""
    if said is None or c.get("under") is None:
        raise No("empty")
    segment, question = heading(t, c["under"])
    for on in (c.get("interventions") or {}).get("add", []):
        known(t, on, "record")
    part = t.s["handed_over_at"] is not None
    key = t.new_id("c")
    t.s["changed"].update({f"{key} text": 1, f"{key} agreed": 1})
    t.s["conclusions"][key] = {
        "text": said.strip(),
        "agreed": bool(c.get("agreed")),
        "interventions": marked([], c.get("interventions")),
        "version": 1,
        "released": False,
    }
    order(t, segment, question, part).append(key)


def unread(t: Turn, key: str, name: str, read: int) -> bool:
    """Whether somebody has changed it since it was read."""
    version = t.s["conclusions"][key]["version"]
    return bool(t.s["changed"].get(f"{key} {name}", 0) > read or read > version)


def heading(t: Turn, under: Plain) -> tuple[str, int | None]:
    """A segment, and a question of the programme or none."""
    t.find("segments", under["segment"])
    question = under.get("question")
    if question is not None and not 1 <= question <= t.setup["questions"]:
        raise No("no_such_entity")
    return under["segment"], question


def order(t: Turn, segment: str, question: int | None, part: bool) -> list[str]:
    """What stands under a heading, in its order."""
    name = f"{segment}/{question}/{part}"
    found: list[str] = t.s["headings"].setdefault(name, [])
    return found


def where(t: Turn, key: str) -> list[str]:
    """The order in which a conclusion stands."""
    return next(each for each in t.s["headings"].values() if key in each)


def in_addendum(t: Turn, key: str) -> bool:
    """Whether it was written after the hand-over."""
    return any(key in v for k, v in t.s["headings"].items() if k.endswith("True"))


def fixed(t: Turn, key: str) -> None:
    """What the chair holds stays (R15)."""
    if t.s["handed_over_at"] is not None and not in_addendum(t, key):
        raise No("conclusion_fixed")


def loose(t: Turn, each: Plain) -> None:
    """Neither handed over nor shown to everyone."""
    key = next(k for k, v in t.s["conclusions"].items() if v is each)
    if each["released"]:
        raise No("conclusion_fixed")
    fixed(t, key)


def move_conclusion(t: Turn, c: Plain) -> None:
    """To another place, or another heading (R14)."""
    t.open_record()
    key = c["expect"]["conclusion"]
    each = t.find("conclusions", key)
    old = where(t, key)
    if old.index(key) != c["expect"]["place"]:
        raise No("stale")
    fixed(t, key)
    new = old
    if c.get("under") is not None:
        segment, question = heading(t, c["under"])
        new = order(t, segment, question, in_addendum(t, key))
    if not 0 <= c["to"] <= len([one for one in new if one != key]):
        raise No("bad_place")
    if new is not old:
        loose(t, each)
    old.remove(key)
    new.insert(c["to"], key)


def read(t: Turn, expect: Plain) -> Plain:
    """A conclusion as it was read."""
    each = t.find("conclusions", expect["conclusion"])
    if each["version"] != expect["version"]:
        raise No("stale")
    return each


def drop_conclusion(t: Turn, c: Plain) -> None:
    """It is no conclusion."""
    t.open_record()
    each = read(t, c["expect"])
    loose(t, each)
    key = c["expect"]["conclusion"]
    where(t, key).remove(key)
    del t.s["conclusions"][key]


def hand_over(t: Turn, c: Plain) -> None:
    """What stands is fixed (R15)."""
    t.open_record()
    if c["expect"]["handed_over_at"] != t.s["handed_over_at"]:
        raise No("stale")
    if t.s["handed_over_at"] is not None:
        raise No("conclusion_fixed")
    if not t.s["conclusions"]:
        raise No("empty")
    t.s["handed_over_at"] = t.at


def reopen_conclusions(t: Turn, c: Plain) -> None:
    """It can be changed again (R15)."""
    t.open_record()
    same = c["expect"]["handed_over_at"] == t.s["handed_over_at"]
    if not same or t.s["handed_over_at"] is None:
        raise No("stale")
    if not line(c["reason"]):
        raise No("reason_needed")
    t.s["handed_over_at"] = None
    for name in [each for each in t.s["headings"] if each.endswith("True")]:
        later = t.s["headings"].pop(name)
        main = name.replace("True", "False")
        t.s["headings"].setdefault(main, []).extend(later)


def release_conclusions(t: Turn, c: Plain) -> None:
    """Agreed ones are public, or no longer (R16)."""
    t.open_record()
    found = [read(t, each) for each in c["expect"]]
    found = [each for each in found if each["released"] != c["released"]]
    if not found:
        raise No("stale")
    if c["released"] and not all(each["agreed"] for each in found):
        raise No("not_agreed")
    for each in found:
        each["released"] = c["released"]
    held = t.s["conclusions"].get(t.s["conclusion_shown"])
    if held is not None and not held["released"]:
        t.s["conclusion_shown"] = None


def show_conclusion(t: Turn, c: Plain) -> None:
    """One that is released, on the displays; or none (R20)."""
    t.open_record()
    stood, wanted = t.s["conclusion_shown"], c["conclusion"]
    if c["expect"]["conclusion"] != stood or wanted == stood:
        raise No("stale")
    found = t.s["conclusions"].get(wanted)
    if wanted is not None and (found is None or not found["released"]):
        raise No("no_such_entity")
    t.s["conclusion_shown"] = wanted


def shown(t: Turn) -> Plain:
    """Each with its heading and place."""
    found = {}
    for name, keys in t.s["headings"].items():
        segment, question, part = name.split("/")
        for place, key in enumerate(keys):
            found[key] = {
                **t.s["conclusions"][key],
                "heading": (segment, question, part),
                "place": place,
            }
    return found


RULES = {
    "write_conclusion": write_conclusion,
    "move_conclusion": move_conclusion,
    "drop_conclusion": drop_conclusion,
    "hand_over": hand_over,
    "reopen_conclusions": reopen_conclusions,
    "release_conclusions": release_conclusions,
    "show_conclusion": show_conclusion,
}
