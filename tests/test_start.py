"""The one command, run for real: in folders of its own, with small packages in place of the large ones.

The stand-in for Streamlit writes down how it was called and then waits, so that what start.py decides can be read;
the last test starts the app itself.
"""

from __future__ import annotations

import ast
import http.client
import os
import shutil
import socket
import subprocess
import sys
import time
import urllib.request
import zipfile
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

import start

if TYPE_CHECKING:
    from collections.abc import Iterator

ROOT = Path(__file__).parents[1]

STREAMLIT = """
import json, os, pathlib, sys, time
pathlib.Path("called.json").write_text(json.dumps(sys.argv[1:]))
pathlib.Path("data.txt").write_text(os.environ.get("SIGNALBOX_DATA", ""))
time.sleep(float(os.environ.get("STAND_IN_SECONDS", "0")))
"""
PYTEST = "import sys; print('pytest', *sys.argv[1:]); sys.exit(3)"


def wheel(folder: Path, name: str, version: str, program: str) -> None:
    """Write a wheel of one package that can be run with `python -m`."""
    info = f"{name}-{version}.dist-info"
    files = {
        f"{name}/__init__.py": "",
        f"{name}/__main__.py": program,
        f"{info}/METADATA": f"Metadata-Version: 2.1\nName: {name}\nVersion: {version}\n",
        f"{info}/WHEEL": "Wheel-Version: 1.0\nGenerator: test\nRoot-Is-Purelib: true\nTag: py3-none-any\n",
    }
    files[f"{info}/RECORD"] = "".join(f"{path},,\n" for path in [*files, f"{info}/RECORD"])
    with zipfile.ZipFile(folder / f"{name}-{version}-py3-none-any.whl", "w") as packed:
        for path, text in files.items():
            packed.writestr(path, text)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Lay out a download: start.py, an app, pins, and a shelf of wheels that stands for the internet."""
    place, shelf = tmp_path / "Signal box", tmp_path / "shelf"
    place.mkdir()
    shelf.mkdir()
    shutil.copy(ROOT / "start.py", place)
    (place / "app.py").write_text("", "utf-8")
    (place / "requirements.txt").write_text("streamlit==9.1\n", "utf-8")
    (place / "requirements-dev.txt").write_text("pytest==9.9\n", "utf-8")
    for version in ("9.1", "9.2"):
        wheel(shelf, "streamlit", version, STREAMLIT)
    wheel(shelf, "pytest", "9.9", PYTEST)
    return place


def surroundings(folder: Path, **changes: str) -> dict[str, str]:
    """Give the environment of a machine whose only packages are on the shelf, and whose path holds no uv."""
    kept = ("HOME", "USERPROFILE", "SYSTEMROOT", "TEMP", "TMP", "TMPDIR", "LD_LIBRARY_PATH")
    plain = {name: os.environ[name] for name in kept if name in os.environ}
    plain |= {"PATH": os.defpath, "PIP_CONFIG_FILE": os.devnull, "PIP_NO_INDEX": "1", "PIP_RETRIES": "0"}
    return plain | {"PIP_FIND_LINKS": str(folder.parent / "shelf")} | changes


def run(folder: Path, *arguments: str, **changes: str) -> subprocess.CompletedProcess[str]:
    """Run start.py to its end."""
    return subprocess.run(
        [sys.executable, "start.py", *arguments],
        cwd=folder,
        env=surroundings(folder, **changes),
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )


def called(folder: Path) -> list[str]:
    """Read how the stand-in was called."""
    words = ast.literal_eval((folder / "called.json").read_text("utf-8"))
    assert isinstance(words, list)
    return words


@pytest.fixture
def taken() -> Iterator[int]:
    """Listen on a port of this machine, as another program would."""
    with socket.create_server(("127.0.0.1", 0)) as server:
        yield int(server.getsockname()[1])


def free_port() -> int:
    """Find a port that nobody uses."""
    with socket.create_server(("127.0.0.1", 0)) as server:
        return int(server.getsockname()[1])


# --- what an old Python is told


def test_it_has_no_syntax_newer_than_python_3_6() -> None:
    ast.parse((ROOT / "start.py").read_text("utf-8"), feature_version=(3, 6))


def test_only_the_standard_library_is_used() -> None:
    tree = ast.parse((ROOT / "start.py").read_text("utf-8"))
    names = {alias.name for node in ast.walk(tree) if isinstance(node, ast.Import) for alias in node.names}
    names |= {str(node.module) for node in ast.walk(tree) if isinstance(node, ast.ImportFrom)}
    assert names <= sys.stdlib_module_names


def test_a_new_enough_python_is_used_as_it_is() -> None:
    assert start.newer_python((3, 11)) is None
    assert start.newer_python((3, 15)) is None


def test_an_old_python_without_a_newer_one_beside_it_says_so(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(start.CannotStart) as why:
        start.newer_python((3, 9))
    assert str(why.value) == (
        "Signalbox needs Python 3.11 or newer; this is Python 3.9. "
        "Install a newer one (free, from python.org), then start Signalbox again."
    )


@pytest.mark.skipif(os.name == "nt", reason="the path holds no python3.11 on Windows")
def test_an_old_python_finds_a_newer_one_that_runs(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    broken = tmp_path / "python3.14"
    broken.write_text("#!/bin/sh\nexit 127\n", "utf-8")
    broken.chmod(0o755)
    (tmp_path / "python3.12").symlink_to(sys.executable)
    monkeypatch.setenv("PATH", str(tmp_path))
    assert start.newer_python((3, 9)) == str(tmp_path / "python3.12")


# --- setting up


def test_the_first_start_sets_up_and_starts_the_app(folder: Path) -> None:
    port = free_port()
    first = run(folder, "--port", str(port), "--no-browser", SIGNALBOX_DATA="shop.db")
    assert (first.returncode, first.stderr) == (0, "")
    assert "Setting Signalbox up; this happens once and takes a minute or two" in first.stdout
    assert f"Signalbox: http://localhost:{port} (to stop it, press Ctrl+C or close this window)" in first.stdout
    assert called(folder) == ["run", "app.py", "--server.port", str(port), "--server.headless", "true"]
    assert (folder / "data.txt").read_text("utf-8") == str(folder / "shop.db")


def test_the_second_start_installs_nothing(folder: Path) -> None:
    run(folder, "--no-browser")
    (folder / "start.log").unlink()
    shutil.rmtree(folder.parent / "shelf")
    second = run(folder, "--no-browser")
    assert (second.returncode, second.stderr) == (0, "")
    assert "Setting" not in second.stdout
    assert not (folder / "start.log").exists()


def test_a_changed_pin_is_installed(folder: Path) -> None:
    run(folder, "--no-browser")
    (folder / "requirements.txt").write_text("streamlit==9.2\n", "utf-8")
    again = run(folder, "--no-browser")
    assert "Setting Signalbox up" in again.stdout
    assert list((folder / ".venv").rglob("streamlit-9.2.dist-info"))


def test_a_broken_set_up_is_made_anew(folder: Path) -> None:
    run(folder, "--no-browser")
    python = start.venv_python(folder)
    python.unlink()
    python.write_text("not a program", "utf-8")
    again = run(folder, "--no-browser")
    assert (again.returncode, again.stderr) == (0, "")
    assert "Setting Signalbox up" in again.stdout


def test_a_set_up_that_lost_its_packages_is_filled_again(folder: Path) -> None:
    run(folder, "--no-browser")
    for package in (folder / ".venv").rglob("streamlit*"):
        shutil.rmtree(package)
    again = run(folder, "--no-browser")
    assert (again.returncode, again.stderr) == (0, "")
    assert "Setting Signalbox up" in again.stdout


def test_the_folder_may_be_moved(folder: Path) -> None:
    run(folder, "--no-browser")
    moved = folder.rename(folder.with_name("Elsewhere"))
    again = run(moved, "--no-browser")
    assert (again.returncode, again.stderr) == (0, "")
    assert "Setting" not in again.stdout


@pytest.mark.skipif(shutil.which("uv") is None, reason="uv is not installed")
def test_uv_is_used_where_it_is(folder: Path) -> None:
    tools = folder.parent / "tools"
    tools.mkdir()
    (tools / "uv").symlink_to(str(shutil.which("uv")))
    path = os.pathsep.join([str(tools), os.environ["PATH"]])
    links = {"UV_FIND_LINKS": str(folder.parent / "shelf"), "UV_NO_INDEX": "1", "UV_NO_CONFIG": "1"}
    first = run(folder, "--no-browser", PATH=path, **links)
    assert (first.returncode, first.stderr) == (0, "")
    assert "uv pip install" in (folder / "start.log").read_text("utf-8")


@pytest.mark.skipif(os.name == "nt", reason="a shell script stands for uv")
def test_a_uv_that_does_not_work_leaves_the_turn_to_pip(folder: Path) -> None:
    tools = folder.parent / "tools"
    tools.mkdir()
    (tools / "uv").write_text("#!/bin/sh\necho no\nexit 1\n", "utf-8")
    (tools / "uv").chmod(0o755)
    first = run(folder, "--no-browser", PATH=os.pathsep.join([str(tools), os.defpath]))
    assert (first.returncode, first.stderr) == (0, "")


def test_the_checks_get_their_packages_and_their_options(folder: Path) -> None:
    tested = run(folder, "test", "-k", "status")
    assert tested.returncode == 3
    assert tested.stdout.splitlines()[-1] == f"pytest -n {min(2, os.cpu_count() or 1)} -k status"


# --- what goes wrong


def test_without_a_network_it_says_so(folder: Path) -> None:
    nowhere = f"http://127.0.0.1:{free_port()}/simple"
    failed = run(folder, "--no-browser", PIP_NO_INDEX="0", PIP_INDEX_URL=nowhere, PIP_FIND_LINKS="", PIP_RETRIES="1")
    assert failed.returncode == 1
    assert failed.stderr.strip() == (
        "The first start fetches packages from the internet, and that did not work. Connect to the internet, then "
        f"start again. Details are in {folder / 'start.log'}."
    )
    assert "Traceback" not in failed.stdout


def test_a_failed_set_up_is_tried_again_at_the_next_start(folder: Path) -> None:
    shelf = folder.parent / "shelf"
    shelf.rename(shelf.with_name("away"))
    failed = run(folder, "--no-browser")
    assert failed.returncode == 1
    assert failed.stderr.strip() == (
        f"Setting up did not work. Start again; if that fails too, the reason is in {folder / 'start.log'}."
    )
    shelf.with_name("away").rename(shelf)
    assert run(folder, "--no-browser").returncode == 0


def test_a_folder_that_cannot_be_written_is_named(folder: Path) -> None:
    # A folder where the log should be: no user may write it as a file, not even one who may write everything.
    (folder / "start.log").mkdir()
    failed = run(folder, "--no-browser")
    assert failed.returncode == 1
    assert failed.stderr.strip() == (
        f"{folder} cannot be written. Move Signalbox to a folder of your own, then start it again."
    )


@pytest.mark.skipif(os.name == "nt" or os.geteuid() == 0, reason="root may write everywhere, Windows has other rights")
def test_a_read_only_folder_is_named(folder: Path) -> None:
    folder.chmod(0o555)
    failed = run(folder, "--no-browser")
    folder.chmod(0o755)
    assert failed.stderr.strip().startswith(f"{folder} cannot be written.")


def test_a_full_disk_is_named(
    folder: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(start, "ROOM_NEEDED", 10**18)
    assert start.main(["--no-browser"], folder) == 1
    assert capsys.readouterr().err.strip() == (
        f"The disk that holds {folder} is full: setting up takes up to 1 GB. Free some space, then start again."
    )


@pytest.mark.parametrize(
    ("printed", "sentence"),
    [
        ("ERROR: Could not install packages due to an OSError: [Errno 28] No space left on device", start.DISK_FULL),
        ("error: failed to write\n  Caused by: There is not enough space on the disk. (os error 112)", start.DISK_FULL),
        ("error: client error (Connect)\n  dns error: failed to lookup address information", start.NO_NETWORK),
        ("socket.gaierror: [Errno 11001] getaddrinfo failed", start.NO_NETWORK),
        ("SSLError(SSLCertVerificationError(1, '[SSL: CERTIFICATE_VERIFY_FAILED]", start.NO_NETWORK),
        ("error: Permission denied (os error 13)", start.READ_ONLY),
        ("PermissionError: [WinError 5] Access is denied", start.READ_ONLY),
        ("ERROR: No matching distribution found for numpy==2.4.6", start.FAILED),
    ],
)
def test_the_usual_troubles_are_recognised(printed: str, sentence: str) -> None:
    assert start.trouble(printed, (3, 11)) == sentence


def test_a_python_newer_than_any_that_was_tried_is_suspected() -> None:
    newer = (start.NEWEST_TRIED[0], start.NEWEST_TRIED[1] + 1)
    assert start.trouble("ERROR: Failed building wheel for pandas", newer) == start.FAILED_NEW_PYTHON


@pytest.mark.parametrize("missing", ["app.py", "requirements.txt"])
def test_a_download_that_is_not_unpacked_is_named(folder: Path, missing: str) -> None:
    (folder / missing).unlink()
    failed = run(folder)
    assert failed.returncode == 1
    assert failed.stderr.strip() == (
        f"{missing} is missing beside start.py. Unpack the whole download, then start Signalbox again."
    )


def test_an_unknown_option_is_named(folder: Path) -> None:
    failed = run(folder, "--prot", "9000")
    assert (failed.returncode, failed.stderr.strip()) == (
        1,
        "--prot is not an option. There are: --port NUMBER, --no-browser, test.",
    )


@pytest.mark.parametrize("words", [["--port", "9000"], ["--port=9000"]])
def test_a_port_is_read(words: list[str]) -> None:
    assert start.options_from(words) == (9000, True)
    assert start.options_from([*words, "--no-browser"]) == (9000, False)
    assert start.options_from([]) == (None, True)


@pytest.mark.parametrize("words", [["--port"], ["--port", "many"], ["--ports", "9000"], ["run"]])
def test_a_port_without_a_number_is_refused(words: list[str]) -> None:
    with pytest.raises(start.CannotStart, match="is not an option"):
        start.options_from(words)


# --- ports, and a second start


def test_a_port_that_another_program_uses_is_refused_when_asked_for(taken: int) -> None:
    with pytest.raises(start.CannotStart) as why:
        start.choose_port(taken)
    assert str(why.value) == f"Port {taken} is used by another program. Choose another one, or leave --port out."


def test_a_port_that_does_not_exist_is_refused() -> None:
    with pytest.raises(start.CannotStart, match="Port 70000"):
        start.choose_port(70000)


def test_the_next_free_port_is_taken_and_named(
    taken: int, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(start, "FIRST_PORT", taken)
    monkeypatch.setattr(start, "LAST_PORT", taken + 50)
    port = start.choose_port(None)
    assert taken < port <= taken + 50
    assert capsys.readouterr().out == f"Port {taken} is used by another program; Signalbox takes {port}.\n"


def test_when_no_port_is_free_it_says_so(taken: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(start, "FIRST_PORT", taken)
    monkeypatch.setattr(start, "LAST_PORT", taken)
    with pytest.raises(start.CannotStart, match="used by other programs"):
        start.choose_port(None)


def test_a_second_start_finds_the_app_that_runs_and_a_crash_leaves_nothing_behind(folder: Path) -> None:
    run(folder, "--no-browser")
    (folder / "called.json").unlink()
    port = free_port()
    command = [sys.executable, "start.py", "--no-browser", "--port", str(port)]
    with subprocess.Popen(
        command, cwd=folder, env=surroundings(folder, STAND_IN_SECONDS="60"), stdout=subprocess.DEVNULL
    ) as running:
        wait_until((folder / "called.json").exists)
        second = run(folder, "--no-browser")
        other = run(folder, "--no-browser", SIGNALBOX_DATA="other.db")
        running.kill()
    assert (second.returncode, second.stdout) == (0, f"Signalbox is already running: http://localhost:{port}\n")
    assert "already running" not in other.stdout
    assert "already running" not in run(folder, "--no-browser").stdout


def wait_until(true: object, seconds: float = 30) -> None:
    """Wait until a question is answered with yes."""
    assert callable(true)
    end = time.monotonic() + seconds
    while not true():
        assert time.monotonic() < end, "it did not happen in time"
        time.sleep(0.02)


# --- the app itself


def is_served(port: int) -> bool:
    """Tell whether the app answers."""
    try:
        with urllib.request.urlopen(f"http://127.0.0.1:{port}/_stcore/health", timeout=5) as reply:
            return bool(reply.read() == b"ok")
    except OSError:
        return False


def talk(port: int, host: str) -> int:
    """Ask for the WebSocket that a page talks through, under a host's name: 101 is yes."""
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=5)
    wanted = {"Host": host, "Origin": f"http://{host}", "Connection": "Upgrade", "Upgrade": "websocket"}
    wanted |= {"Sec-WebSocket-Version": "13", "Sec-WebSocket-Key": "c2lnbmFsYm94IHNlYXQgMQ=="}
    connection.request("GET", "/_stcore/stream", headers=wanted)
    status = connection.getresponse().status
    connection.close()
    return status


@pytest.mark.slow
@pytest.mark.skipif(not start.is_ready(ROOT, start.APP_NEEDS), reason="not set up by start.py")
def test_the_app_is_served_to_this_machine_only(tmp_path: Path) -> None:
    port = free_port()
    command = [sys.executable, "start.py", "--no-browser", "--port", str(port)]
    settings = {**os.environ, "SIGNALBOX_DATA": str(tmp_path / "shop.db")}
    log = tmp_path / "printed.txt"
    with log.open("w") as out, subprocess.Popen(command, cwd=ROOT, env=settings, stdout=out) as running:
        try:
            wait_until(lambda: running.poll() is not None or is_served(port), 60)
            mine, foreign = talk(port, f"localhost:{port}"), talk(port, "evil.example")
            running.terminate()
            running.wait(20)
        finally:
            running.kill()
    assert (mine, foreign) == (101, 403)
    printed = log.read_text("utf-8")
    assert f"Signalbox: http://localhost:{port}" in printed
    assert "Network URL" not in printed
    assert "usage statistics" not in printed
