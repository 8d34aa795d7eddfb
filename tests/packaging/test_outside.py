"""A plugin of somebody else, installed from a wheel of its own beside the product, is found and works."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
PRODUCT = os.environ.get("CCHC_FLOW_WHEEL", str(ROOT))
NAME = "gop_y_cong_dan"
Finished = subprocess.CompletedProcess[str]


def run(*words: str | Path, cwd: Path, beside: str = "") -> Finished:
    """Run a Python module with the product, and what is installed beside it."""
    path = os.pathsep.join(filter(None, [PRODUCT, beside]))
    command = [sys.executable, "-m", *map(str, words)]
    environment = os.environ | {"PYTHONPATH": path, "PIP_NO_INDEX": "1", "PIP_DISABLE_PIP_VERSION_CHECK": "1"}
    return subprocess.run(
        command, capture_output=True, text=True, cwd=cwd, env=environment, timeout=300, check=False
    )


@pytest.fixture(scope="module")
def beside(tmp_path_factory: pytest.TempPathFactory) -> str:
    """A folder into which the wheel of a new package was installed, and nothing else."""
    place = tmp_path_factory.mktemp("outside")
    made = run("cchc_flow", "plugin", "new", NAME, "--package", "--into", place, cwd=place)
    assert made.returncode == 0, made.stderr
    package = place / "cchc-flow-gop-y-cong-dan"
    built = run("build", "--wheel", "--no-isolation", "--outdir", place / "dist", package, cwd=place)
    assert built.returncode == 0, built.stdout + built.stderr
    (wheel,) = (place / "dist").glob("*.whl")
    target = place / "installed"
    installed = run("pip", "install", "-q", "--no-deps", "--target", target, wheel, cwd=place)
    assert installed.returncode == 0, installed.stderr
    return str(target)


def test_it_is_listed_with_its_version_and_where_it_came_from(beside: str, tmp_path: Path) -> None:
    shipped = run("cchc_flow", "areas", cwd=tmp_path).stdout.splitlines()
    listed = run("cchc_flow", "areas", cwd=tmp_path, beside=beside)
    assert (listed.returncode, listed.stderr) == (0, "")
    (more,) = set(listed.stdout.splitlines()) - set(shipped)
    assert more.endswith(f"Lĩnh vực {NAME}  ({NAME}; bản 0.1.0, từ gói cchc-flow-gop-y-cong-dan)")


def test_its_register_rule_schema_and_page_work(beside: str, tmp_path: Path) -> None:
    made = run("cchc_flow", "demo", "--no-serve", cwd=tmp_path, beside=beside)
    assert made.returncode == 0, made.stderr
    assert "đang bật" in run("cchc_flow", "areas", cwd=tmp_path, beside=beside).stdout
    drawn = run("cchc_flow", "workflow", "draw", f"{NAME}_entry", "a.svg", cwd=tmp_path, beside=beside)
    assert drawn.returncode == 0 and "Đã tiếp nhận" in (tmp_path / "a.svg").read_text()
    assert run("cchc_flow", "doctor", cwd=tmp_path, beside=beside).returncode == 0
    (tmp_path / "page.py").write_text(
        f"import cchc_flow_{NAME} as own\n"
        "from pathlib import Path\n"
        "from cchc_flow.testing import Commune\n"
        f"commune = Commune(Path('own'), {NAME}=own)\n"
        f"commune.entry('{NAME}_entry', title='Quên mật khẩu')\n"
        f"print(commune.page('areas/{NAME}'))\n"
    )
    assert (
        "Quên mật khẩu" in run("page", cwd=tmp_path, beside=os.pathsep.join([beside, str(tmp_path)])).stdout
    )


def test_when_it_is_gone_its_register_is_still_drawn_and_the_log_proved(beside: str, tmp_path: Path) -> None:
    assert run("cchc_flow", "demo", "--no-serve", cwd=tmp_path, beside=beside).returncode == 0
    drawn = run("cchc_flow", "workflow", "draw", f"{NAME}_entry", "a.svg", cwd=tmp_path)
    assert drawn.returncode == 0 and "Đã trả lời" in (tmp_path / "a.svg").read_text()
    assert run("cchc_flow", "verify", cwd=tmp_path).returncode == 0
