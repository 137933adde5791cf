"""What bytes mean, found once for everybody who hears them."""

from itertools import pairwise

from rehearsal.doctored import PING, beat, delta, event, plain, welcome
from rostra.rehearsal import framing
from rostra.rehearsal.story import NEVER, SEQ_MASK, Goodbye, Heard, Story, Welcomed


def heard(story: Story, frame: bytes) -> Heard:
    """What a frame means."""
    found = framing.find(frame, 0)
    assert found is not None
    return story.hear(frame, found)


def test_a_change_leads_from_a_place_to_a_place() -> None:
    story = Story()
    start = heard(story, welcome(7))
    move = heard(story, delta(7, 9))
    assert (start.kind, move.kind) == ("welcome", "moved")
    assert move.before == start.after
    assert move.after & SEQ_MASK == 9
    assert isinstance(start.said, Welcomed)


def test_the_same_bytes_are_read_once() -> None:
    story = Story()
    assert heard(story, delta(7, 9)) is heard(story, delta(7, 9))
    assert story.known[delta(7, 9)] is heard(story, delta(7, 9))


def test_a_whole_view_is_not_kept_in_the_table() -> None:
    """Each has its own instant in it, and it is long."""
    story = Story()
    heard(story, welcome(7))
    assert story.known == {}


def test_the_table_does_not_grow_for_ever() -> None:
    story = Story()
    for seq in range(9_000):
        heard(story, delta(seq, seq + 1))
    assert len(story.known) <= 4_096
    assert len(story.moves()) == 0


def test_a_delta_that_names_no_epoch_is_of_the_last_welcome() -> None:
    story = Story()
    first = heard(story, welcome(3))
    other = heard(story, welcome(3, epoch="f"))
    assert first.after != other.after
    assert heard(story, delta(3, 4)).before == other.after
    assert heard(story, delta(3, 5, epoch="e")).before == first.after


def test_a_beat_over_hidden_changes_moves_and_is_no_broadcast() -> None:
    story = Story()
    start = heard(story, welcome(3))
    moved = heard(story, beat(3, 6))
    moved.times.append(1)
    assert (moved.kind, moved.before) == ("moved", start.after)
    assert story.moves() == []


def test_frames_that_continue_each_other_are_one_move() -> None:
    story = Story()
    start = heard(story, welcome(1))
    frames = [delta(1, 2), delta(2, 4), beat(4, 5)]
    steps = [heard(story, each) for each in frames]
    assert all(one.after == two.before for one, two in pairwise(steps))
    story.join(b"".join(frames), steps)
    joint = story.known[b"".join(frames)]
    assert (joint.kind, joint.before) == ("moved", start.after)
    assert joint.after & SEQ_MASK == 5


def test_frames_of_several_kinds_are_taken_one_by_one() -> None:
    story = Story()
    frames = [PING, delta(1, 2)]
    story.join(b"".join(frames), [heard(story, each) for each in frames])
    joint = story.known[b"".join(frames)]
    assert (joint.kind, joint.before) == ("joint", NEVER)
    assert [each.kind for each in joint.steps] == ["ping", "moved"]


def test_frames_that_do_not_continue_each_other_are_no_move() -> None:
    story = Story()
    frames = [delta(1, 2), delta(3, 4)]
    story.join(b"".join(frames), [heard(story, each) for each in frames])
    assert story.known[b"".join(frames)].kind == "joint"


def test_two_chain_marks_of_one_change_are_two_histories() -> None:
    story = Story()
    heard(story, welcome(1))
    heard(story, delta(1, 2))
    assert story.contradictions == []
    heard(story, delta(1, 2, chain="another"))
    assert story.contradictions == ["2 has the chain marks c2, another"]


def test_a_place_can_be_named_to_come_back_to() -> None:
    story = Story()
    start = heard(story, welcome(5))
    assert story.position(start.after) == {"epoch": "e", "seq": 5, "chain": "c5"}
    assert story.position(NEVER) is None


def test_everything_else_is_known_for_what_it_is() -> None:
    story = Story()
    assert heard(story, PING).kind == "ping"
    assert heard(story, plain(b'0{"sid":"x"}')).kind == "opened"
    assert heard(story, plain(b'40/meeting,{"sid":"x"}')).kind == "connected"
    assert heard(story, plain(b'44/meeting,{"message":"no"}')).kind == "refused"
    assert heard(story, plain(b"1")).kind == "closed"
    assert heard(story, plain(b"\x03\xe9", 0x88)).kind == "closed"
    assert heard(story, plain(b"hey", 0x89)).kind == "ws_ping"
    assert heard(story, event("here", {"n": 0})).kind == "other"
    bye = heard(story, event("bye", {"code": "restarting", "retry_ms": 500}))
    assert bye.said == Goodbye("restarting", 500)


def test_a_server_without_a_namespace_is_understood_too() -> None:
    story = Story("/")
    body = b'42["delta",{"from":0,"seq":1,"chain":""}]'
    assert heard(story, plain(body)).after & SEQ_MASK == 1
