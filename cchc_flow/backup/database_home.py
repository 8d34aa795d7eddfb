"""A workspace whose log is in a database, copied into the form of a data folder, to be backed up."""

import re
import shutil
from datetime import datetime
from pathlib import Path

from cchc_flow.accounts.moving import copy_accounts
from cchc_flow.accounts.opening import find_accounts_database
from cchc_flow.accounts.store import FolderAccounts
from cchc_flow.data_folder import TEMPLATES
from cchc_flow.errors import Refusal
from cchc_flow.eventlog.moving_log import copy_log_to_folder
from cchc_flow.eventlog.moving_stores import copy_reads, copy_secrets
from cchc_flow.eventlog.reads.home import FolderReads
from cchc_flow.eventlog.secret_store import FolderSecrets
from cchc_flow.files import make_folder
from cchc_flow.homes import FolderHome, find_home

DATABASES = re.compile(r"\.db(-wal|-shm)?$")


def copy_to_folder(data: Path, name: str, spare: Path, time: datetime) -> Path:
    """Return a data folder that has all of a workspace but the contents of its vault.

    It is the workspace's own where its log is there; else a copy in `spare`. The accounts are copied before
    the log, and who read what after it. Raise what opening the log raises.
    """
    home = find_home(data)
    if isinstance(home, FolderHome):
        return data
    home.open_log(name, lambda: time, for_repair=True).close()  # seals what still waits for its seal
    folder, private = spare / "data" / name, spare / "data" / "private" / name
    for made in (spare / "data", folder, private.parent, private):
        make_folder(made)
    _copy_files(data / "private" / name, private)
    if (data / name / TEMPLATES).is_dir():
        shutil.copytree(data / name / TEMPLATES, folder / TEMPLATES)
    copy_accounts(find_accounts_database(data, name), FolderAccounts(private))
    copy_log_to_folder(home.source(name), folder, while_written=True)
    copy_reads(home.reads(name), FolderReads(folder))
    copy_secrets(home.secrets(name), FolderSecrets(private))
    return spare / "data"


def require_folder_home(data: Path, what: str) -> None:
    """Raise Refusal where logs are in a database: what is done to files (`what`) does nothing to that."""
    if not isinstance(find_home(data), FolderHome):
        raise Refusal(
            f"{what} không làm được với nhật ký nằm trong cơ sở dữ liệu (CCHC_FLOW_LOG).",
            "Hãy bỏ biến CCHC_FLOW_LOG, khôi phục vào một thư mục riêng (--data hoặc --to), kiểm tra, rồi"
            " chuyển không gian làm việc vào cơ sở dữ liệu.",
        )


def _copy_files(source: Path, target: Path) -> None:
    """Copy the files of a node's private folder that it keeps for itself."""
    if source.is_dir():
        for path in source.iterdir():
            if path.is_file() and not DATABASES.search(path.name):
                shutil.copy2(path, target / path.name)
