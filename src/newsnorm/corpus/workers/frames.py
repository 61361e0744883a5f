"""
Exchange messages between processes: one byte for the kind, eight for the length, then the body.

A worker reads and writes one whole message at a time (`receive`, `send`). The main process, which waits for many workers, never
blocks (`Channel`).
"""

from __future__ import annotations

import socket
import struct
from collections import deque
from enum import IntEnum

import attrs

_HEADER = struct.Struct("!BQ")
_PIECE = 1 << 18
"""Most bytes that are read at once."""


class Kind(IntEnum):
    """The kind of a message."""

    SETUP = 1
    """To a fresh process: the pickled work."""
    START = 2
    """To the nursery: start a worker with this number at the socket that is passed along."""
    KILL = 3
    """To the nursery: kill the worker with this number."""
    TASK = 4
    """To a worker: a pickled payload."""
    REFUSED = 5
    """The work can't be loaded; the body says why."""
    READY = 6
    """From a worker: the work is loaded."""
    ENDED = 7
    """From the nursery: the worker with this number ended, with this status."""
    NOT_STARTED = 8
    """From the nursery: the worker with this number could not be started, because of this system error."""
    VALUE = 9
    """From a worker: the pickled result of its oldest task."""
    ERROR = 10
    """From a worker: the exception that its oldest task raised, described."""
    NO_MEMORY = 11
    """From a worker: its oldest task needs more memory than it may have."""


_KINDS = frozenset(Kind)


@attrs.frozen
class Frame:
    """A message."""

    kind: Kind
    body: bytes = b""
    passed: socket.socket | None = None
    """A socket that is passed along."""


def send(link: socket.socket, frame: Frame) -> None:
    """Write a message; blocks until all of it is written."""
    header = _HEADER.pack(frame.kind, len(frame.body))
    if len(frame.body) < _PIECE:
        link.sendall(header + frame.body)
    else:
        link.sendall(header)
        link.sendall(frame.body)


def receive(link: socket.socket) -> Frame | None:
    """Read a message and the socket passed with it; blocks until it is complete. None when the other end is closed."""
    try:
        header, descriptors, *_ = socket.recv_fds(link, _HEADER.size, 1)
        passed = socket.socket(fileno=descriptors[0]) if descriptors else None
        header += _exactly(link, _HEADER.size - len(header)) if header else b""
        if len(header) < _HEADER.size:
            return None
        kind, length = _HEADER.unpack(header)
        body = _exactly(link, length)
    except ConnectionError:
        return None
    return Frame(Kind(kind), body, passed) if len(body) == length else None


def _exactly(link: socket.socket, length: int) -> bytes:
    """Read `length` bytes; fewer only at the end of the stream."""
    pieces = []
    while length and (piece := link.recv(min(length, _PIECE))):
        pieces.append(piece)
        length -= len(piece)
    return b"".join(pieces)


class Channel:
    """One end of a connection, which reads and writes what it can without blocking."""

    def __init__(self, link: socket.socket) -> None:
        link.setblocking(False)
        self.link = link
        self.ended = False
        """Whether the other end is closed."""
        self.waits_for_room = False
        """Whether somebody watches for room to write more."""
        self._unread = bytearray()
        self._unwritten: deque[_Unwritten] = deque()

    @property
    def is_writing(self) -> bool:
        """Whether something is left to write."""
        return bool(self._unwritten) and not self.ended

    def send(self, frame: Frame) -> None:
        """Write as much of a message as possible without blocking; `flush` writes the rest."""
        header = _HEADER.pack(frame.kind, len(frame.body))
        if len(frame.body) < _PIECE:
            self._unwritten.append(_Unwritten(memoryview(header + frame.body), frame.passed))
        else:
            self._unwritten += (_Unwritten(memoryview(header), frame.passed), _Unwritten(memoryview(frame.body)))
        self.flush()

    def flush(self) -> None:
        """Write as much of the rest as possible without blocking."""
        try:
            while self._unwritten:
                self._write(self._unwritten[0])
        except BlockingIOError:
            pass
        except OSError:
            self.ended = True

    def _write(self, piece: _Unwritten) -> None:
        if piece.passed is None:
            piece.data = piece.data[self.link.send(piece.data) :]
        else:
            piece.data = piece.data[socket.send_fds(self.link, [piece.data], [piece.passed.fileno()]) :]
            piece.passed.close()
            piece.passed = None
        if not piece.data:
            self._unwritten.popleft()

    def receive(self) -> list[Frame]:
        """Return the complete messages that have arrived; anything else ends the channel."""
        try:
            while len(piece := self.link.recv(_PIECE)) == _PIECE:
                self._unread += piece
            self._unread += piece  # less than was asked for, so nothing else has arrived
            self.ended = not piece
        except BlockingIOError:
            pass
        except OSError:
            self.ended = True
        return self._whole_frames()

    def _whole_frames(self) -> list[Frame]:
        frames, start = [], 0
        while len(self._unread) - start >= _HEADER.size:
            kind, length = _HEADER.unpack_from(self._unread, start)
            if kind not in _KINDS:
                self.ended = True
                break
            end = start + _HEADER.size + length
            if len(self._unread) < end:
                break
            frames.append(Frame(Kind(kind), bytes(memoryview(self._unread)[end - length : end])))
            start = end
        del self._unread[:start]
        return frames

    def close(self) -> None:
        """Close this end."""
        for piece in self._unwritten:
            if piece.passed is not None:
                piece.passed.close()
        self._unwritten.clear()
        self.link.close()


@attrs.define
class _Unwritten:
    """Bytes to write, and the socket to pass with the first byte."""

    data: memoryview
    passed: socket.socket | None = None
