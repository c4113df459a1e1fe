#!/usr/bin/env bash
# Runs a day as a step of an EMR cluster: emr-steps.json fetches this file and runs it there with the date.
#   aws emr add-steps --cluster-id j-... --steps file://conf/examples/emr-steps.json
#
# Checked here: Spark's own parser takes these arguments, ours takes those behind the jar, the versions are the build's
# (ExamplesTest); the steps fit EMR's own model (.ci/platforms). Not checked: EMR.
#
# No release of EMR has Spark 4.1: emr-7.13.0 has 3.5.6, emr-spark-8.0.0 has 4.0.2 with Delta 4.0.0, and our classes do not
# fit either. So the cluster gives YARN (emr-7.13.0: Hadoop 3.4.2), and Spark 4.1.0 comes with the step, from your bucket.
# JDK 17 is EMR 7's default. No secret stands here: S3 opens to the role of the instances.
# What differs: s3a:// and not EMR's own s3://, since with s3a S3 itself decides which of two writers commits; by s3:// Delta
# takes its own log store, which knows of one program only.
set -euo pipefail
date=${1:?a date, as in 2026-11-01}
bucket=${CRM_BUCKET:-s3://acme/crm}

if [ -z "${SPARK_HOME:-}" ]; then
  cd "$(mktemp -d)"
  aws s3 cp --only-show-errors "$bucket/spark-4.1.0-bin-hadoop3.tgz" - | tar -xz
  aws s3 cp --only-show-errors "$bucket/crm.jar" .
  aws s3 cp --only-show-errors "$bucket/crm-home.zip" .
  SPARK_HOME=$PWD/spark-4.1.0-bin-hadoop3
fi
export HADOOP_CONF_DIR=${HADOOP_CONF_DIR:-/etc/hadoop/conf}
unset SPARK_CONF_DIR # EMR's own, for another Spark.

exec "$SPARK_HOME/bin/spark-submit" \
  --master yarn --deploy-mode cluster --name "crm $date" \
  --class crm.app.Main \
  --packages io.delta:delta-spark_4.1_2.13:4.4.0,org.apache.hadoop:hadoop-aws:3.4.2 \
  --archives crm-home.zip#crm-home \
  --driver-memory 4g --executor-memory 8g --executor-cores 4 --num-executors 4 \
  --conf spark.driver.extraJavaOptions="-Dcrm.conf.dir=crm-home/conf -Duser.timezone=UTC -Dfile.encoding=UTF-8" \
  --conf spark.executor.extraJavaOptions="-Duser.timezone=UTC -Dfile.encoding=UTF-8" \
  --conf spark.yarn.maxAppAttempts=1 \
  --conf spark.hadoop.fs.s3a.endpoint.region=eu-central-1 \
  crm.jar run --all --date "$date" --home crm-home \
  --set paths.landing=s3a://acme/landing \
  --set paths.warehouse=s3a://acme/warehouse \
  --set paths.exports=s3a://acme/exports
