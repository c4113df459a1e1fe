/** A simulated company, to try and to test the product. */
package crm.simulation;
