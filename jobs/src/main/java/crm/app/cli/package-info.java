/** The command line: each command is a class, its annotations are its help. */
package crm.app.cli;
