#!/usr/bin/env bash
# Three cron libraries, one line, three calendars: the nights when clocks change, and a stepped day of month.
#
# Versions: croniter 7.0.0 (what Airflow 3.3 schedules by), cronsim 2.8, cron-utils 9.2.1 (Java, UNIX definition),
#           time zone America/New_York of tzdata 2026.6 and of the JDK.
# Behaviour and runs seen:
#   30 2 * * *, there is no 02:30 on 2026-03-08: croniter and cronsim run at 03:00, neither 02:30 nor 03:30;
#     cron-utils skips the day, so the interval of a daily job is silently two days long.
#   30 1 * * *, 01:30 passes twice on 2026-11-01: croniter runs twice, at -04:00 and at -05:00;
#     cronsim and cron-utils run once, at the first.
#   0 3 */2 * 1, odd days and Mondays: croniter and cron-utils run on odd days or Mondays (January 2026: the 1st, 3rd,
#     5th, 7th); cronsim runs on Mondays that are odd days (the 5th, the 19th, 9 and 23 February), as Debian's cron
#     does, for which a field that starts with * is unrestricted. All three join 13 and Friday by "or".
# Source: crontab(5) of Debian on fields that start with *; kiorky/croniter issue 56, which Airflow cites.
# Needs Java 17 and Maven.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
python3 -m venv "$work/venv"
"$work/venv/bin/pip" install -q 'croniter==7.0.0' 'cronsim==2.8' 'tzdata==2026.6'
mvn -q -B -Dmaven.repo.local="$work/m2" org.apache.maven.plugins:maven-dependency-plugin:3.8.1:get \
  -Dartifact=com.cronutils:cron-utils:9.2.1

cat > "$work/runs.py" <<'PY'
import sys
from datetime import datetime
from zoneinfo import ZoneInfo

library, cron, start, count = sys.argv[1:]
at = datetime.fromisoformat(start).replace(tzinfo=ZoneInfo("America/New_York"))
if library == "croniter":
    from croniter import croniter
    runs = croniter(cron, at)
    times = [runs.get_next(datetime) for _ in range(int(count))]
else:
    from cronsim import CronSim
    runs = CronSim(cron, at)
    times = [next(runs) for _ in range(int(count))]
print(" ".join(time.isoformat(timespec="minutes") for time in times))
PY
cat > "$work/Runs.java" <<'JAVA'
import com.cronutils.model.CronType;
import com.cronutils.model.definition.CronDefinitionBuilder;
import com.cronutils.model.time.ExecutionTime;
import com.cronutils.parser.CronParser;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.util.StringJoiner;

class Runs {
  public static void main(String[] args) {
    var unix = CronDefinitionBuilder.instanceDefinitionFor(CronType.UNIX);
    var times = ExecutionTime.forCron(new CronParser(unix).parse(args[0]));
    var time = LocalDateTime.parse(args[1]).atZone(ZoneId.of("America/New_York"));
    var runs = new StringJoiner(" ");
    for (int run = 0; run < Integer.parseInt(args[2]); run++) {
      time = times.nextExecution(time).orElseThrow();
      runs.add(time.toOffsetDateTime().toString());
    }
    System.out.println(runs);
  }
}
JAVA
classpath=$(find "$work/m2" -name 'cron-utils-9.2.1.jar' -o -name 'slf4j-api-*.jar' | paste -sd:)

changed=0
expect() { # library, cron, start, the runs
  local library=$1 cron=$2 start=$3 runs
  shift 3
  if [ "$library" = cron-utils ]; then
    runs=$(java -cp "$classpath" "$work/Runs.java" "$cron" "$start" $# 2> "$work/log") || cat "$work/log"
  else
    runs=$("$work/venv/bin/python" "$work/runs.py" "$library" "$cron" "$start" $#)
  fi
  if [ "$runs" != "$*" ]; then
    echo "changed: $library runs '$cron' at $runs, stated was $*"
    changed=1
  fi
}
forward=2026-03-06T12:00
expect croniter '30 2 * * *' $forward 2026-03-07T02:30-05:00 2026-03-08T03:00-04:00 2026-03-09T02:30-04:00
expect cronsim '30 2 * * *' $forward 2026-03-07T02:30-05:00 2026-03-08T03:00-04:00 2026-03-09T02:30-04:00
expect cron-utils '30 2 * * *' $forward 2026-03-07T02:30-05:00 2026-03-09T02:30-04:00
back=2026-10-31T12:00
expect croniter '30 1 * * *' $back 2026-11-01T01:30-04:00 2026-11-01T01:30-05:00 2026-11-02T01:30-05:00
expect cronsim '30 1 * * *' $back 2026-11-01T01:30-04:00 2026-11-02T01:30-05:00
expect cron-utils '30 1 * * *' $back 2026-11-01T01:30-04:00 2026-11-02T01:30-05:00
new_year=2026-01-01T00:00
for library in croniter cron-utils; do
  expect $library '0 3 */2 * 1' $new_year \
    2026-01-01T03:00-05:00 2026-01-03T03:00-05:00 2026-01-05T03:00-05:00 2026-01-07T03:00-05:00
done
expect cronsim '0 3 */2 * 1' $new_year \
  2026-01-05T03:00-05:00 2026-01-19T03:00-05:00 2026-02-09T03:00-05:00 2026-02-23T03:00-05:00
for library in croniter cronsim cron-utils; do
  expect $library '0 3 13 * 5' $new_year 2026-01-02T03:00-05:00 2026-01-09T03:00-05:00 2026-01-13T03:00-05:00
done
[ "$changed" = 0 ] || { echo FAIL; exit 1; }
echo "PASS: as stated"
