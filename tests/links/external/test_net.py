from __future__ import annotations

import ssl

import httpcore
import pytest

from scripts.links.external.answers import Failure
from scripts.links.external.net import failure_of


def chained(outer: Exception, inner: Exception) -> Exception:
    outer.__cause__ = inner
    return outer


def certificate(code: int) -> ssl.SSLCertVerificationError:
    error = ssl.SSLCertVerificationError("x")
    error.verify_code, error.verify_message = code, "why"
    return error


@pytest.mark.parametrize(
    ("error", "reason"),
    [
        (chained(httpcore.ConnectError("x"), Failure("inner-network")), "inner-network"),
        (chained(httpcore.ConnectError("x"), certificate(10)), "tls-expired"),
        (chained(httpcore.ConnectError("x"), certificate(62)), "tls-wrong-host"),
        (chained(httpcore.ConnectError("x"), certificate(77)), "tls"),
        (chained(httpcore.ConnectError("x"), ssl.SSLError("x")), "tls"),
        (httpcore.ConnectError("x"), "refused"),
        (httpcore.ReadTimeout("x"), "timeout"),
        (httpcore.RemoteProtocolError("x"), "protocol"),
        (httpcore.ReadError("x"), "broken-off"),
        (OSError("x"), "broken-off"),
    ],
)
def test_what_lies_beneath_an_error(error, reason):
    assert failure_of(error).reason == reason
