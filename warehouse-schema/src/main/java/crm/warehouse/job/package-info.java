/** What a job is: pure functions from tables to tables, states, models, and what they hand over. */
package crm.warehouse.job;
