"""Debian's nginx on loopback, with the configuration we ship."""

from __future__ import annotations

import contextlib
import os
import socket
import subprocess
from collections.abc import Iterator, Mapping
from pathlib import Path

from tests.machine import find_nginx

MODULES = "usr/lib/nginx/modules"
BROTLI = "ngx_http_brotli_static_module.so"


def brotli_module(nginx: str) -> Path | None:
    """Return the module that gives .br files, beside this nginx or where Debian has it."""
    beside = Path(nginx).parent.parent.parent / MODULES / BROTLI
    return next((f for f in (beside, Path("/") / MODULES / BROTLI) if f.is_file()), None)


@contextlib.contextmanager
def serve(
    folder: Path, servers: Mapping[str, str], module: Path | None
) -> Iterator[dict[str, int]]:
    """Run nginx with a ``server`` block for each name; give their ports.

    The sockets are made here and handed over, as nginx does at an upgrade of itself: they take
    connections before it has started, so nothing waits for a server to come up.
    """
    nginx = find_nginx()
    assert nginx, "nginx saknas: python3 scripts/test.py hämtar det"
    sockets = {name: socket.create_server(("127.0.0.1", 0)) for name in servers}
    ports = {name: opened.getsockname()[1] for name, opened in sockets.items()}
    blocks = "\n".join(
        text.replace("LISTEN", f"listen 127.0.0.1:{ports[name]}") for name, text in servers.items()
    )
    temporary = "\n".join(
        f'{kind}_temp_path "{folder}/{kind}";'
        for kind in ("client_body", "proxy", "fastcgi", "uwsgi", "scgi")
    )
    file = folder / "nginx.conf"
    file.write_text(
        f"""\
{f'load_module "{module}";' if module else ""}
daemon off;
master_process off;
pid "{folder}/pid";
error_log "{folder}/error.log" warn;
events {{ worker_connections 256; }}
http {{
access_log "{folder}/access.log";
{temporary}
{blocks}
}}
"""
    )
    checked = subprocess.run(
        [nginx, "-t", "-q", "-p", folder, "-c", file], capture_output=True, text=True
    )
    assert (checked.returncode, checked.stderr) == (0, ""), checked.stderr
    descriptors = [opened.fileno() for opened in sockets.values()]
    process = subprocess.Popen(
        [nginx, "-p", folder, "-c", file, "-e", folder / "error.log"],
        env={**os.environ, "NGINX": "".join(f"{number};" for number in descriptors)},
        pass_fds=descriptors,
        stderr=subprocess.DEVNULL,
    )
    for opened in sockets.values():
        opened.close()
    try:
        yield ports
    finally:
        process.terminate()
        process.wait()
