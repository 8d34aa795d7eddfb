"""The units in docs/systemd are ones that systemd takes, and that work under one that runs."""

import os
import shutil
import subprocess
import sysconfig
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
UNITS = sorted((ROOT / "docs/systemd").iterdir())
SERVICES = [unit for unit in UNITS if unit.suffix == ".service"]
ANALYZE, CONTAINER = shutil.which("systemd-analyze"), shutil.which("systemd-nspawn")
PROGRAM = "/usr/local/bin/cchc-flow"
TRIAL = """
be() {{ setpriv --reuid=cchc-flow --regid=cchc-flow --clear-groups "$@"; }}
as_user() {{ be {program} --data /var/lib/cchc-flow "$@"; }}
page() {{ curl -s -o /dev/null -w '%{{http_code}}' http://127.0.0.1:8000/xa-mau/sign-in; }}
exec > /out/log 2>&1
install -d -m 700 -o cchc-flow -g cchc-flow /var/backups/cchc-flow /var/lib/cchc-flow
umask 077; as_user init xa-mau --title 'xã Mẫu'; as_user user add quan --name Quân --role admin
systemctl start cchc-flow; echo "start $? $(page)"
systemctl start cchc-flow-remind; echo "remind $?"
systemctl start cchc-flow-backup; echo "backup $? $(ls /var/backups/cchc-flow | wc -l)"
as_user restore /var/backups/cchc-flow/*.tar; echo "restore while served $?"
kill -9 $(systemctl show cchc-flow -p MainPID --value); sleep 3
for i in 1 2 3 4 5 6 7 8 9 10; do [ "$(page)" = 200 ] && break; sleep 1; done; echo "after a kill $(page)"
systemctl stop cchc-flow; echo "stop $(systemctl show cchc-flow -p Result --value)"
as_user restore /var/backups/cchc-flow/*.tar; echo "restore $?"
systemctl start cchc-flow; echo "again $? $(page)"
journalctl --no-pager -u 'cchc-flow*' | tail -40
systemctl poweroff
"""


def setting(name: str) -> list[str]:
    """Return the values of a setting in any of the units."""
    lines = [line for unit in UNITS for line in unit.read_text().splitlines()]
    return [line.partition("=")[2] for line in lines if line.startswith(f"{name}=")]


def rewrite(folder: Path, program: str, user: str = "cchc-flow") -> list[Path]:
    """Write the units for a program that lies elsewhere; return their files."""
    folder.mkdir()
    for unit in UNITS:
        text = unit.read_text().replace(PROGRAM, program)
        text = text.replace("=cchc-flow\n", f"={user}\n").replace(f"Directory={user}", "Directory=cchc-flow")
        (folder / unit.name).write_text(text)
    return sorted(folder.iterdir())


@pytest.mark.skipif(ANALYZE is None, reason="this machine has no systemd-analyze")
def test_systemd_finds_nothing_wrong_with_them(tmp_path: Path) -> None:
    units = rewrite(
        tmp_path / "units", "/bin/true", "root"
    )  # the program and its user are not installed here
    found = subprocess.run(
        [str(ANALYZE), "verify", *map(str, units)], capture_output=True, text=True, check=False
    )
    assert (found.returncode, found.stdout, found.stderr) == (0, "", "")


@pytest.mark.skipif(ANALYZE is None, reason="this machine has no systemd-analyze")
@pytest.mark.parametrize("unit", SERVICES, ids=lambda unit: unit.stem)
def test_what_they_may_do_is_little(unit: Path) -> None:
    command = [str(ANALYZE), "security", "--offline=yes", "--threshold=20", str(unit)]  # of 100
    found = subprocess.run(command, capture_output=True, text=True, check=False)
    assert found.returncode == 0, found.stdout[-300:]


def test_the_round_is_made_each_morning_of_viet_nam_and_caught_up_with() -> None:
    assert "*-*-* 06:30:00 Asia/Ho_Chi_Minh" in setting("OnCalendar")
    assert set(setting("Persistent")) == {"true"}


def test_the_commands_that_run_are_ones_there_are() -> None:
    ran = [line.partition("/var/lib/cchc-flow ")[2].split()[0] for line in setting("ExecStart")]
    assert sorted(ran) == ["backup", "remind", "serve"]
    assert all(PROGRAM in line for line in setting("ExecStart"))


@pytest.mark.slow
@pytest.mark.skipif(
    CONTAINER is None or os.geteuid() != 0 or not Path("/usr/bin/python3").exists(),
    reason="no container with a systemd of its own can be started here",
)
def test_under_a_systemd_that_runs_the_server_starts_is_backed_up_comes_back_and_is_restored(
    tmp_path: Path,
) -> None:
    (tmp_path / "out").mkdir()
    (tmp_path / "run").mkdir()
    program = tmp_path / "run" / "cchc-flow"
    program.write_text('#!/bin/sh\nPYTHONPATH=/opt/cchc:/opt/site exec python3 -m cchc_flow "$@"\n')
    program.chmod(0o755)
    (tmp_path / "run" / "trial").write_text(TRIAL.format(program="/opt/run/cchc-flow"))
    units = rewrite(tmp_path / "units", "/opt/run/cchc-flow")
    trial = tmp_path / "trial.service"
    trial.write_text(
        "[Unit]\nAfter=basic.target\n[Service]\nType=oneshot\nExecStart=/bin/bash /opt/run/trial\n"
    )
    (tmp_path / "users").mkdir()
    (tmp_path / "users" / "cchc.conf").write_text("u cchc-flow - - /var/lib/cchc-flow\n")
    binds = {unit: f"/etc/systemd/system/{unit.name}" for unit in (*units, trial)}
    binds |= {tmp_path / "run": "/opt/run", tmp_path / "users": "/etc/sysusers.d", ROOT: "/opt/cchc"}
    binds |= {Path(sysconfig.get_path("purelib")): "/opt/site"}
    subprocess.run(
        [
            *(str(CONTAINER), "-D", "/", "--volatile=yes", "--register=no", "--keep-unit", "--quiet", "-b"),
            *(f"--bind-ro={here}:{there}" for here, there in binds.items()),
            *(f"--bind={tmp_path / 'out'}:/out", "--private-network", "--console=pipe"),
            *("systemd.firstboot=no", "systemd.wants=trial.service"),
        ],
        stdin=subprocess.DEVNULL,
        capture_output=True,
        timeout=300,
        check=False,
    )
    said = (tmp_path / "out/log").read_text()
    for line in (
        "start 0 200", "remind 0", "backup 0 1", "restore while served 1", "after a kill 200", "stop success",
        "restore 0", "again 0 200",
    ):  # fmt: skip
        assert f"\n{line}\n" in said, said
