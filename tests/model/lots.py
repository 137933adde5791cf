"""Draws by lot: promised before, published after, and open to everyone's arithmetic."""

from hashlib import sha256

from model.base import Plain, Turn

DRAWN = ("lot", "alpha_from_lot", "regional_rotation")
REGIONS = ("AFR", "APG", "EEG", "LAC", "WEO")
#: Kinds that stand before or after the ordinary list take no part.
NOT_DRAWN = ("programme", "secretariat", "introduction", "concerned_party", "chair",
             "answer", "right_of_reply", "response")  # fmt: skip


def digest(text: str) -> str:
    """SHA-256 in hex."""
    return sha256(text.encode()).hexdigest()


def seed(t: Turn, speakers: Plain) -> str:
    """The seed of the draw of a list that was promised last."""
    return digest(f"{t.setup['lot_key']}:{speakers['id']}:{speakers['draws']}")


def promise(t: Turn) -> None:
    """Every list that needs a draw says the digest of its next seed."""
    for speakers in t.s["lists"].values():
        needed = speakers["policy"] in DRAWN and speakers["purpose"] == "speakers"
        if needed and not speakers["commitment"]:
            promised(t, speakers)


def promised(t: Turn, speakers: Plain) -> None:
    """The next draw of a list has a seed from now on."""
    speakers["draws"] += 1
    speakers["commitment"] = digest(seed(t, speakers))


def draw(t: Turn, speakers: Plain) -> bool:
    """Draw, if there is anything to be drawn."""
    inputs = put_in(t, speakers)
    if speakers["policy"] not in DRAWN or not speakers["commitment"] or not inputs:
        return False
    own = seed(t, speakers)
    out = sorted(inputs, key=lambda each: digest(f"{own}:{each}"))
    policy = speakers["policy"]
    order = [each.split(" ")[0] for each in out] if policy == "lot" else []
    speakers["draw"] = {
        "number": speakers["draws"],
        "at": t.at,
        "policy": policy,
        "seed": own,
        "inputs": inputs,
        "order": order,
        "letter": out[0] if policy == "alpha_from_lot" else "",
        "region": out[0] if policy == "regional_rotation" else "",
    }
    speakers["commitment"] = ""
    if policy == "lot":
        for request in t.s["requests"].values():
            if request["list"] == speakers["id"]:
                key = request["id"]
                request["drawn"] = order.index(key) + 1 if key in order else 0
    return True


def put_in(t: Turn, speakers: Plain) -> list[str]:
    """Letters, regional groups, or everyone who waits on the ordinary list."""
    roster = t.setup["roster"].values()
    if speakers["policy"] == "alpha_from_lot":
        return sorted({each["name"][0].upper() for each in roster})
    if speakers["policy"] == "regional_rotation":
        present = {each["region"] for each in roster}
        return [each for each in REGIONS if each in present]
    shown = t.profile["show_list"] == "all" and not t.closed(speakers["segment"])
    found = []
    for key in speakers["order"]:
        request = t.s["requests"][key]
        if request["status"] == "queued" and request["kind"] not in NOT_DRAWN:
            found.append(f"{key} {request['delegation']}" if shown else key)
    return sorted(found)
