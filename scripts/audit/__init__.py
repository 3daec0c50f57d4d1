"""Är dagens text bra nog? ``python3 scripts/audit_text.py`` frågar det om den byggda webbplatsen.

browser    a Chromium and a server on loopback, for the audit and for the tests
budget     docs/_data/audit/budget.toml: what a page, a task and the search may cost
visit      one visit a page: what it measures and weighs, and which fault stands where
pages      the visits of many pages, shared by two processes
guide      docs/_data/audit/guide.toml: what the guide must never answer, by law
figures    docs/_data/audit/figures.toml: the figures' answers as the law was read
tasks      docs/_data/audit/tasks.toml: what readers come for, and what the way there costs
queries    docs/_data/audit/*.tsv: what readers write, and whether the search answers

visit.js runs in the page.
"""

from __future__ import annotations
