"""Is an exported record what was signed? ``python verify.py FILE [KEY]`` says.

Runs alone, on Python and ``cryptography``; PROOF.md says how to write another one.
Exit code 0: intact; 1: changed, cut, reordered, signed otherwise; 2: no export.
"""

import json
import re
import sys
from hashlib import sha256
from pathlib import Path
from typing import Any

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

HEAD = re.compile(rb'(\{"rostra":"record 1",.*),"signature":"([0-9a-f]{128})"\}\n')
STARTS = (b'{"rostra":"record ', b'{"seq":')
PARTS = ("personal", "internal")
RESEALED = "all was sealed anew, and that was not signed"
UNREADABLE = (ValueError, LookupError, TypeError, AttributeError, RecursionError)


def judge(data: bytes, key: str = "") -> tuple[int, int, str]:
    """Exit code, first wrong line (0: none; line n is commit n) and a sentence."""
    lines = re.findall(rb"[^\n]*\n|[^\n]+", data)
    if not any(each.startswith(STARTS) for each in lines):
        return 2, 0, f"This file is {'no export of commits' if data else 'empty'}."
    n = next((n for n, s in enumerate(lines) if s.startswith(STARTS[0])), len(lines))
    head, fault = _head(b"".join(lines[n : n + 1]))
    right, last, why = _chain(lines[:n], head)
    meeting, count, signer = (head.get(e, 0) for e in ("meeting", "count", "key"))
    for wrong, place, what in (
        (why, right, f"commit {right + 1} {why}"),
        (fault, n, fault),
        (n < count, n, f"the end was cut off, {count} commits were signed"),
        (n > count, count, f"it was added, {count} commits were signed"),
        (last != head.get("hash") or head["seq"] != count, n, RESEALED),
        (len(lines) > n + 1, n + 1, "something stands after the signed head"),
        (key.lower() not in ("", signer), n, f"another key signed it, {signer}"),
    ):
        if wrong:
            return 1, place + 1, f"Not intact, from line {place + 1} on: {what}."
    text = f"Intact: all {count} commits of {meeting!r}, signed with the key {signer}."
    if gone := sum(end - begin + 1 for begin, end in head["erased"]):
        text += f" The personal parts of {gone} commits were erased."
    return 0, 0, text if key else f"{text} Ask the secretariat if that is their key."


def _head(line: bytes) -> tuple[dict[str, Any], str]:
    """What the signed head says, or why nothing that it says counts."""
    try:
        said, signature = HEAD.fullmatch(line).groups()  # type: ignore[union-attr]
        head = json.loads(said + b"}")
        signer = Ed25519PublicKey.from_public_bytes(bytes.fromhex(head["key"]))
        signer.verify(bytes.fromhex(signature.decode()), said + b"}")
        head |= {e: [(int(a), int(b)) for a, b in head[e]] for e in (*PARTS, "erased")}
        return head | {"count": int(head["count"]), "meeting": head["meeting"] + ""}, ""
    except InvalidSignature:
        return {}, "the signature does not fit the head"
    except UNREADABLE:
        return {}, "there is no signed head: the end was cut off, or never signed"


def _chain(lines: list[bytes], head: dict[str, Any]) -> tuple[int, str, str]:
    """How many commits are right, the last hash, and what is wrong with the next."""
    meeting, chain = head.get("meeting", ""), b""
    for n, line in enumerate(lines):
        try:
            commit = json.loads(line)
            opened = json.loads(commit["open"])
            meeting = meeting or opened["meeting"]
            link = chain or sha256(meeting.encode()).digest()
            link += sha256(commit["open"].encode()).digest()
            whole = {"seq": n + 1, "open": commit["open"]}
            for part in PARTS:
                digest, salt = bytes.fromhex(commit[f"{part}_sha256"]), bytes(16)
                spans = head.get(part, [[1, len(lines)]] if part in commit else [])
                if any(first <= n + 1 <= last for first, last in spans):
                    salt = bytes.fromhex(commit[f"{part}_salt"])
                    whole |= {part: commit[part], f"{part}_salt": salt.hex()}
                    digest = sha256(salt + commit[part].encode()).digest()
                whole[f"{part}_sha256"] = digest.hex()
                link += digest if (len(digest), len(salt)) == (32, 16) else b""
            whole["hash"] = (chain := sha256(link).digest()).hex()
            written = json.dumps(whole, ensure_ascii=False, separators=(",", ":"))
            if (here := (opened["seq"], opened["meeting"])) != (n + 1, meeting):
                return n, "", "is not here, but {!r} of {!r}".format(*here)
            if len(link) != 128 or written.encode() + b"\n" != line:
                return n, "", "is not what was sealed, or was written anew"
        except UNREADABLE:
            return n, "", "cannot be read, or lacks a part"
    return len(lines), chain.hex(), ""


if __name__ == "__main__":
    code, _, sentence = judge(Path(sys.argv[1]).read_bytes(), *sys.argv[2:3])
    print(sentence)
    sys.exit(code)
