"""What README and the recipes for publishing name exists, and does what they say."""

from __future__ import annotations

import functools
import os
import re
import subprocess

import pytest
import yaml

from tests.conftest import ROOT

pytestmark = pytest.mark.slow

README = (ROOT / "README.md").read_text(encoding="utf-8")
WORKFLOWS = sorted((ROOT / ".github/workflows").glob("*.yml"))
FROM_ELSEWHERE = {"site"}  # what the build makes


def commands() -> list[tuple[str, str]]:
    """Return each shell script of the workflows and of .gitlab-ci.yml, with where it stands."""
    found = []
    for file in WORKFLOWS:
        for job in yaml.safe_load(file.read_text("utf-8"))["jobs"].values():
            found += [(file.name, step["run"]) for step in job["steps"] if "run" in step]
    for name, job in yaml.safe_load((ROOT / ".gitlab-ci.yml").read_text("utf-8")).items():
        found += [(f".gitlab-ci.yml {name}", line) for line in job.get("script", ())]
    return found


@pytest.mark.parametrize(("place", "script"), commands())
def test_workflow_script_is_bash_and_names_existing_files(place, script):
    checked = subprocess.run(["bash", "-n"], input=script, capture_output=True, text=True)
    assert checked.returncode == 0, checked.stderr
    for path in re.findall(
        r"(?<![\w/.])(?:scripts|tests|docs)/[\w./-]+|requirements[\w-]*\.txt", script
    ):
        assert (ROOT / path).exists() or path == "docs/_data/link-state.json", (place, path)


@pytest.mark.parametrize("file", WORKFLOWS, ids=lambda file: file.name)
def test_workflow_actions_are_pinned_to_commits(file):
    """A tag can be moved to other code; a commit can't."""
    uses = re.findall(r"uses: *(.*)", file.read_text("utf-8"))
    assert uses
    for line in uses:
        assert re.fullmatch(r"[\w/-]+@[0-9a-f]{40} # v\d+\.\d+\.\d+", line), line


def test_workflow_permissions_are_the_least():
    for file in WORKFLOWS:
        workflow = yaml.safe_load(file.read_text("utf-8"))
        asking = [workflow, *workflow["jobs"].values()]
        rights = [right for part in asking for right in part.get("permissions", {}).items()]
        writes = {name for name, right in rights if right == "write"}
        wanted = {
            "audit.yml": set(),
            "links.yml": {"contents", "issues"},
            "pages.yml": {"pages", "id-token"},
            "proposal.yml": set(),
        }
        assert writes == wanted[file.name], file.name


def test_proposal_is_built_and_kept_before_its_tests():
    """Anyone may propose: code from outside runs without rights, and a test that fails hides no site."""
    workflow = yaml.safe_load((ROOT / ".github/workflows/proposal.yml").read_text("utf-8"))
    assert list(workflow[True]) == ["pull_request"], "YAML reads `on` as true"
    assert workflow["permissions"] == {"contents": "read"}
    (job,) = workflow["jobs"].values()
    steps = [step.get("run") or step["uses"].partition("@")[0] for step in job["steps"]]
    build, kept, tests = (
        next(number for number, step in enumerate(steps) if name in step)
        for name in ("scripts/build.py", "actions/upload-artifact", "scripts/test.py --quick")
    )
    assert build < kept < tests
    for file in WORKFLOWS:
        assert "secrets." not in file.read_text("utf-8"), file.name
    gitlab = yaml.safe_load((ROOT / ".gitlab-ci.yml").read_text("utf-8"))["proposal"]
    assert gitlab["script"][0] == "python3 scripts/build.py"
    assert gitlab["script"][-1] == "python3 scripts/test.py --quick"
    assert gitlab["artifacts"]["when"] == "always"
    assert gitlab["artifacts"]["reports"]["codequality"] == gitlab["variables"]["CODE_QUALITY"]


def test_publish_needs_the_tests():
    github = yaml.safe_load((ROOT / ".github/workflows/pages.yml").read_text("utf-8"))["jobs"]
    gitlab = yaml.safe_load((ROOT / ".gitlab-ci.yml").read_text("utf-8"))
    assert github["publish"]["needs"] == "test" and gitlab["pages"]["needs"] == ["test"]
    for script in (github["test"]["steps"][-1]["run"], *gitlab["test"]["script"]):
        assert script == "python3 scripts/test.py"
    for job in (github["test"], github["publish"], gitlab["test"], gitlab["pages"]):
        assert not {"if", "continue-on-error", "allow_failure"} & job.keys()
    for file in WORKFLOWS:
        if file.name != "pages.yml":
            assert "deploy-pages" not in file.read_text("utf-8")


def test_commands_have_no_secret_in_an_address():
    for place, script in commands():
        assert not re.search(r"://[^/\s]*\$\w*(?:TOKEN|SECRET|PASSWORD)", script), place


def test_gitlab_credentials_reach_git(tmp_path):
    jobs = yaml.safe_load((ROOT / ".gitlab-ci.yml").read_text("utf-8"))
    (line,) = (line for line in jobs["links"]["script"] if "credential.helper" in line)
    environ = {**os.environ, "PUSH_TOKEN": "a b$c", "GIT_CONFIG_GLOBAL": os.devnull}
    run = functools.partial(
        subprocess.run, cwd=tmp_path, env=environ, check=True, text=True, capture_output=True
    )
    run(["git", "init"])
    run(["bash", "-c", line])
    asked = run(["git", "credential", "fill"], input="protocol=https\nhost=example.org\n\n")
    assert "username=link-check\npassword=a b$c\n" in asked.stdout


def test_container_copies_existing_files_that_are_let_through():
    recipe = (ROOT / ".ci/Containerfile").read_text(encoding="utf-8")
    let_through = (ROOT / ".containerignore").read_text(encoding="utf-8").split()
    copied = re.findall(r"^COPY (\S+) (\S+)$", recipe, re.M)
    assert len(copied) == 3
    for source, _ in copied:
        assert f"!{source}" in let_through
        assert source in FROM_ELSEWHERE or (ROOT / source).is_file()
    snippet = (ROOT / "scripts/delivery/servers/nginx.conf").read_text(encoding="utf-8")
    assert f"\nroot {dict(copied)['site']};\n" in snippet
