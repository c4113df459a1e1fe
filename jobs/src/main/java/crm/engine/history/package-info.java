/** What was run on which inputs with which result, and what a job may read because of it. */
package crm.engine.history;
