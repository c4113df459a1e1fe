/**
 * What any simulated company is made of: actors, the scenarios of their lives, and the files in
 * which systems deliver what happened. Knows no domain.
 */
package crm.simulation.delivery;
