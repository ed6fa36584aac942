"""One run of one competitor, in a process of its own: `python -m benchmarks.support_worker WHO TASK FOLDER`."""

import importlib
import json
import resource
import sys
from pathlib import Path


def main() -> None:
    who, task, folder = sys.argv[1], sys.argv[2], Path(sys.argv[3])
    answer = getattr(importlib.import_module(f"benchmarks.support_{who}"), task)(folder)
    answer["peak_mb"] = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(json.dumps(answer))


if __name__ == "__main__":
    main()
