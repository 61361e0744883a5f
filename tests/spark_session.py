"""A small session of Spark on this machine, for tests and for code in docs/."""

from __future__ import annotations

import os
import shutil
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

from folders import ROOT

from newsnorm.spark.extra import is_installed

if TYPE_CHECKING:
    from pyspark.sql import SparkSession

SETTINGS = {
    "spark.driver.bindAddress": "127.0.0.1",
    "spark.driver.host": "127.0.0.1",
    "spark.driver.extraJavaOptions": "-XX:TieredStopAtLevel=1 -XX:+UseSerialGC",  # for jobs that last less than a second
    "spark.driver.memory": "1g",
    "spark.sql.codegen.factoryMode": "NO_CODEGEN",  # compiling takes longer than what it would speed up
    "spark.sql.codegen.wholeStage": "false",
    "spark.sql.adaptive.enabled": "false",  # so that small data keeps its partitions
    "spark.sql.session.timeZone": "Pacific/Chatham",  # no result depends on it
    "spark.sql.shuffle.partitions": "2",
    "spark.ui.enabled": "false",
    "spark.ui.showConsoleProgress": "false",
}


def why_not() -> str | None:
    """Return why there can be no session; None if there can."""
    if not is_installed():
        return "Spark is not tested, since the extra spark is not installed: pip install 'newsnorm[spark]'"
    if not (os.environ.get("JAVA_HOME") or shutil.which("java")):
        return "Spark is not tested, since there is no Java: scripts/java installs it"
    return None


@contextmanager
def session() -> Iterator[SparkSession]:
    """Start a session with two cores, whose workers find the modules of the tests, and stop it in the end."""
    from pyspark.sql import SparkSession

    paths = [str(ROOT / "src"), str(ROOT / "tests"), *filter(None, [os.environ.get("PYTHONPATH")])]
    os.environ.update(PYSPARK_PYTHON=sys.executable, PYTHONPATH=os.pathsep.join(paths))
    builder = SparkSession.builder.master("local[2]").appName("newsnorm")
    for name, value in SETTINGS.items():
        builder = builder.config(name, value)
    made = builder.getOrCreate()
    try:
        yield made
    finally:
        made.stop()
