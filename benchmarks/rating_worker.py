"""One run of one competitor, in a process of its own: `python -m benchmarks.rating_worker WHO TASK FOLDER`.

Loading is not timed for the simplified score, where everybody begins with the same arrays or tables in memory. The full
standard is timed from the files to the written result. Prints one line: seconds, peak_mb, parts, and what it found.
"""

import importlib
import json
import resource
import sys
from pathlib import Path

PEERS = {
    "numpy": "benchmarks.rating_numpy",
    "pandas": "benchmarks.rating_pandas",
    "openfisca": "benchmarks.rating_openfisca",
}
OURS = "benchmarks.rating_gongbao"


def main() -> None:
    who, task, folder = sys.argv[1], sys.argv[2], Path(sys.argv[3])
    module = importlib.import_module(OURS if who == "gongbao" else PEERS[who])
    answer = getattr(module, task)(folder)
    answer["peak_mb"] = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(json.dumps(answer))


if __name__ == "__main__":
    main()
