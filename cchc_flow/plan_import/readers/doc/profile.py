"""Where LibreOffice keeps its things while it makes one document, and what it is set to."""

import hashlib
import os
from pathlib import Path

FOLDER = "profile"
GIVEN, MADE = "plan.doc", "plan.docx"
SOCKETS = Path("/tmp")  # noqa: S108  # nosec B108  # LibreOffice asks no one where to put its own
SETTINGS = """<?xml version="1.0" encoding="UTF-8"?>
<oor:items xmlns:oor="http://openoffice.org/2001/registry">
<item oor:path="/org.openoffice.Office.Common/Security/Scripting"><prop oor:name="MacroSecurityLevel"
 oor:op="fuse"><value>3</value></prop></item>
<item oor:path="/org.openoffice.Office.Common/Security/Scripting"><prop oor:name="DisableMacrosExecution"
 oor:op="fuse"><value>true</value></prop></item>
<item oor:path="/org.openoffice.Office.Writer/Content/Update"><prop oor:name="Link"
 oor:op="fuse"><value>2</value></prop></item>
</oor:items>
"""
"""No macro runs whatever the document says, and no link in it is followed."""


def make_profile(folder: Path) -> None:
    """Put a new profile with these settings into a folder."""
    user = folder / FOLDER / "user"
    user.mkdir(parents=True)
    (user / "registrymodifications.xcu").write_text(SETTINGS, "utf-8")


def address_of(folder: Path) -> str:
    """Return the address of the profile in a folder."""
    return f"file://{folder}/{FOLDER}"


def socket_of(folder: Path) -> Path:
    """Return the socket that LibreOffice makes for the profile in a folder, and may not take away by itself.

    Its name has the MD5 of the profile's address, each byte in hex without a zero before it.
    """
    digest = hashlib.md5(address_of(folder).encode("utf-16-le"), usedforsecurity=False).digest()
    name = "".join(f"{byte:x}" for byte in digest)
    return SOCKETS / f"OSL_PIPE_{os.getuid()}_SingleOfficeIPC_{name}"
