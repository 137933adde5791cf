"""What a press is handed: an order, then the commits of a meeting.

It knows none of the libraries that write documents: the server has no need of them.
"""

import msgspec
from msgspec import Struct

from rostra.core.ids import Audience
from rostra.protocol.commit import Commit
from rostra.record.forms import FormName
from rostra.record.language import Vocabulary

#: What a press ends with that was asked for a picture which the record has not.
NO_SUCH_PICTURE = 3
LENGTH_BYTES = 4


class Order(Struct, frozen=True, kw_only=True):
    """What is wanted: a form, for an audience, in a language that brings its texts."""

    form: FormName
    audience: Audience
    language: str = "en"
    vocabulary: Vocabulary = Vocabulary()
    picture: str = ""


def framed(part: Order | Commit) -> bytes:
    """A part of what is handed over, after its length."""
    body = msgspec.msgpack.encode(part)
    return len(body).to_bytes(LENGTH_BYTES, "big") + body
