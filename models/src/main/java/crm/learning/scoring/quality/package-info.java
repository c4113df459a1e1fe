/** How good scores are on rows they have not seen, and the probabilities they stand for. */
package crm.learning.scoring.quality;
