"""Rút lại một mẫu, chỉ cần Python: python3 rut_lai_mau.py tong-the.txt MÃ_GỐC BÍ_MẬT TẦNG=SỐ...

Mỗi dòng của tệp tổng thể là «tầng, dấu tab, mã công việc». In ra mã băm của tổng thể, mã băm của bí mật, hạt
giống, rồi các công việc của mẫu.
"""

import sys
from hashlib import sha256
from pathlib import Path


def digest(text: str) -> str:
    """Return the SHA-256 of a text in hex, as sha256sum prints it."""
    return sha256(text.encode()).hexdigest()


def draw_again(population: str, root: str, secret: str, *sizes: str) -> list[str]:
    """Return the three digests, then the items of the sample."""
    lines, seed = sorted(population.splitlines(keepends=True)), digest(f"{root}:{secret}")
    sample = [digest("".join(lines)), digest(secret), seed]
    for stratum, _, size in (size.rpartition("=") for size in sizes):
        items = [line.strip().split("\t")[1] for line in lines if line.startswith(f"{stratum}\t")]
        sample += sorted(items, key=lambda item: digest(f"{seed}:{item}"))[: int(size)]
    return sample


if __name__ == "__main__":
    path, *others = sys.argv[1:]
    sys.stdout.write("\n".join(draw_again(Path(path).read_text("utf-8"), *others)) + "\n")
