"""What a tree of processes uses, as Linux counts it: seconds of CPU, bytes of memory."""

import os
from pathlib import Path

PROC = Path("/proc")
TICKS = os.sysconf("SC_CLK_TCK")
# Fields of /proc/PID/stat after the name in brackets, see proc_pid_stat(5).
PARENT, USER, SYSTEM = 1, 11, 12


def family(root: int) -> list[int]:
    """Return a process and all that descend from it."""
    parents = {}
    for folder in PROC.glob("[0-9]*"):
        fields = _stat(int(folder.name))
        if fields:
            parents[int(folder.name)] = int(fields[PARENT])
    found = [root]
    for pid in found:  # grows while we go
        found += [child for child, parent in parents.items() if parent == pid]
    return found


def cpu_seconds(pids: list[int]) -> float:
    """Return the CPU time these processes have used so far, in the program and in the kernel."""
    used = [_stat(pid) for pid in pids]
    return sum(int(each[USER]) + int(each[SYSTEM]) for each in used if each) / TICKS


def shared_memory(pids: list[int]) -> int:
    """Return the bytes of memory, what processes share divided among them (PSS)."""
    return sum(_pss(pid) for pid in pids)


def _stat(pid: int) -> list[str]:
    try:
        return (PROC / str(pid) / "stat").read_text().rpartition(")")[2].split()
    except (FileNotFoundError, ProcessLookupError):  # it has just ended
        return []


def _pss(pid: int) -> int:
    try:
        lines = (PROC / str(pid) / "smaps_rollup").read_text().splitlines()
    except (FileNotFoundError, ProcessLookupError):
        return 0
    return sum(int(line.split()[1]) * 1024 for line in lines if line.startswith("Pss:"))
