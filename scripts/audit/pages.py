"""Visits of many pages, shared by two processes: each has a browser and a server of its own."""

from __future__ import annotations

import multiprocessing
from collections.abc import Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from functools import partial
from pathlib import Path
from typing import NamedTuple

from scripts.audit.browser import browser, serve
from scripts.audit.visit import PageFault, measure_transfer, visit_page

WORKERS = 2  # the machines that this runs on have two cores


class Visit(NamedTuple):
    """What a visit to the page at ``address`` measured, by name, and its faults."""

    address: str
    measured: dict[str, float]
    faults: list[PageFault]


def visit_pages(site: Path, addresses: Sequence[str]) -> list[Visit]:
    """Visit pages of a built site, one after the other; return what was found."""
    found = []
    with serve(site) as base, browser() as chromium:
        for address in addresses:
            page = chromium.new_page(locale="sv-SE")
            measured, faults = visit_page(page, base, address)
            page.close()
            found.append(Visit(address, measured | measure_transfer(site, address), faults))
    return found


def visit_all(site: Path, addresses: Sequence[str]) -> Iterator[Visit]:
    """Yield the visits of all ``addresses``, in their order."""
    workers = min(WORKERS, len(addresses))
    shares = [addresses[number::workers] for number in range(workers)]
    # spawned: a browser's threads don't survive a fork
    context = multiprocessing.get_context("spawn")
    with ProcessPoolExecutor(workers, mp_context=context) as pool:
        visits = [one for share in pool.map(partial(visit_pages, site), shares) for one in share]
    yield from sorted(visits, key=lambda one: addresses.index(one.address))
