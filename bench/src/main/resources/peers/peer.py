"""A peer's side of the benchmark of models, in a process of its own.

    python peer.py STEP FOLDER [STEP FOLDER ...]

STEP is a function below; FOLDER holds the Parquet files both sides read. Prints for each step one line,
MEASURED and a JSON object, as our side does. Libraries are loaded, and what numba compiles is compiled,
before the work begins. Each peer is used in its fairest form: lifetimes with weights on distinct cells,
scikit-learn's k-means with ten starts and no bootstraps, mlxtend on a sparse table, statsforecast without
refitting at each rolling origin, scikit-learn's trees by histograms and with its own settings; and all
with one thread, since threads that wait for each other in a busy machine burn CPU-seconds for nothing.
"""

import importlib
import json
import os
import resource
import sys
import time
import warnings

for threads in ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS"):
    os.environ.setdefault(threads, "1")

import numpy as np
import pandas as pd
import pyarrow.parquet as pq

warnings.filterwarnings("ignore")
MONTH_DAYS = 365.25 / 12
MONTHS = 12
WEEK = 7.0
SEASON = 7
HORIZON = 28
ORIGINS = 13
LIBRARIES = {
    "lifetime_fit": ["lifetimes"],
    "lifetime": ["lifetimes"],
    "segments": ["sklearn.cluster", "sklearn.metrics"],
    "rules": ["mlxtend.frequent_patterns", "scipy.sparse"],
    "scores": ["sklearn.ensemble", "sklearn.isotonic", "sklearn.impute", "sklearn.linear_model"],
    "churn": ["sklearn.ensemble", "sklearn.isotonic", "sklearn.impute", "sklearn.linear_model"],
}


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
        f"{folder}/customer_purchase_days", columns=["customer_id", "purchased_on", "gross_amount", "returned_amount"]
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

    lines = pq.read_table(f"{folder}/order_lines", columns=["order_id", "product_id"]).to_pandas()
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


def by_auto_ets(series):
    """AutoETS and the seasonal naive forecast, with intervals, and how both did at rolling origins."""
    from statsforecast import StatsForecast
    from statsforecast.models import AutoETS, SeasonalNaive

    models = StatsForecast([AutoETS(season_length=SEASON), SeasonalNaive(SEASON)], freq="D")
    past = models.cross_validation(
        df=series, h=HORIZON, step_size=SEASON, n_windows=ORIGINS, level=[80, 95], refit=False
    )
    return models.forecast(df=series, h=HORIZON, level=[80, 95]), past


def prepare_series(folder):
    """Some weeks of one series make numba compile what there is to compile."""
    by_auto_ets(
        pd.DataFrame(
            {
                "unique_id": "P",
                "ds": pd.date_range("2025-01-01", periods=200),
                "y": np.arange(200) % SEASON + np.arange(200) ** 0.5,
            }
        )
    )
    found = pq.read_table(f"{folder}/series").to_pandas(date_as_object=False)
    found.columns = ["unique_id", "ds", "y"]
    found["y"] = found["y"].astype(float)
    return folder, found.sort_values(["unique_id", "ds"])


def series(given):
    folder, found = given
    forecasts, past = by_auto_ets(found)
    forecasts.to_parquet(f"{folder}/peer_series.parquet")
    past.to_parquet(f"{folder}/peer_series_past.parquet")
    return lambda: accuracy(folder, forecasts)


def accuracy(folder, forecasts):
    came = pq.read_table(f"{folder}/afterwards").to_pandas()
    forecasts = forecasts.assign(ahead=forecasts.groupby("unique_id").cumcount() + 1)
    both = came.merge(forecasts, left_on=["product_id", "ahead"], right_on=["unique_id", "ahead"])
    told = {"forecasts": len(both)}
    for model in ("AutoETS", "SeasonalNaive"):
        told[f"mase_{model}"] = ((both["pieces"] - both[model]).abs() / both["scale"]).mean()
        for level in (80, 95):
            inside = both["pieces"].between(both[f"{model}-lo-{level}"], both[f"{model}-hi-{level}"])
            told[f"inside{level}_{model}"] = inside.mean()
    return told


def prepare_forecast(folder):
    prepare_series(folder)
    return folder


def forecast(folder):
    """From orders to series without gaps, and on as from given ones."""
    lines = pq.read_table(f"{folder}/order_lines", columns=["order_id", "product_id", "quantity"]).to_pandas()
    orders = pq.read_table(f"{folder}/orders", columns=["order_id", "ordered_on"]).to_pandas(date_as_object=False)
    sold = lines.merge(orders, on="order_id").groupby(["product_id", "ordered_on"])["quantity"].sum()
    days = pd.date_range(orders["ordered_on"].min(), orders["ordered_on"].max(), name="ordered_on")
    wide = sold.unstack("product_id").reindex(days).fillna(0.0)
    found = wide.melt(ignore_index=False, var_name="unique_id", value_name="y").reset_index(names="ds")
    return series((folder, found[["unique_id", "ds", "y"]]))


