/**
 * What series of sales will be: baselines, one linear regression over all series of a level, the
 * choice between them at rolling origins, and conformal intervals. Nothing here knows Spark;
 * everything that travels is serializable, and what is merged is the same, bit for bit, for any
 * split and any order of the series.
 *
 * <p>Start reading at {@link crm.learning.forecasting.ForecastPlan}.
 */
package crm.learning.forecasting;
