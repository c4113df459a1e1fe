/** What the models for marketing read in common. */
package crm.models.marketing;
