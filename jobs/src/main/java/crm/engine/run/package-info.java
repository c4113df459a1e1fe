/** Runs jobs in their order: plans, checks, records and publishes. */
package crm.engine.run;
