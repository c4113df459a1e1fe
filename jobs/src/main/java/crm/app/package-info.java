/** The program: its entry point, its settings and its commands. */
package crm.app;
