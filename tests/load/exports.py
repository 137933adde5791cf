"""How long each document of a long record takes, and what commands feel of it.

One meeting, five hundred interventions long, is exported in every form over HTTP, one
after the other, while an operator of the same meeting announces something at random
moments; before each document, for about as long, nothing is printed. The press shares
the server's core here, as it does on a machine that has only one.
"""

import asyncio
import http.client
import json
import os
import random
import threading
import time
from pathlib import Path
from typing import Any

from load import figures, journals
from load.ours import Ours, command, ours
from load.plan import Plan
from rostra.adapters.sqlite_journal import SqliteJournal
from rostra.config import Settings, link_key
from rostra.core.ids import Instant, MeetingId
from rostra.web.identity import Keys

MEETING = MeetingId("bench-exports")
#: A speech and what is between two takes no longer.
MS_PER_SPEECH = 180_000
#: What is asked for, and what it is called.
FORMS: dict[str, str] = {
    "DOCX": "as=docx",
    "PDF": "as=pdf",
    "PDF, Arabic": "as=pdf&lang=ar",
    "PDF, Chinese": "as=pdf&lang=zh",
    "XLSX": "as=xlsx",
    "HTML": "as=html",
    "JSON": "as=json",
    "WebVTT": "as=vtt",
    "name plates": "as=thirds",
    "SVG": "as=svg&picture=timeline",
    "CSV": "as=csv",
    "signed commits": "as=jsonl",
}
TICK = os.sysconf("SC_CLK_TCK")
#: Of /proc/PID/stat, after the name: what children took that have ended.
CHILDREN_USER, CHILDREN_SYSTEM = 13, 14
PATIENCE = {
    "ROSTRA_LIMITS__DOCUMENT_RATE__PER_S": "1000000",
    "ROSTRA_LIMITS__DOCUMENT_RATE__BURST": "1000000",
}


def measure(plan: Plan) -> dict[str, Any]:
    """Every form, again and again."""
    folder = plan.place("exports")
    heard, commits = asyncio.run(_prepared(folder, plan.exports_interventions))
    runs = []
    with ours(folder, env=PATIENCE) as served:
        for repeat in range(plan.exports_repeats):
            for form, query in FORMS.items():
                runs.append(_one(served, plan, form, query))
                figures.show(repeat=repeat, form=form, seconds=runs[-1]["seconds"])
    return {
        "interventions": heard,
        "commits": commits,
        "per_s": plan.exports_commands_per_s,
        "runs": runs,
    }


async def _prepared(folder: Path, speeches: int) -> tuple[int, int]:
    """The meeting in the server's journal, with its links; how many interventions and
    commits it has.
    """
    now = int(time.time() * 1000)
    began = Instant(now - speeches * MS_PER_SPEECH)
    played = journals.Morning(journals.plain_meeting(MEETING, began), began)
    played.open()
    while (heard := len(played.meeting.interventions)) < speeches:
        # a few, and then all who still wait: more would not find room on the list
        played.play(min(10, speeches - heard), seed=heard)
    data = folder / "data"
    journal = await SqliteJournal.open(data)
    try:
        await journals.keep(journal, MEETING, played.records)
    finally:
        await journal.close()
    keys = Keys(link_key(Settings(data=str(data))))
    links: dict[str, Any] = {"id": MEETING, "delegations": {}, "moderators": []}
    for link in played.meeting.links.values():
        if link.role == "moderator":
            links["moderators"].append(keys.token(MEETING, link))
    (folder / "links").write_text(json.dumps([links]), encoding="utf-8")
    return heard, len(played.records)


def _one(served: Ours, plan: Plan, form: str, query: str) -> dict[str, Any]:
    """One document, and the commands before it and meanwhile."""
    token = served.meetings[0]["moderators"][0]
    chance = random.Random(form)
    with _Operator(served, token, plan.exports_commands_per_s, chance) as without:
        time.sleep(plan.exports_quiet_s)
    own, press = served.child.cpu_ns(), _children_s(served)
    with _Operator(served, token, plan.exports_commands_per_s, chance) as meanwhile:
        took: list[float] = []
        while sum(took) < plan.exports_least_s:
            began = time.monotonic()
            size = _document(served, token, query)
            took.append(time.monotonic() - began)
    return {
        "form": form,
        "seconds": round(figures.median(took), 3),
        "press_cpu_s": round((_children_s(served) - press) / len(took), 3),
        # the commands' own included
        "server_cpu_s": round((served.child.cpu_ns() - own) / 1e9 / len(took), 3),
        "bytes": size,
        "without_ms": without.took_ms,
        "meanwhile_ms": meanwhile.took_ms,
    }


def _document(served: Ours, token: str, query: str) -> int:
    """Fetch it; how many bytes it has."""
    line = http.client.HTTPConnection("127.0.0.1", served.port, timeout=120)
    headers = {"Authorization": f"Bearer {token}"}
    try:
        line.request("GET", f"/api/v1/meetings/{MEETING}/record?{query}", None, headers)
        answer = line.getresponse()
        body = answer.read()
    finally:
        line.close()
    assert answer.status == 200, body
    return len(body)


def _children_s(served: Ours) -> float:
    """Seconds of CPU of the server's children that have ended."""
    stat = Path(f"/proc/{served.child.process.pid}/stat").read_text()
    fields = stat.rpartition(")")[2].split()
    return (int(fields[CHILDREN_USER]) + int(fields[CHILDREN_SYSTEM])) / TICK


class _Operator:
    """Sends commands at random moments, as long as one is inside.

    A command that waits for the one before it has waited, too: its time begins when it
    was due.
    """

    def __init__(
        self, served: Ours, token: str, per_s: float, chance: random.Random
    ) -> None:
        self.took_ms: list[float] = []
        self._line = http.client.HTTPConnection("127.0.0.1", served.port, timeout=60)
        self._headers = {
            "Authorization": f"Bearer {token}",
            "Content-Type": "application/json",
        }
        self._per_s = per_s
        self._chance = chance
        self._over = threading.Event()
        self._thread = threading.Thread(target=self._send)
        self._failed = ""

    def __enter__(self) -> "_Operator":
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._over.set()
        self._thread.join()
        self._line.close()
        assert not self._failed, self._failed

    def _send(self) -> None:
        due = time.monotonic()
        while True:
            due += self._chance.expovariate(self._per_s)
            if self._over.wait(max(0.0, due - time.monotonic())):
                return
            body = json.dumps(command("announce", text="Please mute microphones."))
            path = f"/api/v1/meetings/{MEETING}/commands"
            self._line.request("POST", path, body, self._headers)
            answer = self._line.getresponse()
            said = answer.read()
            if answer.status != 200:
                self._failed = said.decode(errors="replace")
                return
            self.took_ms.append(round((time.monotonic() - due) * 1000, 3))
