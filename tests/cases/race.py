"""Two officers who press their buttons at the same moment, on a database of their own: `python -m tests.cases.race`."""

import threading
from collections import Counter

from gongbao.terminal.database import database_ready


def race(rounds: int = 5) -> Counter[str]:
    """How the moves of two people at once came out: "done", or the name of the refusal. One of each a round."""
    from django.db import connection
    from tests.cases.city import SECOND, build

    from gongbao.cases.refusals import MoveRefused
    from gongbao.cases.services.engine import case_move

    city = build()
    outcomes: Counter[str] = Counter()
    for _ in range(rounds):
        case = city.objection()
        start = threading.Barrier(2)

        def press(who: str, move: str, case=case, start=start) -> None:  # type: ignore[no-untyped-def]
            start.wait()
            try:
                case_move(
                    case=case, track="objection", move=move, version=0, actor=city.people[who],
                    now=SECOND, fields={"answer": "x"},
                )  # fmt: skip
                outcomes["done"] += 1
            except MoveRefused as refused:
                outcomes[type(refused).__name__] += 1
            finally:
                connection.close()

        pair = [
            threading.Thread(target=press, args=("officer", "uphold")),
            threading.Thread(target=press, args=("second", "reject")),
        ]
        for thread in pair:
            thread.start()
        for thread in pair:
            thread.join()
        outcomes["steps"] += case.steps.count()
        outcomes["papers"] += case.steps.exclude(paper=None).count()
    return outcomes


if __name__ == "__main__":
    database_ready()
    print(dict(race()))  # noqa: T201 - read by the test that ran it
