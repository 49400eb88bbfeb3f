"""Where keys come from: the environment, a file, a command, the keyring; and that none of them leaks one."""

from __future__ import annotations

import os
import resource
import signal
import stat
import subprocess
import sys
import time
import traceback
from pathlib import Path

import pytest

import clockeye_cli
from clockeye_cli.config import credentials
from clockeye_cli.errors import ClockeyeError, KeyMissingError, StorageError

KEY = "sk_live_0123456789"
ORIGIN = "https://api.example:443"
CODE = str(Path(clockeye_cli.__file__).parent.parent)


def key_file(folder: Path, content: bytes | str = KEY + "\n", mode: int = 0o600) -> str:
    path = folder / "the.key"
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    path.chmod(mode)
    return str(path)


def refused(error: pytest.ExceptionInfo[KeyMissingError]) -> str:
    """The message of an error; its traceback must not hold the key."""
    assert error.value.exit_code == 4
    shown = "".join(traceback.format_exception(error.value, chain=True))
    assert KEY not in shown + error.value.hint
    return error.value.message


def test_a_key_never_shows_its_text() -> None:
    key = credentials.Key(KEY, "here")
    assert repr(key) == str(key) == f"{key}" == "Key(***, 'here')"
    assert KEY not in key.digest
    assert key.digest == credentials.Key(KEY, "there").digest != credentials.Key(KEY + "x", "here").digest


def test_the_environment_gives_a_key_and_blanks_around_it_are_none_of_it() -> None:
    found = credentials.from_environment({"CLOCKEYE_API_KEY": f" {KEY}\n"})
    assert found is not None
    assert (found.text, found.source) == (KEY, "CLOCKEYE_API_KEY")


@pytest.mark.parametrize("environ", [{}, {"CLOCKEYE_API_KEY": ""}, {"CLOCKEYE_API_KEY": " \n"}])
def test_an_environment_without_a_key_gives_none(environ: dict[str, str]) -> None:
    assert credentials.from_environment(environ) is None


def test_the_key_itself_goes_before_its_file_and_a_blank_one_does_not(tmp_path: Path) -> None:
    path = key_file(tmp_path, "from_file")
    for text, expected in ((KEY, KEY), (" ", "from_file")):
        found = credentials.from_environment({"CLOCKEYE_API_KEY": text, "CLOCKEYE_API_KEY_FILE": path})
        assert found is not None
        assert found.text == expected


@pytest.mark.parametrize("content", [KEY, f"{KEY}\n", f"  {KEY}\r\n\n"])
@pytest.mark.parametrize("mode", [0o600, 0o400])
def test_a_key_file_that_only_its_owner_reads_gives_a_key(content: str, mode: int, tmp_path: Path) -> None:
    path = key_file(tmp_path, content, mode)
    found = credentials.from_environment({"CLOCKEYE_API_KEY_FILE": path})
    assert found is not None
    assert (found.text, found.source) == (KEY, f"CLOCKEYE_API_KEY_FILE ({path})")


@pytest.mark.parametrize("mode", [0o640, 0o604, 0o620, 0o644, 0o666, 0o610])
def test_a_key_file_that_others_can_read_is_refused_with_the_way_out(mode: int, tmp_path: Path) -> None:
    path = key_file(tmp_path, mode=mode)
    with pytest.raises(KeyMissingError, match="is readable by other users") as error:
        credentials.from_environment({"CLOCKEYE_API_KEY_FILE": path})
    refused(error)
    assert error.value.hint == f"chmod 600 {path}"


@pytest.mark.parametrize(
    ("content", "why"),
    [
        ("", "is empty"),
        (" \n\n", "is empty"),
        (b"\xff\xfe" + KEY.encode(), "is not a text file"),
        (f"{KEY}\n{KEY}\n", "is not an API key"),
        (f"key = {KEY}", "is not an API key"),
        (f"{KEY}é", "is not an API key"),
        (f"{KEY}\0", "is not an API key"),
        (KEY * 500, "is not an API key"),
    ],
)
def test_a_key_file_with_anything_but_a_key_is_refused(
    content: bytes | str, why: str, tmp_path: Path
) -> None:
    path = key_file(tmp_path, content)
    with pytest.raises(KeyMissingError, match=why) as error:
        credentials.from_environment({"CLOCKEYE_API_KEY_FILE": path})
    assert path in refused(error)
    with pytest.raises(KeyMissingError, match=why):
        credentials.from_file(path)


