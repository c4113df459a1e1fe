/** The customers of a simulated company: how they buy, visit, move and consent. */
package crm.simulation.customer;
