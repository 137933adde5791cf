"""Who asks: the links that no token can name."""

from rostra.core.actor import ALARM, ALARM_LINK, CONTROL, CONTROL_LINK
from support.floor import Floor, rule


@rule("M9")
def test_alarms_and_the_command_line_act_as_operators_by_links_of_their_own() -> None:
    assert (ALARM.role, ALARM.link) == ("moderator", ALARM_LINK)
    assert (CONTROL.role, CONTROL.link) == ("moderator", CONTROL_LINK)
    assert not {ALARM_LINK, CONTROL_LINK} & Floor().meeting.links.keys()


def test_they_speak_for_no_delegation() -> None:
    assert ALARM.delegation is None
    assert CONTROL.delegation is None
