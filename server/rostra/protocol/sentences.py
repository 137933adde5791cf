"""What a refusal says to the person: a full sentence, what is so and what to do.

Pure: the words come through ``tr`` (the English text is the key of the catalogue),
names through ``name``, times of day through ``clock``. No code is ever shown.
"""

from collections.abc import Callable
from typing import Any, assert_never

from rostra.core.refusals import Refusal

Translate = Callable[[str], str]
Name = Callable[[str], str]
#: Hours and minutes of an instant where the meeting is.
ClockTime = Callable[[Any], str]


def sentence(
    refusal: Refusal, tr: Translate, name: Name, clock: ClockTime | None = None
) -> str:
    """Why not, in the language of *tr*. Times are left out without *clock*."""
    return _Sentences(refusal, tr, name, clock).text()


class _Sentences:
    def __init__(
        self, refusal: Refusal, tr: Translate, name: Name, clock: ClockTime | None
    ) -> None:
        self._code = refusal.code
        self._params = refusal.params
        self._tr = tr
        self._name = name
        self._clock = clock

    def text(self) -> str:
        """One sentence, or two: each code has its own."""
        tr = self._tr
        match self._code:
            case "not_permitted":
                return tr("Your role cannot do this. Ask the moderator.")
            case "not_your_delegation":
                return tr("This belongs to another delegation. Nothing was changed.")
            case "stale":
                return self._stale()
            case "expired":
                return tr(
                    "This was pressed too long ago and was not done."
                    " Press again if it is still wanted."
                )
            case "id_reused":
                return tr("This was sent twice with different content. Press again.")
            case "nothing_to_undo":
                return tr("There is nothing to undo.")
            case "undo_too_late":
                return self._undo_too_late()
            case "undo_overtaken":
                return tr(
                    "The meeting has moved on since, so this cannot be undone."
                    " Nothing was changed."
                )
            case "wrong_meeting_state":
                return self._meeting_state()
            case "list_not_open":
                return self._list_not_open()
            case "list_closed":
                return self._list_closed()
            case "list_takes_no_requests":
                return tr(
                    "This segment takes no requests for the floor."
                    " Ask again in a later one."
                )
            case "kind_not_admitted":
                return tr(
                    "This kind of intervention is not taken in this segment."
                    " Ask the moderator."
                )
            case "not_entitled":
                return tr(
                    "Your delegation is not entitled to this here. Ask the moderator."
                )
            case "floor_occupied":
                return self._floor_occupied()
            case "floor_idle":
                return tr("Nobody has the floor now. Nothing was changed.")
            case "wrong_phase":
                return self._wrong_phase()
            case "not_on_list":
                return self._with_name(
                    "delegation",
                    tr("{name} is no longer on this list. Nothing was changed."),
                    tr("This request is no longer on the list. Nothing was changed."),
                )
            case "already_on_list":
                return self._with_name(
                    "delegation",
                    tr("{name} is on the list already."),
                    tr("This delegation is on the list already."),
                )
            case "no_such_entity":
                return tr(
                    "What this is about does not exist in this meeting."
                    " Load the page again."
                )
            case "not_in_roster":
                return tr(
                    "There is no such name in this meeting's roster."
                    " Choose one from the directory."
                )
            case "extension_cap":
                return self._extension_cap()
            case "meeting_running":
                return tr(
                    "The meeting is in session. Wait until it has risen to do this."
                )
            case "too_long":
                return self._too_long()
            case "empty":
                return self._empty()
            case "bad_time":
                return self._bad_time()
            case "bad_place":
                return tr("There is no such place on this list. Nothing was changed.")
            case "round_not_possible":
                return tr(
                    "A round can be closed once a question was heard."
                    " Hear a question first."
                )
            case "list_has_live_entries":
                return tr("There are still requests on this list. Settle them first.")
            case "own_link":
                return tr(
                    "This is the link that you use yourself."
                    " Ask a colleague to withdraw it."
                )
            case "no_gavel":
                return self._no_gavel()
            case "max_replies":
                return tr(
                    "This delegation has used its right of reply on this item."
                    " Only the operator can make an exception."
                )
            case "max_statements":
                return tr("This delegation has had all its statements on this list.")
            case "max_responses":
                return tr("No further responses to this intervention are taken.")
            case "delegation_flagged":
                return self._flagged()
            case "depth_reached":
                return tr(
                    "No further interruption can stand over this one."
                    " End the one that has the floor first."
                )
            case "not_enabled":
                return self._not_enabled()
            case "ruling_pending":
                return tr("Record the ruling of the chair first.")
            case "nothing_to_draw":
                return tr("There is nothing to draw by lot on this list now.")
            case "swap_not_possible":
                return tr(
                    "These two places cannot be exchanged: both must wait on the same"
                    " list, with the same precedence."
                )
            case "in_writing":
                return tr(
                    "Replies to a statement of this rank are made in writing."
                    " Send the text to the secretariat."
                )
            case "bad_profile":
                return self._bad_profile()
            case (
                "reason_needed"
                | "corrections_closed"
                | "conclusion_fixed"
                | "not_agreed"
            ):
                return self._of_record()
            case "read_only":
                return tr(
                    "This meeting can only be read at the moment."
                    " Nothing was changed. Tell the technical desk."
                )
            case "internal":
                return tr(
                    "Something went wrong on the server. Nothing was changed."
                    " Tell the technical desk."
                )
            case _:
                assert_never(self._code)

    def _stale(self) -> str:
        """What the button showed is no longer so."""
        tr, params = self._tr, self._params
        match params.get("what"):
            case "head":
                return self._head_changed()
            case "floor":
                return self._floor_changed()
            case "list":
                return self._list_changed()
            case "state":
                return self._meeting_state()
            case "segment":
                return tr(
                    "A colleague has just changed the segment. Nothing was changed."
                )
            case "phase":
                return tr(
                    "A colleague has just set the phase of this item."
                    " Nothing was changed."
                )
            case "place":
                return tr(
                    "The order of the list has just changed. Look at it again and"
                    " repeat the move if it is still wanted."
                )
            case "action":
                return tr(
                    "A colleague has done something else since."
                    " Look at what would be undone now."
                )
            case "note":
                return tr(
                    "A colleague has just changed this note."
                    " Your text was not saved over it."
                )
            case "row":
                return tr(
                    "A colleague has just corrected this row."
                    " Read it again, and correct it if it is still wrong."
                )
            case "published":
                return tr(
                    "A colleague has just changed what is published."
                    " Nothing was changed."
                )
            case "erased":
                return tr("The persons of this meeting have been erased already.")
            case "conclusion":
                return tr(
                    "A colleague has just changed this conclusion."
                    " Your change was not saved over it."
                )
            case "shown":
                return tr(
                    "A colleague has just changed what stands on the displays."
                    " Nothing was changed."
                )
            case "conclusions":
                return tr(
                    "A colleague has just handed the conclusions over, or reopened"
                    " them. Nothing was changed."
                )
            case "correction":
                return tr(
                    "A colleague has just answered this correction."
                    " Nothing was changed."
                )
            case "downtime":
                return tr("A colleague has just answered this. Nothing was changed.")
            case "gavel":
                return tr("The gavel has just changed hands. Nothing was changed.")
            case "own_gavel":
                return tr("You hold the gavel already. Nothing was changed.")
            case "flag":
                return tr("This delegation is not marked. Nothing was changed.")
            case _:
                return tr("This has just changed. Nothing was done.")

    def _head_changed(self) -> str:
        tr, params = self._tr, self._params
        if who := self._who("called"):
            text = tr("Your colleague has just called {name}. Nothing was changed.")
            return text.format(name=who)
        if who := self._who("head"):
            text = tr("The next on the list is now {name}. Nothing was changed.")
            return text.format(name=who)
        if "head" in params and params["head"] is None and not self._floor_taken():
            return tr("Nobody is on the list any more. Nothing was changed.")
        return tr("The head of the list has just changed. Nothing was changed.")

    def _floor_taken(self) -> bool:
        """Whether somebody without a name to show was called meanwhile."""
        return self._params.get("label") is not None

    def _floor_changed(self) -> str:
        tr = self._tr
        who = self._who("called")
        match self._params.get("phase"):
            case "called" if who:
                text = tr("{name} has just been called. Nothing was changed.")
            case "speaking" if who:
                text = tr("{name} is speaking now. Nothing was changed.")
            case "paused" if who:
                text = tr("{name}'s time is paused now. Nothing was changed.")
            case None:
                text = tr("Nobody has the floor any more. Nothing was changed.")
            case _:
                text = tr("The floor has just changed. Nothing was changed.")
        return text.format(name=who)

    def _list_changed(self) -> str:
        tr = self._tr
        match self._params.get("state"):
            case "not_open":
                return tr("The list is not open now. Nothing was changed.")
            case "open":
                return tr("The list is open now. Nothing was changed.")
            case "lot_window":
                return tr(
                    "Requests for the draw by lot are being collected now."
                    " Nothing was changed."
                )
            case "closing":
                return tr(
                    "The closing of the list is announced already. Nothing was changed."
                )
            case "closed":
                return tr("The list is closed now. Nothing was changed.")
            case _:
                return tr("The list has just changed. Nothing was changed.")

    def _meeting_state(self) -> str:
        tr = self._tr
        match self._params.get("state"):
            case "scheduled":
                return tr("The meeting has not been opened yet. Wait for the lobby.")
            case "lobby":
                return tr("The meeting has not been called to order yet.")
            case "in_session":
                return tr("The meeting is in session. Nothing was changed.")
            case "suspended":
                return tr("The meeting is suspended. Wait until it resumes.")
            case "rose":
                return tr("The meeting has risen. Nothing more can be changed.")
            case "archived":
                return tr("The record is closed. Nothing more can be changed.")
            case _:
                return tr("The meeting's state does not allow this now.")

    def _list_not_open(self) -> str:
        if at := self._time("opens_at"):
            text = self._tr("The list of speakers opens at {time}. Ask again then.")
            return text.format(time=at)
        return self._tr(
            "The list of speakers is not open yet. Ask again once it is opened."
        )

    def _list_closed(self) -> str:
        if at := self._time("closed_at"):
            text = self._tr(
                "The list of speakers was closed at {time}."
                " Ask the moderator to add you."
            )
            return text.format(time=at)
        return self._tr("The list of speakers is closed. Ask the moderator to add you.")

    def _too_long(self) -> str:
        seconds = self._params.get("limit_s")
        if self._params.get("what") == "tags":
            return self._tr("There are too many tags on this row. Take one away first.")
        if isinstance(seconds, int):
            text = self._tr(
                "A recorded statement may last {time} at most here."
                " Shorten the recording and ask again."
            )
            return text.format(time=f"{seconds // 60}:{seconds % 60:02}")
        return self._tr("This text is too long. Shorten it and send it again.")

    def _of_record(self) -> str:
        """What the rules of the record ask for."""
        if self._code == "reason_needed":
            return self._tr("Say why, for the log.")
        if self._code == "not_agreed":
            return self._tr(
                "Only agreed conclusions are shown to everyone."
                " Mark this one as agreed first."
            )
        if self._code == "conclusion_fixed":
            if self._params.get("what") == "released":
                return self._tr(
                    "This conclusion is shown to everyone."
                    " An operator has to take it back before it is changed."
                )
            return self._tr(
                "The conclusions were handed over and stay as they are."
                " Write another, for the addendum, or reopen them with a reason."
            )
        if at := self._time("until"):
            text = self._tr(
                "Corrections of the record were taken until {time}."
                " Write to the secretariat."
            )
            return text.format(time=at)
        return self._tr(
            "No corrections of the record are taken now. Write to the secretariat."
        )

    def _not_enabled(self) -> str:
        if self._params.get("what") == "attribution":
            return self._tr(
                "This segment was closed: its record names nobody,"
                " so there is no name to correct."
            )
        return self._tr("The rules of this meeting do not provide for this.")

    def _bad_time(self) -> str:
        if self._params.get("what") == "window":
            return self._tr("The end of this time lies before its beginning.")
        return self._tr("This time has passed already. Choose a later one.")

    def _floor_occupied(self) -> str:
        return self._with_name(
            "delegation",
            self._tr("{name} has the floor. End this intervention first."),
            self._tr("Somebody has the floor. End this intervention first."),
        )

    def _wrong_phase(self) -> str:
        tr = self._tr
        match self._params.get("phase"):
            case "called":
                return tr("The clock has not been started yet. Start it first.")
            case "speaking":
                return tr("The clock is running already. Nothing was changed.")
            case "paused":
                return tr("The clock is paused. Resume it first.")
            case _:
                return tr("This cannot be done at this point of the intervention.")

    def _extension_cap(self) -> str:
        left = self._params.get("left_s")
        if isinstance(left, int) and left > 0:
            text = self._tr(
                "This is more than the rules allow to add."
                " At most {seconds} seconds are left to give."
            )
            return text.format(seconds=left)
        return self._tr("The rules do not allow to add more time.")

    def _undo_too_late(self) -> str:
        seconds = self._params.get("seconds")
        if isinstance(seconds, int):
            text = self._tr(
                "This can be undone within {seconds} seconds only."
                " Use the action that changes it instead."
            )
            return text.format(seconds=seconds)
        return self._tr(
            "It is too late to undo this. Use the action that changes it instead."
        )

    def _flagged(self) -> str:
        tr = self._tr
        if self._params.get("flag") == "absent":
            return self._with_name(
                "delegation",
                tr("{name} is marked absent. Clear this first, or call another."),
                tr("This delegation is marked absent. Clear this first."),
            )
        return self._with_name(
            "delegation",
            tr("{name} is suspended. Clear this first, or call another."),
            tr("This delegation is suspended. Clear this first."),
        )

    def _no_gavel(self) -> str:
        tr = self._tr
        if "holder" in self._params and self._params["holder"] is None:
            return tr("Nobody holds the gavel. Take it first.")
        if label := self._params.get("label"):
            text = tr(
                "{name} holds the gavel. Ask for it, or take it over with a reason."
            )
            return text.format(name=label)
        return tr(
            "A colleague holds the gavel. Ask for it, or take it over with a reason."
        )

    def _bad_profile(self) -> str:
        what = str(self._params.get("what") or "")
        what += "" if what.endswith("?") else "."
        if line := self._params.get("line"):
            text = self._tr("These rules cannot be used. Line {line}: {what}")
            return text.format(line=line, what=what)
        return self._tr("These rules cannot be used: {what}").format(what=what)

    def _empty(self) -> str:
        tr = self._tr
        match self._params.get("what"):
            case "basis":
                return tr("Say on what basis this is done, for the record.")
            case "group":
                return tr("Say on behalf of which group.")
            case "name":
                return tr("There is no name. Type the speaker's name first.")
            case "delegation":
                return tr("Say who is to be put on the list.")
            case "motion":
                return tr("Say which motion it is.")
            case "side":
                return tr("Say whether it is for or against the motion.")
            case "intervention":
                return tr("Say which intervention the note belongs to.")
            case "heading":
                return tr("Say under which segment the conclusion stands.")
            case "conclusions":
                return tr("There are no conclusions yet. Write one first.")
            case "correction":
                return tr("Say what is to be corrected: the name, or the group.")
            case "text":
                return tr("There is no text. Write something first.")
            case _:
                return tr("Something is missing. Fill it in and send it again.")

    def _with_name(self, key: str, named: str, unnamed: str) -> str:
        who = self._who(key)
        return named.format(name=who) if who else unnamed

    def _who(self, key: str) -> str:
        """A delegation's name, or a programme speaker's function as it was typed."""
        code = self._params.get(key)
        if code:
            return self._name(str(code))
        label = self._params.get("label") if key in ("called", "head") else None
        return str(label or "")

    def _time(self, key: str) -> str:
        at = self._params.get(key)
        return self._clock(at) if self._clock and isinstance(at, int) else ""
