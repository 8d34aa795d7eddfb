"""Gives up what a process has no need of, before it works on what a stranger may have made."""

import ctypes
import logging
import os
import resource
import subprocess  # nosec B404  # our own program, with fixed arguments
import sys
import sysconfig
import threading
from pathlib import Path

import msgspec

from cchc_flow import waits


class Limits(msgspec.Struct, frozen=True):
    """What a process may use: bytes of address space, seconds of processor time, files open at once.

    One that `has_helpers` may begin threads and processes, which the limits then hold for, each by itself.
    `largest_file` is in bytes; it may write none where that is 0.
    """

    memory: int
    seconds: int
    open_files: int
    has_helpers: bool = False
    largest_file: int = 0


READING = Limits(memory=2 * 1024**3, seconds=10, open_files=3)
"""For a file of evidence: a page of A0 and the libraries that draw it; nothing is opened."""
READING_PLANS = Limits(memory=300 * 1024**2, seconds=30, open_files=3)
"""For a plan that comes as PDF: it is read page by page, five hundred of them in some ten seconds."""
CONVERTING = Limits(
    memory=4 * 1024**3, seconds=60, open_files=256, has_helpers=True, largest_file=64 * 1024**2
)
"""For LibreOffice, which claims far more memory than it uses, and opens hundreds of files of its own."""
DRAWING_SCANS = Limits(memory=1024**3, seconds=40, open_files=16, largest_file=32 * 1024**2)
"""For the pages of a scan as pictures, four million pixels each, one after the other."""
RECOGNISING = Limits(memory=1024**3, seconds=90, open_files=32)
"""For Tesseract, which needs about a second and 200 MB for a page."""
CHECKING = Limits(memory=2 * 1024**3, seconds=25, open_files=16)
"""For the signatures of a file: what checks them waits for nothing, but by means that need some files."""
PRINTING = Limits(memory=2 * 1024**3, seconds=60, open_files=32, has_helpers=True)
"""For a document of some hundred pages, and the fonts in which it is set: Pango looks for them in threads."""
DRAWING = Limits(memory=1024**3, seconds=15, open_files=16)
"""For the page of a document that a commune's own templates draw."""
LIBRARIES = tuple({Path(sysconfig.get_path(name)) for name in ("stdlib", "purelib", "platlib")})
"""What may be read by a process whose libraries import much of themselves only when they have need of it."""

_few_at_once = threading.BoundedSemaphore(2)

# Landlock (Linux 5.13; landlock(7)): what its ruleset names is forbidden where no rule allows it.
_CREATE_RULESET, _ADD_RULE, _RESTRICT_SELF = 444, 445, 446
_ASK_VERSION = 1
_FILE_RIGHTS = {1: 13, 2: 14, 3: 15, 5: 16}
"""How many kinds of access to files a version of Landlock knows, from that version on."""
_CONNECTIONS_SINCE, _CONNECTIONS = 4, 0b11
_SIGNALS_SINCE, _SIGNALS = 6, 0b11
_BELOW_A_FOLDER, _READ_FILES_AND_FOLDERS, _RUN_PROGRAMS = 1, 0b1100, 0b1101
_WRITE_BELOW, _MAKE_SOCKETS = 0b111011110111110, 0b1000000000
"""To write, make and take away files and folders, but no devices; and to make a socket that has a name."""
_NO_NEW_PRIVILEGES = 38


class _Ruleset(ctypes.Structure):
    _fields_ = (
        ("files", ctypes.c_uint64),
        ("connections", ctypes.c_uint64),
        ("signals", ctypes.c_uint64),
    )


class _FolderRule(ctypes.Structure):
    _pack_ = 1
    _fields_ = (("access", ctypes.c_uint64), ("folder", ctypes.c_int32))


def ask_process(module: str, content: bytes, *task: str, seconds: float) -> bytes:
    """Return what a new process of one of our modules makes of a content; empty when it failed.

    The process gets the content on its standard input, and knows no settings of this one. It is ended after
    some seconds; that it gives up its rights is up to the module.
    """
    command = [sys.executable, "-I", "-B", "-m", module, *task]
    logger = logging.getLogger(module)
    waits.announce()
    with _few_at_once:
        try:
            done = subprocess.run(  # noqa: S603  # nosec B603
                command, input=content, capture_output=True, timeout=seconds, env={}, cwd="/", check=False
            )
        except subprocess.TimeoutExpired:
            logger.warning("a file of %d bytes took too long to read", len(content))
            return b""
    if done.returncode:
        reason = done.stderr.decode(errors="replace").strip().rpartition("\n")[2][:200]
        logger.info("a file could not be read (%d): %s", done.returncode, reason)
        return b""
    return done.stdout


def give_up_rights(
    limits: Limits,
    *readable: Path,
    programs: tuple[Path, ...] = (),
    writable: Path | None = None,
    sockets: Path | None = None,
) -> None:
    """Let this process from here on reach no network, write nothing, and open no file but in some folders.

    It may run what lies in the folders of `programs`, write in the folder `writable` only, and give names to
    sockets in that of `sockets`. Imports have to be done before. Where the system knows no Landlock, only the
    limits hold.
    """
    _forbid_files_and_network(readable, programs, writable, sockets)
    for limit, most in (
        (resource.RLIMIT_AS, limits.memory),
        (resource.RLIMIT_CPU, limits.seconds),
        (resource.RLIMIT_FSIZE, limits.largest_file),
        (resource.RLIMIT_CORE, 0),
        (resource.RLIMIT_NOFILE, limits.open_files),
    ):
        resource.setrlimit(limit, (most, most))
    if not limits.has_helpers:
        resource.setrlimit(resource.RLIMIT_NPROC, (0, 0))


def _forbid_files_and_network(
    readable: tuple[Path, ...], programs: tuple[Path, ...], writable: Path | None, sockets: Path | None
) -> None:
    """Restrict this process by Landlock, as far as the kernel knows it."""
    if sys.platform != "linux":
        return
    libc = ctypes.CDLL(None, use_errno=True)
    version = libc.syscall(_CREATE_RULESET, None, 0, _ASK_VERSION)
    if version < 1:
        return
    kinds = max(count for since, count in _FILE_RIGHTS.items() if since <= version)
    ruleset = _Ruleset(
        files=(1 << kinds) - 1,
        connections=_CONNECTIONS if version >= _CONNECTIONS_SINCE else 0,
        signals=_SIGNALS if version >= _SIGNALS_SINCE else 0,
    )
    handle = libc.syscall(_CREATE_RULESET, ctypes.byref(ruleset), ctypes.sizeof(ruleset), 0)
    if handle >= 0:
        for folder in readable:
            _allow(libc, handle, folder, _READ_FILES_AND_FOLDERS)
        for folder in programs:
            _allow(libc, handle, folder, _RUN_PROGRAMS)
        if writable:
            _allow(libc, handle, writable, _WRITE_BELOW & ruleset.files)
        if sockets:
            _allow(libc, handle, sockets, _MAKE_SOCKETS)
        libc.prctl(_NO_NEW_PRIVILEGES, 1, 0, 0, 0)
        libc.syscall(_RESTRICT_SELF, handle, 0)
        os.close(handle)


def _allow(libc: ctypes.CDLL, ruleset: int, folder: Path, rights: int) -> None:
    handle = os.open(folder, os.O_PATH | os.O_DIRECTORY)
    rule = _FolderRule(rights, handle)
    libc.syscall(_ADD_RULE, ruleset, _BELOW_A_FOLDER, ctypes.byref(rule), 0)
    os.close(handle)
