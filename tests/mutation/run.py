"""Change the code in small ways, one at a time, and see that the tests notice: what ``make mutants`` runs.

mutmut makes the mutants and runs the tests. Here are the parts of it that are ours: which tests must notice a change in
which module (targets.toml), and which mutants may survive, each with its reason (survivors.toml). Each module is
mutated in a copy under build/mutants, with only its own tests.

In the copy the caches are taken off. mutmut passes over functions with decorators; and what a test has asked before
would be remembered from before the mutation.
"""

from __future__ import annotations

import argparse
import json
import os
import re
import shutil
import signal
import subprocess
import sys
import time
import tomllib
from fnmatch import fnmatch
from pathlib import Path

HERE = Path(__file__).resolve().parent
ROOT = HERE.parents[1]
WORK = ROOT / "build" / "mutants"
MUTMUT = [sys.executable, "-m", "mutmut"]
CACHE = re.compile(r"^@(?:lru_)?cache\b.*$", re.MULTILINE)
MUTANT = re.compile(r"x(?:_|ǁ(?P<owner>.+)ǁ)(?P<function>.+)__mutmut_[0-9]+")
KILLED, TIMEOUT = 1, -signal.SIGXCPU
"""What pytest says when a test has failed, and mutmut's way to end a mutant that does not end by itself: whoever waits
for it notices."""
UNREADABLE = 255
"""What mutmut notes when pytest could not even collect: a mutant that breaks what a test module makes when it is
imported. It counts as killed if the same tests can be collected without it, which mutmut itself does not ask."""
SURVIVED, UNTESTED = 0, 33

SETTINGS = """\
[mutmut]
source_paths=trustledger
only_mutate=
{files}
do_not_mutate_patterns=
    raise \\w+\\(
    fail\\(
also_copy=
    docs
    hypothesis_quick.py
process_isolation=forkserver
forkserver_warmup=import
preload_modules_file=preload.txt
timeout_multiplier=4
timeout_constant=3
use_git_change_detection=false
pytest_add_cli_args=
    -p
    hypothesis_quick
    -p
    no:cacheprovider
    -W
    ignore::pytest.PytestAssertRewriteWarning
pytest_add_cli_args_test_selection=
{tests}
"""
"""What an error says is left alone (the patterns): whether it is raised stands in the condition above it.

Each mutant's tests are collected in a fresh process: pytest escapes the names of parameters once more each time that it
collects, and does not find them again. What costs time, and holds no test, is imported before.
"""

SHOW = """\
import json, sys
from mutmut.mutation.diff_apply import find_mutant, get_diff_for_mutant
print(json.dumps([get_diff_for_mutant(name, path=find_mutant(name).path) for name in sys.argv[1:]]))
"""
"""As ``mutmut show``, for many at once: it takes most of a second to begin."""

PRELOAD = ("cryptography.hazmat.primitives.asymmetric.ed25519", "hypothesis.strategies", "msgpack", "pytest")


def prepare(name: str, target: dict[str, list[str]]) -> Path:
    """A copy of the code and the tests, with mutmut's settings for one module."""
    work = WORK / name
    shutil.rmtree(work, ignore_errors=True)
    for folder in ("trustledger", "tests", "docs"):
        shutil.copytree(ROOT / folder, work / folder, ignore=shutil.ignore_patterns("__pycache__"))
    shutil.copy2(ROOT / "pyproject.toml", work)
    shutil.copy2(HERE / "hypothesis_quick.py", work)
    files = sorted(found for pattern in target["files"] for found in work.glob(pattern))
    tests = sorted({found for pattern in target["tests"] for found in work.glob(pattern)})
    for file in files:
        file.write_text(CACHE.sub("", file.read_text("utf-8")), "utf-8")
    (work / "preload.txt").write_text("\n".join(PRELOAD), "utf-8")
    settings = SETTINGS.format(files=_block(files, work), tests=_block(tests, work))
    (work / "setup.cfg").write_text(settings, "utf-8")
    return work


def _block(paths: list[Path], work: Path) -> str:
    return "\n".join(f"    {path.relative_to(work)}" for path in paths)


