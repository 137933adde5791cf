"""Names for the things of a meeting."""

from rostra.core.ids import made, ticket_of
from support.floor import Floor, rule


def test_an_id_is_a_letter_and_a_ticket() -> None:
    assert made("r", (412, 0)) == "r412.0"
    assert ticket_of("r412.0") == (412, 0)


@rule("O1")
def test_tickets_are_compared_as_numbers() -> None:
    assert ticket_of("r9.10") < ticket_of("r10.2") < ticket_of("r10.11")


@rule("O1")
def test_a_request_carries_the_ticket_of_its_commit() -> None:
    floor = Floor().opened()
    floor.ask("A")
    assert floor.request("A").ticket == (floor.meeting.seq, 0)
