"""
Distribute tasks to workers, and track the outcome of each.

A worker has its current task and a few more in its socket, so that it never waits; it answers each with a message, so its current
task is always known. When the worker ends or takes too long, that task is to blame: it is tried once more, alone in a fresh
worker (unless it took too long); the other tasks go to other workers.
"""

from __future__ import annotations

import os
import pickle
import resource
import selectors
import time
from collections import deque
from typing import Any, Generic

from newsnorm.corpus.workers.frames import Channel, Frame, Kind
from newsnorm.corpus.workers.nursery import NUMBER_AND_STATUS
from newsnorm.corpus.workers.nursery_link import NurseryLink
from newsnorm.corpus.workers.outcome import NO_MEMORY, NO_RESULT, NO_TASK, Loss, attempt, describe_status
from newsnorm.corpus.workers.tasks import Done, Payload, Task, Value, WorkerOptions
from newsnorm.corpus.workers.worker import Work
from newsnorm.corpus.workers.worker_link import Ticket, WorkerLink
from newsnorm.errors import WorkerStartError

LONGEST_LOOK = 0.5
"""Most seconds between two looks at the clock; in longer gaps, this process was asleep."""
LONGEST_LULL = 0.02
"""Seconds that results may gather while no worker is short of tasks."""
LONGEST_START = 60.0
"""Seconds within which a worker must have loaded the work."""
MAX_FAILED_STARTS = 5
"""Number of consecutive workers that may fail to start."""


