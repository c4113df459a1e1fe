/** What a table is, and how it lives in time; everything else derives from these. */
package crm.warehouse;
