"""Set Signalbox up and start it, with nothing but Python.

    python3 start.py                           sets up on the first run, starts the app, opens the browser
    python3 start.py --port 8600 --no-browser  the same, for scripts
    python3 start.py test [pytest options]     sets up and passes every check

Standard library only, and no syntax newer than Python 3.6: an old Python must get far enough to say that it is too
old. What is set up lies in .venv beside this file; deleting that folder undoes it.
"""

import os
import shutil
import socket
import subprocess
import sys
import zlib
from pathlib import Path

OLDEST = (3, 11)
NEWEST_TRIED = (3, 14)
APP_NEEDS = ("requirements.txt",)
TESTS_NEED = ("requirements.txt", "requirements-dev.txt")
ROOM_NEEDED = 1000000000  # bytes, rounded up from the measured size of all packages in docs/dependencies.md
FIRST_PORT = 8501
LAST_PORT = 8599
WINDOWS = os.name == "nt"

TOO_OLD = (
    "Signalbox needs Python {oldest} or newer; this is Python {version}. "
    "Install a newer one (free, from python.org), then start Signalbox again."
)
NOT_UNPACKED = "{name} is missing beside start.py. Unpack the whole download, then start Signalbox again."
READ_ONLY = "{folder} cannot be written. Move Signalbox to a folder of your own, then start it again."
DISK_FULL = "The disk that holds {folder} is full: setting up takes up to 1 GB. Free some space, then start again."
NO_NETWORK = (
    "The first start fetches packages from the internet, and that did not work. "
    "Connect to the internet, then start again. Details are in {log}."
)
NO_INSTALLER = (
    "This Python cannot install packages. Install the part that can "
    "(on Debian and Ubuntu: apt install python3-venv), then start again."
)
FAILED = "Setting up did not work. Start again; if that fails too, the reason is in {log}."
FAILED_NEW_PYTHON = (
    "Setting up did not work with Python {version}; the newest that was tried is {newest}. "
    "Install that one, then start again. Details are in {log}."
)
PORT_TAKEN = "Port {port} is used by another program. Choose another one, or leave --port out."
PORTS_TAKEN = "All ports from {first} to {last} are used by other programs. Choose another one: --port 9000."
BAD_OPTION = "{option} is not an option. There are: --port NUMBER, --no-browser, test."
STOPPED = "Stopped. Start again to go on."


class CannotStart(Exception):
    """Signalbox could not be set up or started; the text is for the owner."""

    def __init__(self, sentence: str, **facts: object) -> None:
        """Fill the facts into the sentence."""
        super().__init__(sentence.format(**facts))
        self.kind = sentence


# ------------------------------------------------------------------------------------------------------------ set-up


def newer_python(version: "tuple[int, ...]") -> "str | None":
    """Find a new enough Python on the path when this one is too old; None when this one will do.

    Raises:
        CannotStart: when there is none.
    """
    if version >= OLDEST:
        return None
    for minor in range(NEWEST_TRIED[1], OLDEST[1] - 1, -1):
        found = shutil.which(f"python3.{minor}")
        # A version manager leaves a name on the path for each version that it could run: ask it.
        if found and subprocess.call([found, "-c", ""], stderr=subprocess.DEVNULL) == 0:
            return found
    raise CannotStart(TOO_OLD, oldest=dotted(OLDEST), version=dotted(version))


def dotted(version: "tuple[int, ...]") -> str:
    """Write (3, 11) as 3.11."""
    return ".".join(str(part) for part in version)


def venv_python(folder: Path) -> Path:
    """Name the Python that the set-up makes."""
    return folder / ".venv" / ("Scripts/python.exe" if WINDOWS else "bin/python")


def stamps(folder: Path) -> Path:
    """Name the folder that remembers what the last finished set-up installed: copies of the requirements files."""
    return folder / ".venv" / "installed"


