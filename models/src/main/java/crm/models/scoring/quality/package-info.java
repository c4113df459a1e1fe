/** How good scores are on rows they have not seen, and the probabilities they stand for. */
package crm.models.scoring.quality;
