"""The JSON Schema of the wire, made from the messages; ``python -m`` prints it.

It is served as ``/api/v1/schema.json``, and the client's types
(``client/src/generated/protocol.ts``) are made from it by ``npm run generate``.
"""

import json
import sys
from typing import Any

import msgspec

from rostra.core.commands import AnyCommand
from rostra.core.entities import COLLECTIONS
from rostra.protocol import messages
from rostra.protocol.brief import OWN, USUAL, seen_by_all
from rostra.protocol.messages import PROTOCOL, SERVER_EVENTS

JsonSchema = dict[str, Any]


def wire_schema(*, filled: bool = False) -> JsonSchema:
    """The schema as JSON-like data; the same input gives the same output.

    *filled* is the schema of what a client has once it has filled in what is usual:
    its types are made from that.
    """
    events = list(SERVER_EVENTS.values())
    other = [messages.Auth, messages.TimeAnswer]
    roots, parts = msgspec.json.schema_components(
        [AnyCommand, messages.Answer, *events, *other, *COLLECTIONS.values()],
        ref_template="#/$defs/{name}",
    )
    for collection, entity in COLLECTIONS.items():
        _require_only(parts[entity.__name__], seen_by_all(collection))
        if not filled:
            _leave_out(parts[entity.__name__], USUAL[collection])
    if not filled:
        _leave_out(parts["Mine"], OWN["mine"])
    named = {"Command": roots[0], "Answer": roots[1]}
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "Protocol",
        "description": f"All that crosses the wire of Rostra, version {PROTOCOL}.",
        "type": "object",
        "properties": {
            "command": {"$ref": "#/$defs/Command"},
            "answer": {"$ref": "#/$defs/Answer"},
            "events": _object(
                "ServerEvents",
                {
                    e: {"$ref": f"#/$defs/{t.__name__}"}
                    for e, t in SERVER_EVENTS.items()
                },
            ),
            "collections": _object(
                "Entities",
                {name: _ref(entity) for name, entity in COLLECTIONS.items()},
            ),
        },
        "required": ["command", "answer", "events", "collections"],
        "$defs": _plain({**parts, **{k: {**v, "title": k} for k, v in named.items()}}),
    }


def _object(title: str, properties: dict[str, JsonSchema]) -> JsonSchema:
    return {
        "title": title,
        "type": "object",
        "properties": properties,
        "required": list(properties),
    }


def _ref(type_: type) -> JsonSchema:
    return {"$ref": f"#/$defs/{type_.__name__}"}


def _require_only(schema: JsonSchema, fields: tuple[str, ...]) -> None:
    """Let fields that are hidden from some be absent from what is required."""
    if unknown := [name for name in fields if name not in schema["properties"]]:
        raise ValueError(f"{schema['title']} has no {', '.join(unknown)}")
    schema["required"] = [name for name in schema["properties"] if name in fields]


def _leave_out(schema: JsonSchema, usual: dict[str, Any]) -> None:
    """Let what is usual be absent, and the id, which is the key; say what it is."""
    for name, value in usual.items():
        schema["properties"][name] = {**schema["properties"][name], "default": value}
    schema["required"] = [
        name for name in schema["required"] if name not in usual and name != "id"
    ]


def _plain(value: Any) -> Any:
    """The same, with ``$ref`` standing alone and docstrings on one line.

    What stands beside a ``$ref`` (a default) would give its type a second name, and
    an object of anything has to say so to be more than ``{}`` in TypeScript.
    """
    if isinstance(value, list):
        return [_plain(each) for each in value]
    if not isinstance(value, dict):
        return value
    if "$ref" in value:
        return {"$ref": value["$ref"]}
    if value == {"type": "object"}:
        return {"type": "object", "additionalProperties": True}
    return {
        key: _unfolded(each) if key == "description" else _plain(each)
        for key, each in value.items()
    }


def _unfolded(text: Any) -> Any:
    return " ".join(text.split()) if isinstance(text, str) else _plain(text)


def main() -> None:
    """Print the schema of what the client has."""
    json.dump(
        wire_schema(filled=True),
        sys.stdout,
        indent=1,
        ensure_ascii=False,
        sort_keys=False,
    )
    sys.stdout.write("\n")


if __name__ == "__main__":
    main()
