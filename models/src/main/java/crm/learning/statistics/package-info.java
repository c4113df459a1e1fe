/** Estimation and tests that several techniques share. */
package crm.learning.statistics;
