/**
 * Forecasts of what is sold, as a job: series out of orders, forecasts that add up over products,
 * countries and channels, and how earlier forecasts came true. The methods are those of {@link
 * crm.learning.forecasting}.
 */
package crm.models.sales.forecast;
