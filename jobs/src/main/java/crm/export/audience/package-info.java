/** Files of customers who may be reached, for those who reach them. */
package crm.export.audience;
