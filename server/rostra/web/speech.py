"""How the server speaks to one reader of one meeting: sentences, names, times."""

from datetime import UTC, datetime, timezone
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from rostra.core.ids import Code, GroupCode, Instant
from rostra.core.meeting import Meeting
from rostra.core.refusals import Refusal
from rostra.protocol.sentences import Translate, sentence


class MeetingSpeech:
    """Sentences in one language, with the names of one meeting's roster."""

    def __init__(self, meeting: Meeting, lang: str, tr: Translate) -> None:
        # not the meeting: as it is now it must not live as long as a socket
        self._roster = meeting.roster
        self._zone = meeting.programme.zone
        self._lang = lang
        self.tr = tr

    def __call__(self, refusal: Refusal) -> str:
        """Why not, in a full sentence."""
        return sentence(refusal, self.tr, self.name, self.clock)

    def name(self, code: str) -> str:
        """A delegation's or a group's name in the reader's language."""
        group = self._roster.groups.get(GroupCode(code.removeprefix("group:")))
        entry = self._roster.delegations.get(Code(code)) or group
        if entry is None:
            return code
        return entry.names.get(self._lang) or entry.names["en"]

    def clock(self, at: Instant) -> str:
        """Hours and minutes where the meeting is."""
        zone = zone_of(self._zone)
        return datetime.fromtimestamp(at / 1000, zone).strftime("%H:%M")


def zone_of(name: str) -> ZoneInfo | timezone:
    """A time zone by name; UTC if there is no such zone."""
    try:
        return ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError):
        return UTC
