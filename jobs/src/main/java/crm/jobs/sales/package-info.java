/** Curated tables about sales. */
package crm.jobs.sales;
