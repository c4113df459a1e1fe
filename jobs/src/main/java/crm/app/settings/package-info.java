/** Reads the settings, and lists every job and effect there is. */
package crm.app.settings;
