/**
 * How often customers buy again, and for how much: models of buyers who leave without saying so.
 * Nothing here knows Spark. Times are in any one unit, counted from a customer's first purchase.
 */
package crm.learning.purchasing;
