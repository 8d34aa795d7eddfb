"""The process that has LibreOffice make a .docx of a .doc: no network, no macros, one folder to write in."""

import os
import sys
from pathlib import Path

from cchc_flow.plan_import.readers.doc.profile import GIVEN, SOCKETS, address_of
from cchc_flow.sandbox import CONVERTING, give_up_rights

SYSTEM = (
    "/usr", "/lib", "/lib64", "/bin", "/etc", "/opt", "/dev", "/proc", "/sys",
    "/var/lib/libreoffice", "/var/spool/libreoffice", "/var/cache/fontconfig",
)  # fmt: skip
"""Where LibreOffice and what it needs of the system lie."""


def main(folder: str, program: str) -> None:
    """Become LibreOffice, which makes a .docx of the .doc on standard input in a folder with its profile."""
    here = Path(folder)
    (here / GIVEN).write_bytes(sys.stdin.buffer.read())
    system = tuple(path for path in (*map(Path, SYSTEM), Path(program).parent) if path.is_dir())
    give_up_rights(CONVERTING, programs=system, writable=here, sockets=SOCKETS)
    command = [
        program, "--headless", "--norestore", "--nolockcheck", "--nologo", "--nodefault",
        f"-env:UserInstallation={address_of(here)}", "--convert-to", "docx:MS Word 2007 XML",
        "--outdir", folder, str(here / GIVEN),
    ]  # fmt: skip
    os.chdir(folder)
    settings = {"HOME": folder, "TMPDIR": folder, "LANG": "C.UTF-8", "PATH": os.defpath}
    os.execve(program, command, settings)  # noqa: S606  # nosec B606  # LibreOffice, with fixed arguments


if __name__ == "__main__":
    main(*sys.argv[1:])