def test_a_key_file_that_is_missing_or_a_folder_is_an_error_and_not_no_key(tmp_path: Path) -> None:
    for path in (str(tmp_path / "none.key"), str(tmp_path)):
        with pytest.raises(KeyMissingError, match="cannot be read") as error:
            credentials.from_environment({"CLOCKEYE_API_KEY_FILE": path})
        assert path in refused(error)


@pytest.mark.parametrize("text", [f"{KEY}\nX-Evil: 1", f"{KEY} x", f"{KEY}\udcff", f"{KEY}ß"])
def test_what_no_header_takes_is_refused_at_the_source(text: str) -> None:
    with pytest.raises(KeyMissingError, match="The value from CLOCKEYE_API_KEY is not an API key") as error:
        credentials.from_environment({"CLOCKEYE_API_KEY": text})
    refused(error)


def python(code: str) -> list[str]:
    return [sys.executable, "-c", code]


def test_a_command_gives_the_first_line_that_it_prints() -> None:
    found = credentials.from_command(python(f"print('{KEY}'); print('login: me')"), {})
    assert (found.text, found.source) == (KEY, f"api_key_command ({sys.executable})")


def test_a_command_gets_the_environment_that_is_given() -> None:
    found = credentials.from_command(python("import os; print(os.environ['VAULT'])"), {"VAULT": KEY})
    assert found.text == KEY


def test_no_shell_sees_the_words_of_a_command(tmp_path: Path) -> None:
    words = [*python("import sys; print(sys.argv[1].encode().hex())"), f"$(touch {tmp_path}/x); `id` > y | z"]
    found = credentials.from_command(words, {})
    assert bytes.fromhex(found.text).decode() == words[-1]
    assert os.listdir(tmp_path) == []


@pytest.mark.parametrize(
    ("command", "why"),
    [
        (python(f"print('{KEY}'); exit(3)"), "exited with 3 and printed a key"),
        (python("pass"), "exited with 0 and printed no key"),
        (python(f"print(); print('{KEY}')"), "printed no key"),
        (python("import sys; sys.exit('no')"), "exited with 1 and printed no key"),
        (python("import os; os.kill(os.getpid(), 9)"), "exited with -9"),
        (["/nonexistent/pass", "show"], "No such file"),
        (["/"], "ermission denied"),
        (["pass\0"], "null"),
    ],
)
def test_a_command_that_gives_no_key_is_an_error_that_says_why(command: list[str], why: str) -> None:
    with pytest.raises(KeyMissingError, match=why) as error:
        credentials.from_command(command, {})
    assert error.value.message.startswith("api_key_command ")
    assert KEY not in error.value.message + error.value.hint


def test_a_command_that_prints_no_key_but_words_is_refused() -> None:
    with pytest.raises(KeyMissingError, match="is not an API key"):
        credentials.from_command(python("print('Enter your passphrase:')"), {})


def test_a_command_does_not_read_what_is_meant_for_clockeye() -> None:
    code = f"import sys; print(sys.stdin.read() or {KEY!r})"
    with_input = (
        "from clockeye_cli.config import credentials;"
        f"print(credentials.from_command({python(code)!r}, {{}}).text == {KEY!r}, input())"
    )
    done = subprocess.run(
        [sys.executable, "-c", with_input],
        input="mine\n",
        text=True,
        capture_output=True,
        check=False,
        cwd=CODE,
    )
    assert (done.stdout, done.stderr) == ("True mine\n", "")


def test_a_profile_without_a_key_file_has_none(tmp_path: Path) -> None:
    assert credentials.from_file(str(tmp_path / "work.key")) is None


def test_a_saved_key_is_its_owners_alone_and_is_read_back(tmp_path: Path) -> None:
    path = tmp_path / "new" / "work.key"
    before = os.umask(0)
    try:
        credentials.save_to_file(str(path), KEY)
    finally:
        os.umask(before)
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert stat.S_IMODE(path.parent.stat().st_mode) == 0o700
    assert path.read_text() == KEY + "\n"
    assert credentials.from_file(str(path)) == credentials.Key(KEY, f"file ({path})")


