from __future__ import annotations

import asyncio

import pytest

from scripts.links.external.answers import Answer, Failure
from scripts.links.external.tape import Recorded, Recorder


class Once:
    """Answers as it has been told to."""

    def __init__(self, answer: Answer | Failure) -> None:
        self.answer = answer

    async def exchange(self, method: str, url: str, headers: dict[str, str]) -> Answer:  # noqa: ARG002
        if isinstance(self.answer, Failure):
            raise self.answer
        return self.answer


@pytest.mark.parametrize("body", ["å".encode(), b"\xff\x00", b""])
def test_what_was_recorded_is_given_again_but_for_its_cookies(tmp_path, body):
    url, headers = "https://a.se/", {"content-type": "text/html", "set-cookie": "a=b"}
    recorder = Recorder(Once(Answer(200, headers, body, False, ("a=b",))))
    asyncio.run(recorder.exchange("GET", url, {}))
    recorder.save(tmp_path / "svar.json")
    again = asyncio.run(Recorded(tmp_path / "svar.json").exchange("GET", url, {}))
    assert again == Answer(200, {"content-type": "text/html"}, body, False)
    assert "a=b" not in (tmp_path / "svar.json").read_text()


def test_a_failure_is_recorded_too(tmp_path):
    recorder = Recorder(Once(Failure("tls-expired", "why")))
    with pytest.raises(Failure):
        asyncio.run(recorder.exchange("GET", "https://a.se/", {}))
    recorder.save(tmp_path / "svar.json")
    for url, reason in (("https://a.se/", "tls-expired"), ("https://b.se/", "not-recorded")):
        with pytest.raises(Failure) as raised:
            asyncio.run(Recorded(tmp_path / "svar.json").exchange("GET", url, {}))
        assert raised.value.reason == reason


@pytest.mark.parametrize(
    "text", ["[]", "{", '{"u": 5}', '{"u": {"status": "200"}}', '{"u": {"status": 200, "body": 5}}']
)
def test_a_file_of_another_kind_is_told(tmp_path, text):
    (tmp_path / "svar.json").write_text(text)
    with pytest.raises(ValueError, match="inga inspelade svar"):
        Recorded(tmp_path / "svar.json")
