#!/usr/bin/env bash
# Runs a day on YARN, with the data on ADLS: conf/examples/yarn.sh 2026-11-01
#
# Checked here: Spark's own parser takes these arguments, ours takes those behind the jar, the versions are the build's
# (ExamplesTest). Not checked: a YARN cluster, ADLS.
#
# Needs Spark 4.1 with Scala 2.13 in SPARK_HOME, JDK 17 to 21 on the nodes, and HADOOP_CONF_DIR. The workspace, zipped from
# inside (cd crm-home && zip -r ../crm-home.zip conf), is unpacked beside the driver, so conf/ is found there.
# No secret stands here: ADLS's is read by Hadoop from a credential store, made once with
#   hadoop credential create fs.azure.account.oauth2.client.secret -provider jceks://hdfs/user/crm/adls.jceks
# What differs: renames are atomic on HDFS and on ADLS with a hierarchical namespace (use no other), so several programs
# may write; the shuffle service of the nodes has to be Spark 4.1's, or dynamic allocation stays off as here.
set -euo pipefail
date=${1:?a date, as in 2026-11-01}

exec "${SPARK_HOME:?}/bin/spark-submit" \
  --master yarn --deploy-mode cluster --name "crm $date" \
  --class crm.app.Main \
  --packages io.delta:delta-spark_4.1_2.13:4.4.0,org.apache.hadoop:hadoop-azure:3.4.2 \
  --archives crm-home.zip#crm-home \
  --driver-memory 4g --executor-memory 8g --executor-cores 4 --num-executors 4 \
  --conf spark.driver.extraJavaOptions="-Dcrm.conf.dir=crm-home/conf -Duser.timezone=UTC -Dfile.encoding=UTF-8" \
  --conf spark.executor.extraJavaOptions="-Duser.timezone=UTC -Dfile.encoding=UTF-8" \
  --conf spark.yarn.maxAppAttempts=1 \
  --conf spark.hadoop.hadoop.security.credential.provider.path=jceks://hdfs/user/crm/adls.jceks \
  --conf spark.hadoop.fs.azure.account.auth.type=OAuth \
  --conf spark.hadoop.fs.azure.account.oauth.provider.type=org.apache.hadoop.fs.azurebfs.oauth2.ClientCredsTokenProvider \
  --conf spark.hadoop.fs.azure.account.oauth2.client.id="${AZURE_CLIENT_ID:-}" \
  --conf spark.hadoop.fs.azure.account.oauth2.client.endpoint="https://login.microsoftonline.com/${AZURE_TENANT_ID:-}/oauth2/token" \
  crm.jar run --all --date "$date" --home crm-home \
  --set paths.landing=abfss://landing@acme.dfs.core.windows.net \
  --set paths.warehouse=abfss://warehouse@acme.dfs.core.windows.net/crm \
  --set paths.exports=abfss://exports@acme.dfs.core.windows.net/crm
