"""What each policy sorts by, and why an entry stands where it stands (RULES 5)."""

from rostra.core.meeting import Meeting, Request


def why(meeting: Meeting, request: Request) -> tuple[str, ...]:
    """Why *request* stands where it stands: codes, the most decisive first."""
    return ("pinned",) if request.fixed else ("arrival",)
