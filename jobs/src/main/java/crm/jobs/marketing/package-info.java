/** Curated tables for marketing that need no model. */
package crm.jobs.marketing;
