"""Messages come through whole and in order, however the bytes are cut."""

from __future__ import annotations

import socket
from collections.abc import Iterator
from contextlib import contextmanager

from hypothesis import given
from hypothesis import strategies as st

from newsnorm.corpus.workers.frames import Channel, Frame, Kind, receive, send

FRAMES = st.lists(st.builds(Frame, st.sampled_from(Kind), st.binary(max_size=50)), max_size=5)


@contextmanager
def pair() -> Iterator[tuple[socket.socket, socket.socket]]:
    one, other = socket.socketpair()
    with one, other:
        yield one, other


@given(FRAMES, st.integers(1, 7))
def test_a_channel_puts_together_what_was_cut(frames: list[Frame], step: int) -> None:
    with pair() as (left, middle), pair() as (cut, right):
        for frame in frames:
            send(left, frame)
        left.shutdown(socket.SHUT_WR)
        channel = Channel(right)
        found = []
        while piece := middle.recv(step):
            cut.sendall(piece)
            found += channel.receive()
        assert found == frames
        assert not channel.ended
        cut.shutdown(socket.SHUT_WR)
        assert channel.receive() == []
        assert channel.ended


@given(FRAMES)
def test_what_a_channel_writes_can_be_read(frames: list[Frame]) -> None:
    with pair() as (left, right):
        channel = Channel(left)
        for frame in frames:
            channel.send(frame)
        channel.close()
        assert [receive(right) for _ in frames] == frames
        assert receive(right) is None


def test_a_channel_never_waits_for_a_reader() -> None:
    frame = Frame(Kind.TASK, bytes(1 << 22))
    with pair() as (left, right):
        channel = Channel(left)
        channel.send(frame)
        assert channel.is_writing
        reader = Channel(right)
        found: list[Frame] = []
        while not found:
            channel.flush()
            found += reader.receive()
        assert found == [frame]
        assert not channel.is_writing


def test_a_message_can_bring_a_socket() -> None:
    with pair() as (left, right), pair() as (near, far):
        channel = Channel(left)
        channel.send(Frame(Kind.START, b"body", passed=far))
        assert far.fileno() == -1
        frame = receive(right)
        assert frame is not None
        assert frame.passed is not None
        with frame.passed as passed:
            passed.sendall(b"through")
            assert near.recv(10) == b"through"


def test_half_a_message_is_none() -> None:
    with pair() as (left, right):
        left.sendall(b"\x04\x00\x00")
        left.close()
        assert receive(right) is None


def test_a_reader_that_is_gone_ends_a_channel() -> None:
    with pair() as (left, right):
        right.close()
        channel = Channel(left)
        channel.send(Frame(Kind.TASK, b"body"))
        assert channel.ended
        assert not channel.is_writing
