"""The language of a document: translations, lists of names, days and times.

Texts are keys of the catalogues, as everywhere. Digits are Latin in all languages, and
the months of an Arabic document are the UN's (RULES 12): its catalogue says them.
"""

import gettext
from collections.abc import Callable, Sequence
from datetime import UTC, datetime, timezone
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from msgspec import Struct

from rostra.record.words import Translate

TranslateMany = Callable[[str, str, int], str]

RIGHT_TO_LEFT = frozenset({"ar", "fa", "he", "ur"})
NOON = 12


def english(one: str, many: str, count: int) -> str:
    """The English form for *count*."""
    return one if count == 1 else many


class Vocabulary(Struct, frozen=True):
    """The translations of a language, by their English texts; with several forms where
    a text counts something. ``plural`` says which, as gettext has it.
    """

    plural: str = "nplurals=2; plural=(n != 1);"
    messages: dict[str, str | list[str]] = {}

    def translate(self, text: str) -> str:
        """*text* in this language, or as it is."""
        found = self.messages.get(text)
        return found if isinstance(found, str) else text

    def translate_n(self, one: str, many: str, count: int) -> str:
        """The form of a text for *count*, or the English one."""
        forms = self.messages.get(one)
        if not isinstance(forms, list):
            return english(one, many, count)
        return forms[min(self._form(count), len(forms) - 1)]

    def _form(self, count: int) -> int:
        _, _, rule = self.plural.partition("plural=")
        # the library's own reader of such rules, which runs none of them as code
        form: Callable[[int], int] = gettext.c2py(rule.strip().rstrip(";"))
        return form(count)


class Language:
    """How a document speaks. English where nothing else is given."""

    def __init__(
        self, code: str = "en", tr: Translate = str, tr_n: TranslateMany = english
    ) -> None:
        self.code = code
        self.tr = tr
        self.tr_n = tr_n

    @property
    def direction(self) -> str:
        """``rtl`` or ``ltr``."""
        return "rtl" if self.code in RIGHT_TO_LEFT else "ltr"

    def listed(self, names: Sequence[str], *, commas: bool = False) -> str:
        """*names* as "A, B and C"; those that hold *commas* are parted otherwise."""
        tr = self.tr
        if len(names) < 2:
            return "".join(names)
        first, *more = names[:-1]
        join = tr("{said}; {next}") if commas else tr("{said}, {next}")
        last = tr("{first}; and {last}") if commas else tr("{first} and {last}")
        for each in more:
            first = join.format(said=first, next=each)
        return last.format(first=first, last=names[-1])

    @property
    def comma(self) -> str:
        """What parts two things beside each other."""
        return {"ar": "، ", "zh": "，"}.get(self.code, ", ")

    def apart(self, text: str) -> str:
        """A text that may be in other letters, kept together among those from right
        to left: its full stop stays at its own end."""
        return f"\u2068{text}\u2069" if text and self.direction == "rtl" else text

    def sentence(self, text: str) -> str:
        """A sentence that ends with "p.m." has its full stop already."""
        return text[:-1] if text.endswith("..") else text

    def capital(self, sentence: str) -> str:
        """A sentence begins with a capital, where the script has them."""
        return sentence[:1].upper() + sentence[1:]


class Dates:
    """Instants as they are read where the meeting is."""

    def __init__(self, language: Language, zone: str) -> None:
        self._language = language
        self._zone = zone_of(zone)
        #: "New York", or "UTC".
        self.city = zone.rsplit("/", maxsplit=1)[-1].replace("_", " ")

    def wall(self, at: int) -> datetime:
        """The clock on the wall."""
        return datetime.fromtimestamp(at / 1000, self._zone)

    def clock(self, at: int) -> str:
        """``11:30``, for tables."""
        return self.wall(at).strftime("%H:%M")

    def time(self, at: int) -> str:
        """``11.30 a.m.``, for sentences."""
        wall = self.wall(at)
        if self._language.code == "en":
            return _english(wall)
        text = self._language.tr("{hour}:{minute}")
        return text.format(hour=wall.hour, minute=f"{wall.minute:02}")

    def day(self, at: int) -> str:
        """``Friday, 10 July 2020``."""
        wall, tr = self.wall(at), self._language.tr
        return tr("{weekday}, {day} {month} {year}").format(
            weekday=_weekdays(tr)[wall.weekday()],
            day=wall.day,
            month=_months(tr)[wall.month - 1],
            year=wall.year,
        )


def _english(wall: datetime) -> str:
    """As the UN writes it: ``10 a.m.``, ``12.05 p.m.``, ``noon``."""
    if (wall.hour % NOON, wall.minute) == (0, 0):
        return "noon" if wall.hour else "midnight"
    half = "p.m." if wall.hour >= NOON else "a.m."
    hour = (wall.hour - 1) % NOON + 1
    return f"{hour}.{wall.minute:02} {half}" if wall.minute else f"{hour} {half}"


def zone_of(name: str) -> ZoneInfo | timezone:
    """A time zone by name; UTC if there is no such zone."""
    try:
        return ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError):
        return UTC


def lasted(ms: int) -> str:
    """``3:00``, ``1:02:03``: how long something took, in whole seconds."""
    seconds = round(ms / 1000)
    minutes, seconds = divmod(seconds, 60)
    if minutes < 60:
        return f"{minutes}:{seconds:02}"
    return f"{minutes // 60}:{minutes % 60:02}:{seconds:02}"


def _weekdays(tr: Translate) -> tuple[str, ...]:
    return (
        tr("Monday"),
        tr("Tuesday"),
        tr("Wednesday"),
        tr("Thursday"),
        tr("Friday"),
        tr("Saturday"),
        tr("Sunday"),
    )


def _months(tr: Translate) -> tuple[str, ...]:
    return (
        tr("January"),
        tr("February"),
        tr("March"),
        tr("April"),
        tr("May"),
        tr("June"),
        tr("July"),
        tr("August"),
        tr("September"),
        tr("October"),
        tr("November"),
        tr("December"),
    )
