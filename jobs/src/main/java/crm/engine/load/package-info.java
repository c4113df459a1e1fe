/** Loads the files of a source: finds, checks, counts and writes them, and tells missing days. */
package crm.engine.load;
