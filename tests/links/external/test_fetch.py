"""Every behaviour of the server, with the real limits, in virtual time."""

from __future__ import annotations

import asyncio
import datetime as dt
import random
import time
from collections.abc import Iterable
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from scripts.links.external import run
from scripts.links.external.answers import Failure, Limits
from scripts.links.external.fetch import Fetcher, normal, retry_after
from scripts.links.external.guard import GuardedBackend
from scripts.links.external.net import NetTransport
from scripts.links.external.tape import Recorded, Recorder
from scripts.links.external.verdict import judge
from tests.links.external.server import BEHAVIOURS, NOW, Log, Server, run_virtually

LIMITS = Limits()
AGENT = "prov/1 (+mailto:a@example.org)"


def client(server: Server, limits: Limits = LIMITS, allowed=()) -> tuple[Fetcher, NetTransport]:
    backend = GuardedBackend(server.resolve, server.dial, allowed)
    net = NetTransport(limits, AGENT, backend, server.client_context())
    return Fetcher(net, limits, lambda: NOW, random.Random(7)), net


def address(name: str) -> str:
    behaviour = BEHAVIOURS[name]
    host = behaviour.host or f"{name}.plats.se"
    port = ":8443" if name == "tls-none" else ""  # a server without TLS
    return f"{behaviour.scheme}://{host}{port}{behaviour.path}"


async def ask(fetcher: Fetcher, names: Iterable[str]):
    """Ask every behaviour; return the verdicts, and how long each took."""
    verdicts, seconds = {}, {}
    loop = asyncio.get_running_loop()

    async def one(name: str) -> None:
        behaviour, url = BEHAVIOURS[name], address(name)
        begin = loop.time()
        outcome = await fetcher.fetch(url, head_first=behaviour.head_first)
        seconds[name] = loop.time() - begin
        probe = await run._probe(url, fetcher) if behaviour.probe else None
        verdicts[name] = judge(outcome, behaviour.fragment, probe)

    await asyncio.gather(*map(one, names))
    return verdicts, seconds


async def play(names: Iterable[str], file: Path | None = None):
    """Ask the server; return what ``ask`` does, what the server saw, and the server itself."""
    async with Server() as server:
        fetcher, net = client(server)
        if file:
            fetcher.transport = recorder = Recorder(net)
        verdicts, seconds = await ask(fetcher, names)
        await net.close()
        if file:
            recorder.save(file)
        return verdicts, seconds, Log(server.seen), server


@pytest.fixture(scope="module")
def tape(tmp_path_factory):
    return tmp_path_factory.mktemp("svar") / "svar.json"


@pytest.fixture(scope="module")
def played(tape):
    return run_virtually(play(BEHAVIOURS, tape))


@pytest.fixture(scope="module")
def replayed(played, tape):  # noqa: ARG001  (it makes the tape)
    fetcher = Fetcher(Recorded(tape), Limits(pause=0, tries=1), lambda: NOW)
    return run_virtually(ask(fetcher, BEHAVIOURS))[0]


def test_the_behaviours_are_many():
    assert len(BEHAVIOURS) >= 140


@pytest.mark.slow
@pytest.mark.parametrize("name", BEHAVIOURS)
def test_the_verdict_is_right(name, played):
    behaviour, verdict = BEHAVIOURS[name], played[0][name]
    assert (verdict.says, verdict.reason) == (behaviour.says, behaviour.reason)
    moved = behaviour.moved
    if moved.startswith("/"):
        moved = f"{behaviour.scheme}://{name}.plats.se{moved}"
    assert verdict.moved == moved
    assert verdict.notes == behaviour.notes
    assert "hemligt" not in repr(verdict)


@pytest.mark.slow
@pytest.mark.parametrize("name", BEHAVIOURS)
def test_recorded_answers_give_the_same_verdict(name, played, replayed):
    assert replace(replayed[name], detail="") == replace(played[0][name], detail="")


def test_nothing_outlives_the_total_limit(played):
    # waiting for a turn at a host that others ask, too, counts as well
    assert max(played[1].values()) <= LIMITS.total


def test_the_server_is_asked_once_a_second_at_most(played):
    gaps = played[2].gaps()
    assert len(gaps) >= 30 and min(gaps.values()) >= LIMITS.pause - 1e-6


def test_no_more_are_asked_at_once_than_allowed(played):
    assert 1 < played[3].most <= LIMITS.at_once


def test_retry_after_is_obeyed(played):
    for name, seconds in (("wait-seconds", 7), ("wait-date", 9)):
        first, second = (when for host, when, _ in played[2].requests if host == f"{name}.plats.se")
        assert second - first >= seconds
    assert sum(host == "wait-long.plats.se" for host, _, _ in played[2].requests) == 1


def test_http_2_is_spoken(played):
    assert played[3].counts["h2"] == 1


def test_no_inner_network_is_ever_dialled(played):
    assert {"10.0.0.1", "127.0.0.1", "10.0.0.9"}.isdisjoint(played[3].dialled)


def test_a_picture_is_asked_for_with_head_only(played):
    assert [m for host, _, m in played[2].requests if host == "head-picture.plats.se"] == ["HEAD"]


def test_it_takes_no_time_of_ours():
    began = time.perf_counter()
    run_virtually(play(["slow-headers", "slow-drip-body"]))
    assert time.perf_counter() - began < 5


@pytest.mark.parametrize(
    ("value", "seconds"),
    [
        ("7", 7.0),
        (" 120 ", 120.0),
        ("Tue, 24 Nov 2026 12:00:30 GMT", 30.0),
        ("Tue, 24 Nov 2026 11:00:00 GMT", 0.0),
        ("Tuesday, 24-Nov-26 12:01:00 GMT", 60.0),
        ("-5", None),
        ("snart", None),
        ("", None),
    ],
)
def test_retry_after(value, seconds):
    assert retry_after(value, NOW) == seconds


@pytest.mark.parametrize(
    ("url", "sent"),
    [
        ("HTTPS://Räksmörgås.SE", "https://xn--rksmrgs-5wao1o.se/"),
        ("http://a.se/en sida?å=1#x", "http://a.se/en%20sida?%C3%A5=1"),
        ("http://a.se/%C3%A5%2F", "http://a.se/%C3%A5%2F"),
        ("http://[2a00:1450::1]:8080/", "http://[2a00:1450::1]:8080/"),
    ],
)
def test_an_address_as_it_is_sent(url, sent):
    assert normal(url) == sent
    assert normal(sent) == sent


@settings(max_examples=300, deadline=None)
@given(st.text(max_size=40))
def test_no_address_is_too_odd(text):
    for url in (text, "http://" + text, "http://a.se/" + text):
        try:
            sent = normal(url)
        except Failure:
            continue
        assert sent.isascii() and sent.startswith("http") and normal(sent) == sent


@settings(max_examples=200, deadline=None)
@given(st.text(max_size=30))
def test_no_retry_after_is_too_odd(text):
    assert (retry_after(text, dt.datetime.now(dt.UTC)) or 0) >= 0
