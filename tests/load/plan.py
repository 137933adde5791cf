"""How much of everything a run does: whole, or quick to see that it works."""

from pathlib import Path

from msgspec import Struct

CLIENTS = (500, 1_000, 5_000, 10_000)
FIVE_OF_EACH = tuple((clients, 5) for clients in CLIENTS)
THREE_OF_EACH = tuple((clients, 3) for clients in CLIENTS)


class Plan(Struct, frozen=True, kw_only=True):
    """Sizes and repeats. ``folder`` is for what a run leaves behind until its end."""

    folder: Path
    #: How many places for something were given away in it.
    places: list[str] = []
    quick: bool = False
    #: Numbers of clients, each with how often everything is repeated.
    fanout: tuple[tuple[int, int], ...] = (
        (500, 5),
        (1_000, 5),
        (5_000, 5),
        (10_000, 5),
    )
    broadcasts: int = 12
    rush: tuple[tuple[int, int], ...] = THREE_OF_EACH
    lists: tuple[int, ...] = (10, 100, 1_000)
    list_clients: int = 1_000
    meetings: tuple[int, ...] = (1, 10, 50)
    meeting_clients: int = 5_000
    growth_repeats: int = 3
    #: A second, as a rush is; the longer, the more ended requests than any meeting has.
    flood_s: int = 1
    flood_repeats: int = 7
    latency_clients: int = 10_000
    latency_s: int = 50
    returning: int = 10_000
    exports_interventions: int = 500
    exports_repeats: int = 5
    exports_commands_per_s: float = 20
    #: Before each document, for the commands that nothing disturbs.
    exports_quiet_s: float = 4
    #: What takes less is asked for again and again meanwhile.
    exports_least_s: float = 3
    servers: tuple[int, ...] = (1, 2, 4)
    servers_repeats: int = 3
    #: So many that follow and do nothing else, for what Redis takes.
    servers_followers: tuple[int, ...] = (0, 1, 8, 32, 96)
    #: Of all servers together.
    servers_listeners: int = 2_000
    servers_changes_per_s: float = 5
    #: Nobody there but who changes, and no change; then changes; then with everybody.
    #: Pings come in rounds of five seconds.
    servers_empty_s: float = 3
    #: They hear of each other, and of whoever came, before anything is measured.
    servers_settled_s: float = 1.5
    servers_few_s: float = 6
    servers_idle_s: float = 10
    servers_busy_s: float = 20
    soak_s: float = 600
    stall_repeats: int = 10
    stall_changes: int = 40
    page_clients: int = 10_000
    page_changes: int = 50

    def place(self, name: str) -> Path:
        """A folder of its own for something."""
        self.places.append(name)
        made = self.folder / f"{len(self.places)}-{name}"
        made.mkdir()
        return made


def quick(folder: Path) -> Plan:
    """Small numbers; nothing that it measures is worth keeping."""
    return Plan(
        folder=folder,
        quick=True,
        fanout=((100, 1), (300, 1)),
        broadcasts=3,
        rush=((200, 1),),
        lists=(10, 100),
        list_clients=100,
        meetings=(1, 3),
        meeting_clients=150,
        growth_repeats=1,
        flood_s=2,
        flood_repeats=1,
        latency_clients=200,
        latency_s=5,
        returning=300,
        exports_interventions=20,
        exports_repeats=1,
        exports_quiet_s=0.5,
        exports_least_s=0.2,
        servers=(1, 2),
        servers_repeats=1,
        servers_followers=(0, 2, 8),
        servers_listeners=60,
        servers_settled_s=0.5,
        servers_empty_s=1,
        servers_few_s=2,
        servers_idle_s=5,
        servers_busy_s=4,
        soak_s=15,
        stall_repeats=1,
        stall_changes=20,
        page_clients=200,
        page_changes=5,
    )