def test_a_file_that_others_could_read_is_closed_to_them_when_a_key_is_saved(tmp_path: Path) -> None:
    path = key_file(tmp_path, "an older and longer key that was here", 0o666)
    credentials.save_to_file(path, KEY)
    assert stat.S_IMODE(os.stat(path).st_mode) == 0o600
    assert Path(path).read_text() == KEY + "\n"


def test_a_key_that_cannot_be_saved_leaves_the_one_that_was_there(tmp_path: Path) -> None:
    path = key_file(tmp_path, "the_key_before\n")
    limits = resource.getrlimit(resource.RLIMIT_FSIZE)
    ignored = signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    resource.setrlimit(resource.RLIMIT_FSIZE, (1, limits[1]))
    try:
        with pytest.raises(StorageError, match="cannot be written"):
            credentials.save_to_file(path, KEY)
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, limits)
        signal.signal(signal.SIGXFSZ, ignored)
    assert Path(path).read_text() == "the_key_before\n"
    assert os.listdir(tmp_path) == ["the.key"]


def test_a_key_that_cannot_be_saved_is_an_error_that_names_the_path(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    path = str(tmp_path / "file" / "work.key")
    with pytest.raises(StorageError, match="cannot be written") as error:
        credentials.save_to_file(path, KEY)
    assert path in error.value.message


class Keyring:
    """The environment of a real keyring process: a home of its own, and a backend."""

    def __init__(self, folder: Path, backend: str, source: str = "") -> None:
        self.folder = folder
        code = folder / "code"
        code.mkdir()
        if source:
            (code / f"{backend.partition('.')[0]}.py").write_text(source)
        self.environ = {
            "HOME": str(folder / "home"),
            "PATH": os.environ["PATH"],
            "PYTHONPATH": os.pathsep.join((CODE, str(code))),
            "PYTHON_KEYRING_BACKEND": backend,
            "PYTHONDONTWRITEBYTECODE": "1",
        }

    def get(self, seconds: float = 30) -> credentials.Key | None:
        return credentials.from_keyring(ORIGIN, "work", environ=self.environ, seconds=seconds)

    def set(self, seconds: float = 30) -> None:
        credentials.save_to_keyring(ORIGIN, "work", KEY, environ=self.environ, seconds=seconds)

    def delete(self, seconds: float = 30) -> None:
        credentials.delete_from_keyring(ORIGIN, "work", environ=self.environ, seconds=seconds)

    def files(self) -> list[str]:
        return sorted(name for name in os.listdir(self.folder) if name != "code")


PLAIN = """
import keyring.backend
class Keyring(keyring.backend.KeyringBackend):
    priority = 9
    def get_password(self, service, account):
        return open(FILE).read()
    def set_password(self, service, account, password):
        open(FILE, "w").write(password)
    def delete_password(self, service, account):
        pass
"""


@pytest.mark.parametrize("verb", ["get", "set", "delete"])
@pytest.mark.parametrize("backend", ["keyring.backends.null.Keyring", "keyring.backends.fail.Keyring"])
def test_a_backend_that_is_not_on_the_list_is_refused(backend: str, verb: str, tmp_path: Path) -> None:
    keyring = Keyring(tmp_path, backend)
    with pytest.raises(KeyMissingError, match="no safe backend") as error:
        getattr(keyring, verb)()
    assert backend.rpartition(".")[0] in refused(error)
    assert (error.value.code, error.value.hint) == ("no_keyring", credentials.WAYS)
    assert keyring.files() == []


@pytest.mark.parametrize("module", ["plaintext", "SecretService", "kwallet", "macOS"])
def test_a_plain_text_backend_never_gets_the_key_whatever_it_is_called(module: str, tmp_path: Path) -> None:
    keyring = Keyring(tmp_path, f"{module}.Keyring", PLAIN.replace("FILE", repr(str(tmp_path / "leak"))))
    with pytest.raises(KeyMissingError, match="no safe backend") as error:
        keyring.set()
    refused(error)
    assert keyring.files() == []


@pytest.mark.parametrize("where", ["import", "asking"])
def test_a_backend_that_hangs_costs_the_limit_and_is_then_no_key(where: str, tmp_path: Path) -> None:
    hang = "import time\ntime.sleep(600)\n"
    if where == "asking":
        hang = (
            "import time\nimport keyring.backends.SecretService as real\n"
            "class Keyring(real.Keyring):\n"
            "    priority = 9\n"
            "    def get_password(self, service, account):\n"
            "        time.sleep(600)\n"
            "Keyring.__module__ = 'keyring.backends.SecretService'\n"
        )
    keyring = Keyring(tmp_path, "slow.Keyring", hang)
    began = time.monotonic()
    with pytest.raises(KeyMissingError, match="did not respond within 2 seconds") as error:
        keyring.get(seconds=2)
    assert 2 <= time.monotonic() - began < 10
    refused(error)
    assert (error.value.code, error.value.hint) == ("keyring_hangs", credentials.WAYS)


VAULT = """
import json, os
import keyring.backend
from keyring.errors import PasswordDeleteError
class Keyring(keyring.backend.KeyringBackend):
    priority = 9
    def _all(self):
        return json.load(open(FILE)) if os.path.exists(FILE) else {}
    def get_password(self, service, account):
        return self._all().get(f"{service}|{account}")
    def set_password(self, service, account, password):
        json.dump({**self._all(), f"{service}|{account}": password}, open(FILE, "w"))
    def delete_password(self, service, account):
        left = self._all()
        if left.pop(f"{service}|{account}", None) is None:
            raise PasswordDeleteError("not there")
        json.dump(left, open(FILE, "w"))
Keyring.__module__ = "keyring.backends.MODULE"
"""


@pytest.mark.parametrize("module", ["SecretService", "kwallet", "macOS", "Windows", "libsecret"])
def test_each_safe_backend_keeps_gives_and_forgets_a_key(module: str, tmp_path: Path) -> None:
    source = VAULT.replace("FILE", repr(str(tmp_path / "vault"))).replace("MODULE", module)
    keyring = Keyring(tmp_path, "vault.Keyring", source)
    assert keyring.get() is None
    keyring.set()
    assert keyring.get() == credentials.Key(KEY, "keyring")
    assert (tmp_path / "vault").read_text() == f'{{"clockeye {ORIGIN}|work": "{KEY}"}}'
    keyring.delete()
    keyring.delete()
    assert keyring.get() is None


def test_a_keyring_that_fails_says_why(tmp_path: Path) -> None:
    source = VAULT.replace("FILE", repr(str(tmp_path / "vault"))).replace("MODULE", "SecretService")
    source += "def locked(self, *_):\n    raise keyring.errors.KeyringLocked('the collection is locked')\n"
    source += "import keyring.errors\nKeyring.get_password = Keyring.set_password = locked\n"
    keyring = Keyring(tmp_path, "vault.Keyring", source)
    for act in (keyring.get, keyring.set):
        with pytest.raises(KeyMissingError, match="cannot be used: the collection is locked") as error:
            act()
        refused(error)


def test_nothing_of_the_folder_that_one_stands_in_is_run(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    marker = tmp_path / "ran"
    here = tmp_path / "here"
    (here / "clockeye_cli" / "config").mkdir(parents=True)
    evil = f"open({str(marker)!r}, 'w')\n"
    for name in ("keyring.py", "hashlib.py", "clockeye_cli/__init__.py", "clockeye_cli/config/__init__.py"):
        (here / name).write_text(evil)
    (here / "clockeye_cli" / "config" / "keyring_process.py").write_text(evil)
    monkeypatch.chdir(here)
    with pytest.raises(ClockeyeError):
        Keyring(tmp_path, "keyring.backends.fail.Keyring").get()
    assert not marker.exists()


def test_the_error_for_no_key_names_the_profile_and_the_ways_to_give_one() -> None:
    error = credentials.missing("work")
    assert (error.message, error.code, error.exit_code) == (
        "No API key for profile work.",
        "no_key",
        4,
    )
    for way in ("clockeye auth login", "CLOCKEYE_API_KEY", "CLOCKEYE_API_KEY_FILE", "api_key_command"):
        assert way in error.hint
