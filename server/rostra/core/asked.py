"""Whose requests are whose: an index that saves looking through all of them.

It follows from the requests and is stored nowhere. A request is never taken away and
never becomes another delegation's, so that the index only ever grows.
"""

from collections.abc import Iterable

from rostra.core.ids import Code, RequestId
from rostra.core.meeting import Request

#: Each delegation's own, in the order in which they came.
Asked = dict[Code, tuple[RequestId, ...]]


def asked_too(asked: Asked, request: Request) -> None:
    """Write a new *request* down in *asked*."""
    if request.delegation is not None:
        earlier = asked.get(request.delegation, ())
        asked[request.delegation] = (*earlier, request.id)


def asked_by(requests: Iterable[Request]) -> Asked:
    """The index of *requests*, in their order."""
    asked: Asked = {}
    for request in requests:
        asked_too(asked, request)
    return asked
