"""When a client tries again: the same pauses as in the browser (``connection.ts``)."""

import random

BACKOFF_MS = (0, 250, 500, 1_000, 1_500, 2_000, 2_500)
#: Operators come back first.
MODERATOR_BACKOFF_MS = 500


def pause_ms(
    rng: random.Random, failures: int, spread_ms: int, *, moderator: bool = False
) -> float:
    """How long to wait after so many attempts that failed."""
    step = BACKOFF_MS[min(failures, len(BACKOFF_MS) - 1)]
    if moderator:
        return min(step, MODERATOR_BACKOFF_MS) * rng.uniform(0.5, 1.0)
    return step / 2 + rng.random() * (step / 2 + spread_ms)


def after_goodbye_ms(rng: random.Random, retry_ms: int, spread_ms: int) -> float:
    """How long to wait where the server said when to come back."""
    return retry_ms + rng.random() * spread_ms
