"""The shipped configuration in Debian's nginx: on a host of its own, over TLS, in a folder."""

from __future__ import annotations

import http.client
import ssl
import subprocess
from pathlib import Path

import pytest
import trustme

from scripts.content.files import PICTURES
from scripts.publish.redirects import Redirect
from scripts.publish.servers.headers import CONTENT_TYPES, Publication
from scripts.publish.servers.nginx import nginx
from tests.conftest import FOLDER, ROOT, publication
from tests.machine import find_nginx
from tests.nginx import brotli_module, serve

MOVED = Redirect("gammal/sida/", "om/kontakt/#rad")
SHORT = "public, max-age=60, must-revalidate"
KINDS = ("", "odla/host.txt", "granskning.json", "andringar.xml", "assets/icon.svg",
         "assets/images/favicon.png", "om/skriv-ut/fickkort.pdf")  # fmt: skip


@pytest.fixture(scope="session")
def ports(garden, garden_in_a_folder, tmp_path_factory):
    """The ports of three servers of the garden: "root", "tls" and "folder"."""
    folder = tmp_path_factory.mktemp("nginx")
    certificate = trustme.CA().issue_cert("localhost")
    certificate.private_key_and_cert_chain_pem.write_to_path(folder / "both.pem")
    module = brotli_module(find_nginx())
    own = publication(garden, "https://kolonilotten.example/")
    own = Publication("/", own.frame_ancestors, [*own.redirects, MOVED], own.files)
    shared = Publication(FOLDER, "'self' https://intranat.example", own.redirects, own.files)
    part = nginx(own, garden.site, brotli=module is not None)
    tls = f"ssl_certificate {folder}/both.pem; ssl_certificate_key {folder}/both.pem;"
    servers = {
        "root": f"server {{ LISTEN;\n{part} }}",
        "tls": f"server {{ LISTEN ssl; {tls}\n{part} }}",
        # A host with rules of its own, which must not reach into our folder, nor ours out of it.
        "folder": f"""server {{ LISTEN;
            {nginx(shared, garden_in_a_folder.site, brotli=module is not None)}
            location / {{ return 200 "the host's own"; }}
            location ~ \\.pdf$ {{ return 403; }} }}""",
    }
    with serve(folder, servers, module) as opened:
        yield opened


@pytest.fixture
def ask(ports):
    """Return a function that sends one request, the path as it is, and gives the answer."""

    def ask(path: str, server: str = "root", method: str = "GET", **headers: str):
        port, headers = ports[server], {k.replace("_", "-"): v for k, v in headers.items()}
        if server == "tls":
            trust = ssl.create_default_context()
            trust.check_hostname, trust.verify_mode = False, ssl.CERT_NONE
            connection = http.client.HTTPSConnection("127.0.0.1", port, context=trust, timeout=5)
        else:
            connection = http.client.HTTPConnection("127.0.0.1", port, timeout=5)
        connection.request(method, path, headers=headers)
        answer = connection.getresponse()
        answer.body = answer.read()
        connection.close()
        return answer

    return ask


def hashed(site: Path, suffix: str) -> str:
    return next(
        f.relative_to(site).as_posix() for f in (site / "assets").glob(f"every-page.*{suffix}")
    )


POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; base-uri 'none'; "
    "form-action 'none'"
)


def faults(answer, cache: str = SHORT, ancestors: str = "") -> dict[str, str | None]:
    """Return the headers that are not what a reader is owed."""
    owed = {
        "Content-Security-Policy": POLICY + (f"; frame-ancestors {ancestors}" if ancestors else ""),
        "X-Content-Type-Options": "nosniff",
        "Referrer-Policy": "no-referrer",
        "Cross-Origin-Opener-Policy": "same-origin",
        "Cross-Origin-Resource-Policy": "cross-origin",
        "Cache-Control": cache,
        "Server": "nginx",
    }
    got = {name: ", ".join(answer.headers.get_all(name, [])) for name in owed}
    allowed = answer.getheader("Permissions-Policy").split(", ")
    assert {p for p in allowed if not p.endswith("=()")} == {
        "clipboard-write=(self)",
        "fullscreen=(self)",
    }
    return {name: got[name] for name in owed if got[name] != owed[name]}


