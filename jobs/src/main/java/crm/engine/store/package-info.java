/** The only code that reads or writes stored tables, and what "as of a date" means. */
package crm.engine.store;
