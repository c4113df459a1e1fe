/** How far the world has moved since a model was fitted. */
package crm.models.learning;
