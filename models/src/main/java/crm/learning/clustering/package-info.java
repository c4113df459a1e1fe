/** k-means on weighted points in the memory of one machine, and how good its clusters are. */
package crm.learning.clustering;
