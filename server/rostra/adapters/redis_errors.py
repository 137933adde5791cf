"""What Redis answers in trouble, as a reason in plain words.

None of it is fatal: a connection is made anew, and what was not acknowledged is read
again. Whether the command was carried out before the trouble is not asked here.
"""

from redis import exceptions as redis

from rostra.engine.ports import Unknown

#: By the first word of the answer, as Redis writes it.
REASONS = {
    "OOM": "Redis has no memory left (maxmemory)",
    "MISCONF": "Redis cannot write to its disk",
    "READONLY": "this Redis is a replica now; its primary is looked for",
    "LOADING": "Redis is starting and reads its data",
    "MASTERDOWN": "the replica has lost its primary",
    "NOREPLICAS": "Redis has too few replicas to accept anything",
    "CLUSTERDOWN": "the Redis Cluster is down or incomplete",
    "MOVED": "the Redis Cluster has moved the meeting to another node",
    "ASK": "the Redis Cluster is moving the meeting to another node",
    "TRYAGAIN": "the Redis Cluster is moving the meeting to another node",
    "BUSY": "Redis is busy with a script that does not end",
    "UNBLOCKED": "Redis changed its role while it was asked",
    "NOAUTH": "Redis asks for a password",
    "WRONGPASS": "Redis does not accept the user and password",
    "NOPERM": "Redis does not allow this user to do it",
}
#: What redis-py has read and cut the first word of.
_BY_TYPE = {
    "OutOfMemoryError": "OOM",
    "ReadOnlyError": "READONLY",
    "BusyLoadingError": "LOADING",
    "MasterDownError": "MASTERDOWN",
    "ClusterDownError": "CLUSTERDOWN",
    "MovedError": "MOVED",
    "AskError": "ASK",
    "TryAgainError": "TRYAGAIN",
    "AuthenticationError": "WRONGPASS",
    "NoPermissionError": "NOPERM",
}
_FULL = ("OOM", "MISCONF")

#: Everything that a call can end with when Redis or the line to it is not well. The
#: OSErrors are our own deadline's and the socket's.
TROUBLE = (redis.RedisError, redis.RedisClusterException, OSError)


def plainly(error: BaseException) -> Unknown:
    """*error* as the port says it."""
    word = _BY_TYPE.get(type(error).__name__) or str(error).partition(" ")[0]
    if word in REASONS:
        return Unknown(REASONS[word], full=word in _FULL)
    match error:
        case redis.TimeoutError() | TimeoutError():
            return Unknown("Redis did not answer in time")
        case redis.MaxConnectionsError():
            return Unknown("too many connections to Redis are in use")
        case redis.ConnectionError() | OSError():
            return Unknown("Redis cannot be reached")
        case redis.RedisClusterException():
            return Unknown("no node of the Redis Cluster can be reached")
        case _:
            return Unknown(f"Redis refused: {str(error)[:200]}")
