"""The conclusions of a meeting, in order, under what they answer."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from rostra.core import text
from rostra.core.ids import SegmentId
from rostra.record.language import Language
from rostra.record.minutes import Conclusion, Conclusions, Part

#: A conclusion as its audience is shown it.
Shown = Mapping[str, Any]


def concluded(
    found: Iterable[Shown],
    questions: Sequence[str],
    titles: Mapping[SegmentId, str],
    language: Language,
) -> Conclusions | None:
    """The conclusions that are *found*; None where there are none.

    Which are drafts is said beside them: an audience that may not read drafts is shown
    none. *titles* are the segments' in their order.
    """
    places = {key: place for place, key in enumerate(titles)}
    rows = sorted(
        found,
        key=lambda row: (places[row["segment"]], row["question"] or 0, row["place"]),
    )
    if not rows:
        return None
    several = len({row["segment"] for row in rows}) > 1
    apart = language.apart

    def heading(row: Shown) -> str:
        number, title = row["question"], titles[row["segment"]]
        asked = questions[number - 1] if number else ""
        parts = [title if several or not asked else "", asked]
        return " – ".join(apart(each) for each in parts if each)

    def parts(addendum: bool) -> tuple[Part, ...]:
        by_heading: dict[str, list[Conclusion]] = {}
        for row in rows:
            if row["addendum"] is addendum:
                told = _told(row, language)
                by_heading.setdefault(heading(row), []).append(told)
        return tuple(Part(key, tuple(each)) for key, each in by_heading.items())

    tr = language.tr
    return Conclusions(tr("Conclusions"), parts(False), tr("Addendum"), parts(True))


def _told(row: Shown, language: Language) -> Conclusion:
    settled = row.get("agreed", True) or row.get("released", True)
    return Conclusion(
        id=row["id"],
        text=language.apart(text.lines(row["text"])),
        state="" if settled else language.tr("draft"),
        supported_by=tuple(row.get("interventions", ())),
    )
