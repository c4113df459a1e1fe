# The image that kubernetes.sh and kubernetes.yaml run: Spark's own, and beside it what Spark has not.
#   docker build -f conf/examples/kubernetes.Dockerfile -t registry.example/crm:0.1.0 .
# Not checked: there is no Docker here. Its jars are those of .ci/s3: mvn package && mvn -Pplatforms -pl .,platforms package
FROM apache/spark:4.1.0-scala2.13-java17-ubuntu
COPY jobs/target/dist/jars/delta-*.jar jobs/target/dist/jars/unitycatalog-*.jar platforms/target/s3/*.jar /opt/spark/jars/
COPY jobs/target/dist/crm.jar /opt/crm/
COPY conf /opt/crm/conf
