"""Airflow's own data intervals for many crons and time zones, as the test of our timetable has them.

    python .ci/airflow_intervals.py FILE            compares FILE with what Airflow says
    python .ci/airflow_intervals.py FILE --write    writes FILE

A line is a cron, a time zone, a start date, the first five intervals from there with catch-up, a
moment, and the interval Airflow schedules at that moment without catch-up; moments are UTC.
"""
import datetime
import sys
from unittest import mock

import pendulum
from airflow.timetables.base import TimeRestriction
from airflow.timetables.interval import CronDataIntervalTimetable

INTERVALS = 5
# cron, time zone, start date, moment of a start without catch-up
CASES = """
0 3 * * *           UTC                  2025-03-28T00:00:00Z  2025-03-31T02:59:59Z
0 0 * * *           Europe/Berlin        2025-03-28T00:00:00Z  2025-03-30T22:00:00Z
0 0 * * *           Europe/Berlin        2025-10-24T00:00:00Z  2025-10-26T22:30:00Z
30 2 * * *          Europe/Berlin        2025-03-28T00:00:00Z  2025-03-30T01:30:00Z
30 2 * * *          Europe/Berlin        2025-10-24T00:00:00Z  2025-10-26T01:00:00Z
0 2 * * *           Europe/Berlin        2025-03-28T12:00:00Z  2025-03-30T01:00:00Z
0 3 * * *           Europe/Berlin        2025-10-24T00:00:00Z  2025-10-26T02:00:01Z
0 * * * *           Europe/Berlin        2025-03-29T23:30:00Z  2025-03-30T01:10:00Z
0 * * * *           Europe/Berlin        2025-10-25T22:30:00Z  2025-10-26T01:10:00Z
*/30 * * * *        Europe/Berlin        2025-10-25T23:45:00Z  2025-10-26T00:45:00Z
*/15 1-3 * * *      Europe/Berlin        2025-03-30T00:20:00Z  2025-03-30T01:20:00Z
0 */6 * * *         Europe/Berlin        2025-03-29T12:00:00Z  2025-03-30T04:00:00Z
0 */2 * * *         Europe/Berlin        2025-10-25T20:00:00Z  2025-10-26T01:30:00Z
0 */3 * * *         Europe/Berlin        2025-03-29T20:00:00Z  2025-03-30T01:00:00Z
30 2 * * *          America/New_York     2025-03-07T00:00:00Z  2025-03-09T07:30:00Z
30 1 * * *          America/New_York     2025-10-31T00:00:00Z  2025-11-02T05:45:00Z
0 0-23 * * *        America/New_York     2025-11-02T03:30:00Z  2025-11-02T06:30:00Z
0 0 * * *           America/Santiago     2025-09-05T00:00:00Z  2025-09-07T04:00:00Z
0 0 * * *           America/Santiago     2025-04-04T00:00:00Z  2025-04-06T03:30:00Z
30 23 * * *         America/Santiago     2025-04-04T00:00:00Z  2025-04-06T02:45:00Z
15 2 * * *          Australia/Lord_Howe  2025-10-03T00:00:00Z  2025-10-04T15:45:00Z
45 1 * * *          Australia/Lord_Howe  2025-04-04T00:00:00Z  2025-04-05T14:50:00Z
0 0 31 * *          UTC                  2025-01-01T00:00:00Z  2025-06-15T00:00:00Z
0 0 31 * *          Europe/Berlin        2025-01-01T00:00:00Z  2025-03-30T22:00:00Z
0 0 29 2 *          UTC                  2008-06-01T00:00:00Z  2025-06-15T00:00:00Z
0 12 28-31 * *      Asia/Kolkata         2024-02-01T00:00:00Z  2024-03-01T00:00:00Z
0 4 * * 1-5         Asia/Kolkata         2025-06-05T00:00:00Z  2025-06-09T00:00:00Z
0 4 * * 7           Pacific/Auckland     2025-09-20T00:00:00Z  2025-09-27T16:00:00Z
0 4 13 * 5          UTC                  2025-06-01T00:00:00Z  2025-06-13T12:00:00Z
0 0 */10 * *        Asia/Kathmandu       2025-02-01T00:00:00Z  2025-03-01T00:00:00Z
0 0 1 */3 *         Europe/Berlin        2025-01-15T00:00:00Z  2025-03-31T22:00:00Z
5,35 8-18/5 * * 1-5 Europe/London        2025-03-28T17:00:00Z  2025-03-31T07:10:00Z
*/7 * * * *         UTC                  2025-01-01T00:50:00Z  2025-01-01T01:00:00Z
"""


def moment(when):
    return when.in_timezone("UTC").strftime("%Y-%m-%dT%H:%M:%SZ")


def told(interval):
    return f"{moment(interval.start)}/{moment(interval.end)}"


def with_catch_up(timetable, start):
    intervals, last = [], None
    while len(intervals) < INTERVALS:
        restriction = TimeRestriction(earliest=start, latest=None, catchup=True)
        last = timetable.next_dagrun_info(
            last_automated_data_interval=last, restriction=restriction
        ).data_interval
        intervals.append(told(last))
    return " ".join(intervals)


def latest(timetable, start, now):
    restriction = TimeRestriction(earliest=start, latest=None, catchup=False)
    with mock.patch("airflow.timetables.interval.utcnow", lambda: now):
        return told(
            timetable.next_dagrun_info(
                last_automated_data_interval=None, restriction=restriction
            ).data_interval
        )


def table():
    lines = []
    for line in CASES.strip().splitlines():
        *cron, zone, start, now = line.split()
        timetable = CronDataIntervalTimetable(" ".join(cron), timezone=zone)
        from_, at = pendulum.parse(start), pendulum.parse(now)
        lines.append(
            " | ".join(
                [" ".join(cron), zone, start, with_catch_up(timetable, from_), now,
                 latest(timetable, from_, at)]
            )
        )
    return "\n".join(lines) + "\n"


if __name__ == "__main__":
    file = sys.argv[1]
    expected = table()
    if "--write" in sys.argv:
        with open(file, "w") as out:
            out.write(expected)
    with open(file) as committed:
        if committed.read() != expected:
            sys.exit(f"{file} is not what Airflow says; regenerate it with --write")
    print(f"Airflow's intervals: {expected.count(chr(10))} crons are as committed")