def read(path: Path) -> bytes:
    """Read a file; one that is not there reads as empty."""
    try:
        return path.read_bytes()
    except OSError:
        return b""


def where(folder: Path, module: str) -> str:
    """Ask the Python of the set-up for a module's file; empty when it has none, or does not run any more.

    It stops running once the Python that it was made from is removed or replaced.
    """
    find = "import sys, importlib.util as u; print(u.find_spec(sys.argv[1]).origin)"
    command = [str(venv_python(folder)), "-c", find, module]
    try:
        return subprocess.check_output(command, stderr=subprocess.DEVNULL).decode("utf-8", "replace").strip()
    except (OSError, subprocess.CalledProcessError):
        return ""


def identity(folder: Path, streamlit: str) -> bytes:
    """Describe the Python of the set-up and where it has Streamlit; empty when either is gone."""
    python = venv_python(folder).resolve()
    try:
        return f"{streamlit}\n{Path(streamlit).stat().st_size}\n{python}\n{python.stat().st_mtime_ns}".encode()
    except OSError:
        return b""


def is_ready(folder: Path, names: "tuple[str, ...]") -> bool:
    """Tell whether exactly these requirements are installed, without running anything unless Python has changed."""
    if any(read(folder / name) != read(stamps(folder) / name) for name in names):
        return False
    before = read(stamps(folder) / "python")
    if before and before == identity(folder, before.decode("utf-8").partition("\n")[0]):
        return True
    return bool(where(folder, "streamlit"))


def set_up(folder: Path, names: "tuple[str, ...]") -> str:
    """Install the pinned packages unless they are there; give the path of the Python that has them.

    Raises:
        CannotStart: with the sentence that says why.
    """
    for name in names:
        if not read(folder / name):
            raise CannotStart(NOT_UNPACKED, name=name)
    if is_ready(folder, names):
        return str(venv_python(folder))
    log = folder / "start.log"
    try:
        log.write_bytes(b"")
    except OSError:
        raise CannotStart(READ_ONLY, folder=folder) from None
    shutil.rmtree(str(stamps(folder)), ignore_errors=True)
    if shutil.disk_usage(str(folder)).free < ROOM_NEEDED and not where(folder, "streamlit"):
        raise CannotStart(DISK_FULL, folder=folder)
    print("Setting Signalbox up; this happens once and takes a minute or two ", end="", flush=True)
    install(folder, names, log)
    print(" done.", flush=True)
    stamps(folder).mkdir()
    for name in names:
        shutil.copyfile(str(folder / name), str(stamps(folder) / name))
    (stamps(folder) / "python").write_bytes(identity(folder, where(folder, "streamlit")))
    return str(venv_python(folder))


def install(folder: Path, names: "tuple[str, ...]", log: Path) -> None:
    """Install by uv where it is on the path, else or when that fails by pip.

    Raises:
        CannotStart: with what the last of them stumbled over.
    """
    options = [word for name in names for word in ("-r", str(folder / name))]
    begin = 0
    for way in [uv_way, pip_way] if shutil.which("uv") else [pip_way]:
        begin = log.stat().st_size
        if not where(folder, "encodings"):
            shutil.rmtree(str(folder / ".venv"), ignore_errors=True)
        if way(folder, options, log) and where(folder, "streamlit"):
            return
    print(flush=True)
    version = sys.version_info[:2]
    kind = trouble(log.read_bytes()[begin:].decode("utf-8", "replace"), version)
    raise CannotStart(kind, folder=folder, log=log, version=dotted(version), newest=dotted(NEWEST_TRIED))


def uv_way(folder: Path, options: "list[str]", log: Path) -> bool:
    """Install by uv: the same packages in a tenth of the time."""
    uv = str(shutil.which("uv"))
    if not where(folder, "encodings") and not logged(
        [uv, "venv", "--python", sys.executable, str(folder / ".venv")], log
    ):
        return False
    command = [uv, "pip", "install", "--compile-bytecode", "--python", str(venv_python(folder))]
    return logged(command + options, log)


