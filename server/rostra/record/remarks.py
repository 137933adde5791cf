"""What was noted of interventions: the rapporteurs' notes, and corrections filed."""

from collections.abc import Iterable, Mapping
from typing import Any

from msgspec import Struct

from rostra.core import text
from rostra.core.ids import InterventionId
from rostra.record.language import Language
from rostra.record.naming import Naming

#: A note as its audience is shown it.
Note = Mapping[str, Any]


class Remarks(Struct, frozen=True):
    """By intervention: notes, their gists, and corrections with who filed them."""

    notes: Mapping[InterventionId, Note] = {}
    gists: Mapping[InterventionId, str] = {}
    corrections: Mapping[InterventionId, tuple[tuple[str, str], ...]] = {}


def remarks_in(found: Iterable[Note], naming: Naming, language: Language) -> Remarks:
    """The notes for the record among those that are *found*; the staff's are not."""
    notes: dict[InterventionId, Note] = {}
    gists: dict[InterventionId, str] = {}
    corrections: dict[InterventionId, tuple[tuple[str, str], ...]] = {}
    for note in found:
        said, key = text.lines(note["text"]).strip(), note["intervention"]
        if note["scope"] != "record" or key is None:
            continue
        if not note["correction"]:
            notes[key] = note
            if said:
                gists[key] = said
        elif said:
            by = naming.name(note["correction_by"]) or language.tr("A speaker")
            told = (by, _settled(note, said, language))
            corrections[key] = (*corrections.get(key, ()), told)
    return Remarks(notes, gists, corrections)


def _settled(note: Note, said: str, language: Language) -> str:
    """What was filed, and what the secretariat made of it."""
    tr = language.tr
    made = {"accepted": tr("accepted"), "declined": tr("declined")}
    found = made.get(note["settled"])
    if found is None:
        return said
    return tr("{name} ({more})").format(name=said, more=found)
