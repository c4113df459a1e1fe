/** Scores for anything that happens or does not: one frame from declared features to reasons. */
package crm.learning.scoring;
