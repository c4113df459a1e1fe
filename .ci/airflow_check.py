"""Loads the DAGs of a folder in Airflow and compares the arguments of their tasks with those of the
local runner: python .ci/airflow_check.py DATE COMMANDS, COMMANDS being a file of what
crm pipeline run --date DATE --dry-run prints. Airflow's settings come from its environment."""
import os
import sys
import tempfile
import warnings

import pendulum
from airflow.timetables.base import TimeRestriction

try:
    from airflow.dag_processing.dagbag import DagBag
except ImportError:  # before 3.2
    from airflow.models.dagbag import DagBag

try:
    from airflow.sdk.exceptions import AirflowException, AirflowFailException
except ImportError:  # before 3
    from airflow.exceptions import AirflowException, AirflowFailException

DAG_ID = "crm_daily"


class Variables:
    """As {{ var.value }} answers, from the environment."""

    def get(self, name, default):
        return os.environ.get("AIRFLOW_VAR_" + name.upper(), default)


def fail(why):
    sys.exit(".ci/airflow: " + why)


def interval_of(dag, date):
    """The interval that Airflow itself makes for the day."""
    earliest = pendulum.parse(date, tz=str(dag.timezone))
    restriction = TimeRestriction(earliest=earliest, latest=None, catchup=True)
    timetable = dag.timetable
    if not hasattr(timetable, "next_dagrun_info"):  # the SDK's, which only tells what it is
        from airflow.serialization.encoders import coerce_to_core_timetable

        timetable = coerce_to_core_timetable(timetable)
    return timetable.next_dagrun_info(
        last_automated_data_interval=None, restriction=restriction
    ).data_interval


def check_exit_codes(task):
    """A spark-submit that only ends: 2 and 3 fail for good, 1 and 4 are left to Airflow's retries."""
    task.conf, task.packages, task.jars = {}, None, None
    with tempfile.TemporaryDirectory() as folder:
        submit = os.path.join(folder, "spark-submit")
        path = os.environ["PATH"]
        os.environ["PATH"] = folder + os.pathsep + path
        for code in (1, 2, 3, 4):
            with open(submit, "w") as script:
                script.write(f"#!/bin/sh\nexit {code}\n")
            os.chmod(submit, 0o755)
            task._hook = None
            try:
                task.execute({})
                fail(f"exit code {code} passed for a success")
            except AirflowException as failure:
                if isinstance(failure, AirflowFailException) != (code in (2, 3)):
                    fail(f"exit code {code} ended as {failure!r}")
        os.environ["PATH"] = path


def main(date, commands):
    with warnings.catch_warnings(record=True) as warned:
        warnings.simplefilter("always")
        bag = DagBag(dag_folder=os.environ["AIRFLOW__CORE__DAGS_FOLDER"])
    if bag.import_errors:
        fail(f"the DAG does not load: {bag.import_errors}")
    deprecated = [str(w.message) for w in warned if "dags/" in (w.filename or "")]
    if deprecated:
        fail(f"the DAG uses what will be removed: {deprecated}")
    dag = bag.dags[DAG_ID]
    interval = interval_of(dag, date)
    with open(commands) as lines:
        expected = dict(line.rstrip("\n").split(": ", 1) for line in lines)
    run = next(iter(expected.values())).split("--pipeline-run ")[1].split(" ")[0]
    context = {
        "params": {"date": None},
        "data_interval_start": interval.start,
        "run_id": run,
        "var": {"value": Variables()},
    }
    rendered = {
        task.task_id: " ".join(
            str(argument) for argument in task.render_template(task.application_args, context)
        )
        for task in dag.tasks
    }
    if rendered != expected:
        for task in sorted(expected.keys() | rendered.keys()):
            if rendered.get(task) != expected.get(task):
                print(f"{task}\n  Airflow: {rendered.get(task)}\n  local:   {expected.get(task)}")
        fail("the arguments differ")
    if not run.endswith("__" + interval.end.in_timezone("UTC").isoformat()):
        fail(f"Airflow's interval ends at {interval.end}, ours is of {run}")
    if any(getattr(task, "durable", False) for task in dag.tasks):
        fail("a task is durable, which YARN's cluster mode refuses")
    check_exit_codes(dag.get_task("publish"))
    print(f"Airflow loads {DAG_ID}: {len(rendered)} tasks have the arguments of the local runner")


if __name__ == "__main__":
    main(*sys.argv[1:])