@pytest.mark.parametrize("path", KINDS)
def test_each_kind_of_file_has_its_type_and_every_header_at_both_places(ask, path):
    for server, start, ancestors in (
        ("root", "/", ""),
        ("folder", FOLDER, "'self' https://intranat.example"),
    ):
        if server == "folder" and path.endswith(".pdf"):
            continue  # built without them
        answer = ask(start + path, server)
        assert answer.status == 200, (server, answer.status)
        kind = CONTENT_TYPES[Path(path or "index.html").suffix]
        assert answer.getheader("Content-Type") == kind
        assert faults(answer, ancestors=ancestors) == {}
        opened = path.endswith((".json", ".xml"))
        assert answer.getheader("Access-Control-Allow-Origin") == ("*" if opened else None)
        assert answer.getheader("Strict-Transport-Security") is None, "never over http"


def test_every_file_of_the_site_has_a_type_of_its_own(garden):
    left = {f.suffix for f in garden.site.rglob("*") if f.is_file() and f.name[0] not in "._"}
    known = {*left, *PICTURES} - {".gz", ".br", ".config"}
    assert known == set(CONTENT_TYPES), "README: a new kind of file"
    assert CONTENT_TYPES[".jpg"] == CONTENT_TYPES[".jpeg"] == "image/jpeg"


@pytest.mark.parametrize(("suffix", "kind"), [(".css", "text/css"), (".js", "text/javascript")])
def test_a_file_named_by_its_content_is_kept_for_ever(ask, garden, suffix, kind):
    answer = ask("/" + hashed(garden.site, suffix))
    assert answer.getheader("Content-Type") == f"{kind}; charset=utf-8"
    assert faults(answer, "public, max-age=31536000, immutable") == {}
    gone = ask("/assets/site.0123456789" + suffix)
    assert gone.status == 404 and faults(gone) == {}, "that it is missing isn't"


def test_over_tls_the_host_says_that_it_is_always_tls(ask):
    for path in ("/", "/finns/inte", "/om/kontakt", "/granskning.json"):
        answer = ask(path, "tls")
        assert answer.getheader("Strict-Transport-Security") == "max-age=63072000", path
        assert faults(answer) == {}


@pytest.mark.parametrize("path", ["/om/kontakt/", "/granskning.json", "/finns/inte"])
def test_a_compressed_copy_is_given_to_who_takes_it(ask, path):
    plain = ask(path)
    assert plain.getheader("Content-Encoding") is None
    sizes, tags = [len(plain.body)], {plain.getheader("ETag")}
    assert brotli_module(find_nginx()), "scripts/test.py fetches the module"
    for accepted, encoding in (("gzip, deflate", "gzip"), ("gzip, deflate, br, zstd", "br")):
        answer = ask(path, Accept_Encoding=accepted)
        assert answer.status == plain.status
        assert answer.getheader("Content-Encoding") == encoding
        assert answer.getheader("Vary") == plain.getheader("Vary") == "Accept-Encoding"
        assert answer.getheader("Content-Type") == plain.getheader("Content-Type")
        assert faults(answer) == {}
        sizes.append(len(answer.body))
        tags.add(answer.getheader("ETag"))
    assert sizes[0] > 2 * sizes[1] > 2 * sizes[2], sizes
    assert len(tags) == 3, "each copy has its own tag"
    assert ask(path, Accept_Encoding="gzip;q=0").getheader("Content-Encoding") is None


@pytest.mark.parametrize(("server", "start"), [("root", "/"), ("tls", "/"), ("folder", FOLDER)])
def test_the_server_sends_readers_on(ask, garden, server, start):
    published = publication(garden, "https://kolonilotten.example/")
    short = [r for r in published.redirects if r.from_path.startswith("p/")]
    assert len(short) > 5
    ancestors = "" if start == "/" else "'self' https://intranat.example"
    for redirect in [*short, MOVED]:
        for path in (redirect.from_path, redirect.from_path.rstrip("/")):
            answer = ask(start + path, server)
            assert answer.status == 308, path
            # relative: right whatever host and port the reader came by (RFC 9110, 10.2.2)
            assert answer.getheader("Location") == start + redirect.to_path
            assert faults(answer, ancestors=ancestors) == {}
    # what somebody searched for comes along, before the id
    for source, to in (
        ("p/sok", "om/ord/?q=%C3%A5"),
        (MOVED.from_path, "om/kontakt/?q=%C3%A5#rad"),
    ):
        assert ask(f"{start}{source}?q=%C3%A5", server).getheader("Location") == start + to
    slash = ask(start + "om/kontakt", server)
    assert (slash.status, slash.getheader("Location")) == (301, start + "om/kontakt/")


