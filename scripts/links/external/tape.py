"""Answers kept in a file: recorded from the net, and given again without it."""

from __future__ import annotations

import asyncio
import base64
import json
from pathlib import Path
from typing import Any

from scripts.links.external.answers import Answer, Failure, Transport
from scripts.links.resolve import mask


class Recorder:
    """Passes questions on, and remembers the last answer to each address, for ``Recorded``."""

    def __init__(self, transport: Transport) -> None:
        self.transport = transport
        self.answers: dict[str, dict[str, Any]] = {}

    async def exchange(self, method: str, url: str, headers: dict[str, str]) -> Answer:
        try:
            answer = await self.transport.exchange(method, url, headers)
        except Failure as failure:
            self.answers[url] = {"failure": failure.reason}
            raise
        except asyncio.CancelledError:
            self.answers[url] = {"failure": "timeout"}
            raise
        kept = {name: value for name, value in answer.headers.items() if name != "set-cookie"}
        row: dict[str, Any] = {"status": answer.status, "headers": kept}
        if not answer.whole:
            row["whole"] = False
        try:
            row["body"] = answer.body.decode("utf-8")
        except UnicodeDecodeError:
            row["base64"] = base64.b64encode(answer.body).decode("ascii")
        self.answers[url] = row
        return answer

    def save(self, file: Path) -> None:
        """Write the answers to ``file``. Raises OSError."""
        text = json.dumps(self.answers, ensure_ascii=False, indent=1, sort_keys=True)
        file.write_text(text + "\n", encoding="utf-8", newline="\n")


class Recorded:
    """Answers from a file instead of the net, in the form that ``Recorder`` writes.

    Address → {status, headers, body or base64, whole} or {failure: a key of verdict.REASONS}.
    """

    def __init__(self, file: Path) -> None:
        try:
            self.answers = json.loads(file.read_text(encoding="utf-8"))
        except ValueError as error:
            raise ValueError(f"{file} är inga inspelade svar ({error})") from error
        if not isinstance(self.answers, dict):
            raise ValueError(f"{file} är inga inspelade svar (ska vara adress: svar)")
        for url, row in self.answers.items():
            if not self._is_answer(row):
                raise ValueError(f"{file} är inga inspelade svar (fel form: {mask(url)})")

    @staticmethod
    def _is_answer(row: Any) -> bool:
        if not isinstance(row, dict):
            return False
        headers = row.get("headers", {})
        texts = [row.get("body", ""), row.get("base64", ""), row.get("failure", "")]
        return (
            (isinstance(row.get("status"), int) or "failure" in row)
            and isinstance(headers, dict)
            and all(isinstance(text, str) for text in (*texts, *headers.values()))
        )

    async def exchange(self, method: str, url: str, headers: dict[str, str]) -> Answer:  # noqa: ARG002
        row = self.answers.get(url)
        if row is None:
            raise Failure("not-recorded", url)
        if "failure" in row:
            raise Failure(row["failure"])
        names = {name.lower(): value for name, value in row.get("headers", {}).items()}
        body = b""
        if method != "HEAD":
            packed = row.get("base64")
            body = base64.b64decode(packed) if packed else row.get("body", "").encode("utf-8")
        return Answer(row["status"], names, body, row.get("whole", True))