class Pool(Generic[Payload, Value]):
    """Workers, and the tasks that they work on."""

    def __init__(self, work: Work, options: WorkerOptions) -> None:
        self._work = work
        self._options = options
        self._owner = os.getpid()
        self._limit = options.workers
        self._selector = selectors.DefaultSelector()
        self._nursery: NurseryLink | None = None
        self._workers: dict[int, WorkerLink[Payload, Value]] = {}
        self._pending: deque[Ticket[Payload, Value]] = deque()
        self._suspects: deque[Ticket[Payload, Value]] = deque()
        self._started = 0
        self._failed_starts = 0
        self._clock = 0.0
        """Seconds that this process has waited, without time asleep or between two waits, so that no task times out only because
        nobody looked."""

    def is_hungry(self) -> bool:
        """Whether workers need another task."""
        if self._pending or self._suspects:
            return False
        return len(self._workers) < self._limit or any(worker.has_room() for worker in self._workers.values())

    def submit(self, task: Task[Payload]) -> Ticket[Payload, Value]:
        """Accept a task; its ticket will have the result after some `wait`."""
        ticket: Ticket[Payload, Value] = Ticket(task)
        self._pending.append(ticket)
        self._dispatch()
        return ticket

    def _dispatch(self) -> None:
        """Give tasks to workers that have room."""
        while self._suspects and (worker := self._fresh_worker()) is not None:
            self._give(worker, self._suspects.popleft())
        while self._pending and (worker := self._worker_with_room()) is not None:
            self._give(worker, self._pending.popleft())

    def _fresh_worker(self) -> WorkerLink[Payload, Value] | None:
        """Return a worker that never had a task, if one is available or can be started."""
        for worker in self._workers.values():
            if worker.is_fresh and not worker.is_ending:
                return worker
        if len(self._workers) >= self._limit:
            idle = next((worker for worker in self._workers.values() if worker.is_ready and not worker.queue), None)
            if idle is None or idle.is_ending:
                return None
            self._retire(idle)
        return self._start_worker()

    def _worker_with_room(self) -> WorkerLink[Payload, Value] | None:
        """Return the worker with the least to do, or a new one if all are busy."""
        with_room = (worker for worker in self._workers.values() if worker.has_room())
        least = min(with_room, key=lambda worker: len(worker.queue), default=None)
        if (least is None or least.queue) and len(self._workers) < self._limit:
            return self._start_worker() or least
        return least

    def _give(self, worker: WorkerLink[Payload, Value], ticket: Ticket[Payload, Value]) -> None:
        pickled = attempt(pickle.dumps, ticket.task.payload)
        if isinstance(pickled, Loss):
            ticket.lose(pickled.of(NO_TASK))
            return
        if worker.is_ready and not worker.queue:
            worker.begin(self._clock, self._options.seconds)
        worker.is_fresh = False
        worker.queue.append(ticket)
        worker.queued_bytes += ticket.task.size
        worker.channel.send(Frame(Kind.TASK, pickled))
        self._watch(worker.channel, worker)

    def _start_worker(self) -> WorkerLink[Payload, Value] | None:
        """Start a worker; None if there are workers already and the system allows no more."""
        try:
            if self._nursery is None:
                self._nursery = NurseryLink(self._work, self._options)
                self._selector.register(self._nursery.channel.link, selectors.EVENT_READ, None)
            channel = self._nursery.start_worker(self._started)
            self._watch(self._nursery.channel, None)
        except OSError as error:
            self._allow_no_more(error.errno or 0, len(self._workers))
            return None
        worker: WorkerLink[Payload, Value] = WorkerLink(self._started, channel, self._clock + LONGEST_START)
        self._workers[self._started] = worker
        self._started += 1
        self._selector.register(channel.link, selectors.EVENT_READ, worker)
        self._watch(channel, worker)
        return worker

    def _allow_no_more(self, error: int, workers: int) -> None:
        """Continue with as many workers as the system allows."""
        if workers == 0:
            files, tasks = (resource.getrlimit(kind)[0] for kind in (resource.RLIMIT_NOFILE, resource.RLIMIT_NPROC))
            limits = f"limits: {files} open files, {tasks if tasks >= 0 else 'any number of'} processes"
            raise WorkerStartError(f"a worker can't be started: {os.strerror(error)} ({limits})")
        self._limit = workers

    def _watch(self, channel: Channel, worker: WorkerLink[Payload, Value] | None) -> None:
        """Wait for messages, and for room in the socket while there is something to write."""
        if channel.is_writing != channel.waits_for_room:
            channel.waits_for_room = channel.is_writing
            events = selectors.EVENT_READ | (selectors.EVENT_WRITE if channel.is_writing else 0)
            self._selector.modify(channel.link, events, worker)

    def _forget(self, worker: WorkerLink[Payload, Value]) -> None:
        """Close the connection to a worker."""
        del self._workers[worker.number]
        if not worker.is_ending:
            self._selector.unregister(worker.channel.link)
        worker.channel.close()

    def _retire(self, worker: WorkerLink[Payload, Value]) -> None:
        """Kill a worker."""
        self._forget(worker)
        if self._nursery is not None:
            self._nursery.kill_worker(worker.number)

    def _bury(self, worker: WorkerLink[Payload, Value], loss: Loss) -> None:
        """Kill a worker; blame its current task, and give the others to other workers."""
        self._retire(worker)
        if not worker.is_ready:
            self._count_failed_start(loss.message)
        elif worker.queue:
            self._blame(worker.queue.popleft(), loss)
        self._take_back(worker)

    def _take_back(self, worker: WorkerLink[Payload, Value]) -> None:
        """Take back the tasks of a worker, to give them to others."""
        for ticket in reversed(worker.queue):
            (self._suspects if ticket.suspected else self._pending).appendleft(ticket)

    def _blame(self, ticket: Ticket[Payload, Value], loss: Loss) -> None:
        """Try a task again, alone, unless it took too long or was tried again already."""
        if ticket.suspected or loss.code == "timeout":
            ticket.lose(loss)
        else:
            ticket.suspected = True
            self._suspects.append(ticket)

    def _note_start(self) -> None:
        self._failed_starts = 0
        if self._nursery is not None:
            self._nursery.has_answered = True

    def _count_failed_start(self, message: str) -> None:
        self._failed_starts += 1
        if self._failed_starts >= MAX_FAILED_STARTS:
            raise WorkerStartError(f"workers end before they have loaded the work: {message}")

    def wait(self) -> None:
        """Wait until something happens, at most half a second; then distribute tasks."""
        patience = max(0.0, min([LONGEST_LOOK, *(worker.deadline - self._clock for worker in self._busy())]))
        before = time.monotonic()
        if lull := self._lull():
            time.sleep(min(lull, patience))
        events = self._selector.select(0 if lull else patience)
        self._clock += min(time.monotonic() - before, patience)
        for key, _ in events:
            if key.data is None:
                self._hear_nursery()
            elif key.data.number in self._workers:
                self._hear(key.data)
        for worker in self._busy():
            if worker.deadline <= self._clock and worker.number in self._workers:
                self._end_late(worker)
        self._dispatch()

    def _lull(self) -> float:
        """Return for how many seconds results may gather, several of them: to wake for each costs as much as to take some."""
        lull = min(LONGEST_LULL, *(worker.spare_seconds for worker in self._workers.values())) if self._workers else 0.0
        return lull if any(2 * worker.pace < lull for worker in self._workers.values()) else 0.0

    def _busy(self) -> list[WorkerLink[Payload, Value]]:
        """Return the workers from which something is expected."""
        return [worker for worker in self._workers.values() if worker.queue or not worker.is_ready]

    def _end_late(self, worker: WorkerLink[Payload, Value]) -> None:
        if worker.is_ready and not worker.is_ending:
            self._bury(worker, Loss("timeout", f"no result after {self._options.seconds:g} s"))
        else:
            self._lose_nursery("their nursery does not answer")

    def _hear(self, worker: WorkerLink[Payload, Value]) -> None:
        """Read a worker's messages, and write what is left to it."""
        worker.channel.flush()
        self._read(worker)
        if worker.number not in self._workers or worker.is_ending:
            return
        if worker.channel.ended:
            worker.is_ending = True
            self._selector.unregister(worker.channel.link)
            if self._nursery is not None:
                self._nursery.kill_worker(worker.number)
        else:
            self._watch(worker.channel, worker)

    def _read(self, worker: WorkerLink[Payload, Value]) -> None:
        for frame in worker.channel.receive():
            if frame.kind is Kind.READY:
                worker.is_ready = True
                self._note_start()
                worker.begin(self._clock, self._options.seconds)
            elif frame.kind is Kind.REFUSED:
                self._refuse(frame)
            elif frame.kind is Kind.NO_MEMORY:
                self._bury(worker, NO_MEMORY)
                return
            elif not worker.queue:
                worker.channel.ended = True  # it answered without a task, so some task wrote to its socket
            else:
                self._finish(worker.finish_first(self._clock), frame)
                worker.begin(self._clock, self._options.seconds)

    def _finish(self, ticket: Ticket[Payload, Value], frame: Frame) -> None:
        if frame.kind is Kind.ERROR:
            ticket.lose(Loss("parser-error", frame.body.decode()))
            return
        value: Any = attempt(pickle.loads, frame.body)
        if isinstance(value, Loss):
            ticket.lose(value.of(NO_RESULT))
        else:
            ticket.result = Done(ticket.task.payload, value)

    def _refuse(self, frame: Frame) -> None:
        assert self._nursery is not None
        raise WorkerStartError(self._nursery.explain_refusal(frame.body.decode()))

    def _hear_nursery(self) -> None:
        """Read the nursery's messages about workers that ended."""
        assert self._nursery is not None
        self._nursery.channel.flush()
        self._watch(self._nursery.channel, None)
        for frame in self._nursery.channel.receive():
            if frame.kind is Kind.REFUSED:
                self._refuse(frame)
            number, status = NUMBER_AND_STATUS.unpack(frame.body)
            worker = self._workers.get(number)
            if worker is None:
                continue
            if frame.kind is Kind.NOT_STARTED:
                self._retire(worker)
                self._take_back(worker)
                self._allow_no_more(status, len(self._workers))
                continue
            self._read(worker)
            if number in self._workers:
                self._bury(worker, Loss("worker-died", describe_status(status)))
        if self._nursery.channel.ended:
            self._lose_nursery("their nursery ended")

    def _lose_nursery(self, message: str) -> None:
        """Continue after the end of the nursery, with which all workers end."""
        assert self._nursery is not None
        self._selector.unregister(self._nursery.channel.link)
        self._nursery.stop()
        self._nursery = None
        self._count_failed_start(message)
        for worker in list(self._workers.values()):
            self._read(worker)
            if worker.number in self._workers:
                self._forget(worker)
                if worker.queue and worker.is_ready:
                    self._blame(worker.queue.popleft(), Loss("worker-died", message))
                self._take_back(worker)

    def close(self) -> None:
        """Kill all workers, and wait until they have ended."""
        for worker in self._workers.values():
            worker.channel.close()
        self._workers.clear()
        self._selector.close()
        if self._nursery is not None:
            if os.getpid() == self._owner:
                self._nursery.stop()
            else:
                self._nursery.abandon()
