/** Runs jobs: order, dates, records of what happened, publication. The only owner of the clock. */
package crm.run;
