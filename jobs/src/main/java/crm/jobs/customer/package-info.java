/** Curated tables about customers that need no model, and the state behind them. */
package crm.jobs.customer;
