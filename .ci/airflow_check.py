"""Loads the DAGs of a folder in Airflow and compares the arguments of their tasks with those of the
local runner: python .ci/airflow_check.py DATE COMMANDS, COMMANDS being a file of what
crm pipeline run --date DATE --dry-run prints. Airflow's settings come from its environment."""
import os
import sys
import warnings

import pendulum
from airflow.timetables.base import TimeRestriction

try:
    from airflow.dag_processing.dagbag import DagBag
except ImportError:  # before 3.2
    from airflow.models.dagbag import DagBag

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
    if not run.endswith("__" + interval.start.in_timezone("UTC").isoformat()):
        fail(f"Airflow's interval starts at {interval.start}, ours is of {run}")
    print(f"Airflow loads {DAG_ID}: {len(rendered)} tasks have the arguments of the local runner")


if __name__ == "__main__":
    main(*sys.argv[1:])
