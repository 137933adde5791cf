"""Signs of life: who is pinged when, and who is let go of."""

import asyncio

from rostra.web.heart import Heart


class Socket:
    """Notes its pings. It is heard of when the test says so."""

    def __init__(self) -> None:
        self.heard = 0.0
        self.ended = False
        self.pings = 0
        self.aborted = False

    def ping(self) -> None:
        self.pings += 1

    def abort(self) -> None:
        self.aborted = True


class Time:
    """Seconds, set by hand."""

    now = 0.0

    def __call__(self) -> float:
        return self.now


async def test_everyone_is_pinged_once_an_interval() -> None:
    time = Time()
    heart = Heart(5.0, 8.0, time)
    first, second = Socket(), Socket()
    heart.add(first)
    time.now = 3.0
    heart.add(second)
    seen = []
    for now in (4.9, 5.0, 7.9, 8.0, 10.0, 13.0):
        time.now = first.heard = second.heard = now
        heart.beat()
        seen.append((first.pings, second.pings))
    assert seen == [(0, 0), (1, 0), (1, 0), (1, 1), (2, 1), (2, 2)]
    await heart.stop()


async def test_who_is_silent_for_longer_than_interval_and_timeout_is_let_go() -> None:
    time = Time()
    heart = Heart(5.0, 8.0, time)
    silent, alive = Socket(), Socket()
    heart.add(silent)
    heart.add(alive)
    for now in range(1, 31):
        time.now = alive.heard = float(now)
        heart.beat()
        assert silent.aborted is (now >= 15), now
    assert not alive.aborted
    assert silent.pings == 2
    await heart.stop()


async def test_after_the_server_itself_stood_still_everyone_is_asked_first() -> None:
    time = Time()
    heart = Heart(5.0, 8.0, time)
    patient, gone = Socket(), Socket()
    heart.add(patient)
    heart.add(gone)
    for now in (*range(1, 6), *range(60, 76)):
        time.now = float(now)
        heart.beat()
        if now > 61:
            patient.heard = float(now)
    assert not patient.aborted
    assert gone.aborted
    await heart.stop()


async def test_who_has_ended_is_forgotten() -> None:
    time = Time()
    heart = Heart(5.0, 8.0, time)
    socket = Socket()
    heart.add(socket)
    socket.ended = True
    time.now = 100.0
    heart.beat()
    assert not socket.pings and not socket.aborted
    await heart.stop()


async def test_its_own_task_pings() -> None:
    heart = Heart(0.05, 8.0, asyncio.get_running_loop().time)
    socket = Socket()
    socket.heard = asyncio.get_running_loop().time()
    heart.add(socket)
    await asyncio.sleep(0.3)
    await heart.stop()
    assert 2 <= socket.pings <= 7
