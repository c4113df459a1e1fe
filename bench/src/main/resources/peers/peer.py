"""A peer's side of the benchmark of models: one step in a process of its own.

    python peer.py STEP FOLDER

STEP is lifetime_fit, lifetime, segments or rules; FOLDER holds the Parquet files both sides read.
Prints one line, MEASURED and a JSON object, as our side does. Each peer is used in its fairest form:
lifetimes with weights on distinct cells, scikit-learn with ten starts and no bootstraps, mlxtend on a
sparse table.
"""

import json
import resource
import sys
import time
import warnings

import numpy as np
import pandas as pd
import pyarrow.parquet as pq

warnings.filterwarnings("ignore")
MONTH_DAYS = 365.25 / 12
MONTHS = 12
WEEK = 7.0


def cells(folder):
    found = pq.read_table(f"{folder}/cells").to_pandas()
    return found["x"].values, found["t_x"].values / WEEK, found["t"].values / WEEK, found["n"].values


def spend_cells(folder):
    found = pq.read_table(f"{folder}/spend").to_pandas()
    return found["x"].values, found["m"].values


def fit(x, t_x, t, n):
    from lifetimes import BetaGeoFitter

    return BetaGeoFitter().fit(x, t_x, t, weights=n)


def prepare_lifetime_fit(folder):
    return cells(folder), spend_cells(folder)


def lifetime_fit(given):
    from lifetimes import GammaGammaFitter

    counted, spends = given
    model = fit(*counted)
    spend = GammaGammaFitter().fit(*spends)
    return {**model.params_, **spend.params_}


def lifetime(folder):
    """From purchase days to a value per customer, written as Parquet."""
    from lifetimes import GammaGammaFitter

    end = pd.Timestamp(json.load(open(f"{folder}/made.json"))["date"])
    days = pq.read_table(
        f"{folder}/purchase_days", columns=["customer_id", "purchased_on", "gross_amount", "returned_amount"]
    ).to_pandas(date_as_object=False)
    days["net"] = days.pop("gross_amount").astype(float) - days.pop("returned_amount").astype(float)
    days = days.sort_values(["customer_id", "purchased_on"])
    first = ~days["customer_id"].duplicated()
    grouped = days.groupby("customer_id", sort=False)["purchased_on"]
    rfm = grouped.agg(["min", "max", "size"])
    rfm["x"] = rfm.pop("size") - 1
    rfm["t_x"] = (rfm["max"] - rfm["min"]).dt.days / WEEK
    rfm["t"] = (end - rfm["min"]).dt.days / WEEK
    repeat = days.loc[~first].groupby("customer_id", sort=False)["net"].mean()
    rfm["m"] = repeat.reindex(rfm.index).fillna(0)
    counted = rfm.groupby(["x", "t_x", "t"]).size().reset_index(name="n")
    model = fit(counted["x"], counted["t_x"], counted["t"], counted["n"])
    buyers = rfm[(rfm["x"] > 0) & (rfm["m"] > 0)]
    spend = GammaGammaFitter().fit(buyers["x"], buyers["m"])
    rfm["p_alive"] = model.conditional_probability_alive(rfm["x"], rfm["t_x"], rfm["t"])
    rfm["expected"] = model.conditional_expected_number_of_purchases_up_to_time(
        365.25 / WEEK, rfm["x"], rfm["t_x"], rfm["t"]
    )
    rfm["value"] = spend.customer_lifetime_value(
        model, rfm["x"], rfm["t_x"], rfm["t"], rfm["m"], time=MONTHS, discount_rate=1.1 ** (1 / 12) - 1, freq="W"
    )
    rfm.drop(columns=["min", "max"]).to_parquet(f"{folder}/peer_lifetime.parquet")
    return {**model.params_, "expected": rfm["expected"].sum()}


def segments(folder):
    """The best of ten starts for every k, each judged on a sample; a silhouette of all is quadratic."""
    from sklearn.cluster import KMeans
    from sklearn.metrics import silhouette_score

    features = pq.read_table(f"{folder}/features").to_pandas()[["recency", "frequency", "monetary"]].values
    points = np.sign(features) * np.log1p(np.abs(features))
    points = (points - points.mean(axis=0)) / points.std(axis=0, ddof=1)
    costs = {}
    for k in range(2, 13):
        model = KMeans(k, n_init=10, random_state=0).fit(points)
        silhouette_score(points, model.labels_, metric="sqeuclidean", sample_size=10_000, random_state=0)
        costs[f"cost_{k}"] = model.inertia_
    return costs


def rules(folder):
    """Of the products that are bought often enough; with all of them the table would not fit."""
    from mlxtend.frequent_patterns import association_rules, fpgrowth
    from scipy.sparse import csr_matrix

    lines = pq.read_table(f"{folder}/baskets", columns=["order_id", "product_id"]).to_pandas()
    basket, _ = pd.factorize(lines["order_id"])
    item, names = pd.factorize(lines["product_id"])
    support = json.load(open(f"{folder}/made.json"))["min_support"]
    baskets = basket.max() + 1
    often = np.flatnonzero(np.bincount(item) >= support * baskets)
    kept = np.isin(item, often)
    basket, item, names = basket[kept], np.searchsorted(often, item[kept]), names[often]
    table = csr_matrix((np.ones(len(item), dtype=bool), (basket, item)), shape=(baskets, len(names)))
    frame = pd.DataFrame(table.toarray(), columns=names)
    sets = fpgrowth(frame, min_support=support, use_colnames=True)
    found = association_rules(sets, metric="confidence", min_threshold=0.2)
    single = found[found["consequents"].map(len) == 1]
    return {"itemsets": len(sets), "rules": len(single)}


def most_megabytes():
    """As Linux tells; the usage of resources also counts the process this one was forked from."""
    with open("/proc/self/status") as status:
        return next(int(line.split()[1]) // 1024 for line in status if line.startswith("VmHWM:"))


def main():
    step, folder = sys.argv[1:3]
    given = globals().get("prepare_" + step, lambda path: path)(folder)
    used = resource.getrusage(resource.RUSAGE_SELF)
    start = used.ru_utime + used.ru_stime
    began = time.monotonic()
    check = globals()[step](given)
    wall = time.monotonic() - began
    used = resource.getrusage(resource.RUSAGE_SELF)
    measured = {
        "startCpuSeconds": start,
        "workCpuSeconds": used.ru_utime + used.ru_stime - start,
        "wallSeconds": wall,
        "peakMegabytes": most_megabytes(),
        "check": json.dumps({name: round(float(value), 6) for name, value in check.items()}),
    }
    print("MEASURED " + json.dumps(measured))


if __name__ == "__main__":
    main()
