/** What a simulated company sells, and the files of its shop. */
package crm.simulation.sales;
