/** Series of values per day, week, month or quarter, and their calendar. */
package crm.learning.forecasting.series;
