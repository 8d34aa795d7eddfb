"""The file in which a workspace whose vault is a folder keeps a content."""

from pathlib import Path

from cchc_flow.eventlog.folder_vault import FolderVault
from cchc_flow.workspace import Workspace


def content_file(ws: Workspace, digest: str) -> Path:
    """Return the file of a content, to be damaged, deleted or put back."""
    return FolderVault(ws.folder / "vault").path(digest)
