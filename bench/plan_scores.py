"""`python -m bench.plan_scores`: how much of the held-out and of our own plans is read, by part.

Of the held-out plans only figures are shown: nobody tunes to them. `--mistakes own` lists what was misread
in our own; `--write FOLDER own` writes the documents and what is right as files.
"""

import argparse
import json
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import msgspec

from bench.measure import Result, at_least, at_most, seconds, without_aim
from cchc_flow.samples import SAMPLE_PLAN

sys.path.insert(0, str(Path(__file__).parents[1] / "tests"))

from support.plan_samples.reading import read_document, read_source
from support.plan_samples.rendering import render_source
from support.plan_samples.scoring import BESIDE, PARTS, Score, score_reading, total_of
from support.plan_samples.source import load_sources
from support.plan_samples.truth import tell_truth

AIM = 0.95
MOST_MILLISECONDS = 100
NAMES = {"held_out": "plans put aside", "own": "our own plans"}


def score_kind(kind: str) -> Iterator[tuple[str, dict[str, Score], list[str], float]]:
    """Each plan of a folder with its scores, its mistakes, and the milliseconds of reading it."""
    for source in load_sources(kind):
        begun = time.perf_counter()
        reading = read_source(source)
        took = (time.perf_counter() - begun) * 1000
        yield source.name, *score_reading(tell_truth(source), reading), took


def rows() -> Iterator[Result]:
    """The F1 of the plans put aside and of our own, by part, and how long a plan of eight pages takes."""
    for kind, aim in (("held_out", AIM), ("own", 0.0)):
        sums = sum_scores(kind)
        total = total_of(sums).f1
        details = " ".join(f"{part} {sums[part].f1:.2f}" for part in PARTS)
        name = f"F1 of what is read of {NAMES[kind]}"
        yield at_least(name, total, aim, details) if aim else without_aim(name, f"{total:.2f}  ({details})")
    yield at_most(
        "a plan of eight pages is read in: ms", time_of_sample(), MOST_MILLISECONDS, "the sample plan"
    )


def sum_scores(kind: str) -> dict[str, Score]:
    """The scores of a folder, part by part."""
    sums = {part: Score() for part in (*PARTS, *BESIDE)}
    for _, scores, _, _ in score_kind(kind):
        sums = {part: sums[part] + scores[part] for part in sums}
    return sums


def time_of_sample() -> float:
    """The milliseconds of reading the sample plan, the least of five times."""
    content = SAMPLE_PLAN.read_bytes()
    return min(seconds(lambda: read_document(SAMPLE_PLAN.name, content)) for _ in range(5)) * 1000


def print_scores(kind: str, shows_plans: bool) -> float:
    """Print the F1 of a folder by part (and by plan), and return it over all parts."""
    sums = {part: Score() for part in (*PARTS, *BESIDE)}
    print(f"{kind:<34}  F1  " + " ".join(f"{part[:7]:>7}" for part in sums))
    for name, scores, _, took in score_kind(kind):
        sums = {part: sums[part] + scores[part] for part in sums}
        if shows_plans:
            print(f"  {name:<30}{row_of(scores)}  {took:4.0f} ms")
    print(f"  {'in all':<30}{row_of(sums)}")
    return total_of(sums).f1


def row_of(scores: dict[str, Score]) -> str:
    """A line of the table: the F1 over the nine parts, then of each part."""
    parts = " ".join(
        f"{score.f1:7.3f}" if score.right or score.read else "      -" for score in scores.values()
    )
    return f"{total_of(scores).f1:6.3f} {parts}"


def print_mistakes(kind: str, only: str) -> None:
    """List what was misread in our own plans."""
    for name, _, mistakes, _ in score_kind(kind):
        if only in name:
            print(f"\n{name}")
            print("\n".join(f"  {mistake}" for mistake in mistakes))


def write_files(folder: Path, kind: str) -> None:
    """Write each plan as its document, and beside it what is right as JSON."""
    folder.mkdir(parents=True, exist_ok=True)
    for source in load_sources(kind):
        name, content = render_source(source)
        (folder / name).write_bytes(content)
        facts = msgspec.to_builtins(tell_truth(source))
        text = json.dumps(facts, ensure_ascii=False, indent=1)
        (folder / f"{source.name}.json").write_text(text, encoding="utf-8")


def main() -> int:
    """Print both folders' figures, or do what an option asks; 1 when the held-out plans miss the aim."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--mistakes", choices=["own"], help="list what was misread")
    parser.add_argument("--only", default="", help="of the plans whose name has this in it")
    parser.add_argument("--write", nargs=2, metavar=("FOLDER", "KIND"), help="write documents and facts")
    arguments = parser.parse_args()
    if arguments.write:
        write_files(Path(arguments.write[0]), arguments.write[1])
        return 0
    if arguments.mistakes:
        print_mistakes(arguments.mistakes, arguments.only)
        return 0
    print_scores("own", shows_plans=True)
    held_out = print_scores("held_out", shows_plans=False)
    print(f"held-out F1 {held_out:.3f}, aim {AIM}")
    return int(held_out < AIM)


if __name__ == "__main__":
    sys.exit(main())
