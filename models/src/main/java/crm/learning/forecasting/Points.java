package crm.learning.forecasting;

import java.io.Serializable;

/**
 * What one method forecasts of a series, at one origin.
 *
 * @param method that gave them: the candidate, or what stood in for it
 * @param values per period after the origin, all finite; empty if the method is {@link Method#NONE}
 */
@SuppressWarnings("ArrayRecordComponent") // Never compared.
public record Points(Method method, double[] values) implements Serializable {}
