/**
 * What a table is, what a job is, and how a table lives in time; everything else derives from
 * these.
 */
package crm.warehouse;
