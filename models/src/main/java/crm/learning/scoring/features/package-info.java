/** What may predict an outcome: declared, counted, guarded against leaks, and made numbers. */
package crm.learning.scoring.features;
