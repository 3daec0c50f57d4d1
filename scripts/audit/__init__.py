"""Är dagens text bra nog? ``python3 scripts/audit_text.py`` frågar det om den byggda webbplatsen.

browser    starts Chromium and a server on loopback, for the audit and for the tests
budget     docs/_data/audit/budget.toml: limits of a page, a task and the search
visit      visits a page: measures it, and finds faults
pages      visits many pages in two processes
guide      docs/_data/audit/guide.toml: rules of law for the guide's outcomes
figures    docs/_data/audit/figures.toml: the figures' answers when the law was read
tasks      docs/_data/audit/tasks.toml: the cost of readers' ways to an answer
queries    docs/_data/audit/*.tsv: whether the search answers readers' queries

visit.js runs in the page.
"""

from __future__ import annotations
