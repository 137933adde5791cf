"""How a row of the record reads: as its request has it, and as it was corrected."""

from msgspec import structs

from rostra.core.ids import GroupCode
from rostra.core.meeting import Reading
from rostra.core.readings import as_read, voice
from support.floor import Floor, person, rule


@rule("R8")
def test_what_a_correction_leaves_open_is_as_the_request_has_it() -> None:
    floor = Floor().opened()
    floor.ask("A", person=person("Ms. Ay"), group="G77", kind="group_statement")
    key = floor.heard("G77")
    row = floor.meeting.interventions[key]
    request = floor.request("G77")
    whole = Reading(
        person=person("Ms. Ay"), kind="group_statement", group=GroupCode("G77")
    )
    assert as_read(row, request) == whole
    assert voice(row, request) == "group:G77"
    named = structs.replace(row, reading=Reading(person=person("Ms. Bee")))
    read = structs.replace(whole, person=person("Ms. Bee"))
    assert as_read(named, request) == read
    assert voice(named, request) == "group:G77"
    own = structs.replace(row, reading=Reading(kind="statement"))
    assert as_read(own, request) == Reading(person=person("Ms. Ay"), kind="statement")
    assert voice(own, request) == "A"
    typed = Reading(kind="group_statement", group_text="The Quay")
    assert voice(structs.replace(row, reading=typed), request) == "group:the quay"
