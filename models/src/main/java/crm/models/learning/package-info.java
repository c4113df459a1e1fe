/** What every model needs: how it is saved, and how far the world has moved since it was fitted. */
package crm.models.learning;
