"""Trials on other machines: the workers of a dask.distributed scheduler, as an executor of ``concurrent.futures``.

The scheduler gives the trials of a worker that dies to another one. Loaded only where an address is given.
"""

from collections.abc import Iterator
from concurrent.futures import CancelledError, Executor
from contextlib import contextmanager

from landscape.errors import InputError

PATIENCE = 10.0
"""Seconds that a scheduler has to answer."""


@contextmanager
def cluster(address: str) -> Iterator[Executor]:
    """Hand out the workers of the scheduler at ``address`` (``"tcp://host:8786"``) until the end of the block.

    They need this program, in the same version.

    Raises:
        InputError: dask.distributed is not installed, or nobody answers at the address.
    """
    try:
        from distributed import Client, KilledWorker
    except ImportError as error:
        raise InputError(
            "A cluster needs dask.distributed: {command}", command='pip install "landscape-studio[cluster]"'
        ) from error
    try:
        client = Client(address, timeout=PATIENCE, set_as_default=False)
    except (OSError, ValueError, TypeError) as error:
        raise InputError("No scheduler answers at {address}", address=address) from error
    try:
        with client, client.get_executor(pure=False) as workers:
            yield workers
    except (KilledWorker, CancelledError) as error:
        raise InputError("The cluster gave up: {problem}", problem=error) from error
