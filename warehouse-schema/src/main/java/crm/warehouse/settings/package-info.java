/** Reads checked values from the configuration, and writes settings as they are recorded. */
package crm.warehouse.settings;
