"""What screens are shown."""

from typing import Any

import msgspec
import pytest

from rostra.core.entities import COLLECTIONS
from rostra.core.ids import Code
from rostra.core.own import mine
from rostra.core.views import snapshot
from support.floor import WHOLE, Floor, person


def busy() -> Floor:
    """A meeting with something in every collection."""
    floor = Floor(*WHOLE).opened(2)
    floor.ask("A", "B", person=person("Ms. Ay"))
    floor.heard("A")
    floor.speak("B", 3)
    return floor


@pytest.mark.parametrize("name", COLLECTIONS)
def test_what_staff_is_sent_is_the_entity(name: str) -> None:
    sent = snapshot(busy().meeting, "staff")[name]
    entity: Any = COLLECTIONS[name]
    for each in sent.values():
        assert msgspec.convert(each, entity)


@pytest.mark.parametrize("name", COLLECTIONS)
def test_every_entity_has_an_id(name: str) -> None:
    assert "id" in {each.name for each in msgspec.structs.fields(COLLECTIONS[name])}


def test_what_a_delegation_is_sent_of_its_own_is_json() -> None:
    own = mine(busy().meeting, Code("B"))
    assert msgspec.json.decode(msgspec.json.encode(own), type=type(own)) == own
