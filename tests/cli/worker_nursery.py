"""Workers that start at once: the program is loaded a single time, each worker is a fork that runs the whole command.

`python -m tests.cli.worker_nursery` answers each line of its input with one number: "start" (the process of a new
worker), "kill" (`kill -9` of the oldest: minus its signal), "end" (SIGTERM to the oldest: what it left with).
"""

import os
import signal
import sys


def main() -> None:
    """One answer a line; at the end of the input, whoever is left is killed."""
    from ensemblier.cli.frame import prepare_django

    prepare_django()
    from ensemblier.cli import duties  # noqa: F401 - loaded here once, for every worker
    from ensemblier.cli.worker import worker

    alive: list[int] = []
    for line in sys.stdin:
        if line.strip() == "start":
            pid = os.fork()
            if pid == 0:
                worker(once=False, supervised=True)
                os._exit(0)
            alive.append(pid)
            print(pid, flush=True)
        else:
            oldest = alive.pop(0)
            os.kill(oldest, signal.SIGKILL if line.strip() == "kill" else signal.SIGTERM)
            print(os.waitstatus_to_exitcode(os.waitpid(oldest, 0)[1]), flush=True)
    for pid in alive:
        os.kill(pid, signal.SIGKILL)


if __name__ == "__main__":
    main()
