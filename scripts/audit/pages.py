"""Visit many pages in two processes, each with a browser and a server."""

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
    """The result of a visit to the page at ``address``: measure → value, and the faults."""

    address: str
    measured: dict[str, float]
    faults: list[PageFault]


def visit_pages(site: Path, addresses: Sequence[str]) -> list[Visit]:
    """Visit pages of a built site one after the other; return the results."""
    visits = []
    with serve(site) as base, browser() as chromium:
        for address in addresses:
            page = chromium.new_page(locale="sv-SE")
            measured, faults = visit_page(page, base, address)
            page.close()
            visits.append(Visit(address, measured | measure_transfer(site, address), faults))
    return visits


def visit_all(site: Path, addresses: Sequence[str]) -> Iterator[Visit]:
    """Visit pages of a built site; yield the results in the order of ``addresses``."""
    workers = min(WORKERS, len(addresses))
    shares = [addresses[number::workers] for number in range(workers)]
    # spawned: a browser's threads don't survive a fork
    context = multiprocessing.get_context("spawn")
    with ProcessPoolExecutor(workers, mp_context=context) as pool:
        visits: list[Visit] = []
        for share in pool.map(partial(visit_pages, site), shares):
            visits += share
    yield from sorted(visits, key=lambda visit: addresses.index(visit.address))