def pip_way(folder: Path, options: "list[str]", log: Path) -> bool:
    """Install by this Python's own pip from outside, which needs no ensurepip (Debian splits it off).

    Raises:
        CannotStart: when there is neither.
    """
    python = str(venv_python(folder))
    if not where(folder, "encodings") and not logged(
        [sys.executable, "-m", "venv", "--without-pip", str(folder / ".venv")], log
    ):
        return False
    if logged([sys.executable, "-m", "pip", "--version"], log):
        command = [sys.executable, "-m", "pip", "--python", python, "install"]
    elif logged([python, "-m", "ensurepip"], log):
        command = [python, "-m", "pip", "install"]
    else:
        raise CannotStart(NO_INSTALLER)
    return logged([*command, "--disable-pip-version-check", *options], log)


def logged(command: "list[str]", log: Path) -> bool:
    """Run a command, its output into the log, a dot a step onto the screen; tell whether it succeeded."""
    with log.open("ab") as out:
        out.write((" ".join(command) + "\n").encode("utf-8", "replace"))
        out.flush()
        run = subprocess.Popen(command, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.STDOUT)
        with run:
            for line in run.stdout or ():
                out.write(line)
                if line.lstrip().startswith((b"Collecting", b"Downloading", b"Installing", b"Resolved", b"Prepared")):
                    print(".", end="", flush=True)
        return run.returncode == 0


def trouble(text: str, version: "tuple[int, ...]") -> str:
    """Recognise the usual troubles in what pip, uv and venv print, and choose the sentence."""
    signs = {
        DISK_FULL: ("no space left on device", "os error 28", "os error 112", "not enough space"),
        NO_NETWORK: (
            *("connection broken", "connection error", "connect error", "error sending request", "dns error"),
            *("network is unreachable", "getaddrinfo failed", "timed out", "certificate", "proxyerror"),
        ),
        READ_ONLY: ("read-only file system", "permission denied", "access is denied"),
    }
    lower = text.lower()
    for kind, words in signs.items():
        if any(word in lower for word in words):
            return kind
    return FAILED_NEW_PYTHON if version > NEWEST_TRIED else FAILED


# ------------------------------------------------------------------------------------------------------------- start


def is_free(port: int) -> bool:
    """Tell whether nobody listens on this port of this machine."""
    with socket.socket(socket.AF_INET, socket.SOCK_STREAM) as probe:
        if not WINDOWS:  # there this option would let two programs share a port
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(("127.0.0.1", port))
        except (OSError, OverflowError):
            return False
    return True


def choose_port(asked: "int | None") -> int:
    """Take the port asked for, else the first free one from 8501; say so when it is another.

    Raises:
        CannotStart: when the one asked for, or every one, is taken.
    """
    if asked is not None:
        if not is_free(asked):
            raise CannotStart(PORT_TAKEN, port=asked)
        return asked
    for port in range(FIRST_PORT, LAST_PORT + 1):
        if is_free(port):
            if port != FIRST_PORT:
                print(f"Port {FIRST_PORT} is used by another program; Signalbox takes {port}.")
            return port
    raise CannotStart(PORTS_TAKEN, first=FIRST_PORT, last=LAST_PORT)


def hold(path: Path) -> "int | None":
    """Lock a file until the app ends, however it ends, and give its number; None when a running app holds it.

    The lock goes with the number, which the app inherits, so nothing has to be cleaned up after a crash.
    """
    try:
        number = os.open(str(path), os.O_RDWR | os.O_CREAT)
    except OSError:  # a folder that cannot be written: a second start then takes a port of its own
        return os.open(os.devnull, os.O_RDWR)
    try:
        if WINDOWS:
            import msvcrt  # noqa: PLC0415 - exists only there

            os.lseek(number, 100, os.SEEK_SET)  # behind the port, which a second start must be able to read
            msvcrt.locking(number, msvcrt.LK_NBLCK, 1)  # type: ignore[attr-defined,unused-ignore]
        else:
            import fcntl  # noqa: PLC0415 - exists only there

            fcntl.flock(number, fcntl.LOCK_EX | fcntl.LOCK_NB)
            os.set_inheritable(number, True)  # noqa: FBT003 - it knows no other spelling
    except OSError:
        os.close(number)
        return None
    return number


