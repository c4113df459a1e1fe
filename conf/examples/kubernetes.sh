#!/usr/bin/env bash
# Runs a day on Kubernetes without an operator, with the data on S3: conf/examples/kubernetes.sh 2026-11-01
#
# Checked here: Spark's own parser takes these arguments, ours takes those behind the jar, the versions are the build's
# (ExamplesTest); that S3 keeps what our runs promise (.ci/s3, on an S3 server, not on Amazon's). Not checked: a cluster.
#
# Needs Spark 4.1 in SPARK_HOME, an image of kubernetes.Dockerfile, a service account that may start pods, and two Secrets:
#   kubectl create secret generic crm-s3 --from-literal=access-key=... --from-literal=secret-key=...
#   kubectl create secret generic crm-conf --from-file=crm-home/conf/crm.conf
# On EKS let the service account assume a role instead of crm-s3. Pods get secrets by name only, never by value.
# What differs: the driver is a pod, so its disk is gone afterwards; everything has to be on S3, and logs go to kubectl.
set -euo pipefail
date=${1:?a date, as in 2026-11-01}

exec "${SPARK_HOME:?}/bin/spark-submit" \
  --master "k8s://${KUBERNETES:-https://kubernetes.default.svc:443}" --deploy-mode cluster --name "crm-$date" \
  --class crm.app.Main \
  --driver-memory 4g --executor-memory 8g --executor-cores 4 --num-executors 4 \
  --conf spark.kubernetes.namespace=crm \
  --conf spark.kubernetes.authenticate.driver.serviceAccountName=crm \
  --conf spark.kubernetes.container.image="${CRM_IMAGE:-registry.example/crm:0.1.0}" \
  --conf spark.kubernetes.submission.waitAppCompletion=true \
  --conf spark.kubernetes.driver.secrets.crm-conf=/opt/crm/home/conf \
  --conf spark.kubernetes.driver.secretKeyRef.AWS_ACCESS_KEY_ID=crm-s3:access-key \
  --conf spark.kubernetes.driver.secretKeyRef.AWS_SECRET_ACCESS_KEY=crm-s3:secret-key \
  --conf spark.kubernetes.executor.secretKeyRef.AWS_ACCESS_KEY_ID=crm-s3:access-key \
  --conf spark.kubernetes.executor.secretKeyRef.AWS_SECRET_ACCESS_KEY=crm-s3:secret-key \
  --conf spark.driver.extraJavaOptions="-Dcrm.conf.dir=/opt/crm/conf -Duser.timezone=UTC -Dfile.encoding=UTF-8" \
  --conf spark.executor.extraJavaOptions="-Duser.timezone=UTC -Dfile.encoding=UTF-8" \
  --conf spark.hadoop.fs.s3a.endpoint.region=eu-central-1 \
  local:///opt/crm/crm.jar run --all --date "$date" --home /opt/crm/home \
  --set paths.landing=s3a://acme/landing \
  --set paths.warehouse=s3a://acme/warehouse \
  --set paths.exports=s3a://acme/exports
