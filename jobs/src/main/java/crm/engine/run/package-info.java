/** Runs jobs in their order: plans, checks, records and publishes. The only owner of the clock. */
package crm.engine.run;
