"""What the acting people note: when they pressed, when they were answered."""

from msgspec import Struct


class Pressed(Struct, frozen=True, kw_only=True):
    """A command that was answered at the first time of asking; monotonic ns."""

    type: str
    #: The commit that it became; None where it was refused.
    seq: int | None
    sent: int
    answered: int


class Diary:
    """Shared by all acting people of a rehearsal."""

    def __init__(self) -> None:
        self.pressed: list[Pressed] = []
        #: Commands that had to be repeated, and those that never had an answer.
        self.repeated = 0
        self.unanswered = 0
        #: When somebody of a role was welcomed: (ns, role).
        self.welcomes: list[tuple[int, str]] = []
        #: How often somebody was told what does not continue what they know.
        self.gaps = 0
        #: When all pressed at once, if they did: from when to when.
        self.rush: tuple[int, int] | None = None
        #: Refusals, by their code.
        self.refusals: dict[str, int] = {}

    def refused(self, code: str) -> None:
        """Count a refusal."""
        self.refusals[code] = self.refusals.get(code, 0) + 1
