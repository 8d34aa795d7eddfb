"""Gives up what a process has no need of, before it reads what a stranger may have made."""

import ctypes
import resource
import sys

MEMORY = 2 * 1024**3
"""Bytes of address space: a page of A0 and the libraries that draw it."""
CPU_SECONDS = 10
OPEN_FILES = 3

# Landlock (Linux 5.13; landlock(7)): what its ruleset names is forbidden where no rule allows it.
_CREATE_RULESET, _RESTRICT_SELF = 444, 446
_ASK_VERSION = 1
_FILE_RIGHTS = {1: 13, 2: 14, 3: 15, 5: 16}
"""How many kinds of access to files a version of Landlock knows, from that version on."""
_CONNECTIONS_SINCE, _CONNECTIONS = 4, 0b11
_SIGNALS_SINCE, _SIGNALS = 6, 0b11
_NO_NEW_PRIVILEGES = 38


class _Ruleset(ctypes.Structure):
    _fields_ = (
        ("files", ctypes.c_uint64),
        ("connections", ctypes.c_uint64),
        ("signals", ctypes.c_uint64),
    )


def give_up_rights() -> None:
    """Let this process from here on open no file, reach no network, and use little memory and time.

    Imports have to be done before. Where the system knows no Landlock, only the limits hold.
    """
    _forbid_files_and_network()
    for limit, most in (
        (resource.RLIMIT_AS, MEMORY),
        (resource.RLIMIT_CPU, CPU_SECONDS),
        (resource.RLIMIT_FSIZE, 0),
        (resource.RLIMIT_CORE, 0),
        (resource.RLIMIT_NOFILE, OPEN_FILES),
        (resource.RLIMIT_NPROC, 0),
    ):
        resource.setrlimit(limit, (most, most))


def _forbid_files_and_network() -> None:
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
        libc.prctl(_NO_NEW_PRIVILEGES, 1, 0, 0, 0)
        libc.syscall(_RESTRICT_SELF, handle, 0)
