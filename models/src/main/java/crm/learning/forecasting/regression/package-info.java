/** The linear regression over all series of a level: features, normal equations, coefficients. */
package crm.learning.forecasting.regression;
