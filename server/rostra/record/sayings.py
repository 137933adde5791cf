"""The Journal's sentences: who made statements, who raised what, how it was ruled.

No times and nothing internal. Those who follow each other are told in one sentence.
"""

from collections.abc import Sequence
from typing import Literal

from rostra.record import words
from rostra.record.language import Language
from rostra.record.naming import Naming, Row

#: What is told together; None is told alone.
Together = Literal["statements", "replies", "second_replies", "explanations", "answers"]
Form = Literal[
    "nobody",
    "persons",
    "states",
    "observers_of",
    "observers_for",
    "eu",
    "organisations",
]
_FORMS: tuple[Form, ...] = (
    "nobody",
    "persons",
    "states",
    "observers_of",
    "observers_for",
    "eu",
    "organisations",
)


class Sayings:
    """Sentences about rows of the record, in one language."""

    def __init__(self, naming: Naming, language: Language) -> None:
        self._naming = naming
        self._language = language

    def together(self, row: Row) -> Together | None:
        """With which others a row is told in one sentence."""
        match row["kind"]:
            case "right_of_reply":
                return "second_replies" if row["turn"] > 1 else "replies"
            case "explanation_of_vote":
                return "explanations"
            case "answer":
                return "answers"
            case (
                "point_of_order"
                | "procedural_motion"
                | "response"
                | "technical"
                | "chair"
            ):
                return None
            case _:
                return "statements"

    def told(self, rows: Sequence[Row]) -> str:
        """One or a few sentences about rows that are told together."""
        if not rows:
            return ""
        tr, together = self._language.tr, self.together(rows[0])
        match together:
            case None:
                return " ".join(self.alone(rows[0]))
            case "statements":
                return self._statements(rows)
            case "replies":
                text = tr("{who} spoke in exercise of the right of reply.")
            case "second_replies":
                text = tr(
                    "{who} spoke a second time in exercise of the right of reply."
                )
            case "explanations":
                text = tr("{who} spoke in explanation of vote.")
            case "answers":
                text = tr("{who} responded to questions.")
        return self._language.capital(text.format(who=self._all(rows)))

    def alone(self, row: Row) -> list[str]:
        """What is told of one that stands alone, and what came of it."""
        tr, who = self._language.tr, self._naming.addressed(row)
        match row["kind"]:
            case "point_of_order":
                said = tr("{who} spoke on a point of order.").format(who=who)
                return [self._language.capital(said), *self.ruling(row)]
            case "procedural_motion":
                said = self._moved(row, who)
                return [self._language.capital(said), *self._outcome(row)]
            case "response":
                return [self._language.capital(tr("{who} responded.").format(who=who))]
            case "chair":
                return [tr("The Chair made a statement.")]
            case "technical":
                return []
            case _:
                return [self.told([row])]

    def ruling(self, row: Row) -> list[str]:
        """How the chair ruled on a point of order."""
        tr = self._language.tr
        if row["ruling"] is None:
            return []
        ruled = {
            "upheld": tr("The Chair upheld the point of order."),
            "not_upheld": tr("The Chair did not uphold the point of order."),
            "withdrawn": tr("The point of order was withdrawn."),
            "noted": tr("The Chair took note of the point of order."),
        }
        appealed = {
            "ruling_stands": tr("The ruling was appealed against and stands."),
            "ruling_overturned": tr("The ruling was appealed against and overturned."),
        }
        found = [ruled.get(row["ruling"], ""), appealed.get(row["appeal"] or "", "")]
        return [each for each in found if each]

    def _outcome(self, row: Row) -> list[str]:
        tr = self._language.tr
        if row["ruling"] is None or row["side"] is not None:
            return []
        found = {
            "carried": tr("The motion was carried."),
            "lost": tr("The motion was not carried."),
            "withdrawn": tr("The motion was withdrawn."),
        }.get(row["ruling"])
        return [found] if found else []

    def _moved(self, row: Row, who: str) -> str:
        tr = self._language.tr
        if row["side"] == "for":
            return tr("{who} spoke in favour of the motion.").format(who=who)
        if row["side"] == "against":
            return tr("{who} spoke against the motion.").format(who=who)
        purpose = words.motions(tr).get(row["motion"] or "")
        if purpose is None:
            return tr("{who} made a motion.").format(who=who)
        return tr("{who} moved {purpose}.").format(who=who, purpose=purpose)

    def _statements(self, rows: Sequence[Row]) -> str:
        """A sentence for each form of address, in the Journal's order of forms."""
        by_form: dict[Form, list[str]] = {}
        for row in rows:
            said, known = self._said(row), by_form.setdefault(self._form(row), [])
            if said not in known or self._naming.nobody(row):
                known.append(said)
        told = [self._sentence(f, by_form[f]) for f in _FORMS if f in by_form]
        return " ".join(told)

    def _form(self, row: Row) -> Form:
        naming = self._naming
        if naming.nobody(row):
            return "nobody"
        if naming.by_person(row):
            return "persons"
        match naming.address(row["delegation"]):
            case "eu_observer":
                return "eu"
            case "observer_of":
                return "observers_of"
            case "observer_for":
                return "observers_for"
            case _:
                entry = naming.entry(row["delegation"])
                state = entry is not None and entry.tier == "member_state"
                return "states" if state else "organisations"

    def _said(self, row: Row) -> str:
        naming = self._naming
        if naming.by_person(row):
            return ", ".join(filter(None, naming.person(row)))
        if not row["delegation"]:
            return naming.main(row)
        name, group = naming.spoken(row["delegation"]), naming.group(row)
        if not group:
            return name
        text = self._language.tr("{name} (on behalf of {group})")
        return text.format(name=name, group=group)

    def _sentence(self, form: Form, all_said: list[str]) -> str:
        tr, tr_n, count = self._language.tr, self._language.tr_n, len(all_said)
        match form:
            case "nobody":
                return tr_n("A statement was made.", "Statements were made.", count)
            case "persons":
                text = tr_n(
                    "A statement was made by {names}.",
                    "Statements were made by {names}.",
                    count,
                )
            case "states":
                text = tr_n(
                    "A statement was made by the representative of {names}.",
                    "Statements were made by the representatives of {names}.",
                    count,
                )
            case "observers_of":
                text = tr_n(
                    "A statement was made by the observer of {names}.",
                    "Statements were made by the observers of {names}.",
                    count,
                )
            case "observers_for":
                text = tr_n(
                    "A statement was made by the observer for {names}.",
                    "Statements were made by the observers for {names}.",
                    count,
                )
            case "eu":
                text = tr(
                    "A statement was made by the representative of {names}, in its"
                    " capacity as observer."
                )
            case "organisations":
                text = tr_n(
                    "A statement was also made by the representative of {names}.",
                    "Statements were also made by the representatives of {names}.",
                    count,
                )
        listed = self._language.listed(all_said, commas=form == "persons")
        return text.format(names=listed)

    def _all(self, rows: Sequence[Row]) -> str:
        """Several as one says them: "the representatives of A and B"."""
        plain = [row for row in rows if self._represents(row)]
        codes = list(dict.fromkeys(row["delegation"] for row in plain))
        naming, language = self._naming, self._language
        if len(codes) < 2:
            said = dict.fromkeys(naming.addressed(row) for row in rows)
            return language.listed(list(said))
        names = language.listed([naming.spoken(code) for code in codes])
        others = dict.fromkeys(
            naming.addressed(row) for row in rows if not self._represents(row)
        )
        text = language.tr("the representatives of {names}").format(names=names)
        return language.listed([text, *others])

    def _represents(self, row: Row) -> bool:
        """Whether it is told as "the representative of …" and nothing more."""
        own = row["delegation"] and not row["group"] and not row["group_text"]
        named = self._naming.by_person(row)
        address = self._naming.address(row["delegation"])
        return bool(own) and not named and address == "representative_of"
