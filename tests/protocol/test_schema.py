"""The schema of the wire: fresh in the client, and true of what is really sent."""

import random
import subprocess
from pathlib import Path
from typing import Any

import msgspec
import pytest

from rostra.core.audiences import FIELDS
from rostra.core.entities import COLLECTIONS
from rostra.core.ids import Code
from rostra.engine.outcomes import Accepted, Published
from rostra.protocol.brief import USUAL, brief_collections, brief_mine
from rostra.protocol.messages import MineFrame
from rostra.protocol.schema import wire_schema
from support.rooms import (
    AUDIENCES,
    ROOT,
    HandClock,
    Sender,
    begin,
    opened,
    plain,
)
from support.walk import Walk

CLIENT = ROOT / "client"
GENERATED = CLIENT / "src" / "generated" / "protocol.ts"
BANNER = (
    "/* Made by `npm run generate` from server/rostra/protocol/messages.py: "
    "do not edit. */"
)
SCHEMA = wire_schema()

Schema = dict[str, Any]


def test_the_clients_types_are_those_of_the_messages(tmp_path: Path) -> None:
    """Where this fails: `npm run generate` in client/."""
    tools = CLIENT / "node_modules" / ".bin"
    if not (tools / "json2ts").exists():
        pytest.skip("the client's tools are not installed (make setup)")
    source = tmp_path / "schema.json"
    source.write_bytes(msgspec.json.encode(wire_schema(filled=True)))
    options = ["--no-additionalProperties", "--unreachableDefinitions"]
    options += ["--bannerComment", BANNER, "-i", str(source)]
    made = run(str(tools / "json2ts"), *options)
    path = GENERATED.relative_to(CLIENT)
    formatted = run(
        str(tools / "biome"), "format", f"--stdin-file-path={path}", on=made
    )
    assert formatted == GENERATED.read_text(encoding="utf-8")


def run(*command: str, on: str = "") -> str:
    """What *command* prints, run in the client's folder."""
    return subprocess.run(
        command, cwd=CLIENT, input=on, capture_output=True, text=True, check=True
    ).stdout


def test_the_schema_is_the_same_each_time_it_is_made() -> None:
    assert msgspec.json.encode(wire_schema()) == msgspec.json.encode(SCHEMA)


@pytest.mark.parametrize("collection", COLLECTIONS)
def test_what_an_audience_may_not_see_is_optional_and_the_rest_is_not(
    collection: str,
) -> None:
    entity = SCHEMA["$defs"][COLLECTIONS[collection].__name__]
    seen = [set(f[collection]) for f in FIELDS.values() if collection in f]
    usual = USUAL[collection].keys() | {"id"}
    assert set(entity["required"]) == set.intersection(*seen) - usual
    for field, value in USUAL[collection].items():
        assert entity["properties"][field]["default"] == value
        assert_valid(value, entity["properties"][field], field)
    whole = wire_schema(filled=True)["$defs"][COLLECTIONS[collection].__name__]
    assert set(whole["required"]) == set.intersection(*seen)
    assert set(entity["properties"]) == set.union(*seen)


@pytest.mark.parametrize("seed", range(3))
async def test_everything_that_is_sent_is_as_the_schema_says(seed: int) -> None:
    clock = HandClock()
    async with opened(clock=clock) as (_, room):
        sent: list[tuple[str, Any]] = []

        def hear(published: Published) -> None:
            sent.extend(("Delta", plain(each)) for each in published.deltas.values())
            for code in published.mine:
                layer: Any = brief_mine(room.mine(code))
                frame = MineFrame(room.meeting.seq, layer)
                sent.append(("MineFrame", plain(frame)))

        room.subscribe(hear)
        walk = Walk(room, random.Random(seed))
        for _ in range(250):
            clock.advance(1_000)
            await walk.step()
        for audience in AUDIENCES:
            whole = plain(room.snapshot(audience))
            short = brief_collections(whole["collections"])
            sent.append(("State", {**whole, "collections": short}))
        for name, message in sent:
            assert_valid(message, {"$ref": f"#/$defs/{name}"}, name)
            collections = message.get("set") or message.get("collections") or {}
            for collection, rows in message.get("patch", {}).items():
                type_ = SCHEMA["$defs"][COLLECTIONS[collection].__name__]
                for fields in rows.values():
                    for field, value in fields.items():
                        assert_valid(value, type_["properties"][field], field)
            for collection, entities in collections.items():
                type_ = COLLECTIONS[collection].__name__
                for key, entity in entities.items():
                    assert_valid(entity, {"$ref": f"#/$defs/{type_}"}, key)
        assert len(sent) > 100


