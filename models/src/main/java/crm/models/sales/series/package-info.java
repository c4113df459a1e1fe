/** Orders as series: per product, category, country, channel and in total. */
package crm.models.sales.series;
