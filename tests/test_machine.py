from __future__ import annotations

from types import SimpleNamespace

from tests import machine


def test_a_browser_named_by_hand_wins(monkeypatch, tmp_path):
    browser = tmp_path / "chromium"
    browser.write_text("")
    monkeypatch.setenv("CHROMIUM", str(browser))
    assert machine.find_browser() == str(browser)
    browser.unlink()
    assert machine.find_browser() is None, "a wrong setting is not covered up"


def test_the_shell_is_had_before_a_whole_browser(monkeypatch):
    asked: list[str] = []
    monkeypatch.setattr(machine, "install", lambda *names: asked.extend(names))
    monkeypatch.setattr(
        machine, "find_browser", lambda: asked[-1] if asked[-1:] == wanted else None
    )
    monkeypatch.setattr(machine, "unpack", lambda *_: None)
    monkeypatch.setattr(machine, "find_nginx", lambda: None)
    monkeypatch.setattr(machine.shutil, "which", lambda name, **_: f"/usr/bin/{name}")
    for wanted in ([machine.SHELL], ["chromium"]):
        asked.clear()
        machine.ready()
        assert asked[-1:] == wanted and asked[0] == machine.SHELL


def test_npm_packages_are_installed_once_for_each_lock(tmp_path, monkeypatch):
    lock, target = tmp_path / "lock", tmp_path / "node"
    lock.mkdir()
    (lock / "package.json").write_text("{}")
    ran = []
    monkeypatch.setattr(
        machine.subprocess, "run", lambda *a, **_: ran.append(a) or SimpleNamespace(returncode=0)
    )
    assert machine.install_node_tools(lock, target) and machine.install_node_tools(lock, target)
    assert len(ran) == 1 and (target / "package.json").is_file()
    (lock / "package.json").write_text('{"private": true}')
    assert machine.install_node_tools(lock, target)
    assert len(ran) == 2, "another lock, another install"


def test_npm_packages_that_cannot_be_had_are_told_of(tmp_path, monkeypatch, capsys):
    (tmp_path / "lock").mkdir()
    failed = SimpleNamespace(returncode=1, stdout="", stderr="ENOTFOUND")
    monkeypatch.setattr(machine.subprocess, "run", lambda *_, **__: failed)
    assert not machine.install_node_tools(tmp_path / "lock", tmp_path / "node")
    assert "ENOTFOUND" in capsys.readouterr().err
    assert not (tmp_path / "node/installed").exists()


def test_nginx_is_unpacked_and_never_installed(monkeypatch, tmp_path):
    ran = []

    def run(arguments, **_):
        ran.append([str(a) for a in arguments])
        if "download" in ran[-1] and ["update"] in ran:
            (tmp_path / "nginx.deb").write_text("")
        return SimpleNamespace(returncode=0 if ["update"] in ran else 100)

    monkeypatch.setattr(machine.shutil, "which", lambda name, **_: f"/usr/bin/{name}")
    monkeypatch.setattr(machine.subprocess, "run", run)
    monkeypatch.setattr(machine, "apt", lambda *a: ran.append(list(a)))
    machine.unpack(machine.NGINX, tmp_path)
    assert ["update"] in ran, "where there are no lists yet, they are fetched"
    assert ran[-1] == ["dpkg-deb", "-x", str(tmp_path / "nginx.deb"), str(tmp_path)]
    assert not any("install" in arguments for arguments in ran)
    assert not list(tmp_path.iterdir())


def test_an_nginx_that_does_not_start_is_not_found(monkeypatch, tmp_path):
    broken = tmp_path / "usr/sbin/nginx"
    broken.parent.mkdir(parents=True)
    broken.write_text("#!/bin/false\n")
    broken.chmod(0o755)
    monkeypatch.delenv("NGINX_PATH", raising=False)
    monkeypatch.setattr(machine, "NGINX_FOLDER", tmp_path)
    assert machine.find_nginx() is None
    broken.write_text("#!/bin/true\n")
    assert machine.find_nginx() == str(broken)
    monkeypatch.setenv("NGINX_PATH", str(tmp_path / "finns-inte"))
    assert machine.find_nginx() is None, "a wrong setting is not covered up"


def test_libraries_may_have_the_names_they_had_before(monkeypatch, tmp_path):
    asked = []

    def run(arguments, **_):
        asked.append(arguments)
        return SimpleNamespace(returncode=int("libapr1t64" in arguments))

    monkeypatch.setattr(machine, "is_debian", lambda: True)
    monkeypatch.setattr(machine.subprocess, "run", run)
    monkeypatch.setattr(machine, "apt", lambda *_: None)
    machine.unpack(machine.APACHE, tmp_path)
    assert asked[-1][-3:] == ["apache2-bin", "libapr1", "libaprutil1"]


def test_an_apache_that_does_not_start_is_not_found(monkeypatch, tmp_path):
    broken = tmp_path / "usr/sbin/apache2"
    broken.parent.mkdir(parents=True)
    broken.write_text("#!/bin/false\n")
    broken.chmod(0o755)
    monkeypatch.setattr(machine, "APACHE_FOLDER", tmp_path)
    assert machine.find_apache() != tmp_path
    broken.write_text("#!/bin/true\n")
    assert machine.find_apache() == tmp_path


def test_without_a_browser_it_says_so_and_stops(monkeypatch, capsys):
    monkeypatch.setattr(machine, "find_browser", lambda: None)
    monkeypatch.setattr(machine, "install", lambda *_: None)
    monkeypatch.setattr(machine, "unpack", lambda *_: None)
    assert not machine.ready()
    assert "apt install chromium-headless-shell" in capsys.readouterr().err


def test_without_nginx_it_says_so_and_stops(monkeypatch, capsys):
    monkeypatch.setattr(machine, "find_browser", lambda: "/bin/true")
    monkeypatch.setattr(machine, "unpack", lambda *_: None)
    monkeypatch.setattr(machine, "find_nginx", lambda: None)
    assert not machine.ready()
    assert "apt install nginx" in capsys.readouterr().err


def test_without_apache_it_says_so_and_stops_where_debian_has_one(monkeypatch, capsys):
    for found in ("find_browser", "find_nginx"):
        monkeypatch.setattr(machine, found, lambda: "/bin/true")
    monkeypatch.setattr(machine, "unpack", lambda *_: None)
    monkeypatch.setattr(machine, "find_apache", lambda: None)
    monkeypatch.setattr(machine, "install_node_tools", lambda: False)
    monkeypatch.setattr(machine, "is_debian", lambda: True)
    assert not machine.ready()
    assert "apt install apache2-bin" in capsys.readouterr().err
    monkeypatch.setattr(machine, "is_debian", lambda: False)
    assert not machine.ready(), "for want of the next thing"
    assert "provas inte här" in capsys.readouterr().err
