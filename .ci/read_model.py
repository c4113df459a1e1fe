"""Loads the saved segmentation in PySpark, and compares its answers with the table.

usage: read_model.py FOLDER

FOLDER holds warehouse/, features.csv and the path of the model below the warehouse, in mllib.path.
"""

import pathlib
import sys

from pyspark.ml import PipelineModel
from pyspark.sql import SparkSession

folder = pathlib.Path(sys.argv[1]).absolute()
spark = SparkSession.builder.master("local[1]").config("spark.ui.enabled", "false").getOrCreate()
rows = spark.read.csv(str(folder / "features.csv"), header=True, inferSchema=True)
rows = rows.withColumnRenamed("segment_id", "stored_id").withColumnRenamed("distance", "stored_distance")
model = PipelineModel.load(str(folder / "warehouse" / (folder / "mllib.path").read_text().strip()))
found = model.transform(rows)
customers = found.count()
others = found.where(
    "NOT (segment_id <=> stored_id) OR NOT coalesce(abs(distance - stored_distance) < 1e-9, FALSE)"
).count()
if others or not customers:
    sys.exit(f"PySpark puts {others} of {customers} customers elsewhere than the table")
segments = found.select("segment_id").distinct().count()
print(f"pyspark: the saved model puts {customers} customers into the same {segments} segments")
