"""The rules on PySpark, for where one machine is too small. Needs Java and the extra `spark`; never on a web path."""

import importlib.util
import os
import shutil
from functools import cached_property
from typing import Any

import narwhals as nw
import polars as pl

from gongbao.kernel.problem import BadInput, Problem
from gongbao.rating.rules.columns import Frame

MASTER = "GONGBAO_SPARK_MASTER"  # spark://host:7077, yarn, k8s://…; without it Spark runs on this machine alone
ALONE = {
    "spark.driver.host": "127.0.0.1",
    "spark.driver.bindAddress": "127.0.0.1",
    "spark.driver.memory": "4g",
    "spark.sql.shuffle.partitions": "8",
    "spark.ui.enabled": "false",
    "spark.ui.showConsoleProgress": "false",
}


class SparkEngine:
    """The same columns on Spark: tables go in and come back as Arrow, without a float or a row-wise loop.

    session: one of your own; by default one is made for the cluster that GONGBAO_SPARK_MASTER names, with the settings
    of that cluster, or else on this machine.
    """

    name = "pyspark"

    def __init__(self, session: Any = None) -> None:
        self._given = session

    @cached_property
    def session(self) -> Any:
        if self._given is not None:
            return self._given
        _refuse_without_parts()
        from pyspark.sql import SparkSession

        cluster = os.environ.get(MASTER)
        builder = SparkSession.builder.appName("gongbao").master(cluster or "local[*]")
        for key, value in ({} if cluster else ALONE).items():
            builder = builder.config(key, value)
        session = builder.getOrCreate()
        session.sparkContext.setLogLevel("ERROR")
        return session

    def take(self, frame: pl.DataFrame) -> Frame:
        taken: Frame = nw.from_native(self.session.createDataFrame(frame.to_arrow()))
        return taken

    def settle(self, frame: Frame) -> Frame:
        settled: Frame = nw.from_native(frame.to_native().localCheckpoint())
        return settled

    def bring(self, frame: Frame) -> pl.DataFrame:
        found = pl.from_arrow(frame.to_native().toArrow())
        assert isinstance(found, pl.DataFrame)  # noqa: S101 - a table with columns comes back as one
        return found


def _refuse_without_parts() -> None:
    """Raise BadInput where pyspark or Java is not there."""
    missing = []
    if importlib.util.find_spec("pyspark") is None:
        missing.append(("pyspark", "请安装:pip install gongbao[spark]", "install it: pip install gongbao[spark]"))
    if shutil.which("java") is None:
        missing.append(("java", "PySpark 需要 Java 运行环境,请安装", "PySpark needs a Java runtime; install one"))
    if missing:
        raise BadInput(Problem("--engine", None, "pyspark", part, zh, en) for part, zh, en in missing)
