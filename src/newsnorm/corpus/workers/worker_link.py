"""Track tasks in progress, and workers, in the main process."""

from __future__ import annotations

from collections import deque
from typing import Generic

import attrs

from newsnorm.corpus.workers.frames import Channel
from newsnorm.corpus.workers.outcome import Loss
from newsnorm.corpus.workers.tasks import Done, Lost, Payload, Task, Value

QUEUED_SECONDS = 0.05
QUEUED_BYTES = 1 << 17
MAX_QUEUED = 16
"""Limits on a worker's queue: seconds of expected work, bytes in all, and number of tasks."""


@attrs.define(eq=False)
class Ticket(Generic[Payload, Value]):
    """A task in progress, and finally its result."""

    task: Task[Payload]
    result: Done[Payload, Value] | Lost[Payload] | None = None
    suspected: bool = False
    """Whether a worker ended while it worked on the task."""

    def lose(self, loss: Loss) -> None:
        """Give up the task."""
        self.result = Lost(self.task.payload, loss.code, loss.message)


@attrs.define(eq=False)
class WorkerLink(Generic[Payload, Value]):
    """What the main process knows about a worker."""

    number: int
    channel: Channel
    deadline: float
    """Time by which it must have answered, on the pool's clock."""
    queue: deque[Ticket[Payload, Value]] = attrs.field(factory=deque)
    """The tasks given to it and not yet answered; it works on the first."""
    queued_bytes: int = 0
    is_ready: bool = False
    is_fresh: bool = True
    """Whether it has never had a task."""
    is_ending: bool = False
    """Whether its connection is closed, and its exit status is awaited."""
    pace: float = QUEUED_SECONDS
    """Seconds per task, as an average that gives later tasks more weight."""
    since: float = 0.0
    """Time at which it began its first task, on the pool's clock."""

    def has_room(self) -> bool:
        """Whether it should be given another task."""
        if not self.queue:
            return not self.is_ending
        if self.is_ending or self.queue[0].suspected or self.queued_bytes >= QUEUED_BYTES:
            return False
        return len(self.queue) < min(MAX_QUEUED, 1 + QUEUED_SECONDS / max(self.pace, 1e-6))

    @property
    def spare_seconds(self) -> float:
        """How long it may be left alone: half the time that its tasks are expected to take, but for one."""
        return 0.5 * self.pace * (len(self.queue) - 1) if self.is_ready and not self.is_ending else 0.0

    def begin(self, now: float, seconds: float) -> None:
        """Record that it begins its first task."""
        self.since, self.deadline = now, now + seconds

    def finish_first(self, now: float) -> Ticket[Payload, Value]:
        """Take the first task off the queue."""
        self.pace += 0.2 * (now - self.since - self.pace)
        ticket = self.queue.popleft()
        self.queued_bytes -= ticket.task.size
        return ticket
