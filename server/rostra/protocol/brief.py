"""Entities in short: what is usual in one is left out of what crosses the wire.

A field that says "nothing" (null, false, 0, "", [], {}) or the one thing that nearly
all entities of its kind say is left out, and so is the id, which is the key it stands
under. Whoever reads fills in from the same table; ``python -m`` prints it for the
client (``client/src/generated/usual.ts``), and the JSON Schema names each as
``default``. What only some audiences see is always said: that a field is missing then
means that it may not be seen.
"""

import json
from collections.abc import Mapping
from itertools import compress
from operator import ne
from typing import Any

import msgspec
from msgspec import inspect

from rostra.core.audiences import FIELDS
from rostra.core.entities import COLLECTIONS, Mine
from rostra.core.ids import Audience

Row = dict[str, Any]

#: From the one that sees least to the one that sees all.
AUDIENCES: tuple[Audience, ...] = ("public", "record", "staff")
#: Usual, and not "nothing".
_MOSTLY: dict[str, Row] = {
    "requests": {"kind": "statement", "status": "queued"},
    "floor": {"kind": "statement", "phase": "speaking"},
    "interventions": {"kind": "statement"},
}


def seen_by_all(collection: str) -> tuple[str, ...]:
    """The fields that are there for whoever sees the collection at all."""
    seen = (FIELDS[audience].get(collection) for audience in AUDIENCES)
    return next(fields for fields in seen if fields is not None)


def _nothing(kind: inspect.Type) -> Any:
    """What says nothing in a field of this *kind*; UNSET if everything says a thing."""
    match kind:
        case inspect.UnionType(types) if any(
            isinstance(each, inspect.NoneType) for each in types
        ):
            return None
        case inspect.BoolType():
            return False
        case inspect.IntType():
            return 0
        case inspect.StrType():
            return ""
        case inspect.VarTupleType():
            return []
        case inspect.DictType():
            return {}
        case _:
            return msgspec.UNSET


def _nothings(struct: type) -> Row:
    """What says nothing in each field of *struct* in which something can."""
    info = inspect.type_info(struct)
    assert isinstance(info, inspect.StructType)
    found = {each.name: _nothing(each.type) for each in info.fields}
    return {name: each for name, each in found.items() if each is not msgspec.UNSET}


def _usual(collection: str) -> Row:
    nothing = _nothings(COLLECTIONS[collection])
    said = {
        name: nothing[name]
        for name in seen_by_all(collection)
        if name != "id" and name in nothing
    }
    return {**said, **_MOSTLY.get(collection, {})}


#: What is left out, by collection and field.
USUAL: dict[str, Row] = {name: _usual(name) for name in COLLECTIONS}


#: What is left out of a delegation's own layer, and of what is in it.
OWN: dict[str, Row] = {
    "mine": {k: v for k, v in _nothings(Mine).items() if k != "delegation"},
    **{
        name: {**_nothings(COLLECTIONS[name]), **_MOSTLY[name], "id": ""}
        for name in ("requests", "floor")
    },
}


def _as_made(table: dict[str, Row]) -> dict[str, Row]:
    """The same with tuples for lists, as rows have them before they are encoded."""
    return {
        name: {field: () if value == [] else value for field, value in usual.items()}
        for name, usual in table.items()
    }


_AS_MADE, _OWN_AS_MADE = _as_made(USUAL), _as_made(OWN)
_ALWAYS = object()
#: And in the order of the fields of whoever sees most, which others have a part of.
_IN_ORDER: dict[str, tuple[Any, ...]] = {
    name: tuple(_AS_MADE[name].get(field, _ALWAYS) for field in FIELDS["staff"][name])
    for name in COLLECTIONS
}


def brief(collection: str, row: Row) -> Row:
    """*row* without its id and what is usual."""
    return _said(row, _AS_MADE[collection])


def _said(row: Row, usual: Row) -> Row:
    return {
        field: value
        for field, value in row.items()
        if field != "id" and usual.get(field, _ALWAYS) != value
    }


def filled(collection: str, key: str, row: Row) -> Row:
    """The whole of which *row* is the short form."""
    return {**USUAL.get(collection, {}), "id": key, **row}


def brief_rows(collection: str, rows: Mapping[str, Row]) -> dict[str, Row]:
    """Rows of one view's collection, by id, in short: :func:`brief`, but faster.

    A view's rows have their fields in the order of the table of audiences.
    """
    usual = _IN_ORDER[collection]
    short = {}
    for key, row in rows.items():
        short[key] = said = dict(compress(row.items(), map(ne, row.values(), usual)))
        said.pop("id", None)
    return short


def brief_collections(whole: Mapping[str, Mapping[str, Row]]) -> dict[str, Any]:
    """A whole view in short."""
    return {name: brief_rows(name, rows) for name, rows in whole.items()}


def filled_collections(short: Mapping[str, Mapping[str, Row]]) -> dict[str, Any]:
    """The whole of which *short* is the short form."""
    return {
        name: {key: filled(name, key, row) for key, row in rows.items()}
        for name, rows in short.items()
    }


def brief_mine(mine: Mine) -> Any:
    """A delegation's own layer in short: it sees all fields, so all may be left out."""
    row: Row = msgspec.to_builtins(mine)
    short = _said(row, _OWN_AS_MADE["mine"])
    if row["requests"]:
        usual = _OWN_AS_MADE["requests"]
        short["requests"] = {k: _said(r, usual) for k, r in row["requests"].items()}
    if floor := row["floor"]:
        # it stands under no key
        short["floor"] = {**_said(floor, _OWN_AS_MADE["floor"]), "id": floor["id"]}
    return short


def filled_mine(row: Row) -> Row:
    """The layer of which *row* is the short form."""
    whole = {**OWN["mine"], **row}
    whole["requests"] = {
        key: {**OWN["requests"], **each, "id": key}
        for key, each in whole["requests"].items()
    }
    if whole["floor"]:
        whole["floor"] = {**OWN["floor"], **whole["floor"]}
    return whole


def main() -> None:
    """Print the table for the client."""
    table = json.dumps(USUAL, indent=1)
    print("/* Made by `npm run generate`: see server/rostra/protocol/brief.py. */")
    print()
    print("/** What is left out of an entity on the wire, by collection and field. */")
    print(f"export const USUAL = {table} as const;")
    print()
    print(
        "/** The same of a delegation's own layer, which sees all that is its own. */"
    )
    print(f"export const OWN = {json.dumps(OWN, indent=1)} as const;")


if __name__ == "__main__":
    main()
