"""`.clockeye.toml`: where it is found, what it may say, when it is ignored; the branch for its template."""

from __future__ import annotations

import os
import shutil
import subprocess
from typing import TYPE_CHECKING

import pytest

from clockeye_cli.config import folder
from clockeye_cli.config.folder import Defaults

if TYPE_CHECKING:
    from pathlib import Path

HASH = "3f786850e387550fdab836ed7e6dc881de23001b"


@pytest.fixture
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder two below where the file of a test stands, and the working one."""
    below = tmp_path / "src/acme"
    below.mkdir(parents=True)
    monkeypatch.chdir(below)
    return below


def write(place: Path, text: str) -> str:
    path = place / ".clockeye.toml"
    path.write_text(text)
    path.chmod(0o644)
    return str(path)


def problem() -> str:
    """The one problem of a file that says nothing else."""
    found = folder.find()
    assert found is not None
    assert found == Defaults(found.path, problems=found.problems)
    assert len(found.problems) == 1
    return found.problems[0].replace(found.path, "FILE")


def test_without_a_file_a_folder_says_nothing(here: Path) -> None:
    assert folder.find() is None
    here.rmdir()
    assert folder.find() is None


def test_the_file_of_a_folder_above_holds_and_the_nearest_holds_alone(here: Path) -> None:
    above = write(here.parent, 'project = "web"\nbillable = false\ndescription = "Mail"\n')
    assert folder.find() == Defaults(above, "web", billable=False, description="Mail")
    nearest = write(here, 'project = "acme"\n')
    assert folder.find() == Defaults(nearest, "acme")


def test_other_keys_are_named_and_mean_nothing(here: Path) -> None:
    path = write(here, 'project = "acme"\nurl = "https://evil.example"\napi_key_command = ["id"]\n[hooks]\n')
    assert folder.find() == Defaults(
        path,
        "acme",
        problems=tuple(
            f"{path}: {key} is ignored; only project, billable, description can be set there."
            for key in ("url", "api_key_command", "hooks")
        ),
    )


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ('project = "acme"\nbillable\n', "(at line 2, column 9)"),
        ("project = 5", "project must be a name"),
        ('project = "  "', "project must be a name"),
        ('project = "acme"\nbillable = "no"', "billable must be true or false"),
        ("billable = 1", "billable must be true or false"),
        ('description = ["x"]', "description must be a string"),
        ("x = " + "[" * 20_000, "nested too deeply"),
        ("# " + "x" * 65_536, "it is larger than 65536 bytes"),
    ],
)
def test_a_file_that_is_not_understood_says_nothing_but_why(here: Path, text: str, said: str) -> None:
    write(here, text)
    assert problem().startswith("FILE is ignored: ")
    assert said in problem()


def test_what_is_no_file_is_neither_read_nor_waited_for(here: Path) -> None:
    path = here / ".clockeye.toml"
    os.mkfifo(path, 0o600)
    assert problem() == "FILE is ignored: it is not a regular file."
    path.unlink()
    path.symlink_to("nowhere")
    assert problem() == "FILE is ignored: No such file or directory."


def test_a_nul_becomes_what_a_store_can_keep(here: Path) -> None:
    path = write(here, 'project = "\\u0000"\ndescription = "a\\u0000b\\u001b"\n')
    assert folder.find() == Defaults(path, "\ufffd", description="a\ufffdb\x1b")


# --- who could have written it ------------------------------------------------------------------------------


@pytest.mark.parametrize("mode", [0o646, 0o602, 0o666])
def test_a_file_that_others_can_write_is_ignored(here: Path, mode: int) -> None:
    os.chmod(write(here, 'project = "evil"'), mode)
    assert problem() == (
        "FILE is ignored: other users can write to FILE."
        " Check its content, then make sure that only you can change it (chown, chmod go-w)."
    )


def test_a_file_in_a_folder_that_others_can_write_is_ignored(here: Path) -> None:
    write(here, 'project = "evil"')
    here.chmod(0o757)
    assert f"can write to {here}." in problem()
    here.chmod(0o1777)  # others can put a file there, if none of ours can be taken away
    assert f"can write to {here}." in problem()
    here.chmod(0o755)
    here.parent.chmod(0o757)  # others can put another folder in this one's place
    assert f"can write to {here.parent}." in problem()


def test_a_shared_folder_above_does_no_harm_where_nobody_can_rename_what_is_ours(here: Path) -> None:
    path = write(here, 'project = "acme"')
    here.parent.chmod(0o1777)
    assert folder.find() == Defaults(path, "acme")


def test_a_link_counts_for_no_more_than_what_it_means(here: Path, tmp_path: Path) -> None:
    shared = tmp_path / "shared"
    shared.mkdir()
    (here / ".clockeye.toml").symlink_to(write(shared, 'project = "acme"'))
    assert folder.find() == Defaults(str(here / ".clockeye.toml"), "acme")
    shared.chmod(0o757)
    assert f"can write to {shared}." in problem()


# --- the branch ---------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("head", "branch"),
    [
        ("ref: refs/heads/main\n", "main"),
        ("ref: refs/heads/feature/login\r\n", "feature/login"),
        (f"{HASH}\n", "3f78685"),
        ("ref: refs/heads/.invalid\n", None),  # git's, where branches stand in a table
        ("ref: refs/bisect/bad\n", None),
        ("root:x:0:0:root:/root:/bin/bash\n", None),
        ("", None),
    ],
)
def test_the_branch_is_what_head_names(here: Path, head: str, branch: str | None) -> None:
    (here.parent / ".git").mkdir()
    (here.parent / ".git/HEAD").write_bytes(head.encode())
    assert folder.branch(str(here)) == branch


def test_a_head_that_cannot_be_read_is_no_branch(here: Path) -> None:
    assert folder.branch(str(here)) is None
    git = here / ".git"
    git.write_text("no gitdir\0")
    assert folder.branch(str(here)) is None
    git.unlink()
    git.mkdir()
    assert folder.branch(str(here)) is None
    os.mkfifo(git / "HEAD")
    assert folder.branch(str(here)) is None
    (git / "HEAD").unlink()
    (git / "HEAD").write_bytes(b"ref: refs/heads/gr\xf6\xdfe\n")
    assert folder.branch(str(here)) == "gr\ufffd\ufffde"


def test_a_template_takes_the_branch_and_is_left_out_where_there_is_none(here: Path) -> None:
    path = write(here, 'description = "{branch}: work on {this}"')
    assert folder.find() == Defaults(path)
    (here / ".git").mkdir()
    (here / ".git/HEAD").write_text("ref: refs/heads/{branch}/x\n")
    assert folder.find() == Defaults(path, description="{branch}/x: work on {this}")


def test_the_branch_is_what_git_says_in_a_checkout_a_worktree_and_a_submodule(tmp_path: Path) -> None:
    git = shutil.which("git")
    if git is None:
        assert not os.environ.get("CI"), "git is missing"
        pytest.skip("git is not installed")

    def run(place: Path, *words: str) -> str:
        settings = (
            "-c",
            "user.name=Ada",
            "-c",
            "user.email=ada@example.com",
            "-c",
            "protocol.file.allow=always",
        )
        done = subprocess.run([git, *settings, *words], cwd=place, capture_output=True, text=True, check=True)
        return done.stdout.strip()

    main = tmp_path / "main"
    main.mkdir()
    run(main, "init", "--quiet", "--initial-branch=feature/login")
    run(main, "commit", "--quiet", "--allow-empty", "--message=First")
    run(main, "worktree", "add", "--quiet", "-b", "hotfix", "../tree")
    run(main, "submodule", "--quiet", "add", str(main), "inner")
    deep = main / "a/b"
    deep.mkdir(parents=True)
    for place in (main, deep, tmp_path / "tree", main / "inner"):
        assert folder.branch(str(place)) == run(place, "symbolic-ref", "--short", "HEAD")
    run(main, "checkout", "--quiet", "--detach")
    assert folder.branch(str(deep)) == run(main, "rev-parse", "--short=7", "HEAD")