async def test_an_answer_is_as_the_schema_says() -> None:
    async with opened() as (_, room):
        await begin(room)
        outcome = await Sender(room, "xad")("request_floor", kind="statement")
        assert isinstance(outcome, Accepted)
        answer = {"outcome": "ok", "seq": outcome.seq, "result": plain(outcome.result)}
        assert_valid(answer, {"$ref": "#/$defs/Answer"}, "answer")
        mine = plain(room.mine(Code("XAD")))
        assert_valid(mine, {"$ref": "#/$defs/Mine"}, "mine")


def test_what_is_wrong_is_found() -> None:
    beat = {"from": 1, "seq": 2, "chain": "c", "unattended": False, "stalled": True}
    reference = {"$ref": "#/$defs/Beat"}
    assert_valid(beat, reference, "beat")
    for wrong in (
        {**beat, "seq": "2"},
        {k: v for k, v in beat.items() if k != "chain"},
    ):
        with pytest.raises(AssertionError):
            assert_valid(wrong, reference, "beat")


def assert_valid(value: Any, schema: Schema, where: str) -> None:
    """Whether *value* is what *schema* describes; as much of JSON Schema as we use.

    A property that the schema does not name is wrong too: the client could not know
    it.
    """
    if "$ref" in schema:
        name = schema["$ref"].removeprefix("#/$defs/")
        return assert_valid(value, SCHEMA["$defs"][name], where)
    if "anyOf" in schema:
        assert any(valid(value, each, where) for each in schema["anyOf"]), (
            where,
            value,
        )
        return None
    if "enum" in schema:
        assert value in schema["enum"], (where, value)
        return None
    if "const" in schema:
        assert value == schema["const"], (where, value)
        return None
    match schema.get("type"):
        case "object":
            assert_object(value, schema, where)
        case "array":
            assert isinstance(value, list), (where, value)
            for index, each in enumerate(value):
                assert_valid(each, item(schema, index), f"{where}[{index}]")
        case None:
            pass
        case type_:
            kinds = {"string": str, "integer": int, "boolean": bool, "null": type(None)}
            assert isinstance(value, kinds[type_]), (where, value)
            assert type_ == "boolean" or not isinstance(value, bool), (where, value)
    return None


def assert_object(value: Any, schema: Schema, where: str) -> None:
    """Required properties are there, and no unknown ones."""
    assert isinstance(value, dict), (where, value)
    assert set(schema.get("required", ())) <= set(value), (where, value)
    properties, others = (
        schema.get("properties", {}),
        schema.get("additionalProperties", False),
    )
    for key, each in value.items():
        if key in properties:
            assert_valid(each, properties[key], f"{where}.{key}")
        else:
            assert others is not False, f"{where} has {key}"
            if isinstance(others, dict):
                assert_valid(each, others, f"{where}.{key}")


def item(schema: Schema, index: int) -> Schema:
    """The schema of an array's element."""
    first = schema.get("prefixItems", [])
    if index < len(first):
        return dict(first[index])
    items = schema.get("items", {})
    assert items is not False
    return dict(items)


def valid(value: Any, schema: Schema, where: str) -> bool:
    """Whether it is valid, as an answer."""
    try:
        assert_valid(value, schema, where)
    except AssertionError:
        return False
    return True