def scored(rows, features, to_score):
    """The better of two models, calibrated; probabilities of all that are to be scored."""
    from sklearn.ensemble import HistGradientBoostingClassifier
    from sklearn.impute import SimpleImputer
    from sklearn.isotonic import IsotonicRegression
    from sklearn.linear_model import LogisticRegression
    from sklearn.metrics import brier_score_loss, roc_auc_score
    from sklearn.pipeline import make_pipeline
    from sklearn.preprocessing import StandardScaler

    def part(name):
        of = rows[rows["part"] == name]
        return numbers(of), of["outcome"].values

    def numbers(of):
        values = of[features].values.astype(float)
        return np.sign(values) * np.log1p(np.abs(values))

    train, calibrate, test = part("TRAINING"), part("CALIBRATION"), part("TEST")
    models = {
        "regression": make_pipeline(
            SimpleImputer(add_indicator=True), StandardScaler(), LogisticRegression(max_iter=1000)
        ),
        "trees": HistGradientBoostingClassifier(random_state=0),
    }
    areas = {}
    for name, model in models.items():
        model.fit(*train)
        areas[name] = roc_auc_score(calibrate[1], model.predict_proba(calibrate[0])[:, 1])
    best = models[max(areas, key=areas.get)]
    calibration = IsotonicRegression(out_of_bounds="clip")
    calibration.fit(best.predict_proba(calibrate[0])[:, 1], calibrate[1])
    score = best.predict_proba(test[0])[:, 1]
    told = {f"choosing_{name}": area for name, area in areas.items()}
    told["tested"] = len(score)
    told["area"] = roc_auc_score(test[1], score)
    told["brier"] = brier_score_loss(test[1], calibration.predict(score))
    return calibration.predict(best.predict_proba(numbers(to_score))[:, 1]), told


def scores(folder):
    rows = pq.read_table(f"{folder}/outcomes").to_pandas()
    features = [name for name in rows if name not in ("customer_id", "part", "outcome", "baseline")]
    probability, told = scored(rows, features, rows)
    rows[["customer_id"]].assign(probability=probability).to_parquet(f"{folder}/peer_scores.parquet")
    return told


def behaviour(days, cut):
    """What customers had done by a day, with which they are compared."""
    known = days[days["day"] <= cut]
    same = known["customer"].eq(known["customer"].shift())
    lately = known["day"] > cut - 90
    known = known.assign(
        gap=known["day"].diff().where(same),
        lately=lately,
        before=~lately & (known["day"] > cut - 180),
        spend_lately=known["spend"] * lately,
    )
    rows = known.groupby("customer", sort=False).agg(
        first=("day", "min"),
        last=("day", "max"),
        purchases=("day", "size"),
        orders=("orders", "sum"),
        spend=("spend", "sum"),
        lately=("lately", "sum"),
        before=("before", "sum"),
        spend_lately=("spend_lately", "sum"),
        mean_gap=("gap", "mean"),
        longest_gap=("gap", "max"),
        deviation=("gap", "std"),
    )
    rows["recency"] = cut - rows.pop("last")
    rows["tenure"] = cut - rows.pop("first")
    rows["trend"] = rows["lately"] - rows.pop("before")
    rows["spend_per_purchase"] = rows["spend"] / rows["purchases"]
    rows["gap_variation"] = rows.pop("deviation") / rows["mean_gap"]
    rows["overdue"] = rows["recency"] / rows["mean_gap"]
    bought = days.loc[(days["day"] > cut) & (days["day"] <= cut + 90), "customer"].unique()
    rows["outcome"] = (~rows.index.isin(bought)).astype(int)
    return rows[rows["recency"] <= 180]


def churn(folder):
    """Scores on the last day; trained on four past days, calibrated and tested on one each."""
    last = np.datetime64(json.load(open(f"{folder}/made.json"))["date"], "D").astype(int)
    days = pq.read_table(
        f"{folder}/customer_purchase_days", columns=["customer_id", "purchased_on", "orders", "gross_amount"]
    ).to_pandas(date_as_object=False)
    days["customer"], names = pd.factorize(days.pop("customer_id"))
    days["day"] = days.pop("purchased_on").values.astype("datetime64[D]").astype(int)
    days["spend"] = days.pop("gross_amount").astype(float)
    days = days.sort_values(["customer", "day"])
    parts = ["SCORED", "TEST", "CALIBRATION", "TRAINING", "TRAINING", "TRAINING", "TRAINING"]
    cuts = [behaviour(days, last - 90 * i).assign(part=part) for i, part in enumerate(parts)]
    features = [name for name in cuts[0] if name not in ("part", "outcome")]
    probability, told = scored(pd.concat(cuts[1:]), features, cuts[0])
    pd.DataFrame({"customer_id": names[cuts[0].index], "probability": probability}).to_parquet(
        f"{folder}/peer_churn.parquet"
    )
    return {**told, "scored": len(probability)}


def most_megabytes():
    """As Linux tells; the usage of resources also counts the process this one was forked from."""
    with open("/proc/self/status") as status:
        return next(int(line.split()[1]) // 1024 for line in status if line.startswith("VmHWM:"))


def cpu_seconds():
    used = resource.getrusage(resource.RUSAGE_SELF)
    return used.ru_utime + used.ru_stime


def measured(step, folder, before):
    for library in LIBRARIES.get(step, []):
        importlib.import_module(library)
    given = globals().get("prepare_" + step, lambda path: path)(folder)
    start = cpu_seconds()
    began = time.monotonic()
    check = globals()[step](given)
    cost = {
        "startCpuSeconds": start - before,
        "workCpuSeconds": cpu_seconds() - start,
        "wallSeconds": time.monotonic() - began,
        "peakMegabytes": most_megabytes(),
    }
    check = check() if callable(check) else check
    return {**cost, "check": json.dumps({name: round(float(value), 6) for name, value in check.items()})}


def main():
    before = 0
    for step, folder in zip(sys.argv[1::2], sys.argv[2::2]):
        print("MEASURED " + json.dumps(measured(step.lower(), folder, before)))
        before = cpu_seconds()


if __name__ == "__main__":
    main()