def test_the_folder_without_its_last_slash_is_the_folder_and_the_host_keeps_the_rest(ask):
    answer = ask(FOLDER.rstrip("/"), "folder")
    assert (answer.status, answer.getheader("Location")) == (308, FOLDER)
    assert ask("/", "folder").body == b"the host's own"
    assert ask("/.hidden", "folder").status == 200
    assert ask("/x.pdf", "folder").status == 403
    assert ask(FOLDER + "x.pdf", "folder").status == 404, "the host's rule for .pdf isn't ours"


@pytest.mark.parametrize(
    "path",
    [
        "finns-inte", "finns/inte/a/b/c/d/", "assets/", "404.html", ".htaccess", ".git/config",
        "om/kontakt/.hemlig", "web.config", ".well-known/finns-inte",
        "om/kontakt/index.php", "om%2F%6Bontakt%2Ffinns-inte", "om/kontakt%00", "om/kontakt/%2e%2e/finns-inte",
        "%C3%A5%C3%A4%C3%B6", "%ff%fe",
    ],
)  # fmt: skip
@pytest.mark.parametrize(("server", "start"), [("root", "/"), ("folder", FOLDER)])
def test_what_is_not_for_readers_is_not_found(ask, server, start, path):
    answer = ask(start + path, server)
    if path == "om/kontakt%00":  # no path at all (nginx: a zero byte is a bad request)
        assert answer.status == 400
        return
    assert answer.status == 404
    assert b"Sidan finns inte" in answer.body
    assert f'href="{start}om/kontakt/"'.encode() in answer.body, "links from the root, at any depth"
    assert faults(answer, ancestors="" if start == "/" else "'self' https://intranat.example") == {}


def test_a_contact_for_security_is_found(ask, garden_in_a_folder):
    file = garden_in_a_folder.site / ".well-known/security.txt"
    file.parent.mkdir(exist_ok=True)
    file.write_text("Contact: mailto:a@b.example\n")
    answer = ask(FOLDER + ".well-known/security.txt", "folder")
    assert (answer.status, answer.getheader("Content-Type")) == (200, "text/plain; charset=utf-8")


def test_the_image_has_a_whole_configuration(tmp_path):
    text = (ROOT / ".ci/nginx.conf").read_text(encoding="utf-8")
    (tmp_path / "site.conf").write_text(nginx(Publication("/", "*", (), ()), Path("/srv/site")))
    for there, here in {
        "/tmp/": f"{tmp_path}/",  # first, as tmp_path may be below it
        "/etc/nginx/modules-enabled/": f"{tmp_path}/none/",
        "/etc/nginx/": f"{tmp_path}/",
        "listen 8080": f"listen unix:{tmp_path}/socket",
    }.items():
        assert there in text
        text = text.replace(there, here)
    (tmp_path / "nginx.conf").write_text(text)
    command = [find_nginx(), "-t", "-q", "-p", tmp_path, "-c", tmp_path / "nginx.conf"]
    done = subprocess.run(command, capture_output=True, text=True)
    assert (done.returncode, done.stderr) == (0, ""), done.stderr


def test_no_redirect_leads_to_another_host(ask):
    """//host is another host's address to a browser."""
    for path in (
        "//exempel.se",
        "//exempel.se/%2e%2e",
        "///kontakt",
        "/\\exempel.se",
        "//p/vatten",
    ):
        location = ask(path).getheader("Location") or "/"
        assert location.startswith("/") and not location.startswith(("//", "/\\")), path


@pytest.mark.parametrize("method", ["POST", "PUT", "PATCH", "DELETE", "OPTIONS", "TRACE"])
def test_nothing_can_be_sent_to_it(ask, method):
    for path in ("/", "/om/kontakt/", "/granskning.json"):
        assert ask(path, method=method).status == 405, path
