"""Any instance of a struct, from its annotations: for round trips of every type."""

import types
from typing import (
    Annotated,
    Any,
    Literal,
    NewType,
    Union,
    get_args,
    get_origin,
    get_type_hints,
)

from hypothesis import strategies as st
from msgspec import Struct

#: Integers that every reader of JSON keeps exact.
_INTEGERS = st.integers(-(2**53), 2**53)
_TEXTS = st.text(max_size=20)


def instances(struct: type[Struct]) -> st.SearchStrategy[Any]:
    """Instances of *struct*, every field drawn."""
    hints = get_type_hints(struct, include_extras=True)
    fields = {name: _of(hints[name]) for name in struct.__struct_fields__}
    return st.fixed_dictionaries(fields).map(lambda drawn: struct(**drawn))


def _of(kind: Any) -> st.SearchStrategy[Any]:
    if isinstance(kind, NewType):
        return _of(kind.__supertype__)
    if kind in (int, str, bool, type(None)):
        return {
            int: _INTEGERS,
            str: _TEXTS,
            bool: st.booleans(),
            type(None): st.none(),
        }[kind]
    origin, args = get_origin(kind), get_args(kind)
    if origin is Annotated:
        return _of(args[0])
    if origin is Literal:
        return st.sampled_from(args)
    if origin in (Union, types.UnionType):
        return st.one_of(*map(_of, args))
    if origin is tuple:
        return _tuples(args)
    if origin is list:
        return st.lists(_of(args[0]), max_size=2)
    if origin is dict:
        return st.dictionaries(_of(args[0]), _of(args[1]), max_size=2)
    if isinstance(kind, type) and issubclass(kind, Struct):
        return instances(kind)
    raise TypeError(f"no instances of {kind!r} are known")


def _tuples(args: tuple[Any, ...]) -> st.SearchStrategy[Any]:
    if len(args) == 2 and args[1] is Ellipsis:
        return st.lists(_of(args[0]), max_size=2).map(tuple)
    return st.tuples(*map(_of, args))
