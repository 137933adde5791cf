"""Why a journal cannot be served at all; every adapter says it with this."""


class CannotOpen(Exception):
    """The journal cannot be served from there; the text says why, plainly."""
