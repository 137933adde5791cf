"""Who is meant, from the roster: in lists, in sentences, and as one is addressed.

The form of address is data of the roster (RULES 12), never code.
"""

from collections.abc import Mapping
from typing import Any

from rostra.core import text
from rostra.core.ids import Code, GroupCode
from rostra.core.programme import TO_BE_ANNOUNCED
from rostra.core.roster import Delegation, Roster
from rostra.record.language import Language
from rostra.record.words import Translate

Row = Mapping[str, Any]

#: Kinds whose speaker is named as a person, with a function.
_BY_PERSON = frozenset(("programme", "introduction"))
_ORGANISATIONS = frozenset(("organisation", "un_entity", "ngo", "nhri"))


class Naming:
    """Names of one roster in one language."""

    def __init__(self, roster: Roster, language: Language) -> None:
        self._roster = roster
        self._language = language
        self._english = language.code == "en"

    def entry(self, code: str | None) -> Delegation | None:
        """The roster's entry of a delegation."""
        return self._roster.delegations.get(Code(code or ""))

    def name(self, code: str | None) -> str:
        """The short name, as in lists."""
        entry = self.entry(code)
        if entry is None:
            return code or ""
        return text.line(entry.names.get(self._language.code) or entry.names["en"])

    def spoken(self, code: str) -> str:
        """The name as it is said, with its article."""
        entry = self.entry(code)
        if entry is None:
            return code
        # the article is English: elsewhere an English name stands without it
        return text.line(entry.spoken) if self._english else self.name(code)

    def group(self, row: Row) -> str:
        """The group on whose behalf, as it is said; "" for none."""
        group = self._roster.groups.get(GroupCode(row["group"] or ""))
        if group is None:
            return text.line(row["group"] or row["group_text"])
        return text.line(group.spoken) if self._english else self.group_name(group.code)

    def group_name(self, code: str) -> str:
        """The name of a group, as in lists; as typed, where it is in no register."""
        group = self._roster.groups.get(GroupCode(code))
        if group is None:
            return text.line(code)
        return text.line(group.names.get(self._language.code) or group.names["en"])

    def address(self, code: str | None) -> str:
        """The form of address."""
        entry = self.entry(code)
        return entry.address if entry else "representative_of"

    def by_person(self, row: Row) -> bool:
        """Whether the record names a person, not a delegation."""
        named = row["person"] is not None and row["kind"] != "chair"
        return named and (row["delegation"] is None or row["kind"] in _BY_PERSON)

    def person(self, row: Row) -> tuple[str, str]:
        """Name and function of who spoke, each perhaps ""."""
        said = row["person"]
        label = text.line(row["label"])
        label = "" if label == TO_BE_ANNOUNCED else label
        if said is None:
            return "", label
        return text.line(said["name"]), text.line(said["title"]) or label

    def main(self, row: Row) -> str:
        """How the row is named in a table: a delegation, a person or a group."""
        if self.by_person(row):
            return self.person(row)[0]
        if row["delegation"]:
            return self.name(row["delegation"])
        if row["kind"] == "chair":
            return self._language.tr("The Chair")
        if row["group"]:
            return self.group_name(row["group"])
        said = text.line(row["group_text"]) or self.person(row)[1]
        # of a closed segment nobody is told who spoke
        return said or self._language.tr("A speaker")

    def nobody(self, row: Row) -> bool:
        """Whether nothing is told of who spoke."""
        named = row["delegation"] or row["group"] or row["group_text"] or row["label"]
        return not named and row["person"] is None and row["kind"] != "chair"

    def addressed(self, row: Row) -> str:
        """Who is meant, as one says it: "the observer for the Holy See"."""
        tr = self._language.tr
        if row["kind"] == "chair":
            return tr("the Chair")
        if self.by_person(row):
            return ", ".join(filter(None, self.person(row)))
        behalf = self.group(row)
        if row["delegation"] is None:
            if behalf:
                return tr("the speaker for {name}").format(name=behalf)
            return self.person(row)[1] or tr("a speaker")
        who = self._by_form(row["delegation"])
        if behalf:
            return tr("{who}, on behalf of {group}").format(who=who, group=behalf)
        return who

    def _by_form(self, code: str) -> str:
        tr, name = self._language.tr, self.spoken(code)
        match self.address(code):
            case "observer_for":
                return tr("the observer for {name}").format(name=name)
            case "observer_of":
                return tr("the observer of {name}").format(name=name)
            case "eu_observer":
                said = tr("the representative of {name}, in its capacity as observer")
                return said.format(name=name)
            case _:
                return tr("the representative of {name}").format(name=name)

    def region(self, code: str | None) -> str:
        """The regional group that a delegation is counted with for this meeting."""
        entry, tr = self.entry(code), self._language.tr
        if entry is None:
            return tr("Others")
        if entry.region:
            return regions(tr).get(entry.region, entry.region)
        return tr("Organisations") if entry.tier in _ORGANISATIONS else tr("Others")


def regions(tr: Translate) -> dict[str, str]:
    """The regional groups."""
    return {
        "AFR": tr("Africa"),
        "APG": tr("Asia-Pacific"),
        "EEG": tr("Eastern Europe"),
        "LAC": tr("Latin America and Caribbean"),
        "WEO": tr("Western Europe and others"),
    }
