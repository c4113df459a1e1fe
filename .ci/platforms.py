"""Reads the examples into the platforms' own models, which have to give back what was read: an unknown key is lost or
refused on the way. Then breaks each, so that a check that checks nothing is seen.

usage: platforms.py FOLDER
"""

import copy
import json
import pathlib
import sys

import botocore.session
import yaml
from botocore.validate import ParamValidator
from databricks.sdk.service.jobs import JobSettings
from google.cloud.dataproc_v1.types import WorkflowTemplate
from kubeflow_spark_api.models import SparkV1beta2SparkApplication

folder = pathlib.Path(sys.argv[1])


def kubernetes(manifest):
    assert manifest["apiVersion"] == "sparkoperator.k8s.io/v1beta2" and manifest["kind"] == "SparkApplication"
    return SparkV1beta2SparkApplication.from_dict(copy.deepcopy(manifest)).to_dict()


def dataproc(template):
    read = WorkflowTemplate.from_json(json.dumps(template))
    return WorkflowTemplate.to_dict(read, including_default_value_fields=False, preserving_proto_field_name=False)


def databricks(bundle):
    (name, job), = bundle["resources"]["jobs"].items()
    return {"bundle": bundle["bundle"], "resources": {"jobs": {name: JobSettings.from_dict(job).as_dict()}}}


def emr(steps):
    shape = botocore.session.get_session().get_service_model("emr").operation_model("AddJobFlowSteps").input_shape
    report = ParamValidator().validate({"JobFlowId": "j-1", "Steps": steps}, shape)
    assert not report.has_errors(), report.generate_report()
    return steps


def lost(example, read):
    """Whether what was read is refused by the model, or other than the example."""
    try:
        return read(example) != example
    except Exception as problem:
        return str(problem) or type(problem).__name__


def mistyped(example):
    """The example with a letter too many in each of its keys of a fixed name, one after the other."""
    free = {"sparkConf", "spark_conf", "properties", "envSecretKeyRefs", "jobs", "bundle"}

    def places(node, path=()):
        if isinstance(node, dict):
            for key, value in node.items():
                if not path or path[-1] not in free or path == ():
                    yield (*path, key)
                yield from places(value, (*path, key))
        elif isinstance(node, list):
            for index, value in enumerate(node):
                yield from places(value, (*path, index))

    for place in places(example):
        broken = copy.deepcopy(example)
        node = broken
        for step in place[:-1]:
            node = node[step]
        node[place[-1] + "x"] = node.pop(place[-1])
        yield place, broken


for name, read in {
    "kubernetes.yaml": kubernetes,
    "dataproc.yaml": dataproc,
    "databricks.yml": databricks,
    "emr-steps.json": emr,
}.items():
    example = yaml.safe_load((folder / name).read_text())
    if problem := lost(example, read):
        print(json.dumps(read(example), indent=1) if problem is True else problem, file=sys.stderr)
        sys.exit(f"{name} does not fit the model of the platform")
    broken = list(mistyped(example))
    if passed := [place for place, wrong in broken if not lost(wrong, read)]:
        sys.exit(f"{name} would pass with a letter too many in {passed}")
    print(f"{name} fits; with a letter too many in any of {len(broken)} keys it does not")
