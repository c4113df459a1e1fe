/** A made-up company, to see and to test what the product does. */
package crm.sample;
