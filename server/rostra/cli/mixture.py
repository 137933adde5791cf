"""Which delegations a rehearsal plays: some of everywhere, always the same ones."""

import hashlib
from itertools import chain, zip_longest

from rostra.core.ids import Code
from rostra.core.roster import Delegation, Roster


def mixed(roster: Roster, count: int, busy: frozenset[Code]) -> list[Code]:
    """The first *count* of the roster, regions taking turns; none that is *busy*.

    Within a region the order is drawn by hash, so that the alphabet has no favourites.
    """
    regions: dict[str, list[Code]] = {}
    for each in sorted(roster.delegations.values(), key=_draw):
        if each.code not in busy:
            regions.setdefault(each.region, []).append(each.code)
    turns = zip_longest(*(regions[name] for name in sorted(regions, key=_last)))
    return [code for code in chain.from_iterable(turns) if code is not None][:count]


def _draw(delegation: Delegation) -> bytes:
    return hashlib.sha256(delegation.code.encode()).digest()


def _last(region: str) -> tuple[bool, str]:
    """Those without a region come after the regions in each round."""
    return (not region, region)
