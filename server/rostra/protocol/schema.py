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
from rostra.protocol.messages import PROTOCOL, SERVER_EVENTS

JsonSchema = dict[str, Any]

#: Fields that are absent where the audience may not see them, by entity. What a
#: whole collection's audience sees throughout is not named here.
HIDDEN: dict[str, tuple[str, ...]] = {
    "MeetingEntity": ("action", "downtime_ms", "suspended_reason", "profile"),
    "SegmentEntity": ("planned_at", "planned_ms", "started_at", "ended_at"),
    "RequestEntity": (
        "confirmed",
        "group_confirmed",
        "channel",
        "told_at",
        "fixed",
        "returns",
        "remaining",
        "not_before",
        "not_after",
        "note",
        "device",
        "after_closure",
    ),
    "FloorEntity": (
        "confirmed",
        "reason",
        "called_at",
        "attempts",
        "ready_at",
        "ready_by",
        "line_lost",
    ),
    "InterventionEntity": (
        "request",
        "confirmed",
        "held_ms",
        "holds",
        "resume_of",
        "outcome",
        "counted",
        "channel",
        "ended_by",
    ),
}


def wire_schema() -> JsonSchema:
    """The schema as JSON-like data; the same input gives the same output."""
    events = list(SERVER_EVENTS.values())
    other = [messages.Auth, messages.TimeAnswer]
    roots, parts = msgspec.json.schema_components(
        [AnyCommand, messages.Answer, *events, *other, *COLLECTIONS.values()],
        ref_template="#/$defs/{name}",
    )
    for name, hidden in HIDDEN.items():
        _make_optional(parts[name], hidden)
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


def _make_optional(schema: JsonSchema, hidden: tuple[str, ...]) -> None:
    """Take *hidden* out of what is required. A name that is not there is a bug."""
    required = set(schema["required"])
    if missing := [name for name in hidden if name not in required]:
        raise ValueError(f"{schema['title']} has no required {', '.join(missing)}")
    schema["required"] = [name for name in schema["required"] if name not in hidden]


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
    """Print the schema."""
    json.dump(wire_schema(), sys.stdout, indent=1, ensure_ascii=False, sort_keys=False)
    sys.stdout.write("\n")


if __name__ == "__main__":
    main()