def options_from(arguments: "list[str]") -> "tuple[int | None, bool]":
    """Read --port and --no-browser: the port asked for, and whether to open the browser.

    Raises:
        CannotStart: for any other word.
    """
    port, browser, rest = None, True, list(arguments)
    while rest:
        word, equals, value = rest.pop(0).partition("=")
        if word == "--port" and not equals and rest:
            value = rest.pop(0)
        if word == "--port" and value.isdigit():
            port = int(value)
        elif word == "--no-browser" and not equals:
            browser = False
        else:
            raise CannotStart(BAD_OPTION, option=word)
    return port, browser


def start(folder: Path, arguments: "list[str]") -> int:
    """Start the app, or open the browser where it already runs."""
    asked, browser = options_from(arguments)
    if not (folder / "app.py").is_file():
        raise CannotStart(NOT_UNPACKED, name="app.py")
    python = set_up(folder, APP_NEEDS)
    data = os.environ.get("SIGNALBOX_DATA", "")
    # A second start with another data file is another Signalbox.
    running = folder / ".venv" / f"running-{zlib.crc32(data.encode('utf-8')):08x}"
    lock = hold(running)
    if lock is None:
        return show_running(f"http://localhost:{running.read_text('utf-8').strip()}", browser=browser)
    port = choose_port(asked)
    os.lseek(lock, 0, os.SEEK_SET)
    os.write(lock, f"{port:<5}".encode("ascii"))
    print(f"Signalbox: http://localhost:{port} (to stop it, press Ctrl+C or close this window)")
    screen = WINDOWS or sys.platform == "darwin" or bool(os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY"))
    headless = "false" if browser and screen else "true"
    command = [python, "-m", "streamlit", "run", "app.py", "--server.port", str(port), "--server.headless", headless]
    return hand_over(command, folder)


def show_running(address: str, *, browser: bool) -> int:
    """Open the browser on the app that already runs."""
    print(f"Signalbox is already running: {address}")
    if browser:
        import webbrowser  # noqa: PLC0415 - slow, and an ordinary start does not need it

        webbrowser.open(address)
    return 0


def hand_over(command: "list[str]", folder: Path) -> int:
    """Become the command; where a program cannot, wait for it."""
    os.chdir(str(folder))
    sys.stdout.flush()
    if WINDOWS:
        return subprocess.call(command)
    os.execv(command[0], command)  # noqa: S606 - no shell is wanted
    return 0


def main(arguments: "list[str]", folder: Path) -> int:
    """Do what the command line asks; 1 with a plain sentence when it cannot be done."""
    try:
        newer = newer_python(sys.version_info[:2])
        if newer:
            return hand_over([newer, str(Path(__file__).resolve()), *arguments], Path.cwd())
        if os.environ.get("SIGNALBOX_DATA"):
            os.environ["SIGNALBOX_DATA"] = str(Path(os.environ["SIGNALBOX_DATA"]).resolve())
        if arguments[:1] != ["test"]:
            return start(folder, arguments)
        python = set_up(folder, TESTS_NEED)
        return hand_over([python, "-m", "pytest", "-n", str(min(2, os.cpu_count() or 1)), *arguments[1:]], folder)
    except CannotStart as why:
        print(why, file=sys.stderr)
    except KeyboardInterrupt:
        print("\n" + STOPPED, file=sys.stderr)
    return 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:], Path(__file__).resolve().parent))