def mutate(work: Path, jobs: int) -> dict[str, int]:
    """Run mutmut: each mutant, and how its tests ended."""
    shared = os.environ.get("TRUSTLEDGER_SHARED", str(ROOT.parent / "shared"))
    env = {**os.environ, "TRUSTLEDGER_SHARED": shared, "PYTHONHASHSEED": "0"}
    log = work / "mutmut.log"
    with log.open("wb") as out:
        words = [*MUTMUT, "run", "--max-children", str(jobs)]
        done = subprocess.run(words, cwd=work, env=env, stdout=out, stderr=out, check=False)
    codes: dict[str, int] = {}
    for file in sorted((work / "mutants").rglob("*.py.meta")):
        codes |= json.loads(file.read_text("utf-8"))["exit_code_by_key"]
    odd = set(codes.values()) - {KILLED, TIMEOUT, SURVIVED, UNTESTED, UNREADABLE}
    if done.returncode or not codes or odd:
        text = log.read_text("utf-8", "replace").replace("\r", "\n")
        print("\n".join(text.splitlines()[-30:]), file=sys.stderr)
        sys.exit(f"mutmut could not run all tests (exit codes {odd or done.returncode}), see {log}")
    if UNREADABLE in codes.values() and not collects(work, env):
        sys.exit(f"the tests of {work.name} cannot be collected one by one, so nothing is known")
    return codes


def collects(work: Path, env: dict[str, str]) -> bool:
    """Whether pytest finds every test by the name under which mutmut asks for it."""
    named = json.loads((work / "mutants" / "mutmut-stats.json").read_text("utf-8"))["duration_by_test"]
    (work / "named.txt").write_text("\n".join(named), "utf-8")
    words = [sys.executable, "-m", "pytest", "--rootdir=.", "--collect-only", "-qqq", "@../named.txt"]
    plain = {**env, "MUTANT_UNDER_TEST": "", "PYTHONPATH": str(work / "mutants")}
    return not subprocess.run(
        words, cwd=work / "mutants", env=plain, capture_output=True, check=False
    ).returncode


def changes(work: Path, mutants: list[str]) -> list[tuple[str, str, str]]:
    """Where each mutant is, what stood there, and what stands there now; spaces do not count."""
    shown = subprocess.run(
        [sys.executable, "-c", SHOW, *mutants], cwd=work, capture_output=True, text=True, check=True
    )
    return [_change(mutant, diff) for mutant, diff in zip(mutants, json.loads(shown.stdout), strict=True)]


def _change(mutant: str, diff: str) -> tuple[str, str, str]:
    lines = diff.splitlines()
    was = " ".join(line[1:].strip() for line in lines if line.startswith("-") and not line.startswith("---"))
    now = " ".join(line[1:].strip() for line in lines if line.startswith("+") and not line.startswith("+++"))
    module, _, mangled = mutant.rpartition(".")
    match = MUTANT.fullmatch(mangled)
    if match is None:
        return mutant, was, now
    owner = f"{match['owner']}." if match["owner"] else ""
    return f"{module}.{owner}{match['function']}", was, now


def accepted() -> dict[tuple[str, str, str], str]:
    """The mutants that may survive: (where, what stood there, what stands there) → why."""
    listed = tomllib.loads((HERE / "survivors.toml").read_text("utf-8"))["survivor"]
    return {(one["in"], one["was"], now): one["why"] for one in listed for now in one["now"]}


def judge(name: str, target: dict[str, list[str]], jobs: int) -> bool:
    """Mutate one module and say what survived; whether every survivor is a known one."""
    started = time.monotonic()
    work = prepare(name, target)
    codes = mutate(work, jobs)
    known = {place for place in accepted() if _is_in(place[0], target)}
    survivors = changes(work, [mutant for mutant, code in codes.items() if code in {SURVIVED, UNTESTED}])
    new = [place for place in survivors if place not in known]
    seconds = time.monotonic() - started
    timeouts = sum(code == TIMEOUT for code in codes.values())
    print(
        f"{name:<12} {len(codes):5} mutants, {len(codes) - len(survivors):5} killed ({timeouts} by the clock), "
        f"{len(survivors) - len(new):3} known, {len(new):3} new, {seconds:4.0f} s",
        flush=True,
    )
    for where, was, now in new:
        print(f"\n  in {where}\n    - {was}\n    + {now}")
    for where, was, now in known - set(survivors):
        print(f"\n  no longer survives (take it from survivors.toml): in {where}\n    - {was}\n    + {now}")
    return not new and known <= set(survivors)


def _is_in(where: str, target: dict[str, list[str]]) -> bool:
    """Whether a function is in one of the files of a target."""
    patterns = [pattern.removesuffix(".py").replace("/", ".") for pattern in target["files"]]
    return any(fnmatch(where, f"{pattern}.*") for pattern in patterns)


def main() -> int:
    """Mutate the modules that are named, or all."""
    targets = tomllib.loads((HERE / "targets.toml").read_text("utf-8"))
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("module", nargs="*", choices=[*targets, []], help="default: all of them")
    parser.add_argument("--jobs", type=int, default=2, help="processes at a time")
    options = parser.parse_args()
    good = [judge(name, targets[name], options.jobs) for name in options.module or targets]
    return 0 if all(good) else 1


if __name__ == "__main__":
    sys.exit(main())
